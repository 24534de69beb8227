// Quantiles of a law that is known by its survival function alone.
#pragma once
#include <functional>

namespace plimsoll::distribution {

/// The least t >= 0 with survival(t) <= 1 - level, to 1e-10 of itself where `survival` is that smooth; `survival` falls
/// from at most 1 to 0, level lies in [0, 1), `guess` > 0 is any time of the law's size (its mean). Bracketed in
/// factors of two, then by toms748 on ln survival against ln t (theory/stations.md 15).
double quantileOfSurvival(const std::function<double(double)>& survival, double level, double guess);

} // namespace plimsoll::distribution
