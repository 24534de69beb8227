#include "models/assess/safe_load.h"

#include "models/assess/targets.h"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>

namespace plimsoll::assess {

namespace {

constexpr double kLargestFactor = 1000; // DESIGN.md section 5: beyond, a target holds at every load
constexpr double kSmallestFactor = 1e-3;
constexpr double kStepsPerDecade = 16; // of the scan: one step is +15 %
constexpr double kPrecision = 1e-6;    // relative, of the crossing

using Verdicts = std::vector<std::optional<bool>>;

class Scan {
public:
    Scan(const document::Project& project, Prepared& prepared, const std::stop_token& stop)
        : m_targets(project.targets), m_prepared(prepared), m_stop(stop) {}

    std::vector<SafeLoad> run();

private:
    Verdicts at(double factor, std::span<const std::size_t> asked);
    bool holdsAt(std::size_t target, double factor) { return at(factor, {&target, 1})[target].value_or(false); }
    SafeLoad crossing(std::size_t target, double good, double bad);
    SafeLoad upTo(std::size_t target, double good, double bad);
    std::vector<double> upwards() const;
    void scanUp(std::vector<SafeLoad>& loads);
    void scanDown(std::vector<SafeLoad>& loads);
    bool stopped() const { return m_stop.stop_requested(); }

    const std::vector<document::Target>& m_targets;
    Prepared& m_prepared;
    const std::stop_token& m_stop;
    flow::Solution m_solution;
    std::optional<double> m_saturation;
};

/// Whether each of the targets asked for holds at this factor; where nothing can be solved, none does.
Verdicts Scan::at(double factor, std::span<const std::size_t> asked) {
    flow::SolveOptions options;
    options.loadFactor = factor;
    options.down = m_prepared.down;
    options.distributions =
        std::ranges::any_of(asked, [&](std::size_t target) { return needsDistribution(m_targets[target].metric); });
    Verdicts verdicts(m_targets.size());
    const auto solved = m_prepared.model->solveInto(m_solution, options, m_stop);
    if (solved) m_saturation = m_solution.saturationFactor;
    for (const std::size_t i : asked)
        if (isSolved(m_targets[i].metric))
            verdicts[i] = solved ? holds(m_targets[i], m_prepared.lowered, m_solution) : std::optional(false);
    return verdicts;
}

/// Between a factor at which the target holds and one at which it does not: TOMS 748 on the margin, which is nearly a
/// straight line in the factor (4 to 8 solves; halving took 20). Answers the side that holds.
SafeLoad Scan::crossing(std::size_t target, double good, double bad) {
    const auto margin = [&](double factor) {
        const bool holding = holdsAt(target, factor);
        const double value = marginOf(m_targets[target], m_prepared.lowered, m_solution);
        return holding ? std::max(value, 0.0) : std::min(value, -std::numeric_limits<double>::min());
    };
    const auto close = [&](double a, double b) { return std::abs(b - a) <= kPrecision * b || stopped(); };
    const double atGood = margin(good), atBad = margin(bad);
    if (!(atGood > 0) || stopped()) return upTo(target, good, bad);
    std::uintmax_t rounds = 100;
    const double low = std::min(good, bad), high = std::max(good, bad);
    const auto [a, b] = boost::math::tools::toms748_solve(margin, low, high, good < bad ? atGood : atBad,
                                                          good < bad ? atBad : atGood, close, rounds);
    return good < bad ? upTo(target, a, b) : upTo(target, b, a);
}

/// What breaks it is told by the side that does not hold.
SafeLoad Scan::upTo(std::size_t target, double good, double bad) {
    SafeLoad load{.factor = good, .decided = true};
    if (!holdsAt(target, bad)) load.collapses = canCollapse(m_targets[target], m_prepared.lowered, m_solution);
    return load;
}

/// From above 1 to the largest factor, with the saturation between its neighbours.
std::vector<double> Scan::upwards() const {
    std::vector<double> factors;
    const double step = std::pow(10.0, 1 / kStepsPerDecade);
    for (double factor = step; factor < kLargestFactor; factor *= step) factors.push_back(factor);
    factors.push_back(kLargestFactor);
    if (m_saturation && *m_saturation > 1 && *m_saturation < kLargestFactor) factors.push_back(*m_saturation);
    std::ranges::sort(factors);
    return factors;
}

void Scan::scanUp(std::vector<SafeLoad>& loads) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < loads.size(); ++i)
        if (loads[i].atEveryLoad) open.push_back(i);
    double good = 1;
    for (const double factor : upwards()) {
        if (open.empty() || stopped()) return;
        const Verdicts verdicts = at(factor, open);
        std::erase_if(open, [&](std::size_t target) {
            if (verdicts[target].value_or(false)) return false;
            loads[target] = crossing(target, good, factor);
            return true;
        });
        good = factor;
    }
}

void Scan::scanDown(std::vector<SafeLoad>& loads) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < loads.size(); ++i)
        if (loads[i].decided && !loads[i].atEveryLoad) open.push_back(i);
    const double step = std::pow(10.0, -1 / kStepsPerDecade);
    double bad = 1;
    for (double factor = step; factor > kSmallestFactor && !open.empty() && !stopped(); factor *= step) {
        const Verdicts verdicts = at(factor, open);
        std::erase_if(open, [&](std::size_t target) {
            if (!verdicts[target].value_or(false)) return false;
            loads[target] = crossing(target, factor, bad);
            return true;
        });
        bad = factor;
    }
}

std::vector<SafeLoad> Scan::run() {
    std::vector<SafeLoad> loads(m_targets.size());
    std::vector<std::size_t> all(loads.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const Verdicts present = at(1, all);
    for (std::size_t i = 0; i < loads.size(); ++i) {
        loads[i].decided = present[i].has_value();
        loads[i].atEveryLoad = present[i].value_or(false); // until a factor breaks it
    }
    scanDown(loads);
    scanUp(loads);
    if (stopped()) loads.assign(m_targets.size(), {});
    return loads;
}

} // namespace

std::vector<SafeLoad> safeLoads(const document::Project& project, Prepared& prepared, std::stop_token stop) {
    if (!prepared.model) return std::vector<SafeLoad>(project.targets.size());
    return Scan(project, prepared, stop).run();
}

} // namespace plimsoll::assess
