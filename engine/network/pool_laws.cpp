// With T tokens, arrival rate a, last rate m, r = a / m: the chance of T + j is p r^(j+1), p that of T - 1; the virtual
// wait above 0 has the density a p e^{-(m - a) x}, less where a limit or a deadline keeps arrivals out.
#include "engine/network/pool_laws.h"

#include "engine/queueing/truncated.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::network {
namespace {

using distribution::Cumulants;

double lastRate(const PoolQueue& pool) {
    return pool.rates_per_s.back();
}

/// Sum of e^{slope j}, j = 0 .. count - 1, over its largest term.
double geometricSum(double slope, double count) {
    return queueing::geometricSum(-std::abs(slope), count);
}

/// Integral of e^{slope x} over (0, end), over its largest value.
double exponentialIntegral(double slope, double end) {
    const double y = std::abs(slope) * end;
    return y < 1e-12 ? end : -std::expm1(-y) / std::abs(slope);
}

/// `more` states above the state `highest`, each e^{slope} times as likely as the one below it.
void addStates(FreeStates& free, double slope, double highest, double more) {
    const double logThese = std::log(geometricSum(slope, more)) + (slope > 0 ? slope * more : slope);
    const double larger = std::max(-free.logLast, logThese); // in units of the state `highest`
    const double logAll = larger + std::log(std::exp(-free.logLast - larger) + std::exp(logThese - larger));
    const double mean = highest + 1 + queueing::truncatedGeometric(slope, more).mean;
    free.logLast = slope * more - logAll;
    free.mean += (mean - free.mean) * std::exp(logThese - logAll);
}

} // namespace

double balance(PoolMasses& masses, double logAbove) {
    masses.below = std::exp(-std::max(0.0, logAbove));
    return std::exp(std::min(0.0, logAbove));
}

FreeStates freeStates(const PoolQueue& pool) {
    constexpr double kSmall = 1e-280; // below it the logarithm is carried
    const double rate = pool.arrivalRate_per_s;
    const double given = std::min(pool.tokens - 1, double(pool.rates_per_s.size())); // the highest state with a rate
    FreeStates free;
    double last = 1, logScale = 0; // the chance of the highest state so far, among those up to it
    for (std::size_t n = 1; n <= std::size_t(given); ++n) {
        const double back = pool.rates_per_s[n - 1], next = rate * last / (rate * last + back);
        if (logScale == 0 && next > kSmall) {
            last = next;
            free.mean += (double(n) - free.mean) * last;
            continue;
        }
        logScale += std::log(rate / back);
        if (logScale + std::log(last) <= std::log(kSmall)) continue;
        last *= std::exp(logScale);
        logScale = 0;
    }
    free.logLast = std::log(last) + logScale;
    if (given < pool.tokens - 1) addStates(free, std::log(rate / lastRate(pool)), given, pool.tokens - 1 - given);
    return free;
}

PoolMasses massesWithoutLimit(const PoolQueue& pool, const FreeStates& free) {
    const double clearing = 1 / (lastRate(pool) - pool.arrivalRate_per_s); // mean wait of those that wait
    PoolMasses masses;
    masses.served = std::exp(free.logLast) * pool.arrivalRate_per_s * clearing;
    masses.wait = {clearing, clearing * clearing, 2 * clearing * clearing * clearing};
    return masses;
}

PoolMasses massesWithLimit(const PoolQueue& pool, const FreeStates& free) {
    const double slope = std::log(pool.arrivalRate_per_s / lastRate(pool)), limit = *pool.queueLimit;
    PoolMasses masses;
    const double largest = balance(masses, free.logLast + slope + std::max(0.0, slope * limit)); // of T .. T + limit
    masses.refused = slope > 0 ? largest : largest * std::exp(slope * limit);
    if (limit == 0) return masses;
    // In state T + j the wait is the sum of j + 1 exponentials.
    masses.served = (slope > 0 ? largest * std::exp(-slope) : largest) * geometricSum(slope, limit);
    const Cumulants found = queueing::truncatedGeometric(slope, limit);
    const double one = 1 / lastRate(pool), number = found.mean + 1;
    masses.wait = {number * one, (number + found.variance) * one * one,
                   (2 * number + 3 * found.variance + found.third) * one * one * one};
    return masses;
}

PoolMasses massesWithDeadline(const PoolQueue& pool, const FreeStates& free) {
    const double rate = pool.arrivalRate_per_s, deadline = *pool.maxWait_s;
    const double slope = rate - lastRate(pool);
    PoolMasses masses;
    const double largest =
        balance(masses, free.logLast + std::log(rate / lastRate(pool)) + std::max(0.0, slope * deadline));
    masses.timedOut = slope > 0 ? largest : largest * std::exp(slope * deadline);
    if (deadline == 0) return masses;
    masses.served = largest * lastRate(pool) * exponentialIntegral(slope, deadline);
    masses.wait = queueing::truncatedExponential(slope, deadline);
    return masses;
}

} // namespace plimsoll::network
