#include "engine/solve/path_quantiles.h"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::flow {
namespace {

constexpr std::size_t kPoints = 200; // of a curve, for plots
constexpr std::size_t kKnots = 32;   // of them computed; monotone cubics between
constexpr double kRelative = 1e-9;   // of a quantile

double smallestConstant(const std::vector<PathLaw>& branches) {
    double smallest = std::numeric_limits<double>::infinity();
    for (const PathLaw& branch : branches) smallest = std::min(smallest, branch.constant);
    return smallest;
}

/// ln P(X > t), bounded where the probability underflows.
double logSurvival(const std::vector<PathLaw>& branches, double t) {
    return std::log(std::max(pathSurvival(branches, t), std::numeric_limits<double>::min()));
}

/// Root in ln(t - start) of ln P(X > t) = target, between `low` (above target) and a first guess.
double solveQuantile(const std::vector<PathLaw>& branches, double start, double target, double low, double guess) {
    const auto off = [&](double x) { return logSurvival(branches, start + std::exp(x)) - target; };
    double lower = low, atLower = off(lower);
    double step = 0.3; // e^0.3: a third more time
    for (; atLower <= 0; step *= 2) {
        lower -= step;
        atLower = off(lower);
        if (lower < -700) return start;
    }
    double upper = std::max(guess, lower + 0.05), atUpper = off(upper);
    for (step = 0.1; atUpper > 0; step *= 2) {
        lower = std::exchange(upper, upper + step);
        atLower = std::exchange(atUpper, off(upper));
    }
    if (atUpper == 0) return start + std::exp(upper);
    std::uintmax_t rounds = 60;
    const auto close = [](double a, double b) { return std::abs(b - a) < kRelative; };
    const auto [a, b] = boost::math::tools::toms748_solve(off, lower, upper, atLower, atUpper, close, rounds);
    return start + std::exp((a + b) / 2);
}

/// Slopes of a monotone cubic through the points (Fritsch and Carlson 1980).
std::vector<double> monotoneSlopes(const std::vector<std::pair<double, double>>& points) {
    std::vector<double> slopes(points.size(), 0.0);
    const auto secant = [&](std::size_t i) {
        return (points[i + 1].second - points[i].second) / (points[i + 1].first - points[i].first);
    };
    for (std::size_t i = 1; i + 1 < points.size(); ++i) {
        const double left = secant(i - 1), right = secant(i);
        if (left > 0 && right > 0) slopes[i] = 2 * left * right / (left + right);
    }
    return slopes;
}

double interpolate(const std::vector<std::pair<double, double>>& points, const std::vector<double>& slopes, double x) {
    auto above = std::ranges::upper_bound(points, x, {}, &std::pair<double, double>::first);
    if (above == points.begin()) return points.front().second;
    if (above == points.end()) return points.back().second;
    const auto i = std::size_t(above - points.begin()) - 1;
    const double width = points[i + 1].first - points[i].first, u = (x - points[i].first) / width;
    const double v = 1 - u;
    return points[i].second * v * v * (1 + 2 * u) + points[i + 1].second * u * u * (3 - 2 * u) +
           width * u * v * (slopes[i] * v - slopes[i + 1] * u);
}

/// (ln(t - start), P(X <= t)) at the knots and on both sides of every branch's constant, rising.
std::vector<std::pair<double, double>> knots(const std::vector<PathLaw>& branches, double start, double from,
                                             double to) {
    constexpr double kBeside = 1e-9; // of a jump
    std::vector<std::pair<double, double>> points;
    for (std::size_t i = 0; i < kKnots; ++i) points.emplace_back(from + (to - from) * double(i) / (kKnots - 1), 0.0);
    for (const PathLaw& branch : branches) {
        const double x = std::log(branch.constant - start);
        if (!(x > from && x < to)) continue;
        points.emplace_back(x - kBeside, 0.0);
        points.emplace_back(x + kBeside, 0.0);
    }
    std::ranges::sort(points);
    double highest = 0;
    for (auto& [x, p] : points) p = highest = std::max(highest, 1 - pathSurvival(branches, start + std::exp(x)));
    std::erase_if(points, [previous = -std::numeric_limits<double>::infinity()](const auto& point) mutable {
        return std::exchange(previous, point.first) == point.first;
    });
    return points;
}

} // namespace

void findQuantiles(const std::vector<PathLaw>& branches, const distribution::Cumulants& total,
                   std::array<Seconds, kLevels.size()>& quantile) {
    const double start = smallestConstant(branches);
    const double spread = std::max(total.mean - start, 0.0);
    double known = spread > 0 ? std::log(spread) - 0.5 : 0; // ln(t - start) of the last quantile
    for (std::size_t i = 0; i < kLevels.size(); ++i) {
        const double tail = 1 - kLevels[i];
        if (!(spread > 0) || pathSurvival(branches, start) <= tail) {
            quantile[i] = Seconds{start};
            continue;
        }
        // Tails fall about exponentially: from ln of one tail to the next.
        const double guess = i == 0 ? known + 0.3 : known + std::log(std::log(tail) / std::log(1 - kLevels[i - 1]));
        const double t = solveQuantile(branches, start, std::log(tail), known, guess);
        quantile[i] = Seconds{t};
        if (t > start) known = std::log(t - start);
    }
}

void drawCdf(const std::vector<PathLaw>& branches, const std::array<Seconds, kLevels.size()>& quantile,
             std::vector<std::pair<Seconds, Probability>>& cdf) {
    constexpr double kPast = 1.05;    // of the last quantile
    constexpr double kNearest = 1e-3; // of the median: where a curve begins to rise
    const double start = smallestConstant(branches);
    const double last = kPast * (quantile.back().count() - start), middle = quantile.front().count() - start;
    cdf.resize(kPoints);
    cdf[0] = {Seconds{start}, {1 - pathSurvival(branches, start)}};
    if (!(last > 0)) {
        for (auto& point : cdf) point = {Seconds{start}, {1}};
        cdf[0].second.value = 0;
        return;
    }
    const double to = std::log(last), from = std::log(std::max(middle * kNearest, last * 1e-7));
    const auto points = knots(branches, start, from, to);
    const auto slopes = monotoneSlopes(points);
    double highest = cdf[0].second.value;
    for (std::size_t i = 1; i < kPoints; ++i) {
        const double x = from + (to - from) * double(i - 1) / double(kPoints - 2);
        highest = std::clamp(interpolate(points, slopes, x), highest, 1.0);
        cdf[i] = {Seconds{start + std::exp(x)}, {highest}};
    }
}

void writeWaitQuantiles(const queueing::Wait& wait, std::array<Seconds, kLevels.size()>& quantile) {
    const Distribution law = queueing::waitLaw(wait);
    const Phase& waiting = law.phases.back();
    for (std::size_t i = 0; i < kLevels.size(); ++i) {
        const double tail = (1 - kLevels[i]) / waiting.weight.value; // of those that wait
        quantile[i] = Seconds{waiting.scale.count() == 0 ? waiting.offset.count()
                              : tail >= 1                ? 0
                                                         : distribution::quantile_s(waiting, tail)};
    }
}

} // namespace plimsoll::flow
