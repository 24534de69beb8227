#include "models/assess/simulation.h"

#include "models/assess/assembly.h"
#include "models/assess/hints.h"

namespace plimsoll::assess {

Assessment simulate(const document::Project& project, const Id& scenario, const Options& options,
                    const flow::SimulateOptions& simulation, std::stop_token stop, const flow::SimulateRun& run) {
    Assessment assessment = begun(project, scenario, options);
    const document::Scenario* drawn = document::findScenario(project, scenario);
    if (!drawn) return withProblem(assessment, noScenario(scenario));
    auto prepared = lowered(project, *drawn, options.down);
    addHints(project, *drawn, prepared ? &prepared->lowered : nullptr, assessment.problems);
    if (!prepared) return withProblem(assessment, prepared.error());
    if (prepared->lowered.classes.empty()) return assessment;
    flow::SolveOptions solveOptions;
    solveOptions.loadFactor = options.loadFactor;
    solveOptions.down = prepared->down;
    const auto solution = flow::simulate(prepared->lowered.model, solveOptions, simulation, std::move(stop), run);
    if (!solution) {
        if (solution.error().kind == flow::Error::Stopped) return withProblem(assessment, stoppedProblem());
        return withProblem(assessment, Places(project, *drawn, prepared->lowered).problem(solution.error()));
    }
    assemble(project, *drawn, *prepared, *solution, assessment);
    return assessment;
}

} // namespace plimsoll::assess
