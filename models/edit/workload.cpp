// Request classes, targets and the project's own texts.
#include "models/components/class_rules.h"
#include "models/components/component_type.h"
#include "models/edit/change.h"
#include "models/exchange/scenario_check.h"

#include <cmath>

namespace plimsoll::edit {
namespace {

constexpr double kLargestTarget = 1e15;

Refusal whyNotInside(const std::string& subject, const char* field, double value, double lowest, double highest,
                     std::string_view unit = {}) {
    if (std::isfinite(value) && value >= lowest && value <= highest) return {};
    return Error{subject, field,
                 fmt::format("{} is outside {} to {}{}{}", value, lowest, highest, unit.empty() ? "" : " ", unit)};
}

bool startsClasses(const Project& project, const Id& component) {
    return std::ranges::any_of(project.scenarios, [&](const auto& scenario) {
        const Component* found = document::findComponent(*scenario, component);
        const auto* type = found ? components::findType(found->type) : nullptr;
        return type && type->capabilities.startsClasses;
    });
}

bool isOfWhole(document::Metric metric) {
    return metric == document::Metric::UsdPerMonth || metric == document::Metric::LoadFactor;
}

Refusal whyNotTarget(const Project& project, const document::Target& target) {
    const auto* requestClass = target.classId ? document::findClass(project, *target.classId) : nullptr;
    if (target.classId && !requestClass)
        return Error{"target", "class", fmt::format("there is no request type \"{}\"", *target.classId)};
    const std::string subject = requestClass ? "target of " + requestClass->name : "target";
    if (requestClass && isOfWhole(target.metric))
        return Error{subject, "metric", "it is of the whole project, not of a request type"};
    if (!requestClass && !isOfWhole(target.metric)) return Error{subject, "class", "this metric needs a request type"};
    const bool isShare =
        target.metric == document::Metric::ErrorShare || target.metric == document::Metric::Availability;
    return whyNotInside(subject, target.atMost ? "at_most" : "at_least", target.bound, 0, isShare ? 1 : kLargestTarget);
}

} // namespace

Result setClass(const Project& project, document::RequestClass requestClass) {
    requestClass.name = trimmed(requestClass.name);
    if (auto fault = components::firstFault(requestClass)) return std::unexpected(*fault);
    if (auto fault = exchange::nameFault(requestClass.id, requestClass.name)) return std::unexpected(*fault);
    if (!startsClasses(project, requestClass.from))
        return std::unexpected(Error{requestClass.name, "from",
                                     fmt::format("\"{}\" is not a component where requests start", requestClass.from)});
    Project changed = project;
    const auto place = std::ranges::find(changed.classes, requestClass.id, &document::RequestClass::id);
    if (place != changed.classes.end()) {
        *place = std::move(requestClass);
    } else if (changed.classes.size() < document::kMostClasses) {
        changed.classes.push_back(std::move(requestClass));
    } else {
        return std::unexpected(Error{requestClass.name, "",
                                     fmt::format("a project has at most {} request types", document::kMostClasses)});
    }
    return changed;
}

Result removeClass(const Project& project, const Id& requestClass) {
    Project changed = project;
    if (std::erase_if(changed.classes, [&](const auto& one) { return one.id == requestClass; }) == 0)
        return std::unexpected(Error{requestClass, "", fmt::format("there is no request type \"{}\"", requestClass)});
    forgetClass(changed, requestClass);
    return changed;
}

Result setTargets(const Project& project, std::vector<document::Target> targets) {
    for (const document::Target& target : targets)
        if (Refusal refusal = whyNotTarget(project, target)) return std::unexpected(*refusal);
    Project changed = project;
    changed.targets = std::move(targets);
    return changed;
}

Result setProjectName(const Project& project, std::string name, std::string note) {
    name = trimmed(name);
    if (auto fault = exchange::nameFault("project", name)) return std::unexpected(*fault);
    Project changed = project;
    changed.name = std::move(name);
    changed.note = std::move(note);
    return changed;
}

} // namespace plimsoll::edit
