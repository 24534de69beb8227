#include "gui/canvas/edits/canvas_edits.h"

#include "gui/canvas/areas.h"
#include "models/components/component_type.h"

namespace plimsoll::gui {
namespace {

using document::Id;
using document::Project;

edit::Result noScenario(const Id& scenario) {
    return std::unexpected(document::Error{scenario, "", "there is no such scenario"});
}

/// Wires a component that is there already.
edit::Result wired(const Project& project, const Id& scenario, const Id& id, const Wiring& wiring) {
    const auto* drawn = document::findScenario(project, scenario);
    const bool both = !wiring.from.empty() && !wiring.to.empty();
    if (both && drawn && document::findLink(*drawn, wiring.from, wiring.to))
        return edit::insertIntoLink(project, scenario, wiring.from, wiring.to, id);
    edit::Result result = project;
    if (!wiring.from.empty()) result = edit::connect(*result, scenario, {.from = wiring.from, .to = id});
    if (result && !wiring.to.empty()) result = edit::connect(*result, scenario, {.from = id, .to = wiring.to});
    return result;
}

edit::Placement placementOf(const document::Component& component, const QRectF& rect, const Id& area) {
    edit::Placement placement{component.id, fromPoint(rect.topLeft()), component.size, {}};
    if (isArea(component)) placement.size = document::Size{rect.width(), rect.height()};
    if (!area.empty()) placement.area = area;
    return placement;
}

/// Makes areas as large as their content in `rects` asks for.
edit::Result grown(const Project& project, const Id& scenario, const std::vector<std::pair<QRectF, Id>>& rects) {
    const auto* drawn = document::findScenario(project, scenario);
    std::vector<edit::Placement> placements;
    for (const auto& [id, rect] : grownAreas(*drawn, rects)) {
        const auto* area = document::findComponent(*drawn, id);
        placements.push_back(placementOf(*area, rect, area->area.value_or(Id{})));
    }
    return placements.empty() ? edit::Result(project) : edit::place(project, scenario, placements);
}

} // namespace

Edited addedComponent(const Project& project, const Id& scenario, const std::string& type, const QPointF& corner,
                      const Wiring& wiring) {
    const auto* drawn = document::findScenario(project, scenario);
    if (!drawn) return {noScenario(scenario), {}};
    document::Component component;
    component.type = type;
    component.position = fromPoint(corner);
    if (isArea(component)) component.size = document::Size{kAreaWidth, kAreaHeight};
    const QRectF rect = rectOf(component);
    const Id area = areaAt(*drawn, rect.center(), {});
    if (!area.empty()) component.area = area;
    auto result = edit::addComponent(project, scenario, component);
    if (!result) return {std::move(result), {}};
    const Id id = document::findScenario(*result, scenario)->components.back()->id;
    result = wired(*result, scenario, id, wiring);
    if (result && !area.empty()) result = grown(*result, scenario, {{rect, area}});
    return {std::move(result), {{id}, {}}};
}

Edited moved(const Project& project, const Id& scenario, const Rects& rects, const Selection& selection,
             const LinkKey& dropped) {
    const auto* drawn = document::findScenario(project, scenario);
    if (!drawn) return {noScenario(scenario), selection};
    std::set<Id> moving;
    for (const auto& [id, rect] : rects) moving.insert(id);
    std::vector<edit::Placement> placements;
    std::vector<std::pair<QRectF, Id>> members;
    for (const auto& [id, rect] : rects) {
        const auto* component = document::findComponent(*drawn, id);
        if (!component) continue;
        // What is dragged along with its area stays in it.
        const bool along = component->area && moving.contains(*component->area);
        const Id area = along ? *component->area : areaAt(*drawn, rect.center(), moving);
        placements.push_back(placementOf(*component, rect, area));
        if (!area.empty() && !along) members.emplace_back(rect, area);
    }
    auto result = edit::place(project, scenario, placements);
    if (result) result = grown(*result, scenario, members);
    if (result && !dropped.first.empty() && rects.size() == 1)
        result = edit::insertIntoLink(*result, scenario, dropped.first, dropped.second, rects.begin()->first);
    return {std::move(result), selection};
}

Edited removed(const Project& project, const Id& scenario, const Selection& selection) {
    edit::Result result = project;
    for (const auto& [from, to] : selection.links)
        if (result) result = edit::disconnect(*result, scenario, from, to);
    const std::vector<Id> ids(selection.components.begin(), selection.components.end());
    if (result && !ids.empty()) result = edit::removeComponents(*result, scenario, ids);
    return {std::move(result), {}};
}

Edited duplicated(const Project& project, const Id& scenario, const Selection& selection, const QPointF& offset) {
    const auto* drawn = document::findScenario(project, scenario);
    if (!drawn) return {noScenario(scenario), {}};
    const auto all = withContent(*drawn, selection.components);
    const std::vector<Id> ids(all.begin(), all.end());
    return pasted(project, scenario, edit::extract(project, scenario, ids), offset);
}

Edited pasted(const Project& project, const Id& scenario, const Project& clip, const QPointF& offset) {
    std::vector<Id> ids;
    auto result = edit::paste(project, scenario, clip, fromPoint(offset), ids);
    return {std::move(result), {{ids.begin(), ids.end()}, {}}};
}

Edited linked(const Project& project, const Id& scenario, const LinkKey& link) {
    return {edit::connect(project, scenario, {.from = link.first, .to = link.second}), {{}, {link}}};
}

Edited relinked(const Project& project, const Id& scenario, const LinkKey& link, const LinkKey& wanted) {
    if (wanted == link) return {project, {{}, {link}}};
    const auto* drawn = document::findScenario(project, scenario);
    const auto* known = drawn ? document::findLink(*drawn, link.first, link.second) : nullptr;
    if (!known)
        return {std::unexpected(document::Error{link.first + " > " + link.second, "", "there is no such link"}), {}};
    document::Link changed = *known;
    changed.from = wanted.first;
    changed.to = wanted.second;
    auto result = edit::disconnect(project, scenario, link.first, link.second);
    if (result) result = edit::connect(*result, scenario, std::move(changed));
    return {std::move(result), {{}, {wanted}}};
}

std::optional<std::string> whyNotRelink(const Project& project, const Id& scenario, const LinkKey& link,
                                        const LinkKey& wanted) {
    if (wanted == link) return {};
    const auto without = edit::disconnect(project, scenario, link.first, link.second);
    return without ? edit::whyNotLink(*without, scenario, wanted.first, wanted.second) : without.error().message;
}

std::vector<std::string> typesThatMay(const Project& project, const Id& scenario, const Wiring& wiring) {
    std::vector<std::string> types;
    for (const auto* type : components::registry()) {
        const bool wiredOne = !wiring.from.empty() || !wiring.to.empty();
        if (!wiredOne || addedComponent(project, scenario, std::string(type->id), {}, wiring).project)
            types.emplace_back(type->id);
    }
    return types;
}

std::set<Id> legalTargets(const Project& project, const Id& scenario, const Id& from, bool reverse) {
    std::set<Id> legal;
    const auto* drawn = document::findScenario(project, scenario);
    if (!drawn) return legal;
    for (const auto& component : drawn->components) {
        const auto& id = component->id;
        const auto reason =
            reverse ? edit::whyNotLink(project, scenario, id, from) : edit::whyNotLink(project, scenario, from, id);
        if (!reason) legal.insert(id);
    }
    return legal;
}

} // namespace plimsoll::gui
