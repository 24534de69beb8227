#include "models/exchange/assessment_json.h"

#include "models/exchange/json_text.h"
#include "models/exchange/words.h"

#include <nlohmann/json.hpp>

#include <cmath>

namespace plimsoll::exchange {

namespace {

using nlohmann::ordered_json;
using namespace assess;

ordered_json figure(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? jsonNumber(*value) : ordered_json(nullptr);
}
ordered_json figure(const std::optional<Seconds>& value) {
    return figure(value ? std::optional(value->count()) : std::nullopt);
}

void putLatency(ordered_json& object, const std::optional<flow::Latency>& latency) {
    constexpr std::array kKeys{"p50_s", "p90_s", "p95_s", "p99_s", "p999_s"}; // as flow::kLevels
    object["mean_s"] = figure(latency ? std::optional(latency->mean) : std::nullopt);
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
        const bool withheld = i + 1 == kKeys.size() && latency && !latency->method.insideValidity;
        object[kKeys[i]] = figure(latency && !withheld ? std::optional(latency->quantile[i]) : std::nullopt);
    }
    object["method"] = latency ? ordered_json(latency->method.id) : ordered_json(nullptr);
    if (!latency || !latency->meanInterval) return;
    object["mean_interval_s"] = {figure(latency->meanInterval->low), figure(latency->meanInterval->high)};
    if (!latency->quantileInterval) return;
    for (std::size_t i = 0; i < kKeys.size(); ++i) {
        const flow::Interval& interval = (*latency->quantileInterval)[i];
        const std::string level(kKeys[i], std::string_view(kKeys[i]).size() - std::string_view("_s").size());
        object[level + "_interval_s"] = {figure(interval.low), figure(interval.high)};
    }
}

ordered_json classJson(const ClassFigures& figures) {
    ordered_json object{{"id", figures.id}, {"name", figures.name}};
    object["offered_per_s"] = figure(figures.offered.value);
    object["throughput_per_s"] = figure(figures.succeeded.value);
    object["error_share"] = figure(figures.errorShare);
    object["errors"] = ordered_json::object();
    for (const flow::Share& share : figures.errors)
        object["errors"][std::string(wordOf(share.cause))] = figure(share.share.value);
    object["attempts_per_request"] = figure(figures.attemptsPerRequest);
    putLatency(object, figures.latency);
    return object;
}

ordered_json resourceJson(const ResourceFigures& figures) {
    const flow::ResourceResult& result = figures.result;
    ordered_json object{{"name", figures.name}, {"kind", figures.isPool ? "pool" : "station"}};
    object["utilisation"] = figure(result.utilisation.value);
    object["demand"] = figure(result.demand);
    object["offered_per_s"] = figure(result.offered.value);
    object["carried_per_s"] = figure(result.carried.value);
    object["wait_mean_s"] = figure(result.wait ? std::optional(result.wait->mean) : std::nullopt);
    object["growth_per_s"] = figure(result.growth.value);
    object["strength"] = figure(result.strength);
    object["saturation_load_factor"] = figure(result.saturationFactor);
    object["method"] = result.method.id;
    return object;
}

ordered_json componentJson(const ComponentFigures& figures) {
    ordered_json object{{"id", figures.id}, {"name", figures.name}, {"type", figures.type}};
    object["offered_per_s"] = figure(figures.offered.value);
    object["carried_per_s"] = figure(figures.carried.value);
    object["error_share"] = figure(figures.errorsPerVisit);
    object["utilisation"] = figure(figures.utilisation);
    object["offered_utilisation"] = figure(figures.offeredUtilisation);
    object["resources"] = ordered_json::array();
    for (const ResourceFigures& resource : figures.resources) object["resources"].push_back(resourceJson(resource));
    object["queue_length"] = figure(figures.queueLength);
    object["wait_mean_s"] = figure(figures.waitMean);
    object["residence_mean_s"] = figure(figures.residenceMean);
    object["residence_p99_s"] = figure(figures.residenceP99);
    object["response_mean_s"] = figure(figures.responseMean);
    object["hit_ratio"] = figure(figures.hitRatio);
    object["saturation_load_factor"] = figure(figures.saturationLoadFactor);
    object["because_of"] = figures.becauseOf ? ordered_json(*figures.becauseOf) : ordered_json(nullptr);
    object["usd_per_month"] = nullptr;
    object["defaults_used"] = figures.defaultsUsed;
    object["inputs"] = figures.inputs;
    return object;
}

ordered_json linkJson(const LinkFigures& figures) {
    ordered_json object{{"from", figures.from}, {"to", figures.to}};
    object["offered_per_s"] = figure(figures.offered.value);
    object["carried_per_s"] = figure(figures.carried.value);
    return object;
}

ordered_json targetJson(const TargetVerdict& verdict) {
    const document::Target& target = verdict.target;
    ordered_json object = ordered_json::object();
    object["class"] = target.classId ? ordered_json(*target.classId) : ordered_json(nullptr);
    object["metric"] = wordOf(target.metric);
    object[target.atMost ? "at_most" : "at_least"] = jsonNumber(target.bound);
    object["value"] = figure(verdict.value);
    object["met"] = verdict.met ? ordered_json(*verdict.met) : ordered_json(nullptr);
    object["can_collapse"] = verdict.canCollapse;
    object["safe_load_factor"] = figure(verdict.safeLoadFactor);
    return object;
}

ordered_json problemJson(const Problem& problem) {
    return {{"severity", wordOf(problem.severity)},
            {"code", problem.code},
            {"component", problem.component},
            {"field", problem.field},
            {"message", problem.message}};
}

template <class List, class Write> ordered_json list(const List& elements, Write write) {
    ordered_json array = ordered_json::array();
    for (const auto& element : elements) array.push_back(write(element));
    return array;
}

constexpr int kFormat = 1;

ordered_json assessmentValue(const Assessment& assessment) {
    ordered_json object{
        {"format_version", kFormat}, {"project", assessment.project}, {"scenario", assessment.scenario}};
    object["load_factor"] = jsonNumber(assessment.loadFactor);
    object["regime"] = assessment.solved ? ordered_json(wordOf(assessment.regime)) : ordered_json(nullptr);
    object["classes"] = list(assessment.classes, classJson);
    object["components"] = list(assessment.components, componentJson);
    object["links"] = list(assessment.links, linkJson);
    object["bottleneck"] = nullptr;
    if (assessment.bottleneck)
        object["bottleneck"] = {{"component", assessment.bottleneck->component},
                                {"resource", assessment.bottleneck->resource}};
    object["saturation_load_factor"] = figure(assessment.saturationLoadFactor);
    object["safe_load_factor"] = figure(assessment.safeLoadFactor);
    object["usd_per_month"] = nullptr;
    object["targets"] = list(assessment.targets, targetJson);
    object["problems"] = list(assessment.problems, problemJson);
    return object;
}

std::string written(const ordered_json& object) {
    constexpr int kIndent = 2;
    return object.dump(kIndent, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace

std::string assessmentToJson(const Assessment& assessment) {
    return written(assessmentValue(assessment));
}

std::string simulationToJson(const Assessment& solved, const Assessment& simulated,
                             const flow::SimulateOptions& options) {
    ordered_json object{{"format_version", kFormat}, {"requests", options.requests}, {"seed", options.seed}};
    if (options.precision) object["precision"] = jsonNumber(*options.precision);
    object["simulated"] = assessmentValue(simulated);
    object["solved"] = assessmentValue(solved);
    return written(object);
}

} // namespace plimsoll::exchange
