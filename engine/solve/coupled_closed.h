// Closed classes, and open ones beside them: what their users make of the stations they share (DESIGN.md 3.3, 8).
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// Solves the closed classes at the stations that they visit, everything else on their way taken as a delay; gives the
/// figures of their visits and of the open classes' visits there, and the throughputs into `next`.
void computeClosed(SolverState& state, Unknowns& next);

/// Users of a closed class at this load factor: rounded, at least 1; 0 stays 0. 0 for an open class.
double usersOf(const RequestClass& cls, double loadFactor);

} // namespace plimsoll::flow
