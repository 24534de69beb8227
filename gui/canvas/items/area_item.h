#pragma once
#include "gui/canvas/items/canvas_look.h"
#include "gui/canvas/paint/area_painter.h"

#include <QGraphicsItem>

namespace plimsoll::gui {

/// A region, zone or VPC around cards.
class AreaItem : public QGraphicsItem {
public:
    AreaItem(document::Id id, const CanvasLook& look) : m_id(std::move(id)), m_look(look) {}

    void setFigure(AreaFigure figure);
    void updateBounds();

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    document::Id m_id;
    const CanvasLook& m_look;
    AreaFigure m_figure;
    QRectF m_bounds;
};

} // namespace plimsoll::gui
