#include "gui/canvas/geometry.h"

#include "models/components/component_type.h"

#include <cmath>

namespace plimsoll::gui {

bool isArea(const document::Component& component) {
    const auto* type = components::findType(component.type);
    return type && type->capabilities.contains;
}

QRectF rectOf(const document::Component& component) {
    const QPointF corner = toPoint(component.position);
    if (!isArea(component)) return {corner, QSizeF(kCardWidth, kCardHeight)};
    const auto size = component.size.value_or(document::Size{kAreaWidth, kAreaHeight});
    return {corner, QSizeF(std::max(size.width, kAreaWidth), std::max(size.height, kAreaHeight))};
}

QRectF boundsOf(const document::Scenario& scenario) {
    QRectF bounds;
    for (const auto& component : scenario.components) bounds |= rectOf(*component);
    return bounds;
}

QPointF toPoint(const document::Point& point) {
    return {point.x, point.y};
}

document::Point fromPoint(const QPointF& point) {
    return {point.x(), point.y()};
}

QPointF onGrid(const QPointF& point) {
    return {std::round(point.x() / kGrid) * kGrid, std::round(point.y() / kGrid) * kGrid};
}

} // namespace plimsoll::gui
