// Confidence intervals from batches.
#pragma once
#include <span>
#include <vector>

namespace plimsoll::simulate {

/// What a batch contributes to a ratio: the sum of values over the sum of weights.
struct BatchShare {
    double value = 0, weight = 0;
};

/// Half of the 95 % interval of sum(value) / sum(weight), from the batches of several replications, each in order.
/// Neighbouring batches are joined until their residuals are no longer correlated, or ten groups are left; what
/// correlation remains widens the interval as for a first-order process. Ratio estimator and Student's t. Infinite for
/// fewer than two batches with weight.
double halfWidth(std::span<const std::vector<BatchShare>> replications);

} // namespace plimsoll::simulate
