#pragma once
#include <QLineEdit>

namespace plimsoll::gui {

/// The palette's search: a glass at its left, its key at its right while it is empty.
class SearchField : public QLineEdit {
    Q_OBJECT
public:
    explicit SearchField(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace plimsoll::gui
