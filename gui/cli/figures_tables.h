// An assessment as tables for people.
#pragma once
#include "models/assess/assessment.h"
#include "models/document/project.h"

#include <string>

namespace plimsoll::gui::cli {

/// Verdict, request types, targets, components (first to fill first), problems.
std::string figuresTables(const document::Project& project, const assess::Assessment& assessment);
/// "warning: Orders DB: ..." without the severity.
std::string problemLine(const assess::Problem& problem);

} // namespace plimsoll::gui::cli
