#include "gui/canvas/items/card_item.h"

namespace plimsoll::gui {

void CardItem::setFigure(CardFigure figure) {
    if (figure == m_figure) return;
    m_figure = std::move(figure);
    updateBounds();
}

void CardItem::setPorts(const Ports& ports) {
    if (ports == m_ports) return;
    m_ports = ports;
    update();
}

CardLook CardItem::look() const {
    CardLook look{.detail = m_look.detail, .zoom = m_look.zoom};
    look.selected = m_look.selection && m_look.selection->components.contains(m_id);
    look.focused = m_look.focused == m_id;
    look.hovered = m_look.hovered == m_id;
    look.target = m_look.targets && m_look.targets->contains(m_id);
    look.illegal = m_look.illegal == m_id;
    look.stale = m_look.stale;
    look.dimmed = (m_look.targets && !look.target && !look.illegal && !look.selected) ||
                  (m_look.onlyStep && m_figure.step != m_look.onlyStep);
    return look;
}

void CardItem::updateBounds() {
    CardLook bounds = look();
    bounds.zoom = m_look.boundsZoom;
    // A plain far card is its fill; marks are few.
    const bool plain = m_look.detail == Detail::Far && m_figure.rank == 0 && !bounds.selected && !bounds.focused;
    const QRectF wanted = plain ? QRectF(0, 0, kCardWidth, kCardHeight) : cardPaintBounds(m_figure, bounds);
    if (wanted == m_bounds) return;
    prepareGeometryChange();
    m_bounds = wanted;
}

void CardItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    paintCard(*painter, m_figure, *m_look.theme, look(), m_ports);
}

} // namespace plimsoll::gui
