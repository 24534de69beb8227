#include "engine/balancer/model/places.h"

#include "engine/queueing/erlang.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

/// Probability of what is left out at the end of a Seen.
constexpr double kLeftOut = 1e-14;

} // namespace

Places geometricPlaces(double waits, double ratio) {
    const double left = 1 - ratio;
    return {waits, waits / left, waits * (1 + ratio) / (left * left)};
}

Places mixed(const Places& one, const Places& other, double shareOfOther) {
    const double own = 1 - shareOfOther;
    return {own * one.waits + shareOfOther * other.waits, own * one.first + shareOfOther * other.first,
            own * one.second + shareOfOther * other.second};
}

Places withMean(const Places& places, double first) {
    if (!(places.waits > 0) || !(first > 0)) return {};
    constexpr double kMostStretch = 10;
    const double mean = places.first / places.waits;
    const double waits = std::clamp(places.waits, std::min(1.0, first / (kMostStretch * mean)), std::min(1.0, first));
    const double scv = places.second / places.waits / (mean * mean) - 1;
    const double newMean = first / waits;
    return {waits, first, waits * newMean * newMean * (1 + scv)};
}

Places poissonPlaces(const EqualServers& servers) {
    return geometricPlaces(queueing::erlangC(servers.cores, servers.cores * servers.utilisation), servers.utilisation);
}

double plausibleChance(double waits, double number, double cores, double waitMean_s,
                       const queueing::ServiceMoments& service) {
    constexpr double kFar = 50;
    const double left = service.second / (2 * service.first), most = waitMean_s * cores / (number * left);
    return std::clamp(waits, std::min(1.0, most / kFar), std::min(1.0, most * kFar));
}

queueing::Wait waitOf(const Places& places, double cores, double waitMean_s, const queueing::ServiceMoments& service) {
    if (!(places.waits > 0) || !(places.first > 0) || !(waitMean_s > 0)) return {};
    constexpr double kLeastScv = 0.02; // as for the conditional wait of G/G/c
    const double number = places.first / places.waits;
    const double numberVariance = std::max(0.0, places.second / places.waits - number * number);
    const double waits = plausibleChance(places.waits, number, cores, waitMean_s, service);
    // What is left of a service: E[R] = E[S^2] / 2 E[S], E[R^2] = E[S^3] / 3 E[S]; both thinned alike.
    const double left = service.second / (2 * service.first), leftSquare = service.third / (3 * service.first);
    const double each = waitMean_s / waits / number * cores;
    const double thinned = std::max(kLeastScv, leftSquare / (left * each) - 1);
    const double scv = 1 + (thinned - 1) / cores;
    const double ofThoseThatWait = (scv * number + numberVariance) / (number * number);
    return queueing::gammaWait(waits, waitMean_s, ofThoseThatWait);
}

Seen seenFrom(std::vector<double> belowCores, const Places& geometric) {
    const double mean = geometric.waits > 0 ? geometric.first / geometric.waits : 1;
    const double ratio = 1 - 1 / std::max(1.0, mean);
    double total = 0;
    for (double p : belowCores) total += p;
    Seen seen = std::move(belowCores);
    for (double& p : seen) p *= (1 - geometric.waits) / total;
    const double steps = ratio > 0 ? std::log(kLeftOut) / std::log(ratio) : 1;
    if (!(double(seen.size()) + steps < double(kMostSeen))) return {};
    for (double p = geometric.waits * (1 - ratio); p > kLeftOut * (1 - ratio); p *= ratio) seen.push_back(p);
    return seen;
}

std::vector<double> poissonBelow(double cores, double load) {
    if (!(cores < double(kMostSeen))) return {};
    const auto count = std::size_t(std::ceil(cores));
    std::vector<double> below(count);
    // From the top down, where the probabilities are largest: nothing overflows.
    const auto top = std::min(count - 1, std::size_t(load));
    below[top] = 1;
    for (std::size_t k = top + 1; k < count; ++k) below[k] = below[k - 1] * load / double(k);
    for (std::size_t k = top; k-- > 0;) below[k] = load > 0 ? below[k + 1] * double(k + 1) / load : 0;
    return below;
}

Seen mixed(Seen one, const Seen& other, double shareOfOther) {
    if (one.empty() || other.empty()) return {};
    one.resize(std::max(one.size(), other.size()));
    for (double& p : one) p *= 1 - shareOfOther;
    for (std::size_t k = 0; k < other.size(); ++k) one[k] += shareOfOther * other[k];
    return one;
}

} // namespace plimsoll::balancer
