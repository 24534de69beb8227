// What is asked of a policy model: servers behind a balancer, what comes to them, and how it is spread.
#pragma once
#include "engine/queueing/mgc.h"

#include <vector>

namespace plimsoll::balancer {

/// Equal servers. Their speed divides every service time; weight 0 takes them out of the choice.
struct ServerGroup {
    double count = 1; // whole, >= 0
    double speed = 1; // > 0
    double weight = 1;
};

/// One station as it exists on every server behind one balancer (or several without shared state), and the flow to all
/// of it. Rates and times in SI units.
struct PolicyLoad {
    flow::Policy policy = flow::Policy::Random;
    std::vector<ServerGroup> groups;
    double cores = 1; // of the station, on each server
    flow::Discipline discipline = flow::Discipline::Fcfs;
    double arrivalRate_per_s = 0;
    double arrivalScv = 1;            // of all arrivals together; 1 = Poisson
    queueing::ServiceMoments service; // at speed 1, over the mix of all classes
    double choices = 2;               // PowerOfTwo compares this many different servers
    double balancers = 1;             // without shared state; a request goes to one of them at random
    /// Mean time that a request keeps its connection open besides waiting and service at this station, before it or
    /// after it: other stations, delays, calls downstream. Policies that count connections count these too.
    double heldElsewhere_s = 0;
    double signalAge_s = 0;  // LeastResponseTime, ResourceBased: how old the signal is; 0 = at once
    double smoothing = 0.01; // LeastResponseTime: weight of one sample
    /// KeyHash: share of the flow by group, where the keys say so; empty: in proportion to the weights.
    std::vector<double> keyShares;
};

} // namespace plimsoll::balancer
