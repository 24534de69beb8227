// Concurrency that costs: the universal scalability law (Gunther 2007) and stations that obey it (theory/stations.md
// 13).
#pragma once
#include "engine/queueing/ps.h"

#include <optional>

namespace plimsoll::queueing {

/// X(n) / X(1) = n / (1 + sigma (n - 1) + kappa n (n - 1)); n >= 0.
double relativeCapacity(const flow::Contention& contention, double n);

struct BestConcurrency {
    std::optional<double> real, whole; // none where more is always better (kappa = 0)
    std::optional<double> limit;       // of the relative capacity then; none where sigma is 0 too
};
BestConcurrency bestConcurrency(const flow::Contention& contention);

/// A station whose speed depends on the number in service: queued, at most `servers` of those present; shared, all
/// present (a request uses one server at most).
struct ContentionStation {
    double servers = 1;
    std::optional<double> capacity; // waiting and in service; needed where it is shared
    double load = 0;                // offered, with the service time of one alone
    double serviceMean_s = 0;       // of one alone
    flow::Contention contention;
    bool shared = false;
};

/// How many one-alone-servers' worth of work is done with n present.
double stationSpeed(const ContentionStation& station, double present);

struct ContentionFigures {
    bool steady = true;
    double speed = 0;        // with all servers busy, or shared with all places taken
    double highestSpeed = 0; // over the numbers present: load beyond it is never carried
    double loss = 0;
    double carriedLoad = 0;    // load x (1 - loss), without its cancellation
    double numberInSystem = 0; // of one alone's service times a second
    double inService = 0;
    double responseMean_s = 0; // of those that are let in
    Wait wait;                 // before service; queued stations
};
/// Exponential service where it queues; shared, any service law (insensitive). None where more than kMostPresent
/// numbers would have to be added up.
std::optional<ContentionFigures> contentionStation(const ContentionStation& station);
inline constexpr double kMostPresent = 1e6;

/// A shared station as a request that is let in meets it, for psResponseCumulants() and psResponseLaw(); also without
/// contention, for a station with a bound alone. None where the numbers present that matter are more than kMostSeen.
std::optional<PsStation> sharedStation(const ContentionStation& station, double serviceScv);
inline constexpr double kMostSeen = 8192;

} // namespace plimsoll::queueing
