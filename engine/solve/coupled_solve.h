// Solves a model whose figures depend on each other.
#pragma once
#include "engine/solve/state.h"

#include <stop_token>

namespace plimsoll::flow {

/// Settles from an empty and, where requests may be tried again, from a saturated system, and writes everything into
/// `answer`. Two different ends: Regime::TwoStable, the answer is the one reached from empty. Errors: NoConvergence,
/// Stopped.
std::expected<void, Error> solveCoupled(SolverState& state, const SolveOptions& options, const std::stop_token& stop,
                                        Solution& answer);

/// Writes resources, classes, steps and laws of a settled state.
void writeCoupled(SolverState& state, const Solved& solved, Solution& answer);

} // namespace plimsoll::flow
