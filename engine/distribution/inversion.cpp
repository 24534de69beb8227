#include "engine/distribution/inversion.h"

#include <boost/math/tools/toms748_solve.hpp>

#include <cmath>
#include <limits>

namespace plimsoll::distribution {

double quantileOfSurvival(const std::function<double(double)>& survival, double level, double guess) {
    const double tail = 1 - level, target = std::log(tail);
    if (survival(0) <= tail) return 0;
    const auto off = [&](double x) {
        return std::log(std::max(survival(std::exp(x)), std::numeric_limits<double>::min())) - target;
    };
    constexpr double kTwo = 0.6931471805599453, kSpan = 700; // ln 2; of a double's range in e-folds
    double low = std::log(guess), atLow = off(low), high = low, atHigh = atLow;
    while (atHigh > 0 && high < kSpan) {
        low = high;
        atLow = atHigh;
        high += kTwo;
        atHigh = off(high);
    }
    while (atLow <= 0 && low > -kSpan) {
        high = low;
        atHigh = atLow;
        low -= kTwo;
        atLow = off(low);
    }
    if (atHigh == 0 || atLow <= 0) return std::exp(atHigh == 0 ? high : low);
    if (atHigh > 0) return std::exp(high);
    std::uintmax_t rounds = 100;
    constexpr double kRelative = 1e-12; // of t: in its logarithm an absolute width
    const auto close = [](double a, double b) { return std::abs(b - a) < kRelative; };
    const auto [a, b] = boost::math::tools::toms748_solve(off, low, high, atLow, atHigh, close, rounds);
    return std::exp((a + b) / 2);
}

} // namespace plimsoll::distribution
