// Confidence intervals from batches.
#pragma once
#include <span>
#include <vector>

namespace plimsoll::simulate {

/// What a batch contributes to a ratio: the sum of values over the sum of weights.
struct BatchShare {
    double value = 0, weight = 0;
};

/// How far below and above its estimate a figure may lie.
struct Margins {
    double below = 0, above = 0;
};

/// The 95 % interval of sum(value) / sum(weight), from the batches of several replications, each in order.
/// Neighbouring batches are joined until their residuals are no longer correlated, or ten groups are left; what
/// correlation remains widens the interval as for a first-order process. Ratio estimator and Student's t, moved where
/// the residuals are skewed: rare batches that lie far out on one side are missed by most runs, which then see too
/// little of both the figure and its spread (N. J. Johnson, Modified t tests and confidence intervals for asymmetrical
/// populations, 1978); never narrower than without. Infinite for fewer than two batches with weight.
Margins margins(std::span<const std::vector<BatchShare>> replications);

} // namespace plimsoll::simulate
