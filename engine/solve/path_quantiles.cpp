#include "engine/solve/path_quantiles.h"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::flow {
namespace {

constexpr std::size_t kPoints = 200; // of a curve, for plots
constexpr double kRelative = 1e-9;   // of a quantile
// What an inversion can be off, relative to the tail. A level that is also the share of some branches stands on a
// plateau between them, where noise alone would choose the quantile: it is taken at the far end, where the tail really
// falls.
constexpr double kNoise = 1e-10;

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

} // namespace

PathCurve::PathCurve(const std::vector<PathLaw>& branches, const distribution::Cumulants& total)
    : m_branches(branches) {
    constexpr double kUp = 0.25, kDown = 0.4; // steps in ln(t - start)
    constexpr double kBeside = 1e-9;          // of the jump at a branch's constant
    constexpr int kMost = 60;                 // steps each way: factors of 3e6 up and 3e10 down
    m_start = std::numeric_limits<double>::infinity();
    for (const PathLaw& branch : branches) m_start = std::min(m_start, branch.constant);
    m_atStart = pathSurvival(branches, m_start);
    if (!(total.variance > 0) || !(total.mean > m_start)) return;
    const double middle = std::log(total.mean - m_start);
    for (int i = 0; i < kMost; ++i) {
        add(middle + i * kUp);
        if (m_points.back().logTail < std::log(1 - kLevels.back()) - kUp) break;
    }
    for (int i = 1; i < kMost; ++i) {
        add(middle - i * kDown);
        if (m_points.back().logTail > std::log(m_atStart) - 1e-3) break;
    }
    for (const PathLaw& branch : branches) {
        if (!(branch.constant > m_start)) continue;
        add(std::log(branch.constant - m_start) - kBeside);
        add(std::log(branch.constant - m_start) + kBeside);
    }
    settle();
}

double PathCurve::logTail(double x) const {
    const double tail = pathSurvival(m_branches, m_start + std::exp(x));
    return std::log(std::max(tail, std::numeric_limits<double>::min()));
}

void PathCurve::add(double x) {
    m_points.push_back({x, logTail(x)});
}

/// In order, falling.
void PathCurve::settle() {
    std::ranges::sort(m_points, {}, &Point::x);
    const auto repeated = std::ranges::unique(m_points, {}, &Point::x);
    m_points.erase(repeated.begin(), repeated.end());
    double lowest = 0;
    for (Point& point : m_points) point.logTail = lowest = std::min(lowest, point.logTail);
}

double PathCurve::quantile(double level) {
    const double target = std::log(1 - level) - kNoise;
    if (m_points.empty() || m_atStart <= 1 - level) return m_start;
    const auto above = std::ranges::find_if(m_points, [&](const Point& point) { return point.logTail <= target; });
    if (above == m_points.end()) return m_start + std::exp(m_points.back().x); // the steps ran out
    if (above == m_points.begin()) return m_start + std::exp(above->x);
    const Point right = *above, left = *(above - 1);
    if (right.logTail == target) return m_start + std::exp(right.x);
    std::uintmax_t rounds = 60;
    Point found{right.x, right.logTail};
    const auto off = [&](double x) {
        found = {x, logTail(x)};
        return found.logTail - target;
    };
    const auto close = [](double a, double b) { return std::abs(b - a) < kRelative; };
    const auto [a, b] = boost::math::tools::toms748_solve(off, left.x, right.x, left.logTail - target,
                                                          right.logTail - target, close, rounds);
    m_points.push_back(found);
    settle();
    return m_start + std::exp((a + b) / 2);
}

void PathCurve::draw(std::vector<std::pair<Seconds, Probability>>& cdf) const {
    constexpr double kPast = 0.05; // beyond the last quantile, in ln(t - start)
    cdf.resize(kPoints);
    cdf[0] = {Seconds{m_start}, {1 - m_atStart}};
    if (m_points.empty()) {
        for (auto& point : cdf) point = {Seconds{m_start}, {1}};
        cdf[0].second.value = 0;
        return;
    }
    std::vector<std::pair<double, double>> points;
    for (const Point& point : m_points) points.emplace_back(point.x, -std::expm1(point.logTail));
    const auto slopes = monotoneSlopes(points);
    const auto last = std::ranges::find_if(
        m_points, [](const Point& point) { return point.logTail <= std::log(1 - kLevels.back()); });
    const double from = points.front().first;
    const double to = std::min(points.back().first, (last == m_points.end() ? points.back().first : last->x) + kPast);
    double highest = cdf[0].second.value;
    for (std::size_t i = 1; i < kPoints; ++i) {
        const double x = from + (to - from) * double(i - 1) / double(kPoints - 2);
        highest = std::clamp(interpolate(points, slopes, x), highest, 1.0);
        cdf[i] = {Seconds{m_start + std::exp(x)}, {highest}};
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
