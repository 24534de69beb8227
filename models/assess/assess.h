// Project -> flow::Model -> Solution -> Assessment.
#pragma once
#include "models/assess/assessment.h"
#include "models/document/error.h"

#include <expected>
#include <span>
#include <stop_token>

namespace plimsoll::assess {

struct Options {
    double loadFactor = 1;
    std::map<Id, std::uint32_t> down = {}; // instances absent, by component
    bool safeLoads = true;                 // scan for the targets' safe load factors (some dozens of solves)
    std::uint64_t revision = 0;
};

/// Lowers, solves and assembles. Never fails: what cannot be solved stands in `problems`, and `solved` is false. A stop
/// request makes it return early with the problem code "stopped".
Assessment assess(const document::Project& project, const Id& scenario, const Options& options = {},
                  std::stop_token stop = {});

/// Latency of every class at each of `loadFactors` (ascending). Empty points where nothing can be solved.
LoadCurve loadCurve(const document::Project& project, const Id& scenario, std::span<const double> loadFactors,
                    const Options& options = {}, std::stop_token stop = {});

/// About `count` load factors that show the knee: from a tenth of the present load to just below saturation (to 10 x
/// where nothing saturates), denser near saturation.
std::vector<double> curveFactors(const Assessment& assessment, int count = 60);

} // namespace plimsoll::assess
