#include "models/assess/assess.h"

#include "models/assess/assembly.h"
#include "models/assess/hints.h"
#include "models/assess/prepared.h"
#include "models/assess/safe_load.h"
#include "models/assess/targets.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::assess {

namespace {

/// The targets' safe loads, the smallest of them, and the verdict on targets that ask for headroom.
void addSafeLoads(const document::Project& project, Prepared& prepared, const std::stop_token& stop,
                  Assessment& assessment) {
    const auto loads = safeLoads(project, prepared, stop);
    std::optional<double> smallest;
    bool decided = false, never = false, unlimited = true;
    for (std::size_t i = 0; i < loads.size(); ++i) {
        if (!loads[i].decided) continue;
        TargetVerdict& verdict = assessment.targets[i];
        verdict.safeLoadFactor = loads[i].factor;
        verdict.holdsAtEveryLoad = loads[i].atEveryLoad;
        verdict.breaksByCollapse = loads[i].collapses;
        decided = true;
        unlimited = unlimited && loads[i].atEveryLoad;
        never = never || (!loads[i].factor && !loads[i].atEveryLoad);
        if (loads[i].factor) smallest = std::min(smallest.value_or(*loads[i].factor), *loads[i].factor);
    }
    if (decided && !never) assessment.safeLoadFactor = smallest;
    for (TargetVerdict& verdict : assessment.targets) {
        if (verdict.target.metric != document::Metric::LoadFactor || !decided) continue;
        verdict.value = assessment.safeLoadFactor;
        if (unlimited)
            verdict.met = !verdict.target.atMost;
        else
            verdict.met = verdict.value && isWithin(verdict.target, *verdict.value);
    }
    const auto add = [&](Severity severity, const char* code, const char* message) {
        assessment.problems.push_back({severity, code, "", "safe_load_factor", message});
    };
    if (never)
        add(Severity::Warning, "never_met", "There is no safe load: a target holds at no load");
    else if (decided && unlimited)
        add(Severity::Hint, "no_limit", "There is no safe load to tell: every target holds at every load up to ×1000");
    else if (!decided)
        add(Severity::Hint, "absent", "There is no safe load: no target has a verdict");
}

void addSaturation(const flow::Solution& solution, Assessment& assessment) {
    assessment.saturationLoadFactor = solution.saturationFactor;
    if (!solution.saturationFactor)
        assessment.problems.push_back(
            {Severity::Hint, "no_saturation", "", "saturation_load_factor", "Nothing saturates at any load"});
}

/// Solves into `assessment`; the problem says why there are no figures.
std::optional<Problem> solveInto(Assessment& assessment, const document::Project& project,
                                 const document::Scenario& scenario, const Options& options, Prepared& prepared,
                                 const std::stop_token& stop) {
    flow::SolveOptions solveOptions;
    solveOptions.loadFactor = options.loadFactor;
    solveOptions.down = prepared.down;
    flow::Solution solution;
    if (auto solved = prepared.model->solveInto(solution, solveOptions, stop); !solved) {
        if (solved.error().kind == flow::Error::Stopped) return stoppedProblem();
        return Places(project, scenario, prepared.lowered).problem(solved.error());
    }
    assemble(project, scenario, prepared, solution, assessment);
    addSaturation(solution, assessment);
    return {};
}

} // namespace

Assessment assess(const document::Project& project, const Id& scenario, const Options& options, std::stop_token stop) {
    Assessment assessment = begun(project, scenario, options);
    const document::Scenario* drawn = document::findScenario(project, scenario);
    if (!drawn) return withProblem(assessment, noScenario(scenario));
    if (stop.stop_requested()) return withProblem(assessment, stoppedProblem());
    auto prepared = prepare(project, *drawn, options.down);
    addHints(project, *drawn, prepared ? &prepared->lowered : nullptr, assessment.problems);
    if (!prepared) return withProblem(assessment, prepared.error());
    if (!prepared->model) return assessment;
    if (auto problem = solveInto(assessment, project, *drawn, options, *prepared, stop))
        return withProblem(assessment, *problem);
    if (options.safeLoads) addSafeLoads(project, *prepared, stop, assessment);
    if (stop.stop_requested()) return withProblem(assessment, stoppedProblem());
    addAbsences(project, assessment);
    return assessment;
}

} // namespace plimsoll::assess
