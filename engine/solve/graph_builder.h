// Builds a Graph by one walk from every class's root; a step reached again on the same instance group is built once.
#pragma once
#include "engine/flow/call_cycles.h"
#include "engine/solve/graph.h"

#include <optional>
#include <unordered_map>

namespace plimsoll::flow {

class GraphBuilder {
public:
    GraphBuilder(const Model& model, Graph& graph) : m_model(model), m_graph(graph) {}
    std::expected<void, Error> build();

private:
    /// A step on an instance group. A cycle of calls is unrolled: each time round is a place of its own.
    struct Place {
        std::uint32_t step = 0, group = 0, round = 0;
        bool operator==(const Place&) const = default;
    };
    struct Frame {
        Place place;
        std::size_t firstChild = 0, nextChild = 0; // in m_children
    };
    struct Memo {
        std::uint32_t cls = kNone, node = kNone;
        std::uint64_t where = 0;
    };

    void makeGroups();
    void makeCells();
    void makePoolCells();
    /// Once all visits and holds are known.
    void makeQueues();
    std::uint8_t priorityOf(const HoldSite& site) const;
    /// Whether the model has something that one pass cannot solve.
    bool isOnePass() const;
    std::expected<std::uint32_t, Error> walk(std::uint32_t cls, Place root);
    /// Pushes the places below `place`; for a call, those of its entries on every group that may be picked.
    std::optional<Error> open(Place place);
    /// A resource that exists in several instances of a fleet where the step does not run.
    std::optional<Error> outOfReach(Place place) const;
    void openCall(Place place, BalancerId via, std::span<const EntryId> entries);
    /// The place of a step that is reached from `from`.
    Place below(Place from, std::uint32_t step, std::uint32_t group) const;
    /// The node of a child, none while it has none. One that is under way comes round once more; after the last round,
    /// nothing is done.
    std::uint32_t* known(Place& child);
    std::uint64_t whereOf(Place place) const {
        return std::uint64_t(place.round) * m_graph.groups.size() + place.group;
    }
    std::uint64_t keyOf(Place place) const { return whereOf(place) * m_memo.size() + place.step; }

    // graph_nodes.cpp: the node of a step whose children have theirs
    using Children = std::span<const std::uint32_t>;
    std::uint32_t close(const Frame& frame);
    std::uint32_t nodeOf(Place place, const Sequence& sequence, Children children);
    std::uint32_t nodeOf(Place place, const Repeat& repeat, Children children);
    std::uint32_t nodeOf(Place place, const Serve& serve, Children children);
    std::uint32_t nodeOf(Place place, const Delay& delay, Children children);
    std::uint32_t nodeOf(Place place, const Call& call, Children children);
    std::uint32_t nodeOf(Place place, const Spawn& spawn, Children children);
    std::uint32_t nodeOf(Place place, const Parallel& parallel, Children children);
    std::uint32_t nodeOf(Place place, const Choice& choice, Children children);
    std::uint32_t nodeOf(Place place, const Lookup& lookup, Children children);
    std::uint32_t nodeOf(Place place, const Invalidate& invalidate, Children children);
    std::uint32_t nodeOf(Place place, const Hold& hold, Children children);
    std::uint32_t nodeOf(Place place, const Limit& limit, Children children);
    std::uint32_t nodeOf(Place place, const Fail& fail, Children children);
    std::uint32_t nodeOf(Place place, const Attempt& attempt, Children children);
    std::uint32_t nodeOf(Place place, const Timeout& timeout, Children children);
    std::uint32_t pickNode(BalancerId via, Children children);
    /// The group of `fleet` that a step on `place` uses: its own, or that of a fleet of one.
    std::uint32_t groupAt(Place place, FleetId fleet) const;
    /// Index of the cell of a resource on that group; `first` by resource.
    std::uint32_t cellAt(const std::vector<std::uint32_t>& first, std::size_t resource, FleetId fleet,
                         std::uint32_t group) const;
    void findBelow(HoldSite& site) const;
    void orderPools();

    std::uint32_t add(NodeKind kind, double amount = 0);
    std::uint32_t addDelay(const Distribution& law);
    void addVisit(const Visit& visit);
    std::uint32_t addWithChildren(NodeKind kind, std::span<const std::uint32_t> children, double amount = 0,
                                  bool sameInstance = true);
    /// `count` times in sequence, one more with the fraction's probability.
    std::uint32_t repeated(std::uint32_t body, double count);
    void noteDemand(Cell& cell, const Visit& visit);
    void nameResults(std::uint32_t cls, std::size_t firstNode);

    std::uint32_t* memo(Place place);
    void remember(Place place, std::uint32_t node);

    const Model& m_model;
    Graph& m_graph;
    std::uint32_t m_class = 0;
    std::vector<CallRounds> m_rounds;                             // by step
    std::vector<Memo> m_memo;                                     // by step: where it was first met
    std::unordered_map<std::uint64_t, std::uint32_t> m_elsewhere; // by keyOf(): the other places
    std::vector<Frame> m_frames;
    std::vector<Place> m_children;
    std::vector<std::uint32_t> m_childNodes;
    std::vector<std::uint32_t> m_stepOfNode;        // by node; kNone where it stands for no step
    std::vector<std::optional<Visit>> m_cellDemand; // by cell: the first demand seen
};

} // namespace plimsoll::flow
