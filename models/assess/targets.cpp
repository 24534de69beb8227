#include "models/assess/targets.h"

#include <algorithm>

namespace plimsoll::assess {

namespace {

using document::Metric;

const flow::ClassResult* resultOf(const document::Target& target, const lower::Lowered& lowered,
                                  const flow::Solution& solution) {
    if (!target.classId) return nullptr;
    const auto found = std::ranges::find(lowered.classes, *target.classId);
    const auto index = static_cast<std::size_t>(found - lowered.classes.begin());
    return index < solution.classes.size() ? &solution.classes[index] : nullptr;
}

double errorShare(const flow::ClassResult& result) {
    double sum = 0;
    for (const flow::Share& share : result.errors) sum += share.share.value;
    return sum;
}

/// The index in flow::kLevels; none for the mean.
std::optional<std::size_t> levelOf(Metric metric) {
    switch (metric) {
    case Metric::P50: return 0;
    case Metric::P90: return 1;
    case Metric::P95: return 2;
    case Metric::P99: return 3;
    case Metric::P999: return 4;
    default: return {};
    }
}

} // namespace

bool needsDistribution(Metric metric) {
    return levelOf(metric).has_value();
}

bool isSolved(Metric metric) {
    return metric != Metric::Availability && metric != Metric::UsdPerMonth && metric != Metric::LoadFactor;
}

bool isWithin(const document::Target& target, double value) {
    return target.atMost ? value <= target.bound : value >= target.bound;
}

std::optional<double> valueOf(const document::Target& target, const lower::Lowered& lowered,
                              const flow::Solution& solution) {
    const flow::ClassResult* result = resultOf(target, lowered, solution);
    if (!result || !isSolved(target.metric)) return {};
    if (target.metric == Metric::ErrorShare) return errorShare(*result);
    if (target.metric == Metric::Throughput) return result->succeeded.value;
    if (!result->latency) return {};
    const auto level = levelOf(target.metric);
    return level ? result->latency->quantile[*level].count() : result->latency->mean.count();
}

bool canCollapse(const document::Target& target, const lower::Lowered& lowered, const flow::Solution& solution) {
    constexpr double kSame = 1e-6; // relative, of two solutions' figures
    const flow::ClassResult* good = resultOf(target, lowered, solution);
    if (!good || solution.regime != flow::Regime::TwoStable || !solution.badState) return false;
    const flow::ClassResult* bad = resultOf(target, lowered, *solution.badState);
    if (bad->succeeded.value < (1 - kSame) * good->succeeded.value) return true;
    return good->latency && (!bad->latency || bad->latency->mean.count() > (1 + kSame) * good->latency->mean.count());
}

std::optional<bool> holds(const document::Target& target, const lower::Lowered& lowered,
                          const flow::Solution& solution) {
    const flow::ClassResult* result = resultOf(target, lowered, solution);
    if (!result || !isSolved(target.metric) || !(result->offered.value > 0)) return {};
    if (canCollapse(target, lowered, solution)) return false;
    const auto value = valueOf(target, lowered, solution);
    return value && isWithin(target, *value);
}

double marginOf(const document::Target& target, const lower::Lowered& lowered, const flow::Solution& solution) {
    const auto value = valueOf(target, lowered, solution);
    const bool isTime = target.metric == Metric::Mean || needsDistribution(target.metric);
    if (isTime && target.bound > 0) {
        const double margin = (value ? 1 / std::max(*value, target.bound / 2) : 0) - 1 / target.bound;
        return target.atMost ? margin : -margin;
    }
    const double margin = value ? target.bound - *value : -1;
    return target.atMost ? margin : value ? -margin : -1;
}

} // namespace plimsoll::assess
