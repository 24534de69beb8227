// Builds a Graph by one walk from every class's root; a step reached again on the same instance group is built once.
#pragma once
#include "engine/solve/graph.h"

#include <optional>
#include <unordered_map>

namespace plimsoll::flow {

class GraphBuilder {
public:
    GraphBuilder(const Model& model, Graph& graph) : m_model(model), m_graph(graph) {}
    std::expected<void, Error> build();

private:
    /// A step on an instance group.
    struct Place {
        std::uint32_t step = 0, group = 0;
        bool operator==(const Place&) const = default;
    };
    struct Frame {
        Place place;
        std::size_t firstChild = 0, nextChild = 0; // in m_children
    };
    struct Memo {
        std::uint32_t cls = kNone, group = 0, node = kNone;
    };

    void makeGroups();
    void makeCells();
    std::expected<std::uint32_t, Error> walk(std::uint32_t cls, Place root);
    /// Pushes the places below `place`; for a call, those of its entries on every group that may be picked.
    std::optional<Error> open(Place place);
    void openCall(const Call& call);
    std::optional<Error> openServe(Place place, const Serve& serve);
    std::uint32_t close(const Frame& frame);
    std::uint32_t closeCall(const Call& call, std::span<const std::uint32_t> children);
    std::uint32_t closeServe(Place place, const Serve& serve);

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
    std::vector<Memo> m_memo; // by step: the group it was last met on
    std::unordered_map<std::uint64_t, std::uint32_t> m_otherGroups;
    std::vector<Frame> m_frames;
    std::vector<Place> m_children;
    std::vector<std::uint32_t> m_childNodes;
    std::vector<std::uint32_t> m_stepOfNode;        // by node; kNone where it stands for no step
    std::vector<std::optional<Visit>> m_cellDemand; // by cell: the first demand seen
};

} // namespace plimsoll::flow
