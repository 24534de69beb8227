#include "models/exchange/solution_json.h"

#include "models/exchange/canonical_json.h"
#include "models/exchange/json_text.h"
#include "models/exchange/model_words.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>

namespace plimsoll::exchange {
namespace {

using namespace flow;
using nlohmann::ordered_json;

constexpr std::array<std::string_view, kLevels.size()> kQuantiles{"p50", "p90", "p95", "p99", "p999", "p9999"};

class SolutionWriter {
public:
    SolutionWriter(const Model& model, bool distributions) : m_model(model), m_distributions(distributions) {}

    ordered_json write(const Solution& solution) {
        ordered_json out = ordered_json::object();
        constexpr std::array<std::string_view, 3> kRegimes{"steady", "overloaded", "two_stable"};
        out["regime"] = kRegimes[std::size_t(solution.regime)];
        out["classes"] = ordered_json::object();
        for (std::size_t i = 0; i < solution.classes.size(); ++i)
            out["classes"][m_model.classes[i].name] = write(solution.classes[i]);
        out["stations"] = resources(solution.stations);
        out["pools"] = resources(solution.pools);
        out["limiters"] = resources(solution.limiters);
        out["caches"] = ordered_json::array();
        for (const CacheResult& cache : solution.caches) out["caches"].push_back(write(cache));
        out["on_demand"] = ordered_json::array();
        for (const auto& onDemand : solution.onDemand) out["on_demand"].push_back(write(onDemand));
        out["steps"] = ordered_json::array();
        for (const StepResult& step : solution.steps) out["steps"].push_back(write(step));
        out["saturation_factor"] = solution.saturationFactor ? number(*solution.saturationFactor) : nullptr;
        out["bad_state"] = nullptr;
        if (solution.badState) out["bad_state"] = SolutionWriter(m_model, m_distributions).write(*solution.badState);
        out["iterations"] = solution.iterations;
        out["residual"] = number(solution.residual);
        out["problems"] = problems(solution);
        return out;
    }

private:
    /// Non-finite figures are absent; they are counted, so that `problems` can say so.
    ordered_json number(double value) {
        if (std::isfinite(value)) return jsonNumber(value);
        ++m_notFinite;
        return nullptr;
    }
    static void put(const Method& method, ordered_json& out) {
        constexpr std::array<std::string_view, 4> kExactness{"exact", "approximation", "bound", "simulated"};
        out["method"] = method.id;
        out["exactness"] = kExactness[std::size_t(method.exactness)];
        out["inside_validity"] = method.insideValidity;
    }
    static ordered_json write(const Interval& interval) {
        return ordered_json::array({jsonNumber(interval.low), jsonNumber(interval.high)});
    }
    void putLatency(const std::optional<Latency>& latency, ordered_json& out) {
        out["mean_s"] = latency ? number(latency->mean.count()) : nullptr;
        out["scv"] = latency && m_distributions ? number(latency->scv) : nullptr;
        for (std::size_t i = 0; i < kQuantiles.size(); ++i)
            out[fmt::format("{}_s", kQuantiles[i])] =
                latency && m_distributions ? number(latency->quantile[i].count()) : nullptr;
        if (!latency) {
            out["method"] = out["exactness"] = out["inside_validity"] = nullptr;
            return;
        }
        put(latency->method, out);
        if (latency->meanInterval) out["mean_interval_s"] = write(*latency->meanInterval);
        if (!latency->quantileInterval) return;
        for (std::size_t i = 0; i < kQuantiles.size(); ++i)
            out[fmt::format("{}_interval_s", kQuantiles[i])] = write((*latency->quantileInterval)[i]);
    }
    ordered_json latencyOrNull(const std::optional<Latency>& latency) {
        if (!latency) return nullptr;
        ordered_json out = ordered_json::object();
        putLatency(latency, out);
        return out;
    }
    ordered_json write(const ClassResult& cls) {
        ordered_json out = ordered_json::object(), errors = ordered_json::object();
        double share = 0;
        for (const Share& error : cls.errors) {
            errors[std::string(model_words::kCause[std::size_t(error.cause)])] = number(error.share.value);
            share += error.share.value;
        }
        out["offered_per_s"] = number(cls.offered.value);
        out["throughput_per_s"] = number(cls.succeeded.value);
        out["error_share"] = number(share);
        out["errors"] = errors;
        out["attempts_per_request"] = number(cls.attemptsPerRequest);
        putLatency(cls.latency, out);
        out["jobs"] = latencyOrNull(cls.jobs);
        return out;
    }
    ordered_json resources(const std::vector<ResourceResult>& all) {
        ordered_json out = ordered_json::array();
        for (const ResourceResult& resource : all) {
            ordered_json one = ordered_json::object();
            one["offered_per_s"] = number(resource.offered.value);
            one["carried_per_s"] = number(resource.carried.value);
            one["utilisation"] = number(resource.utilisation.value);
            one["demand"] = number(resource.demand);
            const bool grows = !resource.wait && resource.demand >= 1;
            one["mean_waiting"] = grows ? nullptr : number(resource.meanWaiting);
            one["wait"] = latencyOrNull(resource.wait);
            one["growth_per_s"] = number(resource.growth.value);
            one["strength"] = number(resource.strength);
            one["saturation_factor"] = resource.saturationFactor ? number(*resource.saturationFactor) : nullptr;
            put(resource.method, one);
            out.push_back(std::move(one));
        }
        return out;
    }
    ordered_json write(const CacheResult& cache) {
        ordered_json out = ordered_json::object(), byClass = ordered_json::object();
        for (std::size_t i = 0; i < cache.hitRatioByClass.size(); ++i)
            byClass[m_model.classes[i].name] = number(cache.hitRatioByClass[i].value);
        out["hit_ratio"] = number(cache.hitRatio.value);
        out["hit_ratio_by_class"] = byClass;
        put(cache.method, out);
        return out;
    }
    ordered_json write(const std::optional<OnDemandResult>& onDemand) {
        if (!onDemand) return nullptr;
        return {{"busy", number(onDemand->busy)},
                {"live", number(onDemand->live)},
                {"cold", number(onDemand->cold.value)},
                {"boots_per_s", number(onDemand->boots.value)}};
    }
    ordered_json write(const StepResult& step) {
        return {{"class", m_model.classes[std::size_t(step.cls)].name},
                {"step", std::uint32_t(step.step)},
                {"entered_per_s", number(step.entered.value)},
                {"succeeded_per_s", number(step.succeeded.value)},
                {"inclusive_s", step.steady ? number(step.inclusive.count()) : ordered_json(nullptr)},
                {"own_s", step.steady ? number(step.own.count()) : ordered_json(nullptr)}};
    }
    ordered_json problems(const Solution& solution) {
        constexpr std::array<std::string_view, 3> kSeverities{"error", "warning", "hint"};
        ordered_json out = ordered_json::array();
        const auto add = [&](Severity severity, const std::string& code, const std::string& element,
                             const std::string& field, const std::string& message) {
            out.push_back({{"severity", kSeverities[std::size_t(severity)]},
                           {"code", code},
                           {"element", element},
                           {"field", field},
                           {"message", message}});
        };
        for (const Problem& problem : solution.problems)
            add(problem.severity, problem.code, problem.element, problem.field, problem.message);
        if (!m_distributions)
            add(Severity::Hint, "means_only", "options", "distributions", "percentiles were not asked for");
        if (m_notFinite > 0)
            add(Severity::Warning, "not_finite", "", "",
                fmt::format("{} figures are too large to be told and stand as null", m_notFinite));
        return out;
    }

    const Model& m_model;
    bool m_distributions;
    int m_notFinite = 0;
};

} // namespace

nlohmann::ordered_json solutionValue(const Model& model, const Solution& solution, bool distributions) {
    return SolutionWriter(model, distributions).write(solution);
}

std::string solutionToJson(const Model& model, const Solution& solution, bool distributions) {
    return canonicalText(solutionValue(model, solution, distributions));
}

} // namespace plimsoll::exchange
