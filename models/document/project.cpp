#include "models/document/project.h"

#include <algorithm>

namespace plimsoll::document {

Project emptyProject(std::string name) {
    Project project;
    project.name = std::move(name);
    project.scenarios.emplace_back(Scenario{.id = "today", .name = "Today"});
    return project;
}

const Scenario* findScenario(const Project& project, const Id& id) {
    for (const auto& scenario : project.scenarios)
        if (scenario->id == id) return &*scenario;
    return nullptr;
}

const Component* findComponent(const Scenario& scenario, const Id& id) {
    for (const auto& component : scenario.components)
        if (component->id == id) return &*component;
    return nullptr;
}

const Link* findLink(const Scenario& scenario, const Id& from, const Id& to) {
    for (const auto& link : scenario.links)
        if (link->from == from && link->to == to) return &*link;
    return nullptr;
}

const RequestClass* findClass(const Project& project, const Id& id) {
    const auto found = std::ranges::find(project.classes, id, &RequestClass::id);
    return found == project.classes.end() ? nullptr : &*found;
}

} // namespace plimsoll::document
