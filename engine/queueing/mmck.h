// M/M/c/K: a finite queue that refuses, in O(1) for any size (theory/stations.md 3).
#pragma once
#include "engine/queueing/wait.h"

namespace plimsoll::queueing {

/// K = `capacity` counts those waiting and in service; as a real number it interpolates (finite_queue.h needs that).
/// Shared instead of queued (processor sharing), the same probabilities hold for any service law.
struct FiniteStation {
    double servers = 1;
    double capacity = 1;      // >= servers
    double load = 0;          // offered erlangs, any size
    double serviceMean_s = 0; // > 0
};

struct FiniteFigures {
    double loss = 0;           // share of the arrivals that finds the queue full
    double carriedLoad = 0;    // erlangs: servers busy on average; load x (1 - loss) without its cancellation
    double queueLength = 0;    // waiting only
    double numberInSystem = 0; // waiting and in service
    Wait wait;                 // of those that are let in, exact
};
FiniteFigures finiteQueue(const FiniteStation& station);

/// P(an accepted request waits longer than t), by incomplete gamma functions; P(its response is longer than t).
double finiteWaitSurvival(const FiniteStation& station, double t_s);
double finiteResponseSurvival(const FiniteStation& station, double t_s);
Seconds finiteWaitQuantile(const FiniteStation& station, double level);
Seconds finiteResponseQuantile(const FiniteStation& station, double level);

} // namespace plimsoll::queueing
