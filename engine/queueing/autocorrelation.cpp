#include "engine/queueing/autocorrelation.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::queueing {

double queueAutocorrelation(double utilisation, double lag) {
    if (!(lag > 0)) return 1;
    // The mean number after the lag, from i: i + (rho - 1) lag + x^i / (s + rho (1 - x)), where x, the transform of the
    // time until there is one less, is the root below 1 of rho x^2 - (1 + rho + s) x + 1; its covariance with i over
    // the geometric law of i.
    const double rho = utilisation, s = 1 / lag, sum = 1 + rho + s;
    const double x = 2 / (sum + std::sqrt(sum * sum - 4 * rho));
    const double left = 1 - x, whole = 1 - rho * x;
    const double fallen = left * (1 - rho) * (1 - rho) / ((s + rho * left) * whole * whole);
    return std::clamp(1 - fallen, 0.0, 1.0);
}

} // namespace plimsoll::queueing
