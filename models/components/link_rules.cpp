#include "models/components/link_rules.h"

#include "models/components/component_type.h"

#include <fmt/format.h>

#include <cmath>

namespace plimsoll::components {
namespace {

using document::Error;
using document::Link;
using document::Scenario;

constexpr double kMostCalls = 1e6; // of one request over one link
constexpr double kLatestStage = 1e6;
constexpr double kShortestTimeout_s = 1e-6;
constexpr double kLongestTime_s = 86'400; // a day
constexpr double kMostBytes = 1e15;
constexpr double kMostAttempts = 100;
constexpr double kLargestBackoffFactor = 100;
constexpr double kLargestBudget = 100; // retries per first attempt

/// Collects the first fault of a link.
class Check {
public:
    Check(const FindComponent& find, const Link& link) : m_find(find), m_link(link) {}
    void inside(std::string_view field, double value, double lowest, double highest, std::string_view unit = {}) {
        if (std::isfinite(value) && value >= lowest && value <= highest) return;
        refuse(field, fmt::format("{} is outside {} to {}{}{}", value, lowest, highest, unit.empty() ? "" : " ", unit));
    }
    void inside(std::string_view field, const document::PerClass& value, double lowest, double highest) {
        inside(field, value.value, lowest, highest);
        for (const auto& [classId, ofClass] : value.byClass)
            if (!m_fault) inside(fmt::format("{} of {}", field, classId), ofClass, lowest, highest);
    }
    void refuse(std::string_view field, std::string message) {
        if (!m_fault) m_fault = Error{nameOf(m_find, m_link), std::string(field), std::move(message)};
    }
    std::optional<Error> fault() && { return std::move(m_fault); }

private:
    const FindComponent& m_find;
    const Link& m_link;
    std::optional<Error> m_fault;
};

void checkWhen(const FindComponent& find, const Link& link, Check& check) {
    if (const auto* share = std::get_if<document::WithShare>(&link.when)) check.inside("when", share->share, 0, 1);
    const auto* miss = std::get_if<document::MissOf>(&link.when);
    if (!miss) return;
    const document::Component* cache = find(miss->cache);
    const ComponentType* type = cache ? findType(cache->type) : nullptr;
    if (!type || !type->capabilities.isCache)
        check.refuse("when", fmt::format("\"{}\" is not a cache of this scenario", miss->cache));
    else if (miss->cache == link.to)
        check.refuse("when", fmt::format("{} cannot depend on its own misses", cache->name));
}

void checkRetry(const document::Retry& retry, Check& check) {
    check.inside("retry.max_attempts", retry.maxAttempts, 1, kMostAttempts);
    check.inside("retry.backoff_s", toSeconds(retry.backoff), 0, kLongestTime_s, "s");
    check.inside("retry.backoff_factor", retry.backoffFactor, 1, kLargestBackoffFactor);
    check.inside("retry.backoff_cap_s", toSeconds(retry.backoffCap), 0, kLongestTime_s, "s");
    if (retry.budget) check.inside("retry.budget", *retry.budget, 0, kLargestBudget);
}

FindComponent findIn(const Scenario& scenario) {
    return [&scenario](const document::Id& id) { return document::findComponent(scenario, id); };
}

std::string nameOfEnd(const FindComponent& find, const document::Id& id) {
    const document::Component* component = find(id);
    return component ? component->name : id;
}

} // namespace

std::optional<Error> firstFault(const FindComponent& find, const Link& link) {
    Check check(find, link);
    check.inside("calls", link.calls, 0, kMostCalls);
    check.inside("writes", link.writes, 0, 1);
    checkWhen(find, link, check);
    if (link.stage) check.inside("stage", *link.stage, 0, kLatestStage);
    if (link.timeout) check.inside("timeout_s", toSeconds(*link.timeout), kShortestTimeout_s, kLongestTime_s, "s");
    if (link.retry) checkRetry(*link.retry, check);
    check.inside("request_bytes", link.requestBytes.value, 0, kMostBytes, "bytes");
    check.inside("response_bytes", link.responseBytes.value, 0, kMostBytes, "bytes");
    return std::move(check).fault();
}

std::optional<Error> firstFault(const Scenario& scenario, const Link& link) {
    return firstFault(findIn(scenario), link);
}

std::optional<std::string> whyNotPair(const document::Component& from, const document::Component& to) {
    const ComponentType* source = findType(from.type);
    const ComponentType* target = findType(to.type);
    if (!source || !target) return "Its type is not known here";
    if (from.id == to.id) return "A component cannot call itself";
    if (source->capabilities.contains || target->capabilities.contains)
        return "Areas have no links; place components inside them";
    if (target->capabilities.startsClasses) return "Nothing calls clients: requests start there";
    if (!target->capabilities.acceptsCalls) return fmt::format("{}: takes no calls", target->label);
    if (!source->capabilities.makesCalls) return fmt::format("{}: makes no calls", source->label);
    return {};
}

std::string nameOf(const FindComponent& find, const Link& link) {
    return nameOfEnd(find, link.from) + " > " + nameOfEnd(find, link.to);
}

std::string nameOf(const Scenario& scenario, const Link& link) {
    return nameOf(findIn(scenario), link);
}

} // namespace plimsoll::components
