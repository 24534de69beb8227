// The mixture of shifted gammas of flow/model.h: moments, transform, distribution function, quantiles.
#pragma once
#include "engine/distribution/cumulants.h"

#include <complex>

namespace plimsoll::distribution {

using flow::Distribution;
using flow::Phase;

/// Always `value`.
Distribution constant(Seconds value);
Distribution exponential(Seconds mean);
/// One gamma; scv > 0.
Distribution gamma(Seconds mean, double scv);
/// The sum of `phases` equal exponentials.
Distribution erlang(Seconds mean, std::uint32_t phases);
/// scv 0 constant; 0 < scv <= 1 one gamma of shape 1/scv; scv > 1 two exponentials with balanced means.
Distribution fromMeanScv(Seconds mean, double scv);

/// True for one exponential without an offset, and for the constant 0.
bool isExponential(const Distribution& law);
/// True when every phase is the same constant.
bool isConstant(const Distribution& law);

/// E[X^n] in s^n, n = 1..4.
double rawMoment(const Distribution& law, int n);
Seconds mean(const Distribution& law);
Cumulants cumulants(const Distribution& law);
Cumulants cumulants(const Phase& phase);
/// Variance over squared mean; 0 for the constant 0.
double scv(const Distribution& law);

/// E[e^{-sX}] for Re s >= 0.
std::complex<double> transform(const Distribution& law, std::complex<double> s);

/// P(X > t) and P(X <= t), exact (incomplete gamma).
double survival(const Distribution& law, double t_s);
double cdf(const Distribution& law, double t_s);
/// The least t with P(X > t) <= 1 - level; level in [0, 1).
Seconds quantile(const Distribution& law, double level);
/// The same for one phase alone (its weight is left aside).
double survival(const Phase& phase, double t_s);
double quantile_s(const Phase& phase, double tail);

/// Every offset and scale times `factor` >= 0.
Distribution scaled(Distribution law, double factor);

} // namespace plimsoll::distribution
