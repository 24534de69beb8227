// Hit ratios of keyed caches at the flows that reach them (DESIGN.md 3.3, 3).
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// Fills the cache cells' figures, and the hit ratios of the lookups into `next`.
void computeCaches(SolverState& state, Unknowns& next);

} // namespace plimsoll::flow
