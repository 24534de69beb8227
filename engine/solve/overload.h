// What is carried when some cell is offered more work than it can do (DESIGN.md 3.2).
#pragma once
#include "engine/solve/traffic.h"

#include <stop_token>

namespace plimsoll::flow {

struct CarriedResult {
    int iterations = 0;
    double residual = 0; // largest change of a carried share in the last round
};

/// Share of its offered work that every cell carries, and the traffic that goes with it: a fixed point, because what
/// one cell does not carry never reaches the next. Errors: NoConvergence, Stopped.
std::expected<CarriedResult, Error> computeCarried(const Graph& graph, std::span<const double> classRates,
                                                   const SolveOptions& options, const std::stop_token& stop,
                                                   std::vector<double>& carried, Traffic& traffic);

} // namespace plimsoll::flow
