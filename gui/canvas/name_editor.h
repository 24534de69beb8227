#pragma once
#include <QLineEdit>

#include <functional>

namespace plimsoll::gui {

/// Renames in place: a line of text over the card's name. Enter and leaving it take the name, Esc does not.
class NameEditor : public QLineEdit {
    Q_OBJECT
public:
    explicit NameEditor(QWidget* parent);
    /// Over `place` (in the parent).
    void edit(const QString& name, const QRect& place, double pixels, std::function<void(const QString&)> taken);
    void leave();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    void take();
    QString m_before;
    std::function<void(const QString&)> m_taken;
};

} // namespace plimsoll::gui
