// Adding, removing, naming and placing components.
#include "models/components/component_type.h"
#include "models/edit/change.h"
#include "models/edit/naming.h"

#include <set>

namespace plimsoll::edit {
namespace {

using document::Scenario;

constexpr double kFirstClassRate_per_s = 100; // a round assumption, so that a drawn chain solves at once

Refusal whyNotNew(const Scenario& scenario, const Component& component) {
    if (auto reason = whyNotName(component)) return reason;
    if (document::findComponent(scenario, component.id))
        return Error{component.name, "id", fmt::format("\"{}\" is taken", component.id)};
    if (scenario.components.size() >= document::kMostComponents)
        return Error{component.name, "",
                     fmt::format("a scenario has at most {} components", document::kMostComponents)};
    if (auto fault = components::firstFault(component)) return fault;
    if (component.area)
        if (auto reason = whyNotArea(scenario, component.name, *component.area)) return reason;
    return whyNotPlaced(component);
}

void addFirstClass(Project& project, const Component& component) {
    if (!project.classes.empty() || !components::findType(component.type)->capabilities.startsClasses) return;
    project.classes.push_back(
        {"requests", "Requests", component.id, document::OpenLoad{.rate = perSecond(kFirstClassRate_per_s)}});
}

/// What is left when the components `gone` are: their links go, what lay in a removed area lies in the one around it,
/// and links that waited for misses of a removed cache are always followed.
Refusal removeFrom(Scenario& scenario, const std::set<Id>& gone) {
    for (const Id& id : gone)
        if (!document::findComponent(scenario, id))
            return Error{id, "", fmt::format("there is no component \"{}\"", id)};
    std::map<Id, std::optional<Id>> outer;
    for (const auto& component : scenario.components)
        if (gone.contains(component->id)) outer.emplace(component->id, component->area);
    std::erase_if(scenario.components, [&](const auto& component) { return gone.contains(component->id); });
    for (auto& component : scenario.components) {
        if (!component->area || !gone.contains(*component->area)) continue;
        Component freed = *component;
        for (std::size_t step = 0; freed.area && gone.contains(*freed.area) && step < gone.size(); ++step)
            freed.area = outer.at(Id(*freed.area));
        component = std::move(freed);
    }
    std::erase_if(scenario.links,
                  [&](const auto& link) { return gone.contains(link->from) || gone.contains(link->to); });
    for (auto& link : scenario.links) {
        const auto* miss = std::get_if<document::MissOf>(&link->when);
        if (!miss || !gone.contains(miss->cache)) continue;
        Link freed = *link;
        freed.when = document::Always{};
        link = std::move(freed);
    }
    return {};
}

void removeOrphanedClasses(Project& project, const std::set<Id>& gone) {
    std::vector<Id> orphans;
    for (const auto& requestClass : project.classes) {
        const bool elsewhere = std::ranges::any_of(project.scenarios, [&](const auto& scenario) {
            return document::findComponent(*scenario, requestClass.from) != nullptr;
        });
        if (gone.contains(requestClass.from) && !elsewhere) orphans.push_back(requestClass.id);
    }
    for (const Id& id : orphans) {
        std::erase_if(project.classes, [&](const auto& requestClass) { return requestClass.id == id; });
        forgetClass(project, id);
    }
}

} // namespace

Result addComponent(const Project& project, const Id& scenario, Component component) {
    const auto* type = components::findType(component.type);
    if (!type)
        return std::unexpected(
            Error{component.name, "type", fmt::format("there is no component type \"{}\"", component.type)});
    auto changed = changeScenario(project, scenario, [&](Scenario& drawn) -> Refusal {
        Naming naming(drawn);
        component.name = trimmed(component.name);
        if (component.name.empty()) component.name = naming.freeName(shortLabel(*type));
        if (component.id.empty()) component.id = naming.freeId(component.name);
        if (Refusal reason = whyNotNew(drawn, component)) return reason;
        drawn.components.emplace_back(component);
        return component.area ? whyNotNested(drawn) : std::nullopt;
    });
    if (changed) addFirstClass(*changed, component);
    return changed;
}

Result removeComponents(const Project& project, const Id& scenario, std::span<const Id> components) {
    const std::set<Id> gone(components.begin(), components.end());
    auto changed = changeScenario(project, scenario, [&](Scenario& drawn) { return removeFrom(drawn, gone); });
    if (changed) removeOrphanedClasses(*changed, gone);
    return changed;
}

Result removeAndClose(const Project& project, const Id& scenario, const Id& component) {
    auto changed = changeScenario(project, scenario, [&](Scenario& drawn) -> Refusal {
        const Link* in = nullptr;
        const Link* out = nullptr;
        std::size_t ways = 0;
        for (const auto& link : drawn.links) {
            if (link->to == component) in = &*link;
            if (link->from == component) out = &*link;
            ways += link->to == component || link->from == component;
        }
        const Component* middle = document::findComponent(drawn, component);
        if (!middle) return Error{component, "", fmt::format("there is no component \"{}\"", component)};
        if (!in || !out || ways != 2)
            return Error{middle->name, "", "only a component with one way in and one way out leaves a gap to close"};
        Link closed = *in;
        closed.to = out->to;
        if (const auto* miss = std::get_if<document::MissOf>(&closed.when); miss && miss->cache == closed.to)
            closed.when = document::Always{};
        const auto place = std::ranges::find_if(drawn.links, [&](const auto& link) { return &*link == in; });
        const auto index = place - drawn.links.begin();
        const std::string name = middle->name;
        const auto before = std::ranges::count_if(drawn.links.begin(), place,
                                                  [&](const auto& link) { return link->from == component; });
        if (Refusal reason = removeFrom(drawn, {component})) return reason;
        if (auto reason = whyNotAdd(drawn, closed.from, closed.to)) return Error{name, "", *reason};
        drawn.links.insert(drawn.links.begin() + (index - before), document::Shared(closed));
        return {};
    });
    if (changed) removeOrphanedClasses(*changed, {component});
    return changed;
}

Result rename(const Project& project, const Id& scenario, const Id& component, std::string name) {
    return changeComponent(project, scenario, component, [&](Component& changed) -> Refusal {
        changed.name = trimmed(name);
        return whyNotName(changed);
    });
}

Result place(const Project& project, const Id& scenario, std::span<const Placement> placements) {
    return changeScenario(project, scenario, [&](Scenario& drawn) -> Refusal {
        std::map<Id, const Placement*> byId;
        for (const Placement& placement : placements) byId[placement.component] = &placement;
        std::size_t placed = 0;
        for (auto& component : drawn.components) {
            const auto found = byId.find(component->id);
            if (found == byId.end()) continue;
            ++placed;
            Component moved = *component;
            moved.position = found->second->position;
            if (found->second->size) moved.size = found->second->size;
            moved.area = found->second->area;
            if (auto reason = whyNotPlaced(moved)) return reason;
            if (moved.area)
                if (auto reason = whyNotArea(drawn, moved.name, *moved.area)) return reason;
            component = std::move(moved);
        }
        for (const auto& [id, placement] : byId)
            if (placed < byId.size() && !document::findComponent(drawn, id))
                return Error{id, "", fmt::format("there is no component \"{}\"", id)};
        return whyNotNested(drawn);
    });
}

} // namespace plimsoll::edit
