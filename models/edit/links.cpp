// Parameters and links.
#include "models/components/component_type.h"
#include "models/components/link_rules.h"
#include "models/edit/change.h"

namespace plimsoll::edit {
namespace {

using document::Numeric;
using document::Scenario;

auto findPlace(Scenario& scenario, const Id& from, const Id& to) {
    return std::ranges::find_if(scenario.links, [&](const auto& link) { return link->from == from && link->to == to; });
}

Error noLink(const Scenario& scenario, const Id& from, const Id& to) {
    return {components::nameOf(scenario, {.from = from, .to = to}), "", "there is no such link"};
}

/// The first class that a value names and the project has not.
Refusal whyNotClasses(const Project& project, const std::string& subject, const std::string& field,
                      const std::map<Id, double>& byClass) {
    for (const auto& [id, value] : byClass)
        if (!document::findClass(project, id))
            return Error{subject, field, fmt::format("there is no request type \"{}\"", id)};
    return {};
}

Refusal whyNotFields(const Project& project, const Scenario& scenario, const Link& link) {
    if (auto fault = components::firstFault(scenario, link)) return fault;
    const std::string name = components::nameOf(scenario, link);
    if (auto reason = whyNotClasses(project, name, "calls", link.calls.byClass)) return reason;
    return whyNotClasses(project, name, "writes", link.writes.byClass);
}

Refusal whyNotParameter(const Project& project, const Component& component, const std::string& key,
                        const document::Value& value) {
    const auto* type = components::findType(component.type);
    const auto* parameter = type ? components::findParameter(*type, key) : nullptr;
    if (!parameter) return Error{component.name, key, "there is no such parameter"};
    if (auto reason = components::whyNotValue(*parameter, value)) return Error{component.name, key, *reason};
    if (const auto* numeric = std::get_if<Numeric>(&value))
        return whyNotClasses(project, component.name, key, numeric->byClass);
    return {};
}

} // namespace

Result setParameter(const Project& project, const Id& scenario, const Id& component, const std::string& key,
                    document::Value value) {
    return changeComponent(project, scenario, component, [&](Component& changed) -> Refusal {
        if (auto reason = whyNotParameter(project, changed, key, value)) return reason;
        const auto* parameter = components::findParameter(*components::findType(changed.type), key);
        if (components::defaultValue(*parameter) == value)
            changed.parameters.erase(key);
        else
            changed.parameters[key] = std::move(value);
        return {};
    });
}

Result resetParameter(const Project& project, const Id& scenario, const Id& component, const std::string& key) {
    return changeComponent(project, scenario, component, [&](Component& changed) -> Refusal {
        const auto* type = components::findType(changed.type);
        if (!type || !components::findParameter(*type, key))
            return Error{changed.name, key, "there is no such parameter"};
        changed.parameters.erase(key);
        return {};
    });
}

Result connect(const Project& project, const Id& scenario, Link link) {
    return changeScenario(project, scenario, [&](Scenario& drawn) -> Refusal {
        if (auto reason = whyNotAdd(drawn, link.from, link.to))
            return Error{components::nameOf(drawn, link), "", *reason};
        if (auto reason = whyNotFields(project, drawn, link)) return reason;
        drawn.links.emplace_back(std::move(link));
        return {};
    });
}

Result setLink(const Project& project, const Id& scenario, Link link) {
    return changeScenario(project, scenario, [&](Scenario& drawn) -> Refusal {
        const auto place = findPlace(drawn, link.from, link.to);
        if (place == drawn.links.end()) return noLink(drawn, link.from, link.to);
        if (auto reason = whyNotFields(project, drawn, link)) return reason;
        *place = std::move(link);
        return {};
    });
}

Result disconnect(const Project& project, const Id& scenario, const Id& from, const Id& to) {
    return changeScenario(project, scenario, [&](Scenario& drawn) -> Refusal {
        const auto place = findPlace(drawn, from, to);
        if (place == drawn.links.end()) return noLink(drawn, from, to);
        drawn.links.erase(place);
        return {};
    });
}

Result insertIntoLink(const Project& project, const Id& scenario, const Id& from, const Id& to, const Id& component) {
    return changeScenario(project, scenario, [&](Scenario& drawn) -> Refusal {
        const auto place = findPlace(drawn, from, to);
        if (place == drawn.links.end()) return noLink(drawn, from, to);
        const auto index = place - drawn.links.begin();
        Link first = **place;
        first.to = component;
        if (const auto* miss = std::get_if<document::MissOf>(&first.when); miss && miss->cache == component)
            first.when = document::Always{};
        const Link second{.from = component, .to = to};
        drawn.links.erase(place);
        if (auto reason = whyNotAdd(drawn, from, component))
            return Error{components::nameOf(drawn, first), "", *reason};
        drawn.links.insert(drawn.links.begin() + index, document::Shared(first));
        if (auto reason = whyNotAdd(drawn, component, to)) return Error{components::nameOf(drawn, second), "", *reason};
        drawn.links.emplace_back(second);
        return {};
    });
}

std::optional<std::string> whyNotLink(const Project& project, const Id& scenario, const Id& from, const Id& to) {
    const Scenario* drawn = document::findScenario(project, scenario);
    return drawn ? whyNotAdd(*drawn, from, to) : fmt::format("There is no scenario \"{}\"", scenario);
}

} // namespace plimsoll::edit
