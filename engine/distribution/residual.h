// The time left of something that is met under way: the equilibrium law, density P(X > t) / E[X].
#pragma once
#include "engine/distribution/distribution.h"

namespace plimsoll::distribution {

/// 1 - E[e^{-sX}], also where s is tiny; Re s >= 0.
std::complex<double> complement(const Distribution& law, std::complex<double> s);
/// E[e^{-sR}] = (1 - E[e^{-sX}]) / (s E[X]), R what is left of X; X of positive mean, s != 0.
std::complex<double> residualTransform(const Distribution& law, std::complex<double> s);
/// Its cumulants: E[R^n] = E[X^{n+1}] / ((n + 1) E[X]).
Cumulants residualCumulants(const Distribution& law);

} // namespace plimsoll::distribution
