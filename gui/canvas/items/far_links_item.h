#pragma once
#include "gui/canvas/items/canvas_look.h"

#include <QGraphicsItem>
#include <QPolygonF>

#include <vector>

namespace plimsoll::gui {

/// All links below 25 %, as hairlines without antialiasing: antialiased links would cost most of the frame.
class FarLinksItem : public QGraphicsItem {
public:
    explicit FarLinksItem(const CanvasLook& look) : m_look(look) {}
    void setRoutes(std::vector<QPolygonF> routes);

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    const CanvasLook& m_look;
    std::vector<QPolygonF> m_routes;
    QRectF m_bounds;
};

} // namespace plimsoll::gui
