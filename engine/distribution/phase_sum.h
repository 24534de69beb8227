// Sums of independent exponential stages, to full precision.
#pragma once
#include <optional>
#include <span>

namespace plimsoll::distribution {

/// P(the sum of exponentials of these means > t), by uniformisation: a sum of positive terms, so that equal and nearly
/// equal means are no special case (Jensen 1953). None where it would take more than kMostJumps steps: t far beyond the
/// smallest mean.
std::optional<double> stagesSurvival(std::span<const double> means_s, double t_s);
inline constexpr double kMostJumps = 2e6; // over all stages

} // namespace plimsoll::distribution
