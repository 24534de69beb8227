// Models whose figures depend on each other (refusals, timeouts, retries, holds, hit ratios ...): what a fixed point of
// DESIGN.md 3.3, 6 is made of.
#pragma once
#include "engine/balancer/model/policy_load.h"
#include "engine/solve/pool_figures.h"
#include "engine/solve/queue_figures.h"
#include "engine/solve/timed.h"

namespace plimsoll::flow {

/// What comes in time.
struct CutFigures {
    distribution::Cumulants cumulants; // of successes in time
    bool matters = false;              // some may come too late
    double late = 0;                   // share of the successes that would come too late if nothing were cancelled
    distribution::Cumulants basis;     // of the body, when this was made
};
/// The successes of a fork.
struct ForkFigures {
    double waited = 0;                        // share of the branches' means
    distribution::Cumulants cumulants, basis; // basis: sums over the branches, when this was made
};

/// A token bucket on one instance.
struct LimiterFigures {
    bool steady = true;
    double offered = 0, throttled = 0, carried = 1; // per s; shares
    queueing::Wait wait;
    Method method;
};

/// A keyed cache.
struct CacheFigures {
    double reads_per_s = 0, invalidations_per_s = 0; // at one instance, or at all of a fleet that shares the keys
    double hitRatio = 0;
    double solvedReads_per_s = 0, solvedInvalidations_per_s = 0; // at which the hit ratio was last found
    bool shared = false;                                         // the key's hash picks the instance
    bool filtered = false;                                       // what comes has missed another cache of the same keys
};

/// The calls that one balancer which looks before it picks sends to one fleet, all classes together.
struct BalancedCalls {
    std::uint32_t balancer = 0, fleet = 0;
    double rate_per_s = 0, time_s = 0;          // mean from the pick to the answer
    double scv = 1;                             // of the time between them, all instances together
    std::vector<balancer::ServerGroup> servers; // by group of the fleet
};

struct Coupled {
    Unknowns unknowns;
    Outcomes outcomes;
    Traffic traffic;
    std::vector<Distribution> serviceMix;     // by queue; of stations with priorities
    std::vector<QueueFigures> queues;         // by queue
    std::vector<QueueFigures> own;            // of visits of closed classes
    std::vector<std::uint32_t> ownOf;         // by visit: index into `own`; none: its queue's. Empty: nobody has one
    std::vector<std::uint8_t> closesWithPool; // by cell: its figures are those that a pool's holders make
    std::vector<PoolFigures> pools;           // by pool queue
    std::vector<PoolCellFigures> poolCells;
    std::vector<BalancedCalls> calls;     // by fleet
    std::vector<LimiterFigures> limiters; // by limiter cell
    std::vector<CacheFigures> caches;     // by cache cell
    std::vector<CutFigures> cuts;         // by timeout
    std::vector<ForkFigures> forks;       // by fork
    std::vector<Timed> timed;             // by node
    /// Laws are left as they are while the figures that they are made of have moved less than this.
    double moved = kMoved;
    static constexpr double kMoved = 1e-6, kMovedRoughly = 0.02;
    int iterations = 0;
    double residual = 0;

    const QueueFigures& figuresOf(const Visit& visit, std::uint32_t index) const {
        return ownOf.empty() || ownOf[index] == kNone ? queues[visit.queue] : own[ownOf[index]];
    }
};

} // namespace plimsoll::flow
