// A model made ready to run: steps as small records with everything that they need resolved to numbers. Shared, and
// never changed, by all replications.
#pragma once
#include "engine/balancer/settings.h"
#include "engine/simulate/op_kind.h"
#include "engine/simulate/pool.h"
#include "engine/simulate/station.h"
#include "engine/simulate/zipf.h"
#include "engine/solve/solution.h"

#include <deque>
#include <expected>
#include <span>

namespace plimsoll::simulate {

/// One step. Instances of a resource are numbered in a row: `resource` is the first one, and the one that a strand uses
/// is `resource + alone x 0 or the strand's instance`.
struct alignas(64) Op {
    OpKind kind = OpKind::Sequence;
    bool alone = true;         ///< the resource exists once
    bool cancel = false;       ///< leftover: Cancel
    bool fresh = false;        ///< Repeat
    bool everyone = false;     ///< Spawn: one copy to each; FanOut: copies = 0
    bool jitter = false;       ///< Attempt
    bool refusalFails = false; ///< Spawn
    bool staggered = false;    ///< FanOut
    bool dead = false;         ///< what it uses is down
    bool direct = false;       ///< Call: to the one target that there is
    std::uint8_t rank = 0;     ///< dense priority at the resource
    flow::Cause cause{};
    std::uint32_t resource = kNone, fleet = kNone;
    std::uint32_t first = 0, count = 0; ///< its children, branches or targets in the tables of Program
    std::uint32_t next = kNone;         ///< the one child; of Lookup on a miss; the Copy op of a fan-out or spawn
    std::uint32_t other = kNone;        ///< Lookup: on a hit; Attempt: fallback; Call, Spawn: BalancerId
    std::uint32_t lane = kNone;
    std::uint32_t need = 0, copies = 0; ///< Attempt: `copies` tries at most
    std::uint32_t causes = 0;           ///< Attempt: bit set of the causes it catches
    double amount = 1; ///< count of calls, rounds, keys; seconds of a timeout or stagger; a probability
    // Up to here one cache line, which is all that most steps read.
    double pause = 0, factor = 1, cap = 0; ///< Attempt
    double budget = -1;                    ///< Attempt; < 0: none
    Sampler law;
};

/// An instance that a balancer may pick.
struct Candidate {
    std::uint32_t backend = 0, fleet = 0, instance = 0;
    double weight = 1;
};
/// Where a call through that candidate begins.
struct TargetEntry {
    std::uint32_t fleet = 0, instance = 0, root = 0;
    std::uint32_t leaf = kNone; ///< Spawn with refusalFailsCaller: the Hold or Limit that comes first
};
struct BalancerPlan {
    balancer::Settings settings;
    std::vector<Candidate> candidates; ///< those that are not down, in the model's order; all of them on a timeline
    std::uint32_t first = 0, instances = 1;
    std::uint32_t keySpace = kNone;
    bool single = false;      ///< one candidate and nothing to check: no pick is needed
    bool countsCalls = false; ///< its policy looks at connections or latencies
};
struct CachePlan {
    std::uint32_t first = 0, instances = 1, keySpace = kNone;
    std::vector<std::uint32_t> up; ///< instances that are not down
    double capacity = 0, ttl = 0;  ///< bytes; seconds, 0: none
    double fixedHitRatio = -1;     ///< < 0: none
    bool coalesce = false;
};
/// How the instances of a fleet fail, on a timeline.
struct OutagePlan {
    double meanTimeBetween = 0; ///< seconds; 0: never by itself
    Sampler repair;
    bool hangs = false; ///< a dead one does not answer; otherwise it refuses at once
};
struct KeySpacePlan {
    Zipf keys;
    Sampler size; ///< bytes of an object
};
struct ClassPlan {
    std::uint32_t root = 0;
    bool closed = false;
    double rate = 0;  ///< of arrivals, or of batches
    Sampler gap;      ///< between arrivals or batches, at rate 1
    double batch = 1; ///< mean size
    std::uint32_t users = 0;
    Sampler think;
    std::uint32_t thinkLane = kNone;
};

struct Program {
    std::vector<Op> ops;
    std::size_t steps = 0; ///< the first so many ops are the model's steps
    std::vector<std::uint32_t> children;
    std::vector<std::pair<double, std::uint32_t>> branches; ///< cumulative probability, step
    std::vector<TargetEntry> targets;
    std::deque<StationPlan> stationPlans; ///< by StationId
    std::deque<PoolPlan> poolPlans;
    std::vector<std::uint32_t> stationFirst, poolFirst, limiterFirst; ///< first instance, by id; one more at the end
    std::vector<double> stationSpeeds;                                ///< by instance
    std::vector<std::uint32_t> stationFleets;                         ///< by StationId
    std::vector<LimiterPlan> limiterPlans;                            ///< by LimiterId
    std::vector<BalancerPlan> balancers;
    std::vector<CachePlan> caches;
    std::vector<KeySpacePlan> keySpaces;
    std::vector<ClassPlan> classes;
    std::vector<std::uint32_t> fleetSizes, fleetDown;
    /// By FleetId: its instances in groups that nothing but chance tells apart.
    std::vector<std::vector<std::vector<std::uint32_t>>> alike;
    std::vector<std::uint32_t> fleetFirst; ///< number of its first instance among all; one more at the end
    std::vector<OutagePlan> outages;       ///< by FleetId
    std::uint32_t balancerInstances = 0, cacheInstances = 0, lanes = 0;
    double longestMemory = 0; ///< seconds: the longest TTL, keep-alive or think time

    std::size_t flows() const { return 2 * classes.size(); }
};

/// Resolves a model that has been validated. Errors: requests that can wait for each other for ever (CircularHold),
/// what the simulator does not simulate (NotSolvedYet), options and products of weights out of range. On a timeline
/// every call passes a real balancer, since any instance may die.
std::expected<Program, flow::Error> compile(const flow::Model& model, const flow::SolveOptions& options,
                                            bool timeline = false);

} // namespace plimsoll::simulate
