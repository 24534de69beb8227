// M/G/1 whose machine pauses at random, busy or idle (garbage collection): a request in service goes on afterwards
// where it stopped (Avi-Itzhak and Naor 1963; theory/stations.md 10).
#pragma once
#include "engine/queueing/wait.h"

namespace plimsoll::queueing {

struct Pauses {
    double rate_per_s = 0; // per second of running time
    distribution::Distribution length;
};

/// The service with the pauses that fall into it: first four raw moments.
ServiceMoments pausedService(const ServiceMoments& service, const Pauses& pauses);
/// Utilisation with the pauses in service counted; below 1 there is a steady state.
double pausedLoad(double arrivalRate_per_s, double serviceMean_s, const Pauses& pauses);

struct PausedStation {
    WaitTransform wait;                                                   // until the service begins, exact
    std::function<std::complex<double>(std::complex<double>)> completion; // of the service with its pauses
    distribution::Cumulants response;
};
PausedStation pausedStation(double arrivalRate_per_s, const distribution::Distribution& service, const Pauses& pauses);
Seconds pausedResponseQuantile(const PausedStation& station, double level);

} // namespace plimsoll::queueing
