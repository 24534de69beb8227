// Figures by component and link, summed from the steps of a solution. Internal to models/assess.
#pragma once
#include "models/assess/assessment.h"
#include "models/lower/lower.h"

#include <span>

namespace plimsoll::assess {

/// Fills `links`, `components` (in the scenario's order, rank and cause included) and `bottleneck` of the assessment.
void addComponentFigures(const document::Scenario& scenario, const lower::Lowered& lowered,
                         const flow::Solution& solution, std::span<const flow::Down> down, Assessment& assessment);

} // namespace plimsoll::assess
