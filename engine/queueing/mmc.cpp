#include "engine/queueing/mmc.h"

#include "engine/queueing/erlang.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace plimsoll::queueing {

MmcFigures mmc(const Mmc& station) {
    MmcFigures figures;
    const double service = toSeconds(station.service), rate = toPerSecond(station.arrivalRate);
    figures.load = station.arrivalRate * station.service;
    figures.utilisation = figures.load / station.servers;
    figures.steady = figures.load < station.servers;
    if (!figures.steady) return figures;
    figures.waitProbability = erlangC(station.servers, figures.load);
    figures.clearingRate = service > 0 ? (station.servers - figures.load) / service : 0;
    figures.waitMean = Seconds{service > 0 ? figures.waitProbability * service / (station.servers - figures.load) : 0};
    figures.responseMean = figures.waitMean + station.service;
    figures.queueLength = rate * toSeconds(figures.waitMean);
    return figures;
}

double mmcResponseSurvival(const Mmc& station, const MmcFigures& figures, double t_s) {
    const double service = toSeconds(station.service);
    if (service == 0) return 0;
    // In units of the mean service: mu = 1, v = c - a, d = v - 1.
    const double t = t_s / service, v = station.servers - figures.load, d = v - 1, wait = figures.waitProbability;
    const double y = d * t;
    if (y < -30) return std::exp(-v * t) * wait / -d + std::exp(-t) * (1 - wait / -d);
    const double phi = y == 0 ? 1 : -std::expm1(-y) / y;
    return std::exp(-t) * (1 + wait * t * phi);
}

Seconds mmcWaitQuantile(const MmcFigures& figures, double level) {
    if (figures.waitProbability <= 1 - level) return Seconds{0};
    return Seconds{std::log(figures.waitProbability / (1 - level)) / figures.clearingRate};
}

Seconds mmcResponseQuantile(const Mmc& station, const MmcFigures& figures, double level) {
    // P(T > t) lies between P(S > t) and P(S + W' > t), W' the wait of those that wait: bracket, then bisect with
    // secants.
    const double target = std::log1p(-level), service = toSeconds(station.service);
    if (service == 0) return Seconds{0};
    const auto off = [&](double t) { return std::log(mmcResponseSurvival(station, figures, t)) - target; };
    double low = 0, high = service;
    while (off(high) > 0) {
        low = high;
        high *= 2;
    }
    for (int i = 0; i < 200 && high - low > 2 * std::numeric_limits<double>::epsilon() * high; ++i) {
        const double atLow = off(low), atHigh = off(high);
        double guess = low + (high - low) * atLow / (atLow - atHigh);
        if (i % 3 == 2 || !(guess > low && guess < high)) guess = low + (high - low) / 2;
        const double atGuess = off(guess);
        if (atGuess == 0) return Seconds{guess};
        (atGuess > 0 ? low : high) = guess;
    }
    return Seconds{std::midpoint(low, high)};
}

} // namespace plimsoll::queueing
