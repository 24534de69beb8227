// Load factors at which resources saturate, where figures depend on each other: by solving again (DESIGN.md 3.3, 9).
#pragma once
#include "engine/solve/state.h"

#include <stop_token>

namespace plimsoll::flow {

/// Offered work over capacity of every resource at its busiest instance.
struct Demands {
    std::vector<double> stations, pools, limiters;
    double largest() const;
};
Demands demandsOf(const SolverState& state);

/// Fills state.saturation. Errors: Stopped; where no state is found at some load the factors stay absent.
std::expected<void, Error> computeCoupledSaturation(SolverState& state, const std::stop_token& stop);

} // namespace plimsoll::flow
