// Incomplete gamma functions for shapes of any size. Boost's take O(sqrt(shape)) steps and give up beyond 1e10.
#pragma once

namespace plimsoll::distribution {

/// P(G > x) and P(G <= x), G gamma of this shape > 0 and scale 1; x >= 0. Up to a shape of 1e5 Boost's; beyond, Temme's
/// uniform expansion (1979), the series or the continued fraction: relative error below 1e-12 where the result is above
/// 1e-300 and shape and x are exact.
double upperGamma(double shape, double x);
double lowerGamma(double shape, double x);
/// x^shape e^-x / Gamma(shape): x times the density.
double gammaFront(double shape, double x);
double logGammaFront(double shape, double x);
/// upperGamma / gammaFront, also where both underflow; infinity where it overflows. x > 0.
double upperGammaRatio(double shape, double x);

} // namespace plimsoll::distribution
