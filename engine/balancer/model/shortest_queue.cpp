#include "engine/balancer/model/shortest_queue.h"

#include "engine/queueing/erlang.h"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

/// rho^n.
double nextPlace(const EqualServers& servers) {
    return std::exp(servers.count * std::log(servers.utilisation));
}

/// 1 - rho^n, also where that is tiny.
double notNextPlace(const EqualServers& servers) {
    return -std::expm1(servers.count * std::log1p(servers.utilisation - 1));
}

} // namespace

double shortestQueueWait(const EqualServers& servers) {
    const double all = servers.count * servers.cores, idle = 1 - servers.utilisation;
    const double shared = queueing::erlangC(all, all * servers.utilisation) / (all * idle);
    return shared * (1 + 0.6 * std::pow(servers.count - 1, 0.8) * idle);
}

Places shortestQueuePlaces(const EqualServers& servers) {
    if (servers.count <= 1) return poissonPlaces(servers);
    const double first = shortestQueueWait(servers) * servers.cores;
    const double waits = std::min(1.0, first * notNextPlace(servers));
    if (!(waits > 0)) return {};
    return withMean(geometricPlaces(waits, std::min(nextPlace(servers), 1 - 1e-12)), first);
}

Seen shortestQueueSeen(const EqualServers& servers, const Places& places) {
    // Below `cores` the servers hold equal numbers: the whole as M/M/(n c), in levels of n.
    const double n = servers.count, load = n * servers.cores * servers.utilisation;
    if (!(servers.cores < double(kMostSeen))) return {};
    std::vector<double> below(std::size_t(std::ceil(servers.cores)));
    double before = 0;
    for (std::size_t k = 0; k < below.size(); ++k) {
        const double upTo = boost::math::gamma_q(n * double(k + 1), load); // P(Poisson < n (k + 1))
        below[k] = std::max(0.0, upTo - before);
        before = upTo;
    }
    if (!(before > 0)) below.back() = 1;
    return seenFrom(std::move(below), places);
}

double residualSpread(const queueing::ServiceMoments& service) {
    const double mean = service.first, u2 = service.second / (2 * mean * mean);
    const double u3 = service.third / (6 * mean * mean * mean);
    if (!(u2 > 1) || !(u3 > u2)) return 0;
    return (u3 - u2 * u2) * (u2 - 1) / (2 * u2 * (u3 - u2));
}

double shortestQueueServiceFactor(const EqualServers& servers, double waits, const queueing::ServiceMoments& service) {
    const double scv = queueing::scv(service), n = servers.count;
    const double plain = servers.cores == 1
                             ? (1 + scv) / 2
                             : queueing::mgcWaitRatio(servers.cores, servers.cores * servers.utilisation, scv);
    constexpr double kLargestFitted = 0.2; // of the spread
    const double spread = std::clamp(residualSpread(service), 0.0, kLargestFitted);
    return plain * (1 - 20 * spread * spread * std::sqrt(waits) * (1 - waits) * (n - 1) / n);
}

} // namespace plimsoll::balancer
