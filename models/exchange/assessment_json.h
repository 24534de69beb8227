// The answer of `solve --json` (DESIGN.md section 10). Later versions add keys and never change one.
#pragma once
#include "models/assess/assessment.h"

#include <string>

namespace plimsoll::exchange {

std::string assessmentToJson(const assess::Assessment& assessment);
/// The answer of `simulate --json`: {"format_version", "requests", "seed", "precision"?, "simulated": {…}, "solved":
/// {…}}, both as above; the simulated latencies have their intervals beside them ("p99_interval_s": [low, high]).
std::string simulationToJson(const assess::Assessment& solved, const assess::Assessment& simulated,
                             const flow::SimulateOptions& options);

} // namespace plimsoll::exchange
