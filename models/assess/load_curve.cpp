#include "models/assess/assess.h"
#include "models/assess/prepared.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::assess {

namespace {

/// Latencies at one factor, by the project's classes; the curve needs no distribution functions.
LoadPoint pointAt(double factor, const std::vector<Id>& classes, Prepared& prepared, flow::Solution& solution,
                  const std::stop_token& stop) {
    LoadPoint point{factor, std::vector<std::optional<flow::Latency>>(classes.size())};
    flow::SolveOptions options;
    options.loadFactor = factor;
    options.down = prepared.down;
    if (!prepared.model || !prepared.model->solveInto(solution, options, stop)) return point;
    for (std::size_t i = 0; i < prepared.lowered.classes.size(); ++i) {
        const auto at = std::ranges::find(classes, prepared.lowered.classes[i]);
        if (at == classes.end() || !solution.classes[i].latency) continue;
        auto& latency = point.latency[static_cast<std::size_t>(at - classes.begin())];
        latency = solution.classes[i].latency;
        latency->cdf.clear();
    }
    return point;
}

} // namespace

LoadCurve loadCurve(const document::Project& project, const Id& scenario, std::span<const double> loadFactors,
                    const Options& options, std::stop_token stop) {
    LoadCurve curve;
    curve.revision = options.revision;
    for (const auto& requestClass : project.classes) {
        curve.classes.push_back(requestClass.id);
        if (const auto* open = std::get_if<document::OpenLoad>(&requestClass.load))
            curve.baseRate_per_s += open->rate.value;
    }
    const document::Scenario* drawn = document::findScenario(project, scenario);
    if (!drawn) return curve;
    auto prepared = prepare(project, *drawn, options.down);
    flow::Solution solution;
    for (const double factor : loadFactors) {
        if (stop.stop_requested()) break;
        if (prepared)
            curve.points.push_back(pointAt(factor, curve.classes, *prepared, solution, stop));
        else
            curve.points.push_back({factor, std::vector<std::optional<flow::Latency>>(curve.classes.size())});
    }
    return curve;
}

std::vector<double> curveFactors(const Assessment& assessment, int count) {
    constexpr double kStart = 0.1, kEndWithoutSaturation = 10; // of the load as drawn
    constexpr double kJustBelow = 0.998;                       // of saturation
    const double wall = assessment.saturationLoadFactor.value_or(kEndWithoutSaturation);
    const double end = assessment.saturationLoadFactor ? wall * kJustBelow : wall;
    const double start = std::min(kStart, end * kStart);
    std::vector<double> factors;
    for (int i = 0; i < count; ++i) {
        // The distance to the wall shrinks geometrically at the end, evenly at the start: the square does both.
        const double left = 1 - static_cast<double>(i) / std::max(1, count - 1);
        factors.push_back(end - (end - start) * left * left);
    }
    for (const double marked : {1.0, assessment.loadFactor})
        if (marked > start && marked < end) factors.push_back(marked);
    std::ranges::sort(factors);
    const auto same = std::ranges::unique(factors);
    factors.erase(same.begin(), same.end());
    return factors;
}

} // namespace plimsoll::assess
