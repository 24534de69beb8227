// Laws that are not mixtures of gammas, fitted by at most 12 phases. The fit keeps its error.
#pragma once
#include "engine/distribution/distribution.h"

namespace plimsoll::distribution {

struct Fitted {
    Distribution law;
    double cdfError = 0; // the largest |F_fit - F|
};

/// Lognormal of this mean and scv > 0 as 11 Erlang laws on Gauss-Hermite nodes, mean and scv exact
/// (theory/stations.md 4).
Fitted fitLognormal(Seconds mean, double scv);

/// Pareto of this mean and tail exponent > 1 (P(X > x) = (minimum / x)^exponent) as 12 exponentials behind the minimum,
/// mean exact: a Pareto's excess is a mixture of exponentials whose rate is gamma distributed (Feller 1971, II.4),
/// taken at equal steps of the logarithm of the rate. Its moments above the first are those of the fit.
Fitted fitPareto(Seconds mean, double tailExponent);

} // namespace plimsoll::distribution
