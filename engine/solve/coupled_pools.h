// Pools at the flows that reach them, inner ones first.
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// Fills the pools' figures and unknowns; the stations that close with a pool get the residence that its holders make.
void computePools(SolverState& state, Unknowns& next);

} // namespace plimsoll::flow
