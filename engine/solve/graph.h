// The model as the solver walks it: one node per (class, step, instance group), children before parents. Made once by
// buildGraph(); only the weights of picks change afterwards, when instances are down.
#pragma once
#include "engine/distribution/cumulants.h"
#include "engine/queueing/mgc.h"
#include "engine/solve/solution.h"

#include <expected>
#include <optional>
#include <span>
#include <vector>

namespace plimsoll::flow {

inline constexpr std::uint32_t kNone = ~std::uint32_t{0};

/// Instances of one fleet with equal speed and weight: they see equal traffic and are solved once.
struct Group {
    std::uint32_t fleet = 0;
    double speed = 1, weight = 1;
    std::uint32_t count = 0; // all of them
    std::uint32_t up = 0;    // less those that are down
};

/// One station on one group: what is solved by a queueing formula.
struct Cell {
    std::uint32_t station = 0, group = 0;
    double servers = 1; // 0: a pure delay
    bool sharing = false;
    bool exponential = true; // every demand is one exponential of the same mean
    bool constant = true;    // every demand is the same constant
    bool visited = false;
};

enum class NodeKind : std::uint8_t {
    Nothing, // takes no time
    Delay,
    Serve,
    Fail,
    Product, // children in sequence
    Power,   // the only child, `amount` times in sequence
    Mixture, // one child, by weight; all weights 0: nobody is up, the request fails with InstanceDown
    Acquire, // waits for a token in pool queue `resource`
    Limit,   // passes limiter cell `resource`
    Attempt, // the first child again and again (flow::Attempt of `step`); then the second, the fallback
    Timeout, // the only child, cut off (flow::Timeout of `step`); `resource` in Graph::timeouts
    Fork,    // the children side by side; `resource` in Graph::forks
    Spawn    // the only child starts `amount` times; takes no time
};

struct Node {
    NodeKind kind = NodeKind::Nothing;
    bool own = false;             // Serve: at the fleet that the step runs in
    Cause cause{};                // Fail
    std::uint32_t cls = 0;        // ClassId
    std::uint32_t result = kNone; // index of its StepResult; none for nodes that stand for no step of the model
    std::uint32_t firstEdge = 0, edges = 0;
    std::uint32_t visit = kNone;    // Serve, Delay: index into visits
    std::uint32_t resource = kNone; // by kind
    std::uint32_t step = kNone;     // StepId that it stands for
    double amount = 0;              // Fail: probability; Power, Spawn: count
};
struct Edge {
    std::uint32_t child = 0;
    double weight = 1;        // Mixture
    bool sameInstance = true; // false: the child runs elsewhere (a call)
};

/// One pool, limiter or cache on one group.
struct PoolCell {
    std::uint32_t pool = 0, group = 0;
    bool visited = false;
};
struct LimiterCell {
    std::uint32_t limiter = 0, group = 0;
};
struct CacheCell {
    std::uint32_t cache = 0, group = 0;
};

/// What waits at a station's cell under one priority; cells without priorities have one.
struct Queue {
    std::uint32_t cell = 0;
    std::uint8_t priority = 0;
};
/// The same of a pool.
struct PoolQueue {
    std::uint32_t cell = 0;
    std::uint8_t priority = 0;
};

/// A Hold of one class on one group: its node is the Product of an Acquire and the body.
struct HoldSite {
    std::uint32_t poolCell = 0, cls = 0, acquire = 0, body = 0;
    std::vector<std::uint32_t> below; // nodes reached from `body`, parents before children, `body` first
};
/// Parallel or a call that fans out.
struct ForkPlan {
    std::uint32_t node = 0;
    std::uint32_t copies = 1; // of the only child, to different instances; 1: the children are different ones
    std::uint32_t asked = 1;  // copies as modelled; 0: every candidate
    std::uint32_t need = 1;   // successes that end it
    std::optional<double> stagger_s;
    bool cancel = false;
    std::uint32_t pick = kNone; // of the copies
};
struct TimeoutPlan {
    std::uint32_t node = 0;
    double after_s = 0;
    bool cancel = false;
    Cause cause = Cause::Timeout;
};
/// A Mixture whose two weights are hit and miss.
struct LookupPlan {
    std::uint32_t node = 0, cacheCell = 0;
    bool elsewhere = false; // on a cache of another fleet: the key's hash picks the instance
};
struct InvalidatePlan {
    std::uint32_t node = 0, cacheCell = 0;
    bool elsewhere = false;
    double keys = 1;
};
struct SpawnPlan {
    std::uint32_t node = 0;
    double count = 1; // as modelled, for one copy
    bool everyInstance = false, refusalFailsCaller = true;
    std::uint32_t pick = kNone;
};

/// A Serve or Delay of one class: its law and where it is served.
struct Visit {
    std::uint32_t cell = kNone; // none: a delay
    const Distribution* law = nullptr;
    double factor = 1; // times the law: 1 / speed
    std::uint8_t priority = 0;
    std::uint32_t queue = kNone;
    queueing::ServiceMoments moments;
    distribution::Cumulants cumulants;
};

/// The children of a Mixture that stands for a call: weights follow from who is up.
struct Pick {
    std::uint32_t node = 0, balancer = 0;
    std::uint32_t firstTarget = 0, targets = 0; // one per edge of the node, in order
};
struct PickTarget {
    std::uint32_t group = 0;
    double weight = 0; // of one instance
};

struct Graph {
    std::vector<Group> groups;
    std::vector<std::uint32_t> firstGroup;                // by fleet, one more at the end
    std::vector<std::vector<std::uint32_t>> memberGroups; // by fleet: group of every member
    std::vector<Cell> cells;
    std::vector<std::uint32_t> firstCell;  // by station, one more at the end
    std::vector<Queue> queues;             // cell by cell, by falling priority (0 first)
    std::vector<std::uint32_t> firstQueue; // by cell, one more at the end
    std::vector<Node> nodes;
    std::vector<Edge> edges;
    std::vector<Visit> visits;
    std::vector<std::uint32_t> visitCell; // Visit::cell and the mean, by visit: all that means need
    std::vector<double> visitMean;
    std::vector<PoolCell> poolCells;
    std::vector<std::uint32_t> firstPoolCell; // by pool, one more at the end
    std::vector<PoolQueue> poolQueues;
    std::vector<std::uint32_t> firstPoolQueue; // by pool cell, one more at the end
    std::vector<LimiterCell> limiterCells;
    std::vector<std::uint32_t> firstLimiterCell; // by limiter, one more at the end
    std::vector<CacheCell> cacheCells;
    std::vector<std::uint32_t> firstCacheCell; // by cache, one more at the end
    std::vector<HoldSite> holds;
    std::vector<std::uint32_t> poolOrder; // pool cells, inner ones before those around them
    std::vector<ForkPlan> forks;
    std::vector<TimeoutPlan> timeouts;
    std::vector<LookupPlan> lookups;           // of caches without a fixed hit ratio
    std::vector<InvalidatePlan> invalidations; // of the same caches
    std::vector<SpawnPlan> spawns;
    std::vector<Pick> picks;
    std::vector<PickTarget> pickTargets;
    std::vector<std::uint32_t> root;      // node by class
    std::vector<std::uint32_t> failNodes; // kind Fail
    std::vector<std::uint32_t> cut;       // kind Nothing: where the unrolling of a cycle of calls ends
    std::vector<StepResult> results;      // class and step filled in, ordered by both
    bool drained = false;                 // some balancer has nobody to pick even with all up
    bool sharedResults = false;           // some result is the sum over several nodes
    bool onePass =
        true; // nothing but random picks, unbounded queues and fixed shares: no figure depends on a later one

    std::span<const Edge> edgesOf(const Node& node) const { return {edges.data() + node.firstEdge, node.edges}; }
};

/// Orders a valid model. Errors: Invalid (a resource of another fleet), Unbounded (callRounds), NotSolvedYet, each with
/// its element. The graph keeps pointers to the model's distributions.
std::expected<Graph, Error> buildGraph(const Model& model);

/// Sets Group::up and the picks' weights. Errors: Invalid naming down[i].
std::expected<void, Error> applyDown(Graph& graph, const Model& model, std::span<const Down> down);

} // namespace plimsoll::flow
