// The answer of `solve --json` (DESIGN.md section 10). Later versions add keys and never change one.
#pragma once
#include "models/assess/assessment.h"

#include <string>

namespace plimsoll::exchange {

std::string assessmentToJson(const assess::Assessment& assessment);

} // namespace plimsoll::exchange
