// The law of a class's latency: cumulants up the graph, then a short list of branches that are inverted numerically
// (theory/networks.md 6).
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// Cumulants of what succeeds, of every node, into state.cumulants.
void computeNodeCumulants(SolverState& state);

/// Scv, quantiles and curve of a class's latency.
void writeClassLaw(SolverState& state, const Solved& solved, std::uint32_t cls, Latency& latency);

/// Scv and quantiles of the stations' waits.
void writeWaitLaws(SolverState& state, const Solved& solved, Solution& answer);

} // namespace plimsoll::flow
