#pragma once
#include "gui/canvas/overlays/floating_box.h"

#include <QPushButton>
#include <QTimer>

#include <functional>

namespace plimsoll::gui {

/// One line with one button, at the bottom centre of the canvas: what went with its way back (6 s), or what is missing
/// with what helps (as long as it is).
class MessageBar : public FloatingBox {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent);
    /// `seconds` 0: until hidden.
    void say(const QString& text, const QString& button, std::function<void()> deed, int seconds);

signals:
    void shownOrHidden();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_text;
    QPushButton* m_button;
    std::function<void()> m_deed;
    QTimer m_timer;
};

} // namespace plimsoll::gui
