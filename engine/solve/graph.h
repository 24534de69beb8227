// The model as the solver walks it: one node per (class, step, instance group), children before parents. Made once by
// buildGraph(); only the weights of picks change afterwards, when instances are down.
#pragma once
#include "engine/distribution/cumulants.h"
#include "engine/queueing/mgc.h"
#include "engine/solve/solution.h"

#include <expected>
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
    Mixture  // one child, by weight; all weights 0: nobody is up, the request fails with InstanceDown
};

struct Node {
    NodeKind kind = NodeKind::Nothing;
    bool own = false;             // Serve: at the fleet that the step runs in
    Cause cause{};                // Fail
    std::uint32_t cls = 0;        // ClassId
    std::uint32_t result = kNone; // index of its StepResult; none for nodes that stand for no step of the model
    std::uint32_t firstEdge = 0, edges = 0;
    std::uint32_t visit = kNone; // Serve, Delay: index into visits
    double amount = 0;           // Fail: probability; Power: count
};
struct Edge {
    std::uint32_t child = 0;
    double weight = 1;        // Mixture
    bool sameInstance = true; // false: the child runs elsewhere (a call)
};

/// A Serve or Delay of one class: its law and where it is served.
struct Visit {
    std::uint32_t cell = kNone; // none: a delay
    const Distribution* law = nullptr;
    double factor = 1; // times the law: 1 / speed
    queueing::ServiceMoments moments;
    distribution::Cumulants cumulants;
};

/// The children of a Mixture that stands for a call: weights follow from who is up.
struct Pick {
    std::uint32_t node = 0;
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
    std::vector<std::uint32_t> firstCell; // by station, one more at the end
    std::vector<Node> nodes;
    std::vector<Edge> edges;
    std::vector<Visit> visits;
    std::vector<std::uint32_t> visitCell; // Visit::cell and the mean, by visit: all that means need
    std::vector<double> visitMean;
    std::vector<Pick> picks;
    std::vector<PickTarget> pickTargets;
    std::vector<std::uint32_t> root;      // node by class
    std::vector<std::uint32_t> failNodes; // kind Fail
    std::vector<StepResult> results;      // class and step filled in, ordered by both
    bool drained = false;                 // some balancer has nobody to pick even with all up
    bool sharedResults = false;           // some result is the sum over several nodes

    std::span<const Edge> edgesOf(const Node& node) const { return {edges.data() + node.firstEdge, node.edges}; }
};

/// Orders a valid model. Errors: Invalid (a resource of another fleet), NotSolvedYet, each with its element. The graph
/// keeps pointers to the model's distributions.
std::expected<Graph, Error> buildGraph(const Model& model);

/// Sets Group::up and the picks' weights. Errors: Invalid naming down[i].
std::expected<void, Error> applyDown(Graph& graph, const Model& model, std::span<const Down> down);

} // namespace plimsoll::flow
