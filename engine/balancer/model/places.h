// What a request meets at the server that it is sent to, in places of the queue: with exponential service everything
// about the wait follows from it, and with general service the mean and a good shape. Internal to
// engine/balancer/model.
#pragma once
#include "engine/queueing/mgc.h"

#include <vector>

namespace plimsoll::balancer {

/// Equal servers behind one balancer; times in units of the mean service.
struct EqualServers {
    double count = 1;
    double cores = 1;       // of each
    double utilisation = 0; // of each, below 1
};

/// A request waits until N services of its server have ended; N = 0: a core is free. Waits are E[N] / cores services.
struct Places {
    double waits = 0;             // P(N >= 1)
    double first = 0, second = 0; // E[N], E[N^2], zeros included
};

/// N geometric among those that wait: P(N = k | N >= 1) = (1 - ratio) ratio^(k-1); 0 <= ratio < 1.
Places geometricPlaces(double waits, double ratio);
/// A share of the requests meets `other`.
Places mixed(const Places& one, const Places& other, double shareOfOther);
/// The same shape with another mean: E[N | N >= 1] is stretched, up to tenfold and not below 1, beyond that `waits` is.
Places withMean(const Places& places, double first);
/// M/M/c with Poisson arrivals.
Places poissonPlaces(const EqualServers& servers);

/// The law of an Fcfs wait of this mean: a sum of N times, each that of what is left of the service met, spread over
/// the cores. One core: what is left has the service's equilibrium law, thinned so that the mean comes out (exact for
/// M/G/1); the more cores, the nearer to an exponential.
queueing::Wait waitOf(const Places& places, double cores, double waitMean_s, const queueing::ServiceMoments& service);

/// The chance to wait, if a place then takes at least a fiftieth and at most fifty times what is left of a service on
/// average; otherwise as if it did. Far from where the chance was found, where next to nobody waits.
double plausibleChance(double waits, double number, double cores, double waitMean_s,
                       const queueing::ServiceMoments& service);

/// P(an arrival finds k at its server), k = 0, 1 ...
using Seen = std::vector<double>;
/// The longest that is worth a chain (queueing::psTaggedLaw).
inline constexpr std::size_t kMostSeen = 4096;

/// Below `cores` in the given proportions, from there on geometric as in geometricPlaces(); empty if too long.
Seen seenFrom(std::vector<double> belowCores, const Places& geometric);
/// The proportions of a Poisson law of this load below `cores`: M/M/c, and near enough elsewhere.
std::vector<double> poissonBelow(double cores, double load);
Seen mixed(Seen one, const Seen& other, double shareOfOther);

} // namespace plimsoll::balancer
