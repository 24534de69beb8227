#pragma once
#include <QWidget>

namespace plimsoll::gui {

/// "ring assumed, pencil typed, tag preset", once, in the first section head.
class ProvenanceLegend : public QWidget {
    Q_OBJECT
public:
    explicit ProvenanceLegend(QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

} // namespace plimsoll::gui
