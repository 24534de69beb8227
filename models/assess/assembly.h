// From a solution, solved or simulated, to the figures of an assessment. Internal to models/assess.
#pragma once
#include "models/assess/assess.h"
#include "models/assess/prepared.h"

namespace plimsoll::assess {

/// An assessment without figures yet.
Assessment begun(const document::Project& project, const Id& scenario, const Options& options);
/// The same with one more problem, told first.
Assessment withProblem(Assessment assessment, Problem problem);
Problem stoppedProblem();
Problem noScenario(const Id& scenario);

/// Fills classes, components, links, targets and the engine's problems.
void assemble(const document::Project& project, const document::Scenario& scenario, const Prepared& prepared,
              const flow::Solution& solution, Assessment& assessment);

} // namespace plimsoll::assess
