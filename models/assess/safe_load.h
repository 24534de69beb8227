// How far each target holds: the Plimsoll line (DESIGN.md section 5). Internal to models/assess.
#pragma once
#include "models/assess/prepared.h"

namespace plimsoll::assess {

struct SafeLoad {
    std::optional<double> factor; // none: it never holds, or holds at every load up to 1,000
    bool atEveryLoad = false;
    bool collapses = false; // beyond `factor` the class can collapse; its figures need not have reached the bound
    bool decided = false;   // false: no request of its class, not computed, or stopped
};

/// By target. Latency is not monotone in the load, so a grid of factors is scanned and the first crossing is refined.
std::vector<SafeLoad> safeLoads(const document::Project& project, Prepared& prepared, std::stop_token stop);

} // namespace plimsoll::assess
