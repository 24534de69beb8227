// A PolicyLoad, judged and in mean services: what the files of the policies share. Internal to engine/balancer/model.
#pragma once
#include "engine/balancer/model/places.h"
#include "engine/balancer/model/policy_model.h"

namespace plimsoll::balancer {

/// One or more balancers of one load.
struct PolicyCase {
    const PolicyLoad& load;
    Detail detail = Detail::Laws;
    std::vector<std::size_t> candidates; // groups of weight > 0 and count > 0
    double count = 0;                    // of candidate servers
    double speeds = 0;                   // their sum
    double serviceMean_s = 0;            // at speed 1
    double offered = 0;                  // arrival rate x mean service: cores of speed 1
    queueing::ServiceMoments service;    // of mean 1
    double serviceScv = 1;
    bool exponential = false; // in all moments given
    bool sharing = false;     // ProcessorSharing

    PolicyCase(const PolicyLoad& asked, Detail wanted);
    const ServerGroup& group(std::size_t candidate) const { return load.groups[candidates[candidate]]; }
    bool laws() const { return detail == Detail::Laws; }
};

/// How the requests of one server wait, in mean services at its speed: the mean and, for laws, what describes it.
struct Waiting {
    double mean = 0;
    queueing::Wait wait;  // Fcfs
    Seen seen;            // ProcessorSharing; empty: Poisson arrivals, or too many states for a law
    bool poisson = false; // ProcessorSharing: exactly as M/G/c
};

/// Processor sharing: what an arrival finds, turned so that the mean is `mean`.
Seen withMeanWait(Seen seen, double cores, double mean);

/// Poisson arrivals at one server: M/G/c.
Waiting poissonWaiting(const PolicyCase& asked, double utilisation);
/// Mean Fcfs wait of general over that of exponential service in M/G/c.
double serviceFactor(const PolicyCase& asked, double utilisation);

/// Writes one candidate's figures.
void write(const PolicyCase& asked, std::size_t candidate, double share, double utilisation, const Waiting& waiting,
           PolicyFigures& figures);

/// Random, KeyHash, KeyRange, RoundRobin, WeightedRoundRobin: shares that do not depend on what waits.
void splitFigures(const PolicyCase& asked, PolicyFigures& figures);
/// The others, which look at connections.
void countingFigures(const PolicyCase& asked, PolicyFigures& figures);

/// Several balancers without shared state: the share of the way that the mean wait goes from one balancer's to that of
/// random (own fits; theory/balancing.md 11 for one core, and here for 2 and 4). Means within 7 % of simulation for
/// exponential service (n 3 to 16, 2 to 64 balancers, utilisation 0.5 to 0.9), 12 % at most.
double likeRandomInTurns(double balancers, double cores, double utilisation);
double likeRandomCounting(double balancers, double cores, double utilisation);
/// What is met on that way: the queue of those that wait grows later than the mean does (own measurement).
Places onTheWay(const Places& one, const Places& random, double way);
queueing::Wait onTheWay(const queueing::Wait& one, const queueing::Wait& random, double way);

} // namespace plimsoll::balancer
