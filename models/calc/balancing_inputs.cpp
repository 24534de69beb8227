#include "engine/balancer/model/response.h"
#include "models/calc/balancing.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace plimsoll::calc {
namespace {

constexpr double kMostSpeed = 1e6, kMostChoices = 1000, kMostBalancers = 1e6, kMostGroups = 10'000;
constexpr double kLeastMean = 1e-30;

/// Numbers from `low` to `high`, as many as there are servers.
std::vector<double> numbers(ModelObject& object, std::string_view key, double low, double high) {
    const json& list = object.required(key);
    if (!list.is_array() || list.empty()) object.at(key).refuse("must be a list of numbers, one a server");
    if (double(list.size()) > kMostGroups)
        object.at(key).refuse(fmt::format("has {} numbers, at most {:.0f} are read", list.size(), kMostGroups));
    std::vector<double> values;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto where = object.at(fmt::format("{}[{}]", key, i));
        values.push_back(exchange::numberAt(list[i], where));
        if (!(values.back() >= low && values.back() <= high))
            where.refuse(fmt::format("is {:.6g}, must lie in {:.6g} to {:.6g}", values.back(), low, high));
    }
    return values;
}

/// Servers that are alike side by side become one group.
void addGroup(std::vector<balancer::ServerGroup>& groups, double speed, double weight) {
    if (!groups.empty() && groups.back().speed == speed && groups.back().weight == weight)
        ++groups.back().count;
    else
        groups.push_back({1, speed, weight});
}

flow::Discipline readDiscipline(ModelObject& object) {
    const json* value = object.find("discipline");
    if (!value || *value == "FCFS" || *value == "FCFS or PS") return flow::Discipline::Fcfs;
    if (*value == "PS") return flow::Discipline::ProcessorSharing;
    object.at("discipline").refuse(fmt::format("is {}, must be \"FCFS\" or \"PS\"", value->dump()));
}

/// Server by server, as far as they were given so.
ordered_json sharesOfServers(const balancer::PolicyLoad& load, const balancer::PolicyFigures& figures) {
    ordered_json shares = ordered_json::array();
    for (std::size_t g = 0; g < figures.groups.size(); ++g)
        for (double i = 0; i < load.groups[g].count; ++i)
            shares.push_back(figures.groups[g].share / load.groups[g].count);
    return shares;
}

} // namespace

std::vector<double> readWeights(ModelObject& object) {
    std::vector<double> weights = numbers(object, "weights", 0, kMostSpeed);
    if (std::ranges::all_of(weights, [](double weight) { return weight == 0; }))
        object.at("weights").refuse("are all 0: the balancer has no eligible target; one of them must be above 0");
    return weights;
}

Balancing readBalancing(const json& inputs, flow::Policy policy) {
    ModelObject object = inputsOf(inputs);
    Balancing asked;
    balancer::PolicyLoad& load = asked.load;
    load.policy = policy;
    object.find("policy");
    if (object.find("speeds")) {
        const std::vector<double> speeds = numbers(object, "speeds", 1 / kMostSpeed, kMostSpeed);
        std::vector<double> weights = speeds;
        if (object.find("weights")) weights = readWeights(object);
        if (weights.size() != speeds.size())
            object.at("weights").refuse(
                fmt::format("are {}, must be as many as the speeds, {}", weights.size(), speeds.size()));
        for (std::size_t i = 0; i < speeds.size(); ++i) addGroup(load.groups, speeds[i], weights[i]);
    } else {
        load.groups = {{servers(object), 1, 1}};
    }
    if (object.find("cores_per_server")) load.cores = wholeWithin(object, "cores_per_server", 1, kMostServers);
    load.discipline = readDiscipline(object);
    load.arrivalRate_per_s = arrivalRate_per_s(object);
    if (object.find("arrival_scv")) load.arrivalScv = within(object, "arrival_scv", 0, 100);
    const std::string_view key = object.find("service") ? "service" : "service_at_speed_1";
    asked.service = law(object, key);
    const double mean = toSeconds(distribution::mean(asked.service));
    if (!(mean >= kLeastMean))
        object.at(key).under("mean_s").refuse(
            fmt::format("is {:.6g}, must lie in {:.6g} to {:.6g}", mean, kLeastMean, kLargest));
    load.service = queueing::serviceMoments(asked.service);
    if (object.find("choices")) load.choices = wholeWithin(object, "choices", 1, kMostChoices);
    if (object.find("balancers_without_shared_state"))
        load.balancers = wholeWithin(object, "balancers_without_shared_state", 1, kMostBalancers);
    if (object.find("held_elsewhere_s")) load.heldElsewhere_s = within(object, "held_elsewhere_s", 0, kLargest);
    if (object.find("signal_age_s")) load.signalAge_s = within(object, "signal_age_s", 0, kLargest);
    object.finish();
    return asked;
}

ordered_json policyResults(const Balancing& asked) {
    const balancer::PolicyLoad& load = asked.load;
    const balancer::PolicyFigures figures = balancer::policyFigures(load);
    ordered_json out = ordered_json::object();
    out["stable"] = figures.steady;
    out["capacity_per_s"] = figures.capacity.value;
    double least = 1, most = 0;
    for (const auto& group : figures.groups) {
        least = std::min(least, group.utilisation);
        most = std::max(most, group.utilisation);
    }
    out["utilisation"] = std::min(1.0, most);
    out["least_utilisation"] = least;
    out["share_of_first"] = figures.groups[0].share / std::max(1.0, load.groups[0].count);
    if (load.groups.size() > 1) out["share"] = sharesOfServers(load, figures);
    const auto put = [&](const std::string& key, double value) {
        out[key] = figures.steady ? ordered_json(value) : ordered_json(nullptr);
    };
    double waits = 0;
    for (const auto& group : figures.groups) waits += group.share * group.wait.probability;
    if (load.discipline == flow::Discipline::Fcfs) put("wait_probability", waits);
    put("wait_mean_s", toSeconds(figures.waitMean));
    std::optional<balancer::PolicyResponse> response;
    if (figures.steady) response.emplace(load, figures, asked.service);
    put("response_mean_s", response ? toSeconds(response->mean()) : 0);
    constexpr std::array<std::pair<std::string_view, double>, 5> kQuantiles{
        {{"p50", 0.5}, {"p90", 0.9}, {"p95", 0.95}, {"p99", 0.99}, {"p999", 0.999}}};
    for (const auto& [name, level] : kQuantiles)
        put(fmt::format("response_{}_s", name), response ? toSeconds(response->quantile(level)) : 0);
    putMethod(out, figures.method.id, figures.method.exactness);
    out["inside_validity"] = figures.method.insideValidity;
    return out;
}

} // namespace plimsoll::calc
