// In which order servers of several speeds fill up under a policy that counts connections. Internal to
// engine/balancer/model.
#pragma once
#include "engine/balancer/model/unequal_servers.h"

namespace plimsoll::balancer {

/// A stretch of the number N in the system over which everything is linear in N. Values by group, over its servers.
struct FillStretch {
    double start = 0, length = 0;
    double rate = 0, rateSlope = 0; // work done, in cores of speed 1
    std::vector<double> number, numberSlope;
    std::vector<double> busy, busySlope; // work done by group
    std::vector<double> joins;           // P(the next arrival goes there)
    std::vector<bool> waits;             // it finds all cores of its server busy
};

/// From the empty system until every core is busy; stretches without gaps.
std::vector<FillStretch> fillByWeight(const UnequalServers& servers);
std::vector<FillStretch> fillAtRandom(const UnequalServers& servers);

} // namespace plimsoll::balancer
