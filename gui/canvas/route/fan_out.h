// Where the links of one side of a card begin: fanned out, sorted by the height of their other ends.
#pragma once
#include <span>
#include <vector>

namespace plimsoll::gui {

/// The y of each link's port, from the card's top, in the order of `otherY` (centres of the cards at the other ends).
/// The link whose other end is level with `ownY` keeps the middle, so that it is straight; the others stand `spacing`
/// apart, closer where they would leave 12 to 68.
std::vector<double> fanOut(std::span<const double> otherY, double ownY, double spacing);

} // namespace plimsoll::gui
