// G/G/c, first come first served, by two moments of the interarrival and of the service time (theory/stations.md 6).
#pragma once
#include "engine/queueing/wait.h"

namespace plimsoll::queueing {

struct GgcStation {
    double servers = 1;
    double load = 0;            // erlangs, < servers
    double serviceMean_s = 0;   // over the mix of all classes
    double arrivalScv = 1;      // of the time between arrivals; 1 = Poisson
    double serviceScv = 1;      // of the mix
    double waitProbability = 0; // Erlang C of the load
};

/// Mean wait over that of M/M/c at the same load. One server: Kraemer and Langenbach-Belz 1976, for Poisson arrivals
/// exact. More: Kimura 1986 for smooth arrivals (with Whitt 1993 for bursty service), above an arrival scv of 1 the
/// exact GI/M/c wait scaled. Against 308 exact cases (c to 64, utilisation 0.5 to 0.95, arrival scv 1/16 to 10, service
/// scv 1/4 to 10) the mean response is off by 1.3 % on average, 8.9 % at most.
double ggcWaitRatio(const GgcStation& station);
/// P(an arrival waits): Kraemer and Langenbach-Belz for one server, Whitt 1993 for more; 1.5 points off on average in
/// the same cases, 8.9 at most.
double ggcWaitProbability(const GgcStation& station);
/// All three together. Simulated, response p95 / p99 / p99.9 off by 2.1 / 2.3 / 3.2 % on average.
Wait ggcWait(const GgcStation& station);

} // namespace plimsoll::queueing
