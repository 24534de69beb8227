#include "models/lower/draft.h"

#include "models/components/link_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::lower {

using document::Error;
using flow::EntryId;
using flow::Origin;
using flow::StepId;

Draft::Draft(const document::Project& drawn, const document::Scenario& topology) : project(drawn), scenario(topology) {
    parts.reserve(scenario.components.size());
    for (const auto& component : scenario.components) {
        Part part;
        part.component = &*component;
        part.type = components::findType(component->type);
        if (!partById.emplace(component->id, static_cast<PartIndex>(parts.size())).second)
            refuse({component->name, "id", fmt::format("\"{}\" is there twice", component->id)});
        parts.push_back(std::move(part));
    }
    for (const auto& link : scenario.links) {
        const auto from = partById.find(link->from);
        if (from == partById.end() || !partById.contains(link->to)) {
            const Id& missing = from == partById.end() ? link->from : link->to;
            refuse({link->from + " > " + link->to, "", fmt::format("there is no component \"{}\"", missing)});
            continue;
        }
        parts[from->second].links.push_back(&*link);
    }
    lowered.origins.push_back({});
    lowered.linkCalls.emplace_back();
}

void Draft::refuse(Error error) {
    if (!fault) fault = std::move(error);
}

const document::Component* Draft::find(const Id& id) const {
    const auto found = partById.find(id);
    return found == partById.end() ? nullptr : parts[found->second].component;
}

Part& Draft::partOf(const document::Component& component) {
    return parts[partById.at(component.id)];
}

void Draft::reach(PartIndex index) {
    Part& part = parts[index];
    if (part.reached) return;
    part.reached = true;
    const document::Component& component = *part.component;
    if (auto error = components::firstFault(component)) return refuse(std::move(*error));
    std::vector<std::string_view> targets;
    for (const document::Link* link : part.links) {
        const auto finder = [this](const Id& id) { return find(id); };
        if (auto error = components::firstFault(finder, *link)) return refuse(std::move(*error));
        const document::Component& target = *find(link->to);
        if (components::findType(target.type)) // an unknown type is said of the target itself, when it is reached
            if (auto reason = components::whyNotPair(component, target))
                return refuse({components::nameOf(finder, *link), "", *reason});
        targets.push_back(link->to);
    }
    std::ranges::sort(targets);
    if (const auto twice = std::ranges::adjacent_find(targets); twice != targets.end())
        return refuse({component.name + " > " + find(Id(*twice))->name, "", "there are two such links"});
    part.origin = static_cast<Origin>(lowered.origins.size());
    lowered.origins.push_back({component.id, {}});
    lowered.linkCalls.emplace_back();
    Context context(*this);
    if (part.type->declare) part.type->declare(component, context);
}

EntryId Draft::promise(PartIndex index, std::uint32_t requestClass, Operation operation) {
    reach(index);
    const std::uint64_t key =
        (std::uint64_t{index} * project.classes.size() + requestClass) * 2 + (operation == Operation::Write);
    const auto [found, isNew] = entryByKey.try_emplace(key);
    if (!isNew) return found->second;
    const Part& part = parts[index];
    found->second = addEntry({.origin = part.origin, .fleet = part.fleet, .root = {}},
                             {part.component->id, project.classes[requestClass].id, operation});
    promises.push_back({index, requestClass, operation, found->second});
    return found->second;
}

std::uint32_t Draft::indexOf(const document::RequestClass& requestClass) const {
    return static_cast<std::uint32_t>(&requestClass - project.classes.data());
}

StepId Draft::addStep(Origin origin, flow::Body body) {
    auto& steps = lowered.model.steps;
    steps.push_back({origin, std::move(body)});
    return static_cast<StepId>(steps.size() - 1);
}

StepId Draft::addNothing() {
    if (!nothing) nothing = addStep(Origin::None, flow::Sequence{});
    return *nothing;
}

StepId Draft::addSequence(Origin origin, const std::vector<StepId>& steps) {
    flow::Sequence sequence;
    for (const StepId step : steps)
        if (step != nothing) sequence.steps.push_back(step);
    if (sequence.steps.empty()) return addNothing();
    if (sequence.steps.size() == 1) return sequence.steps.front();
    return addStep(origin, std::move(sequence));
}

StepId Draft::addSometimes(Origin origin, double share, StepId step) {
    if (share <= 0 || step == nothing) return addNothing();
    if (share >= 1) return step;
    const StepId otherwise = addNothing();
    return addStep(origin, flow::Choice{{{{share}, step}, {{1 - share}, otherwise}}});
}

EntryId Draft::addEntry(flow::Entry entry, EntryOf of) {
    lowered.model.entries.push_back(entry);
    lowered.entries.push_back(std::move(of));
    callees.emplace_back();
    return static_cast<EntryId>(lowered.model.entries.size() - 1);
}

Origin Draft::originOf(const document::Link& link) {
    const auto [found, isNew] = linkOrigins.try_emplace(&link);
    if (isNew) {
        found->second = static_cast<Origin>(lowered.origins.size());
        lowered.origins.push_back({link.from, link.to});
        lowered.linkCalls.emplace_back();
    }
    return found->second;
}

std::optional<Draft::Place> Draft::placeOf(PartIndex part) {
    const document::Component* inner = parts[part].component;
    for (int depth = 0; inner->area; ++depth) {
        const document::Component* area = find(*inner->area);
        const auto* type = area ? components::findType(area->type) : nullptr;
        if (!type || !type->capabilities.contains) {
            refuse({inner->name, "area", fmt::format("\"{}\" is not an area of this scenario", *inner->area)});
            return {};
        }
        if (depth > document::kDeepestNesting) {
            refuse({parts[part].component->name, "area",
                    fmt::format("areas lie in each other, or more than {} deep", document::kDeepestNesting)});
            return {};
        }
        if (auto error = components::firstFault(*area)) {
            refuse(std::move(*error));
            return {};
        }
        if (const auto latitude = components::number(*area, "latitude_deg"))
            return Place{area->id,
                         {*latitude, components::number(*area, "longitude_deg").value()},
                         components::number(*area, "stretch").value()};
        inner = area;
    }
    return {};
}

Seconds Draft::distanceBetween(PartIndex from, PartIndex to) {
    const auto here = placeOf(from);
    const auto there = placeOf(to);
    if (!here || !there || here->area == there->area) return {};
    return roundTrip(here->position, there->position, std::max(here->stretch, there->stretch));
}

} // namespace plimsoll::lower
