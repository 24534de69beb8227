// Laws cut off at an end: the geometric on 0 .. n - 1 and the exponential on (0, T), whatever the sign of their slope
// and without cancellation where it is small. Both have cumulants by L(y) = ln((e^y - 1) / y), the cumulant generating
// function of the uniform law on (0, 1) (own derivation; the mean is J of theory/stations.md 3).
#pragma once
#include "engine/distribution/cumulants.h"

namespace plimsoll::queueing {

/// L'(y), L''(y), L'''(y): the mean, variance and third central moment of the density e^{yx} on (0, 1), scaled.
distribution::Cumulants tiltedUniform(double y);
/// Density proportional to e^{slope x} on (0, end).
distribution::Cumulants truncatedExponential(double slope, double end);
/// Probabilities proportional to e^{slope j}, j = 0 .. count - 1; `count` >= 1 may be a fraction.
distribution::Cumulants truncatedGeometric(double slope, double count);
/// Sum of e^{slope j}, j = 0 .. count - 1.
double geometricSum(double slope, double count);

} // namespace plimsoll::queueing
