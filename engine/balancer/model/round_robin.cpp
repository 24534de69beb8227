#include "engine/balancer/model/round_robin.h"

#include "engine/queueing/erlang.h"
#include "engine/queueing/ggc.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

/// Above this many phases the intervals are as good as constant.
constexpr double kConstant = 1e5;

/// The queue of those that wait is at most so many times that of exponential service.
constexpr double kMostStretch = 10;

/// A*(s) of the intervals; s in units of one core's service rate.
double transform(const RegularArrivals& server, double s) {
    const double mean = 1 / (server.utilisation * server.cores), k = server.regularity;
    return k > kConstant ? std::exp(-s * mean) : std::exp(-k * std::log1p(s * mean / k));
}

queueing::GgcStation ggc(const RegularArrivals& server, double serviceScv) {
    const double load = server.cores * server.utilisation;
    return {server.cores, load, 1, 1 / server.regularity, serviceScv, queueing::erlangC(server.cores, load)};
}

/// M/D/(n c): the wait of constant service under round robin, in services.
double constantServiceWait(const RegularArrivals& server) {
    const double servers = server.cores * server.regularity, load = servers * server.utilisation;
    return queueing::erlangC(servers, load) / (servers - load) * queueing::mgcWaitRatio(servers, load, 0);
}

} // namespace

double queueRatio(const RegularArrivals& server) {
    if (server.regularity <= 1) return server.utilisation;
    // f(x) = A*(c (1 - x)) - x is convex and positive at 0: Newton's steps from the left never pass the root.
    constexpr int kMostSteps = 100;
    constexpr double kDone = 1e-15;
    const double load = server.utilisation, k = std::min(server.regularity, kConstant);
    double x = 0;
    for (int i = 0; i < kMostSteps; ++i) {
        const double value = transform(server, server.cores * (1 - x));
        const double slope = value / (load * (server.regularity > kConstant ? 1 : 1 + (1 - x) / (k * load))) - 1;
        const double step = (x - value) / slope;
        x += step;
        if (!(step > kDone * x)) break;
    }
    return std::clamp(x, 0.0, load);
}

Places regularPlaces(const RegularArrivals& server) {
    const double ratio = queueRatio(server), c = server.cores;
    if (server.regularity <= 1) return poissonPlaces({1, c, server.utilisation});
    if (c == 1) return geometricPlaces(ratio, ratio);
    if (c > kMostExactCores || c != std::floor(c))
        return geometricPlaces(queueing::ggcWaitProbability(ggc(server, 1)), ratio);
    // A = 1 / [1 / (1 - x) + sum_j binomial(c, j) / (C_j (1 - a_j)) (c (1 - a_j) - j) / (c (1 - x) - j)], a_j = A*(j),
    // C_j = prod a_i / (1 - a_i); the chance to wait is A / (1 - x).
    constexpr double kVanishes = 1e-6;
    const double load = c * server.utilisation;
    double sum = 1 / (1 - ratio), term = 1;
    for (double j = 1; j <= c; ++j) {
        const double a = transform(server, j), below = c * (1 - ratio) - j;
        term *= (c - j + 1) / j * (1 - a) / a;
        // Both differences vanish together at j = c (1 - x): there, by their slopes.
        const double slope = -a / load / (1 + j / (server.regularity * load));
        const double quotient = std::abs(below) > kVanishes * c ? (c * (1 - a) - j) / below : 1 + c * slope;
        sum += term / (1 - a) * std::max(0.0, quotient);
    }
    return geometricPlaces(1 / (sum * (1 - ratio)), ratio);
}

double regularWaitMean(const RegularArrivals& server, const Places& exponential, double serviceScv) {
    const double known = exponential.first / server.cores; // exact, for scv 1
    if (!(known > 0) || serviceScv == 1) return known;
    const double ratio = queueing::ggcWaitRatio(ggc(server, serviceScv)),
                 atOne = queueing::ggcWaitRatio(ggc(server, 1));
    const Places random = poissonPlaces({1, server.cores, server.utilisation});
    const double poisson = random.first / server.cores;
    const double most =
        poisson * (server.cores == 1
                       ? (1 + serviceScv) / 2
                       : queueing::mgcWaitRatio(server.cores, server.cores * server.utilisation, serviceScv));
    // What the approximation misses where the exact value is known; less and less of it further away. Where it misses
    // more than this, next to nobody waits.
    constexpr double kMostMissed = 10;
    const double missed = atOne > 0 ? std::clamp(known / (atOne * poisson), 1 / kMostMissed, kMostMissed) : 1;
    if (server.cores > 1) return std::min(most, poisson * ratio * missed);
    if (serviceScv > 1) return std::min(most, poisson * ratio * std::pow(missed, 1 / serviceScv));
    const double constant = constantServiceWait(server) - queueing::ggcWaitRatio(ggc(server, 0)) * poisson;
    const double left = 1 - serviceScv;
    return std::clamp(poisson * ratio * std::pow(missed, serviceScv) + left * left * constant, 0.0, most);
}

double regularWaitChance(const RegularArrivals& server, const Places& exponential, double serviceScv) {
    if (serviceScv == 1) return exponential.waits;
    double waits = queueing::ggcWaitProbability(ggc(server, serviceScv));
    // What the approximation misses where the exact chance is known; less and less of it further away.
    const double atOne = queueing::ggcWaitProbability(ggc(server, 1));
    if (atOne > 0) waits *= std::pow(exponential.waits / atOne, serviceScv < 1 ? serviceScv : 1 / serviceScv);
    const double atZero = queueing::ggcWaitProbability(ggc(server, 0));
    if (serviceScv < 1 && server.cores == 1 && atZero > 0) {
        // Constant service waits as in M/D/n, about as often as in M/M/n; that wears off quickly (own measurement).
        constexpr double kWearsOff = 6;
        const double constant = queueing::erlangC(server.regularity, server.regularity * server.utilisation);
        waits *= std::pow(constant / atZero, std::pow(1 - serviceScv, kWearsOff));
    }
    return std::min(1.0, waits);
}

Places regularFound(const RegularArrivals& server, const Places& exponential, double serviceScv, double first) {
    const double ratio = queueRatio(server);
    if (serviceScv == 1) return exponential;
    if (serviceScv > 1) {
        const double number = exponential.waits > 0 ? exponential.first / exponential.waits : 1;
        const double waits = std::clamp(regularWaitChance(server, exponential, serviceScv),
                                        std::min(1.0, first / (kMostStretch * number)), std::min(1.0, first));
        return geometricPlaces(waits, std::max(0.0, 1 - waits / first));
    }
    const double constant = std::exp(server.regularity * std::log(server.utilisation));
    const double own = constant + (ratio - constant) * std::pow(serviceScv, 0.3);
    const double waits = std::min(1.0, first * (1 - own));
    return withMean(geometricPlaces(waits, own), first);
}

queueing::Wait regularWait(const RegularArrivals& server, const Places& exponential,
                           const queueing::ServiceMoments& service) {
    const double scv = queueing::scv(service), mean = regularWaitMean(server, exponential, scv);
    if (scv == 1) return waitOf(exponential, server.cores, mean, service);
    const double number = exponential.waits > 0 ? exponential.first / exponential.waits : 1;
    if (!(mean > 0)) return {};
    const double waits =
        plausibleChance(regularWaitChance(server, exponential, scv), number, server.cores, mean, service);
    const double whitt = queueing::conditionalWaitScv(server.utilisation, scv);
    if (scv <= 1 || server.cores > 1) return queueing::gammaWait(waits, mean, whitt);
    // Own measurement, scv 4 and 9: half way between Whitt's and that of the places.
    const Places places = geometricPlaces(waits, 1 - 1 / number);
    const queueing::Wait byPlaces = waitOf(places, server.cores, mean, service);
    const double ofThose = mean / waits;
    const double compound = byPlaces.cumulants.variance / waits / ofThose / ofThose + waits - 1;
    return queueing::gammaWait(waits, mean, (whitt + compound) / 2);
}

} // namespace plimsoll::balancer
