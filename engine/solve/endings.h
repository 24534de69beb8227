// How an Attempt ends well: after so many failed tries.
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// Failed tries of an Attempt (a node), with the pauses after them.
struct Tried {
    std::uint32_t attempt = 0, count = 0;
};
/// After so many failed tries, in its body or its fallback (`child`, a node).
struct Ending {
    double share = 1; // of its successes
    std::uint32_t failed = 0, child = 0;
};

std::vector<Ending> endingsOf(const SolverState& state, std::uint32_t attempt);
const Attempt& attemptOf(const SolverState& state, std::uint32_t node);
distribution::Cumulants cumulantsOf(const SolverState& state, const Tried& tried);

} // namespace plimsoll::flow
