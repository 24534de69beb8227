#include "engine/balancer/model/round_robin.h"
#include "models/calc/balancing.h"

#include <fmt/format.h>

#include <array>

namespace plimsoll::calc {
namespace {

using flow::Policy;

/// What is written of each policy where several stand side by side.
struct Named {
    std::string_view name;
    Policy policy;
};
constexpr std::array<Named, 3> kSideBySide{
    {{"random", Policy::Random}, {"round_robin", Policy::RoundRobin}, {"least_connections", Policy::LeastConnections}}};

/// The policy that a phrase begins with.
Policy policyOf(const json& inputs, std::span<const Named> words) {
    ModelObject object = inputsOf(inputs);
    const std::string phrase = object.string("policy");
    std::string known;
    for (const Named& word : words) {
        if (phrase.starts_with(word.name)) return word.policy;
        known += fmt::format("{}\"{}\"", known.empty() ? "" : ", ", word.name);
    }
    object.at("policy").refuse(fmt::format("is \"{}\", must begin with one of {}", phrase, known));
}

} // namespace

ordered_json answerRandom(const json& inputs) {
    return policyResults(readBalancing(inputs, Policy::Random));
}

ordered_json answerRoundRobin(const json& inputs) {
    const Balancing asked = readBalancing(inputs, Policy::RoundRobin);
    ordered_json out = policyResults(asked);
    const balancer::PolicyLoad& load = asked.load;
    const double utilisation = load.arrivalRate_per_s * load.service.first / (load.groups[0].count * load.cores);
    if (load.groups.size() > 1 || load.arrivalScv != 1 || load.balancers > 1) return out;
    // Of exponential service: the root that gives the chance to wait of one core.
    out["sigma"] = utilisation > 0 && utilisation < 1
                       ? ordered_json(balancer::queueRatio({load.groups[0].count, load.cores, utilisation}))
                       : ordered_json(nullptr);
    out["p_wait"] = out.contains("wait_probability") ? out["wait_probability"] : ordered_json(nullptr);
    return out;
}

ordered_json answerLeastConnections(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    if (object.find("arrivals_s")) return answerConnectionsInTime(object);
    if (object.find("connections")) return answerPicksByConnections(object);
    return policyResults(readBalancing(inputs, Policy::LeastConnections));
}

ordered_json answerPowerOfChoices(const json& inputs) {
    return policyResults(readBalancing(inputs, Policy::PowerOfTwo));
}

ordered_json answerWeightedRandom(const json& inputs) {
    return policyResults(readBalancing(inputs, Policy::Random));
}

ordered_json answerWeightedRoundRobin(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    if (object.find("picks")) return answerPicksByWeight(object);
    return policyResults(readBalancing(inputs, Policy::WeightedRoundRobin));
}

ordered_json answerWeightedLeastConnections(const json& inputs) {
    return policyResults(readBalancing(inputs, Policy::WeightedLeastConnections));
}

ordered_json answerPolicyPercentiles(const json& inputs) {
    constexpr std::array<Named, 7> kWords{{{"random", Policy::Random},
                                           {"round-robin", Policy::RoundRobin},
                                           {"weighted-round-robin", Policy::WeightedRoundRobin},
                                           {"least-connections", Policy::LeastConnections},
                                           {"weighted-least-connections", Policy::WeightedLeastConnections},
                                           {"least-response-time", Policy::LeastResponseTime},
                                           {"power-of-", Policy::PowerOfTwo}}};
    return policyResults(readBalancing(inputs, policyOf(inputs, kWords)));
}

ordered_json answerSeveralBalancers(const json& inputs) {
    constexpr std::array<Named, 4> kWords{{{"random", Policy::Random},
                                           {"round-robin", Policy::RoundRobin},
                                           {"least-connections", Policy::LeastConnections},
                                           {"power-of-", Policy::PowerOfTwo}}};
    return policyResults(readBalancing(inputs, policyOf(inputs, kWords)));
}

ordered_json answerSideBySide(const json& inputs) {
    ordered_json out = ordered_json::object();
    for (const Named& each : kSideBySide) {
        const ordered_json one = policyResults(readBalancing(inputs, each.policy));
        for (const char* key : {"wait_mean_s", "response_mean_s", "response_p50_s", "response_p95_s", "response_p99_s",
                                "method", "exactness"})
            out[fmt::format("{}_{}", each.name, key)] = one.at(key);
        for (const char* key : {"stable", "utilisation", "capacity_per_s", "method"}) out[key] = one.at(key);
    }
    return out;
}

ordered_json answerMixedWeights(const json& inputs) {
    const Balancing asked = readBalancing(inputs, Policy::Random);
    if (asked.service.phases.size() != 2)
        inputsOf(inputs).at("service").refuse("must be of two points or two branches, light and heavy");
    double light = distribution::cumulants(asked.service.phases[0]).mean;
    light = std::min(light, distribution::cumulants(asked.service.phases[1]).mean);
    ordered_json out = answerSideBySide(inputs);
    for (const Named& each : kSideBySide) {
        // Fcfs: a wait that knows nothing of one's own size; processor sharing: stretched as every request is.
        const json& wait = out.at(fmt::format("{}_wait_mean_s", each.name));
        const double stretch = light / asked.load.service.first;
        const bool shares = asked.load.discipline == flow::Discipline::ProcessorSharing;
        out[fmt::format("{}_light_request_mean_s", each.name)] =
            wait.is_null() ? ordered_json(nullptr) : ordered_json(light + wait.get<double>() * (shares ? stretch : 1));
    }
    return out;
}

} // namespace plimsoll::calc
