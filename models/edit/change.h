// How an edit is made: a copy of the project in which one part is replaced.
#pragma once
#include "models/edit/edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>

namespace plimsoll::edit {

/// Why a change is refused; none: done.
using Refusal = std::optional<Error>;

/// A copy of `project` in which `change` (Scenario& -> Refusal) has changed the scenario.
template <std::invocable<document::Scenario&> Change>
Result changeScenario(const Project& project, const Id& id, Change change) {
    const auto found =
        std::ranges::find_if(project.scenarios, [&](const auto& scenario) { return scenario->id == id; });
    if (found == project.scenarios.end())
        return std::unexpected(Error{id, "scenario", fmt::format("there is no scenario \"{}\"", id)});
    document::Scenario scenario = **found;
    if (Refusal refusal = change(scenario)) return std::unexpected(std::move(*refusal));
    Project changed = project;
    changed.scenarios[static_cast<std::size_t>(found - project.scenarios.begin())] = std::move(scenario);
    return changed;
}

/// A copy of `project` in which `change` (Component& -> Refusal) has changed one component.
template <std::invocable<Component&> Change>
Result changeComponent(const Project& project, const Id& scenario, const Id& id, Change change) {
    return changeScenario(project, scenario, [&](document::Scenario& changed) -> Refusal {
        const auto found = std::ranges::find_if(changed.components, [&](const auto& one) { return one->id == id; });
        if (found == changed.components.end()) return Error{id, "", fmt::format("there is no component \"{}\"", id)};
        Component component = **found;
        if (Refusal refusal = change(component)) return refusal;
        *found = std::move(component);
        return {};
    });
}

/// Free text without surrounding blanks.
std::string trimmed(std::string_view text);

/// Why a component may not have its name: empty, control characters, not UTF-8.
Refusal whyNotName(const Component& component);
/// Why a component may not lie where it does, or have its size.
Refusal whyNotPlaced(const Component& component);
/// Why `area` may not hold the component called `name`: it is not an area of the scenario.
Refusal whyNotArea(const document::Scenario& scenario, const std::string& name, const Id& area);
/// Why areas do not nest: one lies in itself, or deeper than documents allow.
Refusal whyNotNested(const document::Scenario& scenario);

/// Removes a class that the project no longer has from its targets, and from every value that names it.
void forgetClass(Project& project, const Id& requestClass);

/// Whether a call made by `start` can reach `goal` along the links.
bool reaches(const document::Scenario& scenario, const Id& start, const Id& goal);
/// Why a link from -> to may not be added to `scenario`, in at most 12 words.
std::optional<std::string> whyNotAdd(const document::Scenario& scenario, const Id& from, const Id& to);

} // namespace plimsoll::edit
