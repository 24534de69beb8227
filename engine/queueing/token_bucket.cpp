#include "engine/queueing/token_bucket.h"

#include "engine/queueing/mgc.h"

#include <boost/math/distributions/poisson.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>

namespace plimsoll::queueing {
namespace {

/// Beyond this load the chance of an idle refill is below 1e-21: exactly 1 - 1 / load is lost.
constexpr double kSwamped = 50;
/// Ratios of neighbouring states that stay equal to this are taken as geometric from there on.
constexpr double kSettled = 1e-15;

/// P(Poisson(load) > n), n = 0 ... until it is nearly nothing.
std::vector<double> arrivalTails(double load) {
    constexpr double kNothing = 1e-30;
    std::vector<double> tails;
    for (double n = 0; tails.empty() || (tails.back() > kNothing || n < load); ++n)
        tails.push_back(boost::math::gamma_p(n + 1, load));
    return tails;
}

/// M/D/1/K for a whole K >= 1, by the states left behind (level crossings: every term is positive).
double lossOfWhole(double load, double capacity) {
    if (load <= 0) return 0;
    if (load > kSwamped) return 1 - 1 / load;
    const std::vector<double> tails = arrivalTails(load);
    const double none = std::exp(-load);
    std::vector<double> states{1}; // scaled so that the largest does not overflow
    double sum = 1, settledFor = 0, ratio = 0;
    for (double k = 0; k + 1 < capacity; ++k) {
        const auto last = states.size() - 1;
        double up = last < tails.size() ? states[0] * tails[last] : 0;
        const std::size_t reach = std::min(last, tails.size() - 1);
        for (std::size_t back = 0; back < reach; ++back) up += states[last - back] * tails[back + 1];
        const double next = up / none, now = next / states.back();
        settledFor = std::abs(now - ratio) <= kSettled * now ? settledFor + 1 : 0;
        ratio = now;
        states.push_back(next);
        sum += next;
        if (next > 1e200) {
            for (double& state : states) state /= 1e200;
            sum /= 1e200;
        }
        if (settledFor > 30) { // the rest is geometric
            const double left = capacity - 2 - k, x = std::log(ratio);
            const double added = ratio == 1 ? left : ratio * std::expm1(left * x) / (ratio - 1);
            if (!std::isfinite(added)) return 1 - 1 / load;
            sum += states.back() * added;
            break;
        }
    }
    // P(empty left behind) / all; an arrival is let in with probability 1 / (that + load).
    const double empty = states[0] / sum;
    return std::max(0.0, (empty + load - 1) / (empty + load));
}

} // namespace

double rejectedShare(const TokenBucket& bucket) {
    const double load = bucket.arrivalRate_per_s / bucket.rate_per_s;
    const double whole = std::floor(bucket.burst), part = bucket.burst - whole;
    const double low = lossOfWhole(load, whole);
    if (part == 0 || !(low > 0)) return low;
    const double high = lossOfWhole(load, whole + 1);
    return high > 0 ? std::exp((1 - part) * std::log(low) + part * std::log(high)) : low * (1 - part);
}

Wait delayedWait(const TokenBucket& bucket) {
    const double service = 1 / bucket.rate_per_s, load = bucket.arrivalRate_per_s * service;
    if (!(load > 0)) return {};
    const ServiceMoments constant{service, service * service, std::pow(service, 3), std::pow(service, 4)};
    const Wait work = mg1Wait(bucket.arrivalRate_per_s, constant);
    if (bucket.burst == 1) return work;
    const double spare = (bucket.burst - 1) * service;
    const flow::Phase gamma = waitLaw(work).phases.back();
    const double shape = gamma.shape, scale = gamma.scale.count(), x = spare / scale;
    // E[(G - spare)^k; G > spare] of the gamma by incomplete gamma functions.
    const double q0 = boost::math::gamma_q(shape, x), q1 = boost::math::gamma_q(shape + 1, x);
    const double q2 = boost::math::gamma_q(shape + 2, x), q3 = boost::math::gamma_q(shape + 3, x);
    const double m1 = shape * scale * q1, m2 = shape * (shape + 1) * scale * scale * q2;
    const double m3 = shape * (shape + 1) * (shape + 2) * std::pow(scale, 3) * q3;
    const double weight = gamma.weight.value;
    Wait wait;
    wait.probability = weight * q0;
    wait.cumulants = distribution::fromRawMoments(
        weight * std::max(0.0, m1 - spare * q0), weight * std::max(0.0, m2 - 2 * spare * m1 + spare * spare * q0),
        weight * std::max(0.0, m3 - 3 * spare * m2 + 3 * spare * spare * m1 - std::pow(spare, 3) * q0));
    return wait;
}

} // namespace plimsoll::queueing
