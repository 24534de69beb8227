// What a balancing policy does to waiting (theory/balancing.md): one value in, one value out, cheap enough for a fixed
// point.
//
// HOW A SOLVER USES IT: a PolicyLoad for each station of the fleet behind a balancer -> by group the share of the flow,
// the utilisation and the mean wait; with Detail::Laws also the law of the wait (Fcfs: an atom and a gamma, as
// queueing::waitLaw() takes it) or the station as a request meets it (ProcessorSharing: for queueing::psResponseLaw()).
// A policy that counts connections sees a request until it is answered, downstream time included: give the rest of the
// mean residence as heldElsewhere_s and iterate with it. The longer it is, the less a count says about this station's
// queue: least connections then tends to what random does.
#pragma once
#include "engine/balancer/model/policy_load.h"
#include "engine/queueing/ps.h"
#include "engine/solve/solution.h"

namespace plimsoll::balancer {

/// The servers of one group.
struct GroupFigures {
    double share = 0;            // of all requests, to the whole group
    double utilisation = 0;      // offered work over capacity of each server; may exceed 1
    bool steady = true;          // false: the queue grows, and nothing below is set
    Seconds waitMean{0};         // Fcfs: before service; ProcessorSharing: response less service
    queueing::Wait wait;         // Fcfs, Detail::Laws
    queueing::PsStation sharing; // ProcessorSharing, Detail::Laws
};

struct PolicyFigures {
    std::vector<GroupFigures> groups; // as in the load
    bool steady = true;               // every group that gets requests
    PerSecond capacity;               // the rate of all arrivals at which the first server saturates; 0: no candidate
    Seconds waitMean{0};              // over all requests, if steady
    flow::Method method{"unused", flow::Exactness::Exact};
};

/// Means: shares, utilisations, means. Laws: the law of the waiting too.
enum class Detail { Means, Laws };

/// Counts >= 0, speeds and cores > 0, moments > 0 and everything finite; a balancer without candidates has no shares.
/// About 1 microsecond for equal servers, however many; servers of several speeds behind a policy that counts
/// connections take tens of microseconds.
PolicyFigures policyFigures(const PolicyLoad& load, Detail detail = Detail::Laws);
/// The same into storage that is kept.
void policyFigures(const PolicyLoad& load, Detail detail, PolicyFigures& figures);

} // namespace plimsoll::balancer
