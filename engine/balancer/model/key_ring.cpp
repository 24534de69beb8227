#include "engine/balancer/model/key_ring.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plimsoll::balancer {
namespace {

/// Beyond these tails of the extreme share nothing counts.
constexpr double kNegligible = 1e-14;
/// Where the gamma is as good as normal, and the ring as good as even.
constexpr double kMostPoints = 1e9;

/// Integral of `survival` from `low`, below which it is 1, to `high`, above which it is 0.
template <class Survival> double mean(const Survival& survival, double low, double high) {
    constexpr unsigned kDepth = 12;
    constexpr double kTolerance = 1e-11;
    return low + boost::math::quadrature::gauss_kronrod<double, 31>::integrate(survival, low, high, kDepth, kTolerance);
}

} // namespace

double ringVariation(const KeyRing& ring) {
    return std::sqrt((ring.servers - 1) / (ring.servers * ring.points + 1));
}

double ringHottest(const KeyRing& ring) {
    const double n = ring.servers, b = std::min(ring.points, kMostPoints);
    if (n <= 1) return 1;
    if (b == 1) return boost::math::digamma(n + 1) + std::numbers::egamma; // harmonic number
    const auto largest = [n, b](double x) { return -std::expm1(n * std::log1p(-boost::math::gamma_q(b, x))); };
    // P(max > x) = 1 - (1 - Q)^n, between n Q = 40 and n Q = 1e-14.
    const double low = boost::math::gamma_q_inv(b, std::min(1 - kNegligible, -std::expm1(-40 / n)));
    const double high = boost::math::gamma_q_inv(b, kNegligible / n);
    return std::max(1.0, mean(largest, low, high) / b);
}

double ringColdest(const KeyRing& ring) {
    const double n = ring.servers, b = std::min(ring.points, kMostPoints);
    if (n <= 1) return 1;
    if (b == 1) return 1 / n;
    const auto smallest = [n, b](double x) { return std::exp(n * std::log1p(-boost::math::gamma_p(b, x))); };
    const double low = boost::math::gamma_p_inv(b, kNegligible / n);
    const double high = boost::math::gamma_p_inv(b, -std::expm1(std::log(kNegligible) / n));
    return std::min(1.0, mean(smallest, low, high) / b);
}

std::vector<double> ringShares(const KeyRing& ring, std::size_t count) {
    std::vector<double> shares;
    double total = 0;
    for (std::size_t i = 0; i < count; ++i) {
        shares.push_back(ring.servers <= 1 ? 1
                                           : boost::math::gamma_p_inv(std::min(ring.points, kMostPoints),
                                                                      (double(i) + 0.5) / double(count)));
        total += shares.back();
    }
    for (double& share : shares) share /= total;
    return shares;
}

} // namespace plimsoll::balancer
