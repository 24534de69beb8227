// How arrivals vary from station to station (Whitt 1983, QNA; theory/networks.md 2).
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// One sweep: the arrivals at every cell and pool cell into `next`, by the departures that follow from the present
/// ones. Poisson classes without bursts leave everything at 1: their stations' departures are taken as Poisson too,
/// which costs below 0.4 % of the mean.
void computeVariability(const SolverState& state, Unknowns& next);

} // namespace plimsoll::flow
