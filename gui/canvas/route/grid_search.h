// The search behind the router: fewest bends, then shortest, on the lines that matter.
#pragma once
#include "gui/canvas/route/obstacles.h"

#include <vector>

namespace plimsoll::gui {

/// A way from `from` to `to` along the given xs and ys (both ends are on them), beginning and ending as if it moved to
/// the right. Empty where there is none.
std::vector<QPointF> searchGrid(const QPointF& from, const QPointF& to, std::vector<double> xs, std::vector<double> ys,
                                const Obstacles& obstacles, double clearance);

} // namespace plimsoll::gui
