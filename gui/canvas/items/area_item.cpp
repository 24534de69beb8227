#include "gui/canvas/items/area_item.h"

namespace plimsoll::gui {

void AreaItem::setFigure(AreaFigure figure) {
    if (figure == m_figure) return;
    m_figure = std::move(figure);
    setZValue(m_figure.depth);
    updateBounds();
    update();
}

void AreaItem::updateBounds() {
    const QRectF wanted = areaPaintBounds(m_figure.rect, m_look.boundsZoom);
    if (wanted == m_bounds) return;
    prepareGeometryChange();
    m_bounds = wanted;
}

void AreaItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    AreaLook look{.detail = m_look.detail, .zoom = m_look.zoom};
    look.selected = m_look.selection && m_look.selection->components.contains(m_id);
    look.focused = m_look.focused == m_id;
    look.entering = m_look.enteredArea == m_id;
    look.dimmed = m_look.targets.has_value();
    paintArea(*painter, m_figure, *m_look.theme, look);
}

} // namespace plimsoll::gui
