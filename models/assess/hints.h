// What a reader of the figures should know beyond what the engine says. Internal to models/assess.
#pragma once
#include "models/assess/prepared.h"

namespace plimsoll::assess {

/// No clients, no traffic, classes that are not carried, components without links, no target.
void addHints(const document::Project& project, const document::Scenario& scenario, const lower::Lowered* lowered,
              std::vector<Problem>& problems);
/// A line for every figure that is absent: cost, targets without a value, components behind a growing queue.
void addAbsences(const document::Project& project, Assessment& assessment);

} // namespace plimsoll::assess
