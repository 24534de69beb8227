#include "models/edit/change.h"

#include "models/components/component_type.h"
#include "models/components/link_rules.h"
#include "models/exchange/scenario_check.h"

#include <cmath>
#include <unordered_map>
#include <unordered_set>

namespace plimsoll::edit {
namespace {

constexpr double kSmallestArea = 1; // pixels a side

} // namespace

std::string trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(blanks) - first + 1));
}

Refusal whyNotName(const Component& component) {
    return exchange::nameFault(component.id, component.name);
}

Refusal whyNotPlaced(const Component& component) {
    const auto outside = [&](const char* field, double value, double least) -> Refusal {
        if (std::isfinite(value) && value >= least && value <= document::kCanvasReach) return {};
        return Error{component.name, field,
                     fmt::format("{} is outside {} to {}", value, least, document::kCanvasReach)};
    };
    if (auto reason = outside("x", component.position.x, -document::kCanvasReach)) return reason;
    if (auto reason = outside("y", component.position.y, -document::kCanvasReach)) return reason;
    if (!component.size) return {};
    const auto* type = components::findType(component.type);
    if (!type || !type->capabilities.contains) return Error{component.name, "width", "only an area has a size"};
    if (auto reason = outside("width", component.size->width, kSmallestArea)) return reason;
    return outside("height", component.size->height, kSmallestArea);
}

Refusal whyNotArea(const document::Scenario& scenario, const std::string& name, const Id& area) {
    const Component* container = document::findComponent(scenario, area);
    const auto* type = container ? components::findType(container->type) : nullptr;
    if (type && type->capabilities.contains) return {};
    return Error{name, "area", fmt::format("\"{}\" is not an area of this scenario", area)};
}

Refusal whyNotNested(const document::Scenario& scenario) {
    std::unordered_map<std::string_view, const Component*> areas;
    for (const auto& component : scenario.components)
        if (const auto* type = components::findType(component->type); type && type->capabilities.contains)
            areas.emplace(component->id, &*component);
    const Component* tooDeep = nullptr;
    for (const auto& component : scenario.components) {
        int depth = 0;
        for (const Component* outer = &*component; outer && outer->area && depth <= document::kDeepestNesting;
             ++depth) {
            const auto next = areas.find(*outer->area);
            outer = next == areas.end() ? nullptr : next->second;
            if (outer == &*component) return Error{component->name, "area", "an area cannot lie in itself"};
        }
        if (depth > document::kDeepestNesting && !tooDeep) tooDeep = &*component;
    }
    if (!tooDeep) return {};
    return Error{tooDeep->name, "area", fmt::format("areas nest at most {} deep", document::kDeepestNesting)};
}

void forgetClass(Project& project, const Id& requestClass) {
    std::erase_if(project.targets, [&](const auto& target) { return target.classId == requestClass; });
    for (auto& shared : project.scenarios) {
        document::Scenario scenario = *shared;
        for (auto& component : scenario.components) {
            Component changed = *component;
            bool named = false;
            for (auto& [key, value] : changed.parameters)
                if (auto* numeric = std::get_if<document::Numeric>(&value))
                    named |= numeric->byClass.erase(requestClass) > 0;
            if (named) component = std::move(changed);
        }
        for (auto& link : scenario.links) {
            Link changed = *link;
            const auto named = changed.calls.byClass.erase(requestClass) + changed.writes.byClass.erase(requestClass);
            if (named > 0) link = std::move(changed);
        }
        shared = std::move(scenario);
    }
}

bool reaches(const document::Scenario& scenario, const Id& start, const Id& goal) {
    std::unordered_multimap<std::string_view, std::string_view> calls;
    calls.reserve(scenario.links.size());
    for (const auto& link : scenario.links) calls.emplace(link->from, link->to);
    std::unordered_set<std::string_view> seen{start};
    std::vector<std::string_view> open{start};
    while (!open.empty()) {
        const auto here = open.back();
        open.pop_back();
        if (here == goal) return true;
        const auto [first, last] = calls.equal_range(here);
        for (auto call = first; call != last; ++call)
            if (seen.insert(call->second).second) open.push_back(call->second);
    }
    return false;
}

std::optional<std::string> whyNotAdd(const document::Scenario& scenario, const Id& from, const Id& to) {
    const Component* source = document::findComponent(scenario, from);
    const Component* target = document::findComponent(scenario, to);
    if (!source || !target) return fmt::format("There is no component \"{}\"", source ? to : from);
    if (auto reason = components::whyNotPair(*source, *target)) return reason;
    if (document::findLink(scenario, from, to)) return "They are linked already";
    if (scenario.links.size() >= document::kMostLinks)
        return fmt::format("A scenario has at most {} links", document::kMostLinks);
    if (!reaches(scenario, to, from)) return {};
    const bool isClient = document::findLink(scenario, to, from) != nullptr;
    if (isClient && components::findType(source->type)->capabilities.isCache) return "A cache cannot call its clients";
    return isClient ? "It is called by that one: calls may not loop" : "Calls would come back here: they may not loop";
}

} // namespace plimsoll::edit
