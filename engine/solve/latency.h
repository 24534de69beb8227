// Latency of classes and waits of resources: means, moments, quantiles, curves.
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// Cumulants of the response of every visit, into state.responses.
void computeResponses(SolverState& state, const Solved& solved);

/// Latency of every class and, with distributions, the laws of the stations' waits. Errors: Stopped.
std::expected<void, Error> writeLatencies(SolverState& state, const Solved& solved, const std::stop_token& stop,
                                          Solution& answer);

} // namespace plimsoll::flow
