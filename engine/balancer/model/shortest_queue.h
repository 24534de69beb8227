// Least connections over equal servers: the shortest queue is joined, ties at random (theory/balancing.md 3; laws, the
// share of general service and held connections: own measurement). Internal to engine/balancer/model.
#pragma once
#include "engine/balancer/model/places.h"

namespace plimsoll::balancer {

/// Mean wait with exponential service, in services: that of M/M/(n c) times 1 + 0.6 (n-1)^0.8 (1-rho), own fit. Mean
/// response within 1.7 % (n 2 to 64, utilisation 0.5 to 0.95, 1 to 16 cores).
double shortestQueueWait(const EqualServers& servers);
/// What an arrival meets: once all servers queue, their queues grow together, so that each further place is rho^n times
/// rarer; the chance to wait follows from the mean. One server: M/M/c exactly. Against simulation p50 to p99.9 of the
/// response within 3 % up to 0.9.
Places shortestQueuePlaces(const EqualServers& servers);
Seen shortestQueueSeen(const EqualServers& servers, const Places& places);

/// Factor on the mean Fcfs wait for general service: (1 + scv) / 2, less what the policy avoids by leaving servers with
/// a long request alone. The latter is 20 d^2 sqrt(p) (1-p) (n-1)/n of it, p the chance to wait, d = 1/2 - E[min of two
/// residual services] / E[residual service] by the hyperexponential with the same three moments: own fit to 36
/// simulated points, hyperexponential, lognormal, gamma and two-point service, scv 0 to 9, mean response within 5 %.
double shortestQueueServiceFactor(const EqualServers& servers, double waits, const queueing::ServiceMoments& service);

/// Lopsidedness d of the service law, see above; 0 up to scv 1, negative for laws whose long requests are alike.
double residualSpread(const queueing::ServiceMoments& service);

} // namespace plimsoll::balancer
