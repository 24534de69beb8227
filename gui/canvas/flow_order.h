// In which order the keyboard goes through the components. Pure.
#pragma once
#include "gui/canvas/geometry.h"

#include <set>
#include <vector>

namespace plimsoll::gui {

/// Components as requests meet them: each before those that it calls, the upper first. Areas are left out.
std::vector<document::Id> flowOrder(const document::Scenario& scenario);
/// The nearest component from `from` in the direction (dx, dy), one of which is 0; empty: none.
document::Id nearestIn(const document::Scenario& scenario, const document::Id& from, int dx, int dy);

enum class Stream { Up, Down, Both };
/// What calls the components (Up), what they call (Down), or both, all the way; the components themselves included.
std::set<document::Id> connectedTo(const document::Scenario& scenario, const std::set<document::Id>& components,
                                   Stream stream);

} // namespace plimsoll::gui
