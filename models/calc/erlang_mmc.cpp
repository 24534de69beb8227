#include "engine/queueing/erlang.h"
#include "engine/queueing/mmc.h"
#include "models/calc/inputs.h"

#include <fmt/format.h>

#include <cmath>

namespace plimsoll::calc {
namespace {

/// The one service law that M/M/c has.
Seconds exponentialMean(ModelObject& object) {
    const flow::Distribution service = law(object, "service");
    if (service.phases.size() != 1 || !distribution::isExponential(service))
        object.at("service").refuse("is not exponential, as M/M/c needs it");
    return service.phases[0].scale;
}

ordered_json answerErlang(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double count = servers(object, 0), load = within(object, "offered_load_erlangs", 0, kLargest);
    object.finish();
    ordered_json out = ordered_json::object();
    out["erlang_b"] = queueing::erlangB(count, load);
    const double logarithm = queueing::logErlangB(count, load);
    out["ln_erlang_b"] = std::isfinite(logarithm) ? ordered_json(logarithm) : ordered_json(nullptr);
    const bool steady = load < count;
    out["erlang_c"] = steady ? ordered_json(queueing::erlangC(count, load)) : ordered_json(nullptr);
    out["wait_probability"] = out["erlang_c"];
    putMethod(out, "mmc", flow::Exactness::Exact);
    return out;
}

ordered_json answerMmc(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    queueing::Mmc station;
    station.servers = servers(object);
    station.arrivalRate = PerSecond{arrivalRate_per_s(object)};
    station.service = exponentialMean(object);
    if (const json* discipline = object.find("discipline"))
        if (!discipline->is_string() || discipline->get_ref<const std::string&>() != "FCFS")
            object.at("discipline").refuse("must be FCFS");
    object.finish();
    const queueing::MmcFigures figures = queueing::mmc(station);
    ordered_json out = ordered_json::object();
    const auto put = [&](std::string_view key, double value) {
        out[std::string(key)] = figures.steady ? ordered_json(value) : ordered_json(nullptr);
    };
    const double rate = station.arrivalRate.value, capacity = station.servers / station.service.count();
    out["stable"] = figures.steady;
    out["offered_load_erlangs"] = figures.load;
    out["utilisation"] = std::min(1.0, figures.utilisation);
    out["carried_rate_per_s"] = std::min(rate, capacity);
    out["backlog_growth_per_s"] = std::max(0.0, rate - capacity);
    put("wait_probability", figures.waitProbability);
    put("wait_mean_s", figures.waitMean.count());
    put("queue_length_mean", figures.queueLength);
    put("response_mean_s", figures.responseMean.count());
    constexpr std::array<std::pair<std::string_view, double>, 5> kQuantiles{
        {{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}}};
    for (const auto& [name, level] : kQuantiles) {
        put(fmt::format("wait_{}_s", name), figures.steady ? queueing::mmcWaitQuantile(figures, level).count() : 0);
        put(fmt::format("response_{}_s", name),
            figures.steady ? queueing::mmcResponseQuantile(station, figures, level).count() : 0);
    }
    putMethod(out, "mmc", flow::Exactness::Exact);
    return out;
}

constexpr std::array<Topic, 2> kTopics{{{"erlang", answerErlang}, {"mmc", answerMmc}}};

} // namespace

std::span<const Topic> stationTopics() {
    return kTopics;
}

} // namespace plimsoll::calc
