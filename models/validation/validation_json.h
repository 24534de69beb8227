#pragma once
#include "models/validation/validate.h"

#include <string>

namespace plimsoll::validation {

/// The answer of `validate --json`: {"format_version", "models", "requests", "seed", "summaries": [{"family",
/// "utilisation": [low, high], "cases", "mean": {"median", "worst", "uncertainty"}, "p50", "p95", "p99"}], "missing":
/// [{"family", "models", "reason"}]}; deviations as shares.
std::string validationToJson(const Options& options, const Outcome& outcome);

} // namespace plimsoll::validation
