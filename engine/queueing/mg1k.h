// M/G/1/K: one server, general service, a finite queue (theory/stations.md 11), exactly by the chain embedded at the
// ends of service.
#pragma once
#include "engine/queueing/wait.h"

#include <optional>
#include <vector>

namespace plimsoll::queueing {

struct FiniteOneServer {
    double loss = 0;
    double queueLength = 0;
    std::vector<double> present; // P(n in system), n = 0 .. K
};

/// K = `capacity` counts those waiting and in service. None where it would take too long: K times the arrivals that
/// one service may bring above kMostSteps, or hundreds of them. Losses to
/// their last digit for up to 2,000 places; beyond, those above 1e-40.
std::optional<FiniteOneServer> finiteOneServer(double arrivalRate_per_s, const distribution::Distribution& service,
                                               double capacity);
inline constexpr double kMostSteps = 4e6;

} // namespace plimsoll::queueing
