#include "engine/balancer/model/availability.h"
#include "engine/balancer/model/health_model.h"
#include "models/calc/balancing.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <limits>

namespace plimsoll::calc {
namespace {

constexpr double kMostChecks = 1e6, kSecondsPerDay = 86400;

struct Keys { // of one quantity in the two files
    std::string_view interval, timeout;
};

/// Interval, timeout, fall and rise; the timeout may be left out where nothing hangs.
balancer::HealthRule readRule(ModelObject& object, const Keys& keys, bool hangs) {
    balancer::HealthRule rule;
    rule.check.interval = Seconds{within(object, keys.interval, 1e-9, kLargest)};
    rule.check.timeout = Seconds{0};
    if (hangs || object.find(keys.timeout)) rule.check.timeout = Seconds{within(object, keys.timeout, 0, kLargest)};
    rule.check.fall = std::uint32_t(wholeWithin(object, "fall", 1, kMostChecks));
    if (object.find("rise")) rule.check.rise = std::uint32_t(wholeWithin(object, "rise", 1, kMostChecks));
    return rule;
}

bool contains(const json* phrase, std::string_view word) {
    return phrase && phrase->is_string() && phrase->get_ref<const std::string&>().find(word) != std::string::npos;
}

/// What fails when a request meets a dead server: the policy by its words.
flow::Policy policyOf(ModelObject& object) {
    constexpr std::array<std::pair<std::string_view, flow::Policy>, 5> kWords{
        {{"random", flow::Policy::Random},
         {"round", flow::Policy::RoundRobin},
         {"least", flow::Policy::LeastConnections},
         {"power", flow::Policy::PowerOfTwo},
         {"hash", flow::Policy::KeyHash}}};
    const json* phrase = object.find("policy");
    for (const auto& [word, policy] : kWords)
        if (contains(phrase, word)) return policy;
    object.at("policy").refuse(
        fmt::format("is {}, must be random, round-robin, least-connections, power-of-two or hash",
                    phrase ? phrase->dump() : "missing"));
}

} // namespace

ordered_json answerHealthDetection(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    balancer::HealthRule rule = readRule(object, {"check_interval_s", "check_timeout_s"}, true);
    const json* schedule = object.find("schedule");
    if (contains(schedule, "after the last"))
        rule.schedule = balancer::CheckSchedule::AfterTheLast;
    else if (schedule && !contains(schedule, "starts every interval"))
        object.at("schedule")
            .refuse(fmt::format("is {}, must say \"a check starts every interval\" or \"... after the last one ended\"",
                                schedule->dump()));
    if (object.find("interval_while_failing_s"))
        rule.intervalWhileFailing = Seconds{within(object, "interval_while_failing_s", 0, kLargest)};
    const bool refused = contains(object.find("fault"), "refuse");
    object.finish();
    const auto silent = detectionTime(rule, flow::DownAs::Hangs),
               atOnce = detectionTime(rule, flow::DownAs::RefusesAtOnce);
    const auto& asked = refused ? atOnce : silent;
    ordered_json out = ordered_json::object();
    out["detect_mean_s"] = asked.mean.count();
    out["detect_min_s"] = asked.least.count();
    out["detect_max_s"] = asked.most.count();
    out["detect_mean_silent_s"] = silent.mean.count();
    out["detect_mean_refused_s"] = atOnce.mean.count();
    out["readmit_mean_s"] = readmissionTime(rule).count();
    putMethod(out, "health-detection", flow::Exactness::Exact);
    return out;
}

ordered_json answerHealthCheck(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    ordered_json out = ordered_json::object();
    if (object.find("targets")) {
        const double targets = wholeWithin(object, "targets", 1, kMostServers), rate = arrivalRate_per_s(object);
        const double detection_s = within(object, "detection_mean_s", 0, kLargest);
        const balancer::DeadServer dead{policyOf(object), targets, 0, flow::DownAs::RefusesAtOnce};
        object.find("dead_target");
        if (object.find("retries")) within(object, "retries", 0, 0);
        object.finish();
        out["failed_requests_mean_per_crash"] = rate * detection_s * shareToDead(dead);
        putMethod(out, "dead-share", flow::Exactness::Exact);
        return out;
    }
    const bool hangs = contains(object.find("check_fails"), "timeout");
    const balancer::HealthRule rule = readRule(object, {"interval_s", "timeout_s"}, hangs);
    object.find("checks_start_every");
    object.find("crash");
    object.finish();
    const auto time = detectionTime(rule, hangs ? flow::DownAs::Hangs : flow::DownAs::RefusesAtOnce);
    out["detection_mean_s"] = time.mean.count();
    out["detection_min_s"] = time.least.count();
    out["detection_max_s"] = time.most.count();
    out["return_after_recovery_mean_s"] = readmissionTime(rule).count();
    putMethod(out, "health-detection", flow::Exactness::Exact);
    return out;
}

ordered_json answerLostRequests(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    balancer::DeadServer dead;
    dead.servers = servers(object);
    const double rate = arrivalRate_per_s(object), detect_s = within(object, "detect_mean_s", 0, kLargest);
    ordered_json out = ordered_json::object();
    if (object.find("mean_time_between_failures_s")) {
        const double up_s = within(object, "mean_time_between_failures_s", 1e-9, kLargest);
        const double down_s = within(object, "mean_time_to_repair_s", 0, kLargest);
        dead.policy = policyOf(object);
        object.find("note");
        if (object.find("service")) dead.offered = rate * toSeconds(distribution::mean(law(object, "service")));
        object.finish();
        const double share = deadErrorShare(dead, Seconds{detect_s}, Seconds{up_s}, Seconds{down_s});
        out["error_share"] = share;
        out["errors_per_day"] = share * rate * kSecondsPerDay;
        putMethod(out, "dead-share", flow::Exactness::Exact);
        return out;
    }
    const flow::Distribution service = law(object, "service");
    dead.offered = rate * toSeconds(distribution::mean(service));
    if (contains(object.find("fault"), "hang")) dead.fault = flow::DownAs::Hangs;
    object.finish();
    constexpr std::array<std::pair<std::string_view, flow::Policy>, 4> kPolicies{
        {{"round_robin", flow::Policy::RoundRobin},
         {"random", flow::Policy::Random},
         {"least_connections", flow::Policy::LeastConnections},
         {"power_of_two", flow::Policy::PowerOfTwo}}};
    for (const auto& [name, policy] : kPolicies) {
        dead.policy = policy;
        const double share = shareToDead(dead);
        out[fmt::format("share_to_dead_{}", name)] = share;
        out[fmt::format("requests_lost_{}", name)] = rate * detect_s * share;
    }
    const bool exact = distribution::isExponential(service);
    putMethod(out, "dead-share", exact ? flow::Exactness::Exact : flow::Exactness::Approximation);
    return out;
}

ordered_json answerFalseEjection(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double interval_s = within(object, "check_interval_s", 1e-9, kLargest);
    const double fall = wholeWithin(object, "fall", 1, kMostChecks);
    const double chance = within(object, "check_failure_probability_of_a_healthy_server", 0, 1);
    object.finish();
    ordered_json out = ordered_json::object();
    // Never, when no check fails; after the first `fall` of them, when each does.
    const double checks = chance == 1  ? fall
                          : chance > 0 ? balancer::checksToFalseEjection(chance, fall)
                                       : std::numeric_limits<double>::infinity();
    const auto put = [&](std::string_view key, double value) {
        out[std::string(key)] = std::isfinite(value) ? ordered_json(value) : ordered_json(nullptr);
    };
    put("mean_checks_to_false_ejection", checks);
    put("mean_time_to_false_ejection_s", checks * interval_s);
    putMethod(out, "false-ejection", flow::Exactness::Exact);
    return out;
}

ordered_json answerAvailability(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double count = servers(object), needed = wholeWithin(object, "servers_needed", 0, count);
    balancer::Availability answer;
    if (object.find("availability_each")) {
        answer = balancer::availabilityOf(count, needed, within(object, "availability_each", 0, 1));
    } else {
        if (count > balancer::kMostRepaired)
            object.at("servers").refuse(fmt::format("is {:.6g}, must lie in 1 to {:.6g} where servers are repaired",
                                                    count, balancer::kMostRepaired));
        balancer::RepairedServers repaired{count, needed, 0, 0, count};
        repaired.upMean_s = within(object, "mean_time_between_failures_s", 1e-9, kLargest);
        repaired.repairMean_s = within(object, "mean_time_to_repair_s", 0, kLargest);
        if (object.find("repair_crews")) repaired.crews = wholeWithin(object, "repair_crews", 1, kMostServers);
        answer = balancer::availabilityOf(repaired);
    }
    object.finish();
    ordered_json out = ordered_json::object();
    out["availability"] = answer.up;
    out["unavailability"] = answer.down;
    putMethod(out, "availability", flow::Exactness::Exact);
    return out;
}

ordered_json answerOneLoss(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double count = servers(object), now = within(object, "utilisation_now", 0, kLargest);
    const double limit = within(object, "utilisation_limit", 0, 1);
    object.finish();
    const balancer::OneLoss loss = balancer::oneLoss(count, now, limit);
    ordered_json out = ordered_json::object();
    out["utilisation_after_one_loss"] =
        std::isfinite(loss.utilisationAfter) ? ordered_json(loss.utilisationAfter) : ordered_json(nullptr);
    out["largest_utilisation_that_survives_one_loss"] = loss.largestBefore;
    out["survives"] = now <= loss.largestBefore ? 1 : 0;
    putMethod(out, "n-minus-1", flow::Exactness::Exact);
    return out;
}

} // namespace plimsoll::calc
