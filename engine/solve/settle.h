// The fixed point of a model whose figures depend on each other (DESIGN.md 3.3, 6).
#pragma once
#include "engine/solve/state.h"

#include <stop_token>

namespace plimsoll::flow {

/// Where the fixed point is sought from; Present: from what the state holds.
enum class Start { Empty, Saturated, Present };

/// Settles state.coupled, state.values and state.cumulants at these class rates. Errors: NoConvergence with the last
/// change, Stopped.
std::expected<void, Error> settle(SolverState& state, const Solved& solved, const SolveOptions& options,
                                  const std::stop_token& stop, Start start);

/// Whether two settled states carry the same: to `kSameState` in every class's success.
bool isSame(const Graph& graph, const Coupled& a, const Coupled& b);

} // namespace plimsoll::flow
