// What is inside a pool's holds, as a closed network of one class (DESIGN.md 3.3, 4; theory/networks.md 3).
#pragma once
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// A station that holders come to: it closes with them, at the capacity that others leave.
struct ClosedCell {
    std::uint32_t cell = 0;
    double visits = 0, demand_s = 0; // for one hold
    double others = 0;               // utilisation by what comes from elsewhere, from other instances' holders too
    bool heldOnly = false;           // nobody comes there without a token of this pool
};
struct ClosedPool {
    std::uint32_t cell = 0;
    double visits = 0;
};

/// Per hold, over all holds of one pool cell in proportion to their flow.
struct HoldBody {
    double rate = 0;                           // holds begun a second on one instance
    double delay_s = 0;                        // delays, and what is shared with others at its present residence
    double service_s = 0;                      // demand at the closed stations
    double uncontended_s = 0, variance_s2 = 0; // of a hold without any wait
    std::vector<ClosedCell> stations;
    std::vector<ClosedPool> pools;
};

/// Reads the body from the state's traffic, outcomes, queues and node values.
HoldBody holdBodyOf(const SolverState& state, std::uint32_t poolCell);

} // namespace plimsoll::flow
