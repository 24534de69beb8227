#include "engine/distribution/fit.h"

#include "engine/distribution/quadrature.h"

#include <boost/math/special_functions/trigamma.hpp>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plimsoll::distribution {
namespace {

/// The largest distance to `exact` on a geometric grid from `low` to `high`.
template <class Cdf> double largestError(const Distribution& law, Cdf exact, double low, double high) {
    constexpr int kPoints = 400;
    double worst = 0;
    for (int i = 0; i <= kPoints; ++i) {
        const double t = low * std::pow(high / low, double(i) / kPoints);
        worst = std::max(worst, std::abs(cdf(law, t) - exact(t)));
    }
    return worst;
}

/// Scv of the mixture of Erlang-k laws with means proportional to e^{spread x}.
double mixtureScv(const std::vector<QuadratureNode>& nodes, double spread, double shape) {
    double first = 0, second = 0;
    for (const auto& [x, weight] : nodes) {
        first += weight * std::exp(spread * x);
        second += weight * std::exp(2 * spread * x);
    }
    return second * (1 + 1 / shape) / (first * first) - 1;
}

} // namespace

Fitted fitLognormal(Seconds mean, double scv) {
    constexpr int kNodes = 11;
    constexpr double kLargestShape = 64;
    const double logVariance = std::log1p(scv);
    double shape = 1;
    while (shape < kLargestShape && boost::math::trigamma(shape) > logVariance / 3) ++shape;
    if (1 / shape > scv) shape = std::ceil(1 / scv); // narrower than Erlang-64: one gamma carries it
    const auto nodes = gaussNormal(kNodes);
    double low = 0, high = 1;
    // The mixture's scv grows to max(1/weight): past it the spread stays at what eleven nodes can give.
    while (mixtureScv(nodes, high, shape) < scv && high < 64) high *= 2;
    for (int i = 0; i < 200 && high - low > 1e-15 * high; ++i) {
        const double middle = (low + high) / 2;
        (mixtureScv(nodes, middle, shape) < scv ? low : high) = middle;
    }
    double norm = 0;
    for (const auto& [x, weight] : nodes) norm += weight * std::exp(high * x);
    Fitted fitted;
    for (const auto& [x, weight] : nodes)
        fitted.law.phases.push_back(
            {.weight = {weight}, .shape = shape, .scale = mean * (std::exp(high * x) / norm / shape)});
    const double sigma = std::sqrt(logVariance), mu = std::log(mean.count()) - logVariance / 2;
    const auto exact = [&](double t) { return std::erfc((mu - std::log(t)) / sigma / std::numbers::sqrt2) / 2; };
    fitted.cdfError = largestError(fitted.law, exact, std::exp(mu - 6 * sigma), std::exp(mu + 6 * sigma));
    return fitted;
}

Fitted fitPareto(Seconds mean, double tailExponent) {
    constexpr int kNodes = 12;
    constexpr double kTail = 1e-6; // the survival probability down to which the nodes reach
    const double minimum = mean.count() * (tailExponent - 1) / tailExponent;
    // Rate in units of 1/minimum is gamma(tailExponent, 1); the largest one that matters is mean + 6 sd.
    const double top = std::log(tailExponent + 6 * std::sqrt(tailExponent));
    const double bottom =
        std::min(std::log(kTail) / tailExponent, std::log(tailExponent) - 6 / std::sqrt(tailExponent));
    const double step = (top - bottom) / (kNodes - 1);
    double norm = 0, excess = 0;
    std::vector<std::pair<double, double>> rates; // rate, weight
    for (int i = 0; i < kNodes; ++i) {
        const double logRate = bottom + i * step;
        const double weight = std::exp(tailExponent * logRate - std::exp(logRate) - std::lgamma(tailExponent));
        rates.emplace_back(std::exp(logRate), weight);
        norm += weight;
    }
    for (auto& [rate, weight] : rates) {
        weight /= norm;
        excess += weight / rate;
    }
    const double scale = (mean.count() - minimum) / excess; // makes the mean exact
    Fitted fitted;
    for (const auto& [rate, weight] : rates)
        fitted.law.phases.push_back({.weight = {weight}, .offset = Seconds{minimum}, .scale = Seconds{scale / rate}});
    const auto exact = [&](double t) { return -std::expm1(tailExponent * std::log(minimum / t)); };
    fitted.cdfError = largestError(fitted.law, exact, minimum, minimum * std::pow(kTail, -1 / tailExponent));
    return fitted;
}

} // namespace plimsoll::distribution
