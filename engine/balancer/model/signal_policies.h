// Policies that go by a signal of the servers instead of counting connections: LeastResponseTime and ResourceBased
// (theory/balancing.md 6 and 7). Internal to engine/balancer/model.
//
// With a signal at once, the smoothed response time times the connections is as good as least connections, and the
// lowest utilisation is a free core if there is one and any server if there is none. With a signal that is only polled
// now and then the lowest takes all until the next poll: a herd.
#pragma once
#include "engine/balancer/model/places.h"

namespace plimsoll::balancer {

/// A free core is found if there is one; otherwise any server, with whatever queue it has. Chance to wait as under
/// least connections and a little more, own fit; geometric queue. n 4 to 16, one core, utilisation 0.5 to 0.9: mean
/// response within 4 %.
Places idleFirstPlaces(const EqualServers& servers);

/// Mean wait, in services, that a herd adds when signals are `age` services old. LeastResponseTime: the one server that
/// is lowest takes all in turn, and grows by n rho - 1 for `age`; n 3 to 16, age 0.5 to 10: mean response within 20 %,
/// from n rho = 2 on within 6 %. ResourceBased: several that were idle share the requests, own fit: within 30 %.
double herdByResponseTime(const EqualServers& servers, double age);
double herdByUtilisation(const EqualServers& servers, double age);

} // namespace plimsoll::balancer
