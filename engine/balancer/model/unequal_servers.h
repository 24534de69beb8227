// Servers of several speeds behind a policy that counts connections (theory/balancing.md 5). Internal to
// engine/balancer/model.
#pragma once
#include "engine/balancer/model/policy_load.h"

namespace plimsoll::balancer {

/// Servers of groups, all candidates: counts and speeds > 0. Times in mean services at speed 1.
struct UnequalServers {
    std::vector<ServerGroup> groups;
    double cores = 1;
    double load = 0; // offered, in cores of speed 1
};

struct UnequalGroup {
    double share = 0; // of the requests, to the whole group
    double wait = 0;  // mean response less service at this speed, exponential service
    double waits = 0; // P(a request that comes here waits)
};

/// Fewest connections (`weighted`: smallest (connections + 1) / weight), ties at random: a birth-death chain on the
/// number in the system. While cores are idle its rate down follows the order in which the servers fill; plain least
/// connections picks among the idle ones at random (Gumbel 1960; exact for up to 24 servers of one core with at most
/// one request each). Waiting requests count 1 + 0.6 (n-1)^0.8 (1-rho) times. Load below capacity. Weighted: mean
/// response within 5 % on average, 10 % at most; plain: 6 % on average, up to 15 % too low at speeds of 4 : 1.
std::vector<UnequalGroup> unequalLeastConnections(const UnequalServers& servers, bool weighted);

/// The best of `choices` different servers whatever their speeds: the limit of many servers as a fixed point over the
/// groups, and what few servers add when all are equal.
std::vector<UnequalGroup> unequalPowerOfChoices(const UnequalServers& servers, double choices);
/// The load at which the slowest servers overload whoever is fast: some of the choices fall on slow ones only.
double powerOfChoicesCapacity(const UnequalServers& servers, double choices);

} // namespace plimsoll::balancer
