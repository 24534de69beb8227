#include "models/assess/verdict.h"

#include "models/text/figure_text.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::assess {
namespace {

using document::Metric;

std::string scenarioName(const document::Project& project, const Id& id) {
    const auto* scenario = document::findScenario(project, id);
    return scenario ? scenario->name : id;
}

std::string componentName(const Assessment& assessment, const Id& id) {
    const auto* component = assessment.component(id);
    return component ? component->name : id;
}

PerSecond totalOffered(const Assessment& assessment) {
    PerSecond sum;
    for (const auto& figures : assessment.classes) sum = sum + figures.offered;
    return sum;
}

std::string_view metricWords(Metric metric) {
    switch (metric) {
    case Metric::Mean: return "mean";
    case Metric::P50: return "p50";
    case Metric::P90: return "p90";
    case Metric::P95: return "p95";
    case Metric::P99: return "p99";
    case Metric::P999: return "p99.9";
    case Metric::ErrorShare: return "errors";
    case Metric::Throughput: return "throughput";
    case Metric::Availability: return "availability";
    case Metric::UsdPerMonth: return "Cost a month";
    case Metric::LoadFactor: return "Headroom";
    }
    return "";
}

const ComponentFigures* mostOverloaded(const Assessment& assessment) {
    const ComponentFigures* worst = nullptr;
    for (const auto& component : assessment.components) {
        if (component.offeredUtilisation.value_or(0) <= 1) continue;
        if (!worst || *component.offeredUtilisation > *worst->offeredUtilisation) worst = &component;
    }
    return worst;
}

std::string unstable(const Assessment& assessment, const std::string& who, const std::string& load) {
    const auto* worst = mostOverloaded(assessment);
    if (!worst) return fmt::format("{} cannot carry {}: it has no steady state.", who, load);
    const std::string offered = text::utilisation(worst->offeredUtilisation).joined();
    if (worst->backlogGrowth.value > 0)
        return fmt::format("{} cannot carry {}: {} is offered {} of what it can do and the backlog grows by {}.", who,
                           load, worst->name, offered, text::rate(worst->backlogGrowth).joined());
    return fmt::format("{} cannot carry {}: {} is offered {} of what it can do.", who, load, worst->name, offered);
}

std::string collapses(const document::Project& project, const TargetVerdict& target, const std::string& who,
                      const std::string& load) {
    return fmt::format("{} can collapse at {}: after a burst its retries keep it overloaded, and {} is lost.", who,
                       load, targetName(project, target.target));
}

std::string missed(const document::Project& project, const Assessment& assessment, const std::string& who,
                   const std::string& load) {
    const auto isMissed = [](const TargetVerdict& verdict) { return verdict.met == false; };
    const auto count = std::ranges::count_if(assessment.targets, isMissed);
    const auto first = std::ranges::find_if(assessment.targets, isMissed);
    std::string sentence = count == 1 ? fmt::format("{} misses one target at {}: ", who, load)
                                      : fmt::format("{} misses {} targets at {}: ", who, count, load);
    const std::string name = targetName(project, first->target);
    const std::string wanted = targetFigure(first->target.metric, first->target.bound);
    if (!first->value) return sentence + fmt::format("{} has no value where {} is wanted.", name, wanted);
    return sentence + fmt::format("{} is {} where {} {} is wanted.", name,
                                  targetFigure(first->target.metric, *first->value),
                                  first->target.atMost ? "at most" : "at least", wanted);
}

std::string met(const Assessment& assessment, const std::string& who, const std::string& load) {
    const auto judged = std::ranges::count_if(assessment.targets, [](const auto& t) { return t.met.has_value(); });
    std::string sentence = judged == 1 ? fmt::format("{} meets its target at {}", who, load)
                                       : fmt::format("{} meets all {} targets at {}", who, judged, load);
    if (assessment.safeLoadFactor)
        sentence += fmt::format(", and up to {} of the drawn load", text::factor(assessment.safeLoadFactor).joined());
    sentence += ".";
    if (assessment.bottleneck)
        sentence += fmt::format(" {} gives out first.", componentName(assessment, assessment.bottleneck->component));
    return sentence;
}

std::string noTarget(const Assessment& assessment, const std::string& who, const std::string& load) {
    const auto slowest = std::ranges::max_element(assessment.classes, {}, [](const ClassFigures& c) {
        return c.latency ? c.latency->quantile[3].count() : -1.0;
    });
    std::string sentence = fmt::format("{} answers 99 of 100 {} requests within {} at {}", who, slowest->name,
                                       text::duration(slowest->latency->quantile[3]).joined(), load);
    if (assessment.saturationLoadFactor)
        sentence += fmt::format(" and is full at {}", text::factor(assessment.saturationLoadFactor).joined());
    return sentence + "; without a target there is no verdict.";
}

} // namespace

std::string targetName(const document::Project& project, const document::Target& target) {
    const std::string_view words = metricWords(target.metric);
    if (!target.classId) return std::string(words);
    const auto* requestClass = document::findClass(project, *target.classId);
    return fmt::format("{} {}", requestClass ? requestClass->name : *target.classId, words);
}

std::string targetFigure(Metric metric, double value) {
    switch (metric) {
    case Metric::ErrorShare:
    case Metric::Availability: return text::share(value).joined();
    case Metric::Throughput: return text::rate(PerSecond{value}).joined();
    case Metric::UsdPerMonth: return fmt::format("${}", text::count(value).joined());
    case Metric::LoadFactor: return text::factor(value).joined();
    default: return text::duration(Seconds{value}).joined();
    }
}

std::string_view verdictWord(const TargetVerdict& verdict) {
    if (!verdict.met) return "no verdict";
    if (*verdict.met) return "met";
    return verdict.canCollapse ? "can collapse" : "missed";
}

bool anyTargetMissed(const Assessment& assessment) {
    return std::ranges::any_of(assessment.targets, [](const TargetVerdict& t) { return t.met == false; });
}

std::string verdict(const document::Project& project, const Assessment& assessment) {
    const std::string who = scenarioName(project, assessment.scenario);
    if (!assessment.solved) {
        const auto error = std::ranges::find(assessment.problems, Severity::Error, &Problem::severity);
        return error == assessment.problems.end() ? fmt::format("{} has no figures yet.", who)
                                                  : fmt::format("{} has no figures: {}.", who, error->message);
    }
    const PerSecond offered = totalOffered(assessment);
    if (offered.value <= 0) return fmt::format("{} has no traffic yet.", who);
    std::string load = text::rate(offered).joined();
    if (load.ends_with("/s")) load = load.substr(0, load.size() - 2) + " requests/s";
    if (assessment.regime == flow::Regime::Overloaded) return unstable(assessment, who, load);
    const bool judged = std::ranges::any_of(assessment.targets, [](const auto& t) { return t.met.has_value(); });
    if (!judged) {
        const bool timed = std::ranges::any_of(assessment.classes, [](const auto& c) { return c.latency.has_value(); });
        return timed ? noTarget(assessment, who, load)
                     : fmt::format("{} carries {}; without a target there is no verdict.", who, load);
    }
    const auto collapsing = std::ranges::find_if(assessment.targets, &TargetVerdict::canCollapse);
    if (collapsing != assessment.targets.end()) return collapses(project, *collapsing, who, load);
    if (anyTargetMissed(assessment)) return missed(project, assessment, who, load);
    return met(assessment, who, load);
}

} // namespace plimsoll::assess
