// Least connections where a request keeps its connection longer than it is at the station: other stations, delays,
// calls downstream (own derivation and measurement). Internal to engine/balancer/model.
//
// The policy keeps the numbers of connections equal, and each server is then a closed network of that many requests:
// the station and a delay. The number of all connections is a birth-death chain whose rate up is the arrivals' and
// whose rate down is n times the closed network's throughput (the flow-equivalent server of Chandy, Herzog and Woo
// 1975). Without the delay this is M/M/(n c); with a long one the count says nothing of the station's queue, and the
// wait tends to that of random. Simulated (n 4 and 8, 1 and 2 cores, utilisation 0.7 and 0.85, held for 0.3 to 30
// services, Fcfs and processor sharing): mean wait within 5 %, beyond one service within 2.5 %.
#pragma once
#include "engine/balancer/model/places.h"

namespace plimsoll::balancer {

struct HeldFound {
    double wait = 0; // mean, exponential service, in services
    Places places;
    Seen seen; // Detail::Laws only
};
/// `held` in services, > 0.
HeldFound heldConnections(const EqualServers& servers, double held, bool seen);

} // namespace plimsoll::balancer
