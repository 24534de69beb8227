// How bursty the arrivals at every station of an open network are: two moments along the links (Whitt 1983, QNA;
// theory/networks.md 2).
#pragma once
#include "engine/network/traffic_equations.h"

namespace plimsoll::network {

/// One station. Immediate returns to it (a route to itself) are taken care of.
struct OpenStation {
    double servers = 1; // whole, >= 1; infinity: a pure delay
    double serviceMean_s = 0, serviceScv = 1;
    double externalRate_per_s = 0, externalScv = 1; // of the time between external arrivals
    bool sharing = false;                           // processor sharing
};

/// The station once its immediate returns are taken out: a visit lasts until the request goes elsewhere.
struct MergedStation {
    double arrivalRate_per_s = 0;
    double serviceMean_s = 0, serviceScv = 1;
    double load = 0; // erlangs
    double arrivalScv = 1;
    double visitsMerged = 1; // original visits in one merged visit
};

/// `rates_per_s` are those of trafficRates(). Stations at or above their capacity pass on what they carry. Gauss and
/// Seidel in the order of the flow, until nothing moves by 1e-9: one round without cycles.
std::vector<MergedStation> arrivalVariability(std::span<const OpenStation> stations, std::span<const Route> routes,
                                              std::span<const double> rates_per_s);

} // namespace plimsoll::network
