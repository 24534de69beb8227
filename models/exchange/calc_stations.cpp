#include "engine/queueing/erlang.h"
#include "engine/queueing/mmc.h"
#include "models/exchange/calc_topics.h"
#include "models/exchange/json_text.h"
#include "models/exchange/law_reader.h"

#include <fmt/format.h>

#include <cmath>

namespace plimsoll::exchange {
namespace {

using nlohmann::ordered_json;

constexpr double kMostServers = 1e12, kLargest = 1e30;

double within(ModelObject& object, std::string_view key, double low, double high) {
    const double value = object.number(key);
    if (!(value >= low && value <= high))
        object.at(key).refuse(fmt::format("is {:.6g}, must lie in {:.6g} to {:.6g}", value, low, high));
    return value;
}

double servers(ModelObject& object, double fewest) {
    const double count = within(object, "servers", fewest, kMostServers);
    if (count != std::floor(count)) object.at("servers").refuse(fmt::format("is {}, must be a whole number", count));
    return count;
}

/// The one service law that M/M/c has.
Seconds exponentialMean(ModelObject& object) {
    std::vector<flow::Problem> none;
    const flow::Distribution law = readLaw(object.required("service"), object.at("service"), none);
    if (law.phases.size() != 1 || !distribution::isExponential(law))
        object.at("service").refuse("is not exponential, as M/M/c needs it");
    const double mean = law.phases[0].scale.count();
    if (!(mean > 0 && mean <= kLargest))
        object.at("service").under("mean_s").refuse(fmt::format("is {:.6g}, must be above 0", mean));
    return Seconds{mean};
}

void putMethod(ordered_json& out, std::string_view id) {
    out["method"] = id;
    out["exactness"] = "exact";
}

} // namespace

ordered_json calcErlang(const json& inputs) {
    ModelObject object(inputs, {"inputs", "", ""});
    const double count = servers(object, 0), load = within(object, "offered_load_erlangs", 0, kLargest);
    object.finish();
    ordered_json out = ordered_json::object();
    out["erlang_b"] = queueing::erlangB(count, load);
    const double logarithm = queueing::logErlangB(count, load);
    out["ln_erlang_b"] = std::isfinite(logarithm) ? ordered_json(logarithm) : ordered_json(nullptr);
    const bool steady = load < count;
    out["erlang_c"] = steady ? ordered_json(queueing::erlangC(count, load)) : ordered_json(nullptr);
    out["wait_probability"] = out["erlang_c"];
    putMethod(out, "mmc");
    return out;
}

ordered_json calcMmc(const json& inputs) {
    ModelObject object(inputs, {"inputs", "", ""});
    queueing::Mmc station;
    station.servers = servers(object, 1);
    station.arrivalRate = PerSecond{within(object, "arrival_rate_per_s", 0, kLargest)};
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
    putMethod(out, "mmc");
    return out;
}

} // namespace plimsoll::exchange
