// Times, laws and late shares of every node, up the graph, in a model whose figures depend on each other.
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// Fills state.values, state.cumulants and state.coupled.timed from the queues', pools' and limiters' figures, and the
/// late shares and forks of `next` from the laws below them.
void computeCoupledValues(SolverState& state, const Solved& solved, Unknowns& next);

} // namespace plimsoll::flow
