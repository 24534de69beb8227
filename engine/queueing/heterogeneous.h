// Servers of different speed behind one queue, first come first served (theory/stations.md 9).
#pragma once
#include "engine/queueing/wait.h"

#include <span>
#include <vector>

namespace plimsoll::queueing {

/// Equal servers; each serves exponentially at `rate_per_s`.
struct ServerGroup {
    double rate_per_s = 1; // > 0
    double count = 1;      // >= 1, whole
};
enum class IdleChoice { Random, Fastest };

struct HeterogeneousFigures {
    double utilisation = 0; // arrival rate over the sum of all rates; >= 1: not steady and nothing below is set
    bool steady = true;
    bool exact = true;
    Wait wait; // exponential for those that wait
    double responseMean_s = 0;
    double queueLength = 0;
    double numberInSystem = 0;
    std::vector<double> groupUtilisation;
    std::vector<double> servedAtOnce; // by group: share of the arrivals that finds a server of it idle and takes it
};

/// Poisson arrivals. An idle server is chosen at random: the chain is reversible and its law a product, exact for any
/// number of servers (Gumbel 1960). The fastest idle one: the chain of busy servers by group, solved exactly up to
/// kMostStates states; beyond that neighbouring speeds are put together until it fits (`exact` is false then).
HeterogeneousFigures heterogeneousServers(double arrivalRate_per_s, std::span<const ServerGroup> groups,
                                          IdleChoice choice);
inline constexpr std::size_t kMostStates = 6000;

/// P(response > t), t >= 0; the least t with P(response > t) <= 1 - level. Exact given the figures.
double heterogeneousSurvival(double arrivalRate_per_s, std::span<const ServerGroup> groups,
                             const HeterogeneousFigures& figures, double t_s);
Seconds heterogeneousQuantile(double arrivalRate_per_s, std::span<const ServerGroup> groups,
                              const HeterogeneousFigures& figures, double level);

} // namespace plimsoll::queueing
