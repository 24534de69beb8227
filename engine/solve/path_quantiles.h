// Quantiles and curves from survival functions.
#pragma once
#include "engine/queueing/mgc.h"
#include "engine/solve/path_terms.h"
#include "engine/solve/solution.h"

namespace plimsoll::flow {

/// Quantiles at kLevels, each to 1e-9 of the time above the smallest constant. `total` are the cumulants of the whole.
void findQuantiles(const std::vector<PathLaw>& branches, const distribution::Cumulants& total,
                   std::array<Seconds, kLevels.size()>& quantile);

/// 200 points of the distribution function, rising, from the smallest constant to just past the last quantile:
/// geometric in the time above the constant, by monotone cubics between inverted points.
void drawCdf(const std::vector<PathLaw>& branches, const std::array<Seconds, kLevels.size()>& quantile,
             std::vector<std::pair<Seconds, Probability>>& cdf);

/// Quantiles of a wait: an atom at 0 and a gamma.
void writeWaitQuantiles(const queueing::Wait& wait, std::array<Seconds, kLevels.size()>& quantile);

} // namespace plimsoll::flow
