// How often the servers of each speed are busy: the chains behind heterogeneous.h. Internal to it.
#pragma once
#include "engine/queueing/heterogeneous.h"

namespace plimsoll::queueing {

struct BusyGroups {
    double allBusy = 0;              // an arrival waits
    std::vector<double> utilisation; // by group
    std::vector<double> firstChoice; // by group: share of the arrivals that takes it when all are idle
    bool exact = true;
};

/// An arrival takes any idle server with equal chances. Arrival rate below the sum of the rates.
BusyGroups randomIdle(double arrivalRate_per_s, std::span<const ServerGroup> groups);
/// An arrival takes the fastest idle server.
BusyGroups fastestIdle(double arrivalRate_per_s, std::span<const ServerGroup> groups);

} // namespace plimsoll::queueing
