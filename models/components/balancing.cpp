#include "models/components/balancing.h"

#include "models/lower/context.h"

#include <algorithm>
#include <array>

namespace plimsoll::components {
namespace {

using document::Component;

struct NamedPolicy {
    flow::Policy policy;
    Choice choice;
};
constexpr std::array<NamedPolicy, 10> kPolicies{{
    {flow::Policy::Random, {"random", "Random"}},
    {flow::Policy::RoundRobin, {"round_robin", "Round robin"}},
    {flow::Policy::WeightedRoundRobin, {"weighted_round_robin", "Weighted round robin"}},
    {flow::Policy::LeastConnections, {"least_connections", "Least connections"}},
    {flow::Policy::WeightedLeastConnections, {"weighted_least_connections", "Weighted least connections"}},
    {flow::Policy::LeastResponseTime, {"least_response_time", "Least response time"}},
    {flow::Policy::ResourceBased, {"resource_based", "Resource based"}},
    {flow::Policy::PowerOfTwo, {"power_of_two", "Power of two choices"}},
    {flow::Policy::KeyHash, {"key_hash", "Hash of the key"}},
    {flow::Policy::KeyRange, {"key_range", "Range of the key"}},
}};

const NamedPolicy& policyOf(const Component& component) {
    const std::string name = word(component, "policy");
    return *std::ranges::find_if(kPolicies, [&](const NamedPolicy& known) { return known.choice.word == name; });
}

std::vector<Choice> policyChoices() {
    std::vector<Choice> choices;
    for (const NamedPolicy& known : kPolicies) choices.push_back(known.choice);
    return choices;
}

std::optional<flow::HealthCheck> healthCheck(const Component& component) {
    const auto interval = number(component, "health_interval_s");
    if (!interval) return {};
    return flow::HealthCheck{.interval = seconds(*interval),
                             .timeout = seconds(number(component, "health_timeout_s").value()),
                             .fall = wholeNumber(component, "health_fall").value(),
                             .rise = wholeNumber(component, "health_rise").value()};
}

} // namespace

std::vector<Parameter> policyParameters() {
    return {
        {.key = "policy",
         .label = "Policy",
         .dimension = Dimension::Word,
         .defaultWord = "random",
         .choices = policyChoices(),
         .group = "Balancing",
         .help = "How the next instance is chosen"},
        {.key = "signal_age_s",
         .label = "Age of the signal",
         .dimension = Dimension::Time,
         .minimum = 0,
         .maximum = 3600,
         .defaultNumber = 0,
         .group = "Balancing",
         .help = "How old the measured load or response time is, for the policies that use it; fresh is assumed"},
        {.key = "keys",
         .label = "Keys",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 1e12,
         .defaultNumber = 10'000,
         .integer = true,
         .group = "Balancing",
         .help = "Different keys (sessions, users) that a key policy spreads; 10 000 are assumed"},
        {.key = "zipf",
         .label = "Popularity (Zipf)",
         .dimension = Dimension::Ratio,
         .minimum = 0,
         .maximum = 5,
         .defaultNumber = 0,
         .group = "Balancing",
         .help = "Exponent of the keys' popularity for a key policy; 0, all alike, is assumed"},
    };
}

std::vector<Parameter> healthParameters() {
    return {
        {.key = "health_interval_s",
         .label = "Health check every",
         .dimension = Dimension::Time,
         .minimum = 0.01,
         .maximum = 3600,
         .group = "Health checks",
         .help = "Time between two checks of an instance",
         .absent = "no health checks"},
        {.key = "health_timeout_s",
         .label = "Check times out",
         .dimension = Dimension::Time,
         .minimum = 0.001,
         .maximum = 3600,
         .defaultNumber = 1,
         .group = "Health checks",
         .help = "When a check without an answer has failed; 1 s is assumed"},
        {.key = "health_fall",
         .label = "Failures to eject",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 100,
         .defaultNumber = 3,
         .integer = true,
         .group = "Health checks",
         .help = "Failed checks in a row until an instance gets no more requests; 3 are assumed"},
        {.key = "health_rise",
         .label = "Successes to return",
         .dimension = Dimension::Count,
         .minimum = 1,
         .maximum = 100,
         .defaultNumber = 2,
         .integer = true,
         .group = "Health checks",
         .help = "Good checks in a row until it gets requests again; 2 are assumed"},
    };
}

std::string_view policyLabel(const Component& component) {
    return policyOf(component).choice.label;
}

flow::Balancer balancing(const Component& component, lower::Context& context) {
    flow::Balancer balancer;
    balancer.policy = policyOf(component).policy;
    balancer.health = healthCheck(component);
    balancer.signalAge = seconds(number(component, "signal_age_s").value());
    if (balancer.policy == flow::Policy::KeyHash || balancer.policy == flow::Policy::KeyRange) {
        flow::KeySpace space;
        space.keys = static_cast<std::uint64_t>(number(component, "keys").value());
        space.zipf = number(component, "zipf").value();
        balancer.keySpace = context.addKeySpace(component, space);
    }
    return balancer;
}

} // namespace plimsoll::components
