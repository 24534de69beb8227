// Stations, pools and limiters at the flows that reach them, innermost holds first.
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// Fills the queues', pools' and limiters' figures of state.coupled from its traffic, and their unknowns into `next`.
void computeResources(SolverState& state, Unknowns& next);

} // namespace plimsoll::flow
