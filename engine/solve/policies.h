// Balancers that look before they pick: shares of the instances and what the policy does to waiting (DESIGN.md 3.3, 4).
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// Applies every policy other than random to the picks' weights and to the stations of the fleets behind it, by the
/// policy models of engine/balancer/model. A fleet behind several balancers follows the one that sends it most.
void computePolicies(SolverState& state);

/// What the policy before this pool cell does to waiting for its tokens: mean wait over that with random picks. 1 where
/// there is no such policy.
double policyRatio(const SolverState& state, std::uint32_t poolCell, double tokens, double holdMean_s, double holdScv);

} // namespace plimsoll::flow
