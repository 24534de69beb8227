#include "models/assess/hints.h"

#include "models/assess/targets.h"
#include "models/assess/verdict.h"
#include "models/components/component_type.h"
#include "models/exchange/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace plimsoll::assess {

namespace {

const components::Capabilities* capabilitiesOf(const document::Component& component) {
    const auto* type = components::findType(component.type);
    return type ? &type->capabilities : nullptr;
}

void addUnlinked(const document::Scenario& scenario, std::vector<Problem>& problems) {
    std::set<Id> called, calling;
    for (const auto& link : scenario.links) {
        called.insert(link->to);
        calling.insert(link->from);
    }
    for (const auto& component : scenario.components) {
        const auto* capabilities = capabilitiesOf(*component);
        if (!capabilities || capabilities->contains) continue;
        if (capabilities->startsClasses ? calling.contains(component->id) : called.contains(component->id)) continue;
        const char* what = capabilities->startsClasses ? "calls nothing yet: link it to what it calls"
                                                       : "is called by nothing: link something to it";
        problems.push_back(
            {Severity::Hint, "unlinked", component->id, "", fmt::format("{} {}", component->name, what)});
    }
}

void addTraffic(const document::Project& project, const document::Scenario& scenario, std::vector<Problem>& problems) {
    const bool hasClients = std::ranges::any_of(scenario.components, [](const auto& component) {
        const auto* capabilities = capabilitiesOf(*component);
        return capabilities && capabilities->startsClasses;
    });
    if (!hasClients) {
        problems.push_back({Severity::Hint, "no_clients", "", "", "Nothing sends requests yet: add clients"});
        return;
    }
    const bool hasLoad = std::ranges::any_of(project.classes, [](const document::RequestClass& requestClass) {
        const auto* open = std::get_if<document::OpenLoad>(&requestClass.load);
        return open ? open->rate.value > 0 : std::get<document::ClosedLoad>(requestClass.load).users > 0;
    });
    if (!hasLoad)
        problems.push_back(
            {Severity::Hint, "no_traffic", "", "", "No request type has a rate above 0: nothing is sent"});
}

void addNotCarried(const document::Project& project, const document::Scenario& scenario, const lower::Lowered& lowered,
                   std::vector<Problem>& problems) {
    for (const Id& id : lowered.notCarried) {
        const auto* requestClass = document::findClass(project, id);
        if (!requestClass) continue;
        const bool drawn = document::findComponent(scenario, requestClass->from) != nullptr;
        const auto why = drawn ? "the component where it starts calls nothing for it"
                               : "the component where it starts is not in this scenario";
        problems.push_back({Severity::Warning, "class_not_carried", id, "from",
                            fmt::format("{} is not carried: {}", requestClass->name, why)});
    }
}

std::string absentTarget(const TargetVerdict& verdict, const Assessment& assessment, const std::string& name) {
    const document::Metric metric = verdict.target.metric;
    if (metric == document::Metric::LoadFactor)
        return fmt::format("{} has no value: no single load factor is the safe one", name);
    if (!isSolved(metric)) return fmt::format("{} is not computed yet", name);
    const auto* figures = assessment.requestClass(*verdict.target.classId);
    if (!figures || !(figures->offered.value > 0)) return fmt::format("{} has no value: no request is sent", name);
    return fmt::format("{} has no value: there is no steady state, or no request succeeds", name);
}

} // namespace

void addHints(const document::Project& project, const document::Scenario& scenario, const lower::Lowered* lowered,
              std::vector<Problem>& problems) {
    addTraffic(project, scenario, problems);
    if (lowered) addNotCarried(project, scenario, *lowered, problems);
    addUnlinked(scenario, problems);
    if (project.targets.empty())
        problems.push_back({Severity::Hint, "no_target", "", "", "There is no target, so there is no verdict"});
}

void addAbsences(const document::Project& project, Assessment& assessment) {
    const auto add = [&](Severity severity, const char* code, const Id& id, std::string_view field,
                         std::string message) {
        assessment.problems.push_back({severity, code, id, std::string(field), std::move(message)});
    };
    add(Severity::Warning, "not_computed", "", "usd_per_month", "Cost is not computed yet");
    for (const TargetVerdict& verdict : assessment.targets) {
        const std::string name = targetName(project, verdict.target);
        const Id id = verdict.target.classId.value_or("");
        const auto field = exchange::wordOf(verdict.target.metric);
        const bool missing = !verdict.value && verdict.target.metric != document::Metric::LoadFactor;
        if (missing)
            add(Severity::Warning, isSolved(verdict.target.metric) ? "absent" : "not_computed", id, field,
                absentTarget(verdict, assessment, name));
        if (verdict.holdsAtEveryLoad)
            add(Severity::Hint, "no_limit", id, field,
                fmt::format("{}: the target holds at every load up to ×1000", name));
    }
    for (const ComponentFigures& component : assessment.components) {
        const bool visited = component.offered.value > 0;
        const auto* type = components::findType(component.type);
        if (!visited || component.responseMean || !type || type->capabilities.contains) continue;
        if (component.backlogGrowth.value > 0) continue; // the engine has said so
        add(Severity::Warning, "no_steady_state", component.id, "response_mean_s",
            fmt::format("The response of {} has no steady value: a queue that it waits for grows", component.name));
    }
}

} // namespace plimsoll::assess
