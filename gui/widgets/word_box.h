#pragma once
#include <QComboBox>

namespace plimsoll::gui {

/// A combo box that the wheel moves only while it has the focus: scrolling a panel must not edit. A word that is too
/// long is elided.
class WordBox : public QComboBox {
    Q_OBJECT
public:
    explicit WordBox(QWidget* parent = nullptr);

protected:
    void wheelEvent(QWheelEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
};

} // namespace plimsoll::gui
