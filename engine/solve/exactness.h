// Which figures of a model are exact: product form, or one visit to one queue (theory/networks.md 1 and 5).
#pragma once
#include "engine/solve/graph.h"

namespace plimsoll::flow {

struct GraphExactness {
    bool productForm = false;         // every queue is first come first served with one exponential demand, or sharing
    bool plain = false;               // every queue is first come first served with one exponential demand
    bool exactMeans = false;          // every queue's mean figures are exact
    bool singleVisits = false;        // no request of any class meets more than one queue
    std::vector<std::uint8_t> single; // by class: at most one queue on the way
};
GraphExactness judge(const Graph& graph);

/// Method of a cell's mean figures, by its formula.
Method cellMethod(const GraphExactness& exactness, const Cell& cell, double serviceScv);
/// Method of a class's latency.
Method latencyMethod(const GraphExactness& exactness, std::uint32_t cls, bool distributions);

} // namespace plimsoll::flow
