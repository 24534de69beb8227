// M/M/c, first come first served (theory/stations.md 2): exact for every utilisation below 1.
#pragma once
#include "engine/units/quantity.h"

namespace plimsoll::queueing {

/// One station with Poisson arrivals and exponential service.
struct Mmc {
    double servers = 1;
    PerSecond arrivalRate;
    Seconds service{0}; // mean
};

struct MmcFigures {
    double load = 0;        // erlangs
    double utilisation = 0; // load / servers; >= 1: no steady state and nothing below is set
    bool steady = true;
    double waitProbability = 0; // Erlang C
    double clearingRate = 0;    // rate of the exponential wait of those that wait, per s
    Seconds waitMean{0}, responseMean{0};
    double queueLength = 0; // waiting only
};
MmcFigures mmc(const Mmc& station);

/// P(response > t), in a form that neither cancels nor overflows; t >= 0.
double mmcResponseSurvival(const Mmc& station, const MmcFigures& figures, double t_s);
/// Quantiles; level in [0, 1).
Seconds mmcWaitQuantile(const MmcFigures& figures, double level);
Seconds mmcResponseQuantile(const Mmc& station, const MmcFigures& figures, double level);

} // namespace plimsoll::queueing
