#include "engine/balancer/model/signal_policies.h"

#include "engine/balancer/model/shortest_queue.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {

Places idleFirstPlaces(const EqualServers& servers) {
    const Places counted = shortestQueuePlaces(servers);
    const double rho = servers.utilisation;
    const double waits = std::min(counted.waits * (1 + 0.085 * (1 - counted.waits)), rho);
    // A full server gets arrivals at rate cores rho waits / P(it is full): the latter is rho for one core, and the more
    // cores the nearer to P(all are full).
    const double full = waits + (rho - waits) / servers.cores;
    return full > 0 ? geometricPlaces(waits, std::min(rho, rho * waits / full)) : Places{};
}

double herdByResponseTime(const EqualServers& servers, double age) {
    return std::max(0.0, servers.count * servers.utilisation - 1) / 2 * age;
}

double herdByUtilisation(const EqualServers& servers, double age) {
    constexpr double kFew = 8; // servers; among more, more of them were idle and share
    const double rho = servers.utilisation, n = servers.count;
    return n * std::min(1.0, std::pow(kFew / n, 0.4)) * (0.36 * rho * rho + 0.55 * std::pow(rho, 10)) * age;
}

} // namespace plimsoll::balancer
