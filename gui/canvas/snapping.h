// Snapping while cards are dragged: to neighbours first, to the grid otherwise. Pure.
#pragma once
#include "gui/canvas/geometry.h"

#include <optional>
#include <vector>

namespace plimsoll::gui {

/// A line that says why a card stands where it stands; `gap` > 0: equal gaps of that size.
struct Guide {
    Qt::Orientation orientation = Qt::Vertical; // of the line
    double at = 0;                              // its x (vertical) or y
    double from = 0, to = 0;                    // along the line
    double gap = 0;
    bool operator==(const Guide&) const = default;
};

struct Snapped {
    QPointF shift; // to add to the dragged rectangle
    std::optional<Guide> vertical, horizontal;
};

/// How to shift `moving` so that it lines up with `neighbours` (edges, centres, port lines, equal gaps) within `reach`
/// (scene), else stands on the grid. At most one guide an axis.
Snapped snap(const QRectF& moving, const std::vector<QRectF>& neighbours, double reach);

} // namespace plimsoll::gui
