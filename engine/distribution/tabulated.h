// A law as a table of its survival function, exponential between the points: what comes out of a maximum, a k-th of n
// or a timeout, in a form that can be added up again (theory/networks.md 5).
#pragma once
#include "engine/distribution/cumulants.h"

#include <complex>
#include <functional>
#include <vector>

namespace plimsoll::distribution {

/// P(X > t) is 1 before time[0], survival[j] at time[j], falls with rate[j] from there, the last one without end. Times
/// rise, survivals fall and are positive; the first one below 1 is an atom at time[0]. A law of one point is the
/// constant time[0], its rate infinite.
struct TabulatedLaw {
    std::vector<double> time_s, survival, rate_per_s;
    Cumulants cumulants; // of what the table stands for
};
/// From the points alone; beyond the last one as in the last segment. The cumulants are those of the table.
TabulatedLaw fromPoints(std::vector<double> time_s, std::vector<double> survival);

/// How often tabulate() looks at the survival function, and how many points it makes of that.
inline constexpr std::size_t kTableSamples = 24, kTablePoints = 40;

/// The table of a law that starts at `start` (where it may have an atom) and reaches about `size` beyond it (its mean
/// less the start; any guess > 0 will do): samples from P(X > t) = 0.995 to 1e-6, closest where the function falls
/// most, a monotone cubic through them, and points where that bends.
TabulatedLaw tabulate(const std::function<double(double)>& survival, double start_s, double size_s,
                      std::size_t samples = kTableSamples, std::size_t points = kTablePoints);

double survival(const TabulatedLaw& law, double t_s);
/// The least t with P(X > t) <= 1 - level; level in [0, 1).
double quantile_s(const TabulatedLaw& law, double level);
/// E[e^{-sX}], Re s >= 0, s != 0.
std::complex<double> transform(const TabulatedLaw& law, std::complex<double> s);

/// X given X <= end, tabulated again; `end` > time[0].
TabulatedLaw truncated(const TabulatedLaw& law, double end_s);

} // namespace plimsoll::distribution
