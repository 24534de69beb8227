// Areas and what lies in them: pure functions over a scenario.
#pragma once
#include "gui/canvas/geometry.h"

#include <set>
#include <vector>

namespace plimsoll::gui {

/// How many areas a component lies in.
int nestingOf(const document::Scenario& scenario, const document::Component& component);
/// `ids` with everything that lies in the areas among them.
std::set<document::Id> withContent(const document::Scenario& scenario, const std::set<document::Id>& ids);
/// The innermost area at `point`, those in `moving` left out; empty: none.
document::Id areaAt(const document::Scenario& scenario, const QPointF& point, const std::set<document::Id>& moving);
/// The areas that have to grow so that `rects` (of components with the area that each lies in) fit with their padding,
/// outer ones included.
Rects grownAreas(const document::Scenario& scenario, const std::vector<std::pair<QRectF, document::Id>>& rects);

inline constexpr int kDeepestAreas = 4;

} // namespace plimsoll::gui
