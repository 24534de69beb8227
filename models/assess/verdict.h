// The verdict as one sentence, the same in window, report and on the command line (mock/report.md lists the cases).
#pragma once
#include "models/assess/assessment.h"
#include "models/document/project.h"

#include <string>
#include <string_view>

namespace plimsoll::assess {

/// At most 30 words, present tense, scenario as subject: who, at which load, does what, up to where, what gives out.
/// Order of cases: nothing solved, no traffic, no target, unstable, can collapse, missed,
/// met.
std::string verdict(const document::Project& project, const Assessment& assessment);

/// "Checkout p99", "Browse errors", "Cost a month".
std::string targetName(const document::Project& project, const document::Target& target);
/// A target's bound or value in its metric's unit: "300 ms", "0.1 %", "120/s", "x1.5".
std::string targetFigure(document::Metric metric, double value);

/// "met", "missed", "can collapse", "no verdict".
std::string_view verdictWord(const TargetVerdict& verdict);

/// Whether any target is missed (exit status 3): false for targets without a verdict.
bool anyTargetMissed(const Assessment& assessment);

} // namespace plimsoll::assess
