#pragma once
#include <QComboBox>
#include <QWheelEvent>

namespace plimsoll::gui {

/// A combo box that the wheel moves only while it has the focus: scrolling a panel must not edit.
class WordBox : public QComboBox {
    Q_OBJECT
public:
    explicit WordBox(QWidget* parent = nullptr) : QComboBox(parent) {
        setFixedHeight(28);
        setFocusPolicy(Qt::StrongFocus);
        setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        setMinimumContentsLength(6);
    }

protected:
    void wheelEvent(QWheelEvent* event) override {
        if (hasFocus())
            QComboBox::wheelEvent(event);
        else
            event->ignore();
    }
};

} // namespace plimsoll::gui
