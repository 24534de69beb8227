#include "gui/canvas/items/far_links_item.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace plimsoll::gui {

void FarLinksItem::setRoutes(std::vector<QPolygonF> routes) {
    prepareGeometryChange();
    m_routes = std::move(routes);
    m_bounds = QRectF();
    for (const QPolygonF& route : m_routes) m_bounds |= route.boundingRect().adjusted(-1, -1, 1, 1);
}

void FarLinksItem::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setPen(QPen(m_look.theme->line, 0)); // cosmetic: 1 device pixel
    for (const QPolygonF& route : m_routes)
        if (route.boundingRect().adjusted(-1, -1, 1, 1).intersects(option->exposedRect)) painter->drawPolyline(route);
}

} // namespace plimsoll::gui
