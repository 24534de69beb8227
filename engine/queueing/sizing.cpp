#include "engine/queueing/sizing.h"

#include "engine/distribution/incomplete_gamma.h"
#include "engine/queueing/erlang.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::queueing {
namespace {

/// The smallest whole number >= `least` that is good; what is good stays good above it. Brackets outward from `guess`
/// in steps that double, then halves.
template <class Good> double smallest(double least, double guess, Good good) {
    double low = least - 1, high = std::max(least, std::floor(guess)); // low is not good (or below the least)
    for (double step = 1; !good(high); step *= 2) {
        low = high;
        high += step;
    }
    for (double step = 1; high - step > low; step *= 2) {
        if (!good(high - step)) {
            low = high - step;
            break;
        }
        high -= step;
    }
    while (high - low > 1) {
        const double middle = low + std::floor((high - low) / 2);
        if (middle <= low || middle >= high) break; // beyond 2^53 not every whole number is a double
        (good(middle) ? high : low) = middle;
    }
    return high;
}

/// From where the search begins: the normal quantile with its first correction for skewness.
double startOf(double load, double probability) {
    const double z = std::sqrt(2 * std::max(0.0, -std::log(std::max(probability, 1e-300))));
    return load + z * std::sqrt(load) + (z * z - 1) / 6;
}

} // namespace

double busyBeyond(double servers, double load) {
    return distribution::lowerGamma(servers + 1, load);
}

double serversForBusy(double load, double probability) {
    return smallest(0, startOf(load, probability), [&](double c) { return busyBeyond(c, load) <= probability; });
}

double serversForLoss(double load, double probability) {
    return smallest(0, startOf(load, probability), [&](double c) { return erlangB(c, load) <= probability; });
}

double serversForWait(double load, double probability) {
    return smallest(std::max(1.0, std::floor(load)), startOf(load, probability),
                    [&](double c) { return c > load && erlangC(c, load) <= probability; });
}

} // namespace plimsoll::queueing
