#include "models/assess/assembly.h"

#include "models/assess/component_figures.h"
#include "models/assess/targets.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::assess {

namespace {

ClassFigures figuresOf(const document::RequestClass& requestClass, const lower::Lowered& lowered,
                       const flow::Solution& solution) {
    ClassFigures figures;
    figures.id = requestClass.id;
    figures.name = requestClass.name;
    const auto found = std::ranges::find(lowered.classes, requestClass.id);
    const auto index = static_cast<std::size_t>(found - lowered.classes.begin());
    if (index >= solution.classes.size()) return figures;
    const flow::ClassResult& result = solution.classes[index];
    figures.offered = result.offered;
    figures.succeeded = result.succeeded;
    figures.errors = result.errors;
    for (const flow::Share& share : result.errors) figures.errorShare += share.share.value;
    figures.attemptsPerRequest = result.attemptsPerRequest;
    figures.latency = result.latency;
    return figures;
}

void addTargets(const document::Project& project, const lower::Lowered& lowered, const flow::Solution& solution,
                Assessment& assessment) {
    for (const document::Target& target : project.targets)
        assessment.targets.push_back({target,
                                      valueOf(target, lowered, solution),
                                      holds(target, lowered, solution),
                                      {},
                                      false,
                                      false,
                                      canCollapse(target, lowered, solution)});
}

} // namespace

Assessment begun(const document::Project& project, const Id& scenario, const Options& options) {
    Assessment assessment;
    assessment.revision = options.revision;
    assessment.project = project.name;
    assessment.scenario = scenario;
    assessment.loadFactor = options.loadFactor;
    return assessment;
}

Assessment withProblem(Assessment assessment, Problem problem) {
    assessment.problems.insert(assessment.problems.begin(), std::move(problem));
    return assessment;
}

Problem stoppedProblem() {
    return {Severity::Error, "stopped", "", "", "Stopped before there was an answer"};
}

Problem noScenario(const Id& scenario) {
    return {Severity::Error, "invalid", scenario, "scenario", fmt::format("There is no scenario \"{}\"", scenario)};
}

void assemble(const document::Project& project, const document::Scenario& scenario, const Prepared& prepared,
              const flow::Solution& solution, Assessment& assessment) {
    const Places places(project, scenario, prepared.lowered);
    assessment.solved = true;
    assessment.regime = solution.regime;
    for (const auto& requestClass : project.classes)
        assessment.classes.push_back(figuresOf(requestClass, prepared.lowered, solution));
    addComponentFigures(scenario, prepared.lowered, solution, prepared.down, assessment);
    addTargets(project, prepared.lowered, solution, assessment);
    for (const flow::Problem& problem : solution.problems) assessment.problems.push_back(places.problem(problem));
}

} // namespace plimsoll::assess
