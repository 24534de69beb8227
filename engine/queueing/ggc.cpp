#include "engine/queueing/ggc.h"

#include "engine/queueing/mgc.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace plimsoll::queueing {
namespace {

/// P(a standard normal exceeds x).
double normalTail(double x) {
    return std::erfc(x / std::numbers::sqrt2) / 2;
}

double idleShare(const GgcStation& station) {
    return (station.servers - station.load) / station.servers;
}

/// E[W] of D/M/c over that of M/M/c, times two is Whitt's f3.
double smoothArrivals(const GgcStation& station) {
    const double rho = station.load / station.servers;
    return (1 - 4 * cosmetatos(station.servers, station.load)) * std::exp(-2 * idleShare(station) / (3 * rho));
}

/// Kraemer and Langenbach-Belz, c = 1.
double oneServerRatio(const GgcStation& station) {
    const double ca2 = station.arrivalScv, cs2 = station.serviceScv, rho = station.load, idle = 1 - rho;
    const double exponent =
        ca2 <= 1 ? -2 * idle * (1 - ca2) * (1 - ca2) / (3 * rho * (ca2 + cs2)) : -idle * (ca2 - 1) / (ca2 + 4 * cs2);
    return std::exp(exponent) * (ca2 + cs2) / 2;
}

/// Kimura 1986, arrival scv at most 1: (ca2 + cs2) / [(1 - ca2) / D + (1 - cs2) / M + 2 (ca2 + cs2 - 1) / W0], the
/// bracket in units of 2 / W0.
double kimuraRatio(const GgcStation& station) {
    const double ca2 = station.arrivalScv, cs2 = station.serviceScv;
    const double correction = 1 + cosmetatos(station.servers, station.load), smooth = smoothArrivals(station);
    if (ca2 < 1 && !(smooth > 0)) return 0;
    const double ofArrivals = ca2 < 1 ? (1 - ca2) / smooth : 0;
    return (ca2 + cs2) / 2 / (ofArrivals + (1 - cs2) / correction + ca2 + cs2 - 1);
}

double whittRatio(const GgcStation& station) {
    const double ca2 = station.arrivalScv, cs2 = station.serviceScv, z = (ca2 + cs2) / 2;
    const double f1 = 1 + cosmetatos(station.servers, station.load), f3 = smoothArrivals(station);
    const double f4 = std::min(1.0, (f1 + f3) / 2), psi = z >= 1 ? 1 : std::pow(f4, 2 * (1 - z));
    const double phi = ca2 >= cs2 ? (4 * (ca2 - cs2) * f1 + cs2 * psi) / (4 * ca2 - 3 * cs2)
                                  : ((cs2 - ca2) * f3 + (cs2 + 3 * ca2) * psi) / (2 * ca2 + 2 * cs2);
    return phi * z;
}

/// c mu (1 - x) of GI/M/c in units of the service rate, hyperexponential arrivals with balanced means: then x is the
/// root of a quadratic once the root 1 is divided out.
double clearingRate(const GgcStation& station) {
    const double half = (2 * station.load - station.servers) / 2;
    const double product = 2 * station.load * (station.servers - station.load) / (station.arrivalScv + 1);
    const double root = std::sqrt(half * half + product);
    return half > 0 ? product / (half + root) : root - half;
}

/// P(an arrival waits) for c > 1 (Whitt 1993).
double manyServersProbability(const GgcStation& station) {
    const double ca2 = station.arrivalScv, cs2 = station.serviceScv, c = station.servers,
                 erlang = station.waitProbability;
    const double rho = station.load / c, idle = idleShare(station), root = std::sqrt(c);
    const double base = normalTail(idle * root);
    if (base < std::numeric_limits<double>::min()) return erlang; // (1 - rho) sqrt(c) > 37
    const double p4 = std::min(1.0, erlang * normalTail((1 + cs2) * idle * root / (ca2 + cs2)) / base);
    const double p5 = std::min(1.0, erlang * normalTail(2 * idle * root / (1 + ca2)) / base);
    const double p1 = rho * rho * p4 + (1 - rho * rho) * p5;
    if (c <= 6 || ca2 >= 1) return p1;
    const double z = (ca2 + cs2) / (1 + cs2), u = (c - station.load - 0.5) / std::sqrt(station.load * z);
    if (u <= 0.5) return p1;
    const double p2 = ca2 * p1 + (1 - ca2) * normalTail(u), w = std::min(1.0, 2 * (1 - ca2) * (u - 0.5));
    return u >= 1 ? p2 : w * p2 + (1 - w) * p1;
}

/// Above an arrival scv of 1 and with more than one server: the wait of GI/M/c, scaled to the service's scv.
double burstyRatio(const GgcStation& station) {
    const double ca2 = station.arrivalScv, cs2 = station.serviceScv;
    GgcStation reference = station;
    reference.serviceScv = std::min(cs2, 1.0);
    const double waits = ggcWaitProbability(reference) / station.waitProbability;
    const double ratio = waits * (ca2 + cs2) / (ca2 + 1) * (station.servers - station.load) / clearingRate(station);
    return cs2 <= 1 ? ratio : ratio * mgcWaitRatio(station.servers, station.load, cs2) / ((1 + cs2) / 2);
}

} // namespace

double ggcWaitProbability(const GgcStation& station) {
    const double ca2 = station.arrivalScv, cs2 = station.serviceScv, rho = station.load / station.servers;
    if (station.load == 0 || ca2 + cs2 == 0) return 0;
    if (station.servers > 1) return std::clamp(manyServersProbability(station), 0.0, 1.0);
    const double h = ca2 <= 1 ? (1 + ca2 + rho * cs2) / (1 + rho * (cs2 - 1) + rho * rho * (4 * ca2 + cs2))
                              : 4 * rho / (ca2 + rho * rho * (4 * ca2 + cs2));
    return std::clamp(rho + (ca2 - 1) * rho * (1 - rho) * h, 0.0, 1.0);
}

double ggcWaitRatio(const GgcStation& station) {
    const double ca2 = station.arrivalScv, cs2 = station.serviceScv;
    if (station.load == 0 || ca2 + cs2 == 0 || !(station.waitProbability > 0)) return 0;
    if (station.servers == 1) return oneServerRatio(station);
    if (ca2 > 1) return burstyRatio(station);
    const double kimura = kimuraRatio(station);
    if (cs2 <= 1 || (ca2 == 1 && cs2 <= 4)) return kimura;
    const double whitt = whittRatio(station);
    return kimura > 0 ? std::sqrt(kimura * whitt) : whitt;
}

Wait ggcWait(const GgcStation& station) {
    const double clearing = station.serviceMean_s / (station.servers - station.load);
    const double mean = station.waitProbability * clearing * ggcWaitRatio(station);
    if (!(mean > 0)) return {};
    // Two formulas: far from saturation the probability may fall so far below the mean that those that wait would wait
    // longer than twice what they do in heavy traffic.
    const double longest = (station.arrivalScv + station.serviceScv) * clearing;
    const double probability = std::min(1.0, std::max(ggcWaitProbability(station), mean / longest));
    return gammaWait(probability, mean, conditionalWaitScv(station.load / station.servers, station.serviceScv));
}

} // namespace plimsoll::queueing
