#include "models/calc/balance.h"

#include "engine/solve/methods.h"
#include "models/calc/balancing.h"
#include "models/exchange/canonical_json.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::calc {
namespace {

using document::Error;

[[noreturn]] void refuse(std::string_view field, const std::string& message) {
    exchange::Where{"inputs", std::string(field), ""}.refuse(message);
}

json lawOf(Seconds mean, double scv) {
    if (scv == 1) return {{"law", "exponential"}, {"mean_s", mean.count()}};
    if (scv == 0) return {{"law", "constant"}, {"mean_s", mean.count()}};
    return {{"mean_s", mean.count()}, {"scv", scv}};
}

/// Of all servers at speed 1 together.
double speeds(const BalanceQuestion& question) {
    if (question.speeds.empty()) return question.servers;
    double sum = 0;
    for (double speed : question.speeds) sum += speed;
    return sum;
}

json documentOf(const BalanceQuestion& question, PerSecond rate) {
    json inputs{{"cores_per_server", question.cores},
                {"discipline", question.sharing ? "PS" : "FCFS"},
                {"arrival_rate_per_s", toPerSecond(rate)},
                {"arrival_scv", question.arrivalScv},
                {"service", lawOf(question.service, question.serviceScv)},
                {"balancers_without_shared_state", question.balancers},
                {"held_elsewhere_s", toSeconds(question.heldElsewhere)},
                {"signal_age_s", toSeconds(question.signalAge)}};
    if (question.speeds.empty() && question.weights.empty()) {
        inputs["servers"] = question.servers;
        return inputs;
    }
    inputs["speeds"] = question.speeds.empty() ? std::vector<double>(question.weights.size(), 1.0) : question.speeds;
    if (!question.weights.empty()) inputs["weights"] = question.weights;
    return inputs;
}

/// Weights play a part: otherwise the weighted policies say what the plain ones do.
bool unequal(const BalanceQuestion& question) {
    const auto differ = [](const std::vector<double>& values) {
        return std::ranges::any_of(values, [&](double value) { return value != values[0]; });
    };
    return differ(question.speeds) || differ(question.weights);
}

std::vector<BalancePolicy> policiesOf(const BalanceQuestion& question) {
    std::vector<BalancePolicy> chosen;
    for (const BalancePolicy& each : kBalancePolicies) {
        const bool asked = question.policy.empty() ? unequal(question) || !each.word.starts_with("weighted")
                                                   : each.word == question.policy;
        if (asked) chosen.push_back(each);
    }
    if (!chosen.empty()) return chosen;
    std::string words;
    for (const BalancePolicy& each : kBalancePolicies)
        words += fmt::format("{}{}", words.empty() ? "" : ", ", each.word);
    refuse("policy", fmt::format("is \"{}\", must be one of {}", question.policy, words));
}

PerSecond rateOf(const BalanceQuestion& question) {
    if (question.rate && question.utilisation)
        refuse("utilisation", "is given beside a rate: one of the two says how much arrives");
    if (question.rate) return *question.rate;
    if (!question.utilisation) refuse("arrival_rate_per_s", "is missing: give a rate or a utilisation");
    const double mean_s = toSeconds(question.service);
    if (!(mean_s > 0)) refuse("service", fmt::format("is {:.6g} s, must be above 0", mean_s));
    return PerSecond{*question.utilisation * speeds(question) * question.cores / mean_s};
}

std::optional<Seconds> timeOf(const ordered_json& results, const char* key) {
    const ordered_json& value = results.at(key);
    return value.is_null() ? std::nullopt : std::optional(Seconds{value.get<double>()});
}

BalanceRow rowOf(std::string_view word, const ordered_json& results) {
    BalanceRow row;
    row.policy = word;
    row.mean = timeOf(results, "response_mean_s");
    row.p50 = timeOf(results, "response_p50_s");
    row.p95 = timeOf(results, "response_p95_s");
    row.p99 = timeOf(results, "response_p99_s");
    row.leastUtilisation = results.at("least_utilisation").get<double>();
    row.mostUtilisation = results.at("utilisation").get<double>();
    if (results.contains("share"))
        row.shares = results.at("share").get<std::vector<double>>();
    else
        row.shares = {results.at("share_of_first").get<double>()};
    row.capacity.value = results.at("capacity_per_s").get<double>();
    row.id = results.at("method").get<std::string>();
    if (const flow::MethodText* method = flow::findMethod(row.id)) row.method = method->name;
    row.exact = results.at("exactness") == "exact";
    row.insideValidity = results.at("inside_validity").get<bool>();
    return row;
}

} // namespace

std::expected<BalanceAnswer, Error> answerBalance(const BalanceQuestion& question) {
    try {
        BalanceAnswer answer;
        answer.rate = rateOf(question);
        const json inputs = documentOf(question, answer.rate);
        ordered_json policies = ordered_json::array();
        for (const BalancePolicy& each : policiesOf(question)) {
            ordered_json one = ordered_json::object();
            one["policy"] = each.word;
            const ordered_json results = policyResults(readBalancing(inputs, each.policy));
            one.update(results);
            policies.push_back(std::move(one));
            answer.rows.push_back(rowOf(each.word, results));
        }
        ordered_json out = ordered_json::object();
        out["arrival_rate_per_s"] = toPerSecond(answer.rate);
        out["policies"] = std::move(policies);
        answer.json = exchange::canonicalText(out);
        return answer;
    } catch (const ModelRefusal& refusal) {
        return std::unexpected(Error{refusal.error.element, refusal.error.field, refusal.error.message});
    }
}

} // namespace plimsoll::calc
