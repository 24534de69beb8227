// Copying components out of a scenario and into another.
#include "models/components/component_type.h"
#include "models/edit/change.h"
#include "models/edit/naming.h"

#include <set>

namespace plimsoll::edit {
namespace {

using document::Scenario;

/// Keeps of a component's values by class those of the classes that the project has.
void keepKnownClasses(const Project& project, std::map<Id, double>& byClass) {
    std::erase_if(byClass, [&](const auto& one) { return !document::findClass(project, one.first); });
}

void keepKnownClasses(const Project& project, Component& component) {
    for (auto& [key, value] : component.parameters)
        if (auto* numeric = std::get_if<document::Numeric>(&value)) keepKnownClasses(project, numeric->byClass);
}

void keepKnownClasses(const Project& project, Link& link) {
    keepKnownClasses(project, link.calls.byClass);
    keepKnownClasses(project, link.writes.byClass);
}

void noteClasses(const std::map<Id, double>& byClass, std::set<Id>& classes) {
    for (const auto& [id, value] : byClass) classes.insert(id);
}

void noteClasses(const Component& component, std::set<Id>& classes) {
    for (const auto& [key, value] : component.parameters)
        if (const auto* numeric = std::get_if<document::Numeric>(&value)) noteClasses(numeric->byClass, classes);
}

void noteClasses(const Link& link, std::set<Id>& classes) {
    noteClasses(link.calls.byClass, classes);
    noteClasses(link.writes.byClass, classes);
}

/// Copies the classes that start at copied components, and those that copied values name, so that these keep their
/// meaning in the same project. The clients of the latter stand in a second scenario, which is not pasted.
void copyClasses(const Project& project, const std::set<Id>& named, Project& copied) {
    Scenario starts{.id = "request-types", .name = "Where other request types start"};
    for (const auto& requestClass : project.classes) {
        if (!document::findComponent(*copied.scenarios.front(), requestClass.from)) {
            if (!named.contains(requestClass.id)) continue;
            const Component* clients = nullptr;
            for (const auto& scenario : project.scenarios)
                if (!clients) clients = document::findComponent(*scenario, requestClass.from);
            if (!clients) continue;
            if (!document::findComponent(starts, clients->id))
                starts.components.emplace_back(
                    Component{.id = clients->id, .type = clients->type, .name = clients->name});
        }
        copied.classes.push_back(requestClass);
    }
    if (!starts.components.empty()) copied.scenarios.emplace_back(std::move(starts));
}

/// The link with its ends and its cache renamed; none if an end is not among `names`.
std::optional<Link> renamed(const Link& link, const std::map<Id, Id>& names) {
    const auto from = names.find(link.from);
    const auto to = names.find(link.to);
    if (from == names.end() || to == names.end()) return {};
    Link copy = link;
    copy.from = from->second;
    copy.to = to->second;
    if (const auto* miss = std::get_if<document::MissOf>(&copy.when)) {
        const auto cache = names.find(miss->cache);
        copy.when = cache == names.end() ? document::When{} : document::MissOf{cache->second};
    }
    return copy;
}

/// Brings the classes that start at pasted components, where the project has none of their id.
void pasteClasses(Project& project, const Project& pasted, const std::map<Id, Id>& names) {
    for (document::RequestClass requestClass : pasted.classes) {
        const auto from = names.find(requestClass.from);
        if (from == names.end() || document::findClass(project, requestClass.id)) continue;
        if (project.classes.size() >= document::kMostClasses) return;
        requestClass.from = from->second;
        project.classes.push_back(std::move(requestClass));
    }
}

} // namespace

Project extract(const Project& project, const Id& scenario, std::span<const Id> components) {
    Project copied = document::emptyProject(project.name);
    const Scenario* drawn = document::findScenario(project, scenario);
    if (!drawn) return copied;
    const std::set<Id> wanted(components.begin(), components.end());
    Scenario part = *copied.scenarios.front();
    std::map<Id, Id> names;
    std::set<Id> classes;
    for (const auto& component : drawn->components) {
        if (!wanted.contains(component->id)) continue;
        names.emplace(component->id, component->id);
        Component copy = *component;
        if (copy.area && !wanted.contains(*copy.area)) copy.area.reset();
        noteClasses(copy, classes);
        part.components.emplace_back(std::move(copy));
    }
    for (const auto& link : drawn->links) {
        auto copy = renamed(*link, names);
        if (!copy) continue;
        noteClasses(*copy, classes);
        part.links.emplace_back(std::move(*copy));
    }
    copied.scenarios.front() = std::move(part);
    copyClasses(project, classes, copied);
    return copied;
}

Result paste(const Project& project, const Id& scenario, const Project& pasted, document::Point offset,
             std::vector<Id>& pastedIds) {
    std::vector<Id> ids;
    auto changed = changeScenario(project, scenario, [&](Scenario& drawn) -> Refusal {
        const Scenario& part = *pasted.scenarios.front();
        if (drawn.components.size() + part.components.size() > document::kMostComponents)
            return Error{"", "", fmt::format("a scenario has at most {} components", document::kMostComponents)};
        if (drawn.links.size() + part.links.size() > document::kMostLinks)
            return Error{"", "", fmt::format("a scenario has at most {} links", document::kMostLinks)};
        Naming naming(drawn);
        std::map<Id, Id> names;
        std::map<Id, std::string> labels;
        for (const auto& component : part.components) {
            labels[component->id] = naming.freeName(component->name);
            ids.push_back(naming.freeId(labels[component->id]));
            names.emplace(component->id, ids.back());
        }
        Project known = project;
        pasteClasses(known, pasted, names);
        for (const auto& component : part.components) {
            Component copy = *component;
            if (auto fault = components::firstFault(copy)) return fault;
            copy.id = names.at(component->id);
            copy.name = labels.at(component->id);
            copy.position = {copy.position.x + offset.x, copy.position.y + offset.y};
            const auto area = copy.area ? names.find(*copy.area) : names.end();
            copy.area = area == names.end() ? std::nullopt : std::optional(area->second);
            if (auto reason = whyNotPlaced(copy)) return reason;
            keepKnownClasses(known, copy);
            drawn.components.emplace_back(std::move(copy));
        }
        for (const auto& link : part.links) {
            auto copy = renamed(*link, names);
            if (!copy) continue;
            keepKnownClasses(known, *copy);
            drawn.links.emplace_back(std::move(*copy));
        }
        return {};
    });
    if (!changed) return changed;
    std::map<Id, Id> names;
    for (std::size_t i = 0; i < ids.size(); ++i) names.emplace(pasted.scenarios.front()->components[i]->id, ids[i]);
    pasteClasses(*changed, pasted, names);
    pastedIds = std::move(ids);
    return changed;
}

} // namespace plimsoll::edit
