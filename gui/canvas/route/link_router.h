// The way of a link: orthogonal, around cards, fewest bends first, then shortest. Pure, without items.
#pragma once
#include "gui/canvas/route/obstacles.h"

#include <vector>

namespace plimsoll::gui {

/// Keeps links of one side apart: `offset` moves the vertical part from the middle of the gap, `stub` >= 0 lengthens
/// the straight piece beside the card where the link has to go around.
struct Lane {
    double offset = 0, stub = 0;
};

/// The corners from `from` (a port on a card's right side) to `to` (one on a left side), both included: it leaves to
/// the right and arrives from the left. Cards are passed with kClearance; where the gaps are narrower, with as much as
/// they leave; through a card only where cards overlap the ends themselves.
std::vector<QPointF> routeLink(const QPointF& from, const QPointF& to, const Obstacles& obstacles, Lane lane = {});

/// The corners without a look at the cards, for previews that have to be fast.
std::vector<QPointF> straightRoute(const QPointF& from, const QPointF& to);

} // namespace plimsoll::gui
