#include "gui/canvas/items/link_item.h"

#include "gui/canvas/route/link_layout.h"

namespace plimsoll::gui {
namespace {
constexpr double kHalfLabel = 90; // dpx: a label may reach this far beyond its link
} // namespace

void LinkItem::setFigure(LinkFigure figure) {
    if (figure == m_figure) return;
    m_figure = std::move(figure);
    update();
}

void LinkItem::setRoute(std::vector<QPointF> route) {
    if (route == m_route) return;
    prepareGeometryChange();
    m_route = std::move(route);
    m_bounds = QRectF();
    updateBounds();
}

void LinkItem::updateBounds() {
    const double margin = linkPaintMargin(m_look.boundsZoom), label = kHalfLabel / m_look.boundsZoom;
    const QRectF route = boundsOf(m_route);
    const QRectF wanted = route.adjusted(-margin, -margin, margin, margin) |
                          QRectF(route.center(), QSizeF()).adjusted(-label, -margin, label, margin);
    if (wanted == m_bounds) return;
    prepareGeometryChange();
    m_bounds = wanted;
}

LinkLook LinkItem::look() const {
    LinkLook look{.zoom = m_look.zoom};
    look.selected = m_look.selection && m_look.selection->links.contains(m_key);
    look.hovered = m_look.hoveredLink == m_key;
    look.target = m_look.dropLink == m_key;
    look.stale = m_look.stale;
    look.dimmed = m_look.targets.has_value() || m_look.onlyStep.has_value();
    look.label = m_look.detail == Detail::Close || (m_look.detail == Detail::Normal && (look.selected || look.hovered));
    return look;
}

void LinkItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    paintLink(*painter, m_figure, m_route, *m_look.theme, look());
}

} // namespace plimsoll::gui
