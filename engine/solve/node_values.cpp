#include "engine/solve/node_values.h"

#include <algorithm>

namespace plimsoll::flow {
namespace {

NodeValue repeated(NodeValue once, double count) {
    if (once.success == 1) {
        once.mean *= count;
        once.own *= count;
        once.ownVariance *= count;
        return once;
    }
    // By squaring: "a, then b" is associative.
    NodeValue total;
    total.steady = once.steady;
    for (auto left = std::uint64_t(std::min(count, 1e18)); left > 0; left /= 2) {
        if (left % 2 == 1) append(total, once);
        const NodeValue half = once;
        append(once, half);
    }
    return total;
}

NodeValue mixed(const Graph& graph, const Node& node, std::span<const NodeValue> values) {
    NodeValue total;
    double lost = 0, weights = 0;
    for (const Edge& edge : graph.edgesOf(node)) {
        if (edge.weight == 0) continue;
        const NodeValue& child = values[edge.child];
        weights += edge.weight;
        lost += edge.weight * (1 - child.success);
        const double succeeds = edge.weight * child.success;
        total.mean += succeeds * child.mean;
        total.failTime += edge.weight * child.failTime;
        total.steady = total.steady && child.steady;
        if (!edge.sameInstance) continue;
        total.own += succeeds * child.own;
        total.ownVariance += succeeds * (child.ownVariance + child.own * child.own);
        total.ownFail += edge.weight * child.ownFail;
        total.ownFailSquare += edge.weight * child.ownFailSquare;
    }
    total.success = weights > 0 ? 1 - lost : 0;
    if (total.success > 0) {
        total.mean /= total.success;
        total.own /= total.success;
        total.ownVariance = std::max(0.0, total.ownVariance / total.success - total.own * total.own);
    }
    return total;
}

NodeValue served(const Graph& graph, const Node& node, const CellFigures& cells,
                 std::span<const distribution::Cumulants> responses) {
    const std::uint32_t cell = graph.visitCell[node.visit];
    NodeValue value;
    if (cells.nobody[cell]) {
        value.success = 0;
        return value;
    }
    value.steady = cells.steady[cell];
    if (!value.steady) return value;
    value.mean = cells.wait[cell] + cells.stretch[cell] * graph.visitMean[node.visit];
    if (!node.own) return value;
    value.own = value.mean;
    if (!responses.empty()) value.ownVariance = responses[node.visit].variance;
    return value;
}

} // namespace

void computeNodeValues(const Graph& graph, const CellFigures& cells, std::span<const distribution::Cumulants> responses,
                       std::vector<NodeValue>& values) {
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const Node& node = graph.nodes[n];
        NodeValue value;
        switch (node.kind) {
        case NodeKind::Nothing: break;
        case NodeKind::Delay: value.mean = graph.visitMean[node.visit]; break;
        case NodeKind::Serve: value = served(graph, node, cells, responses); break;
        case NodeKind::Fail: value.success = 1 - node.amount; break;
        case NodeKind::Product:
            for (const Edge& edge : graph.edgesOf(node)) {
                if (edge.sameInstance)
                    append(value, values[edge.child]);
                else
                    append(value, withoutOwn(values[edge.child]));
            }
            break;
        case NodeKind::Power: {
            const Edge& edge = graph.edges[node.firstEdge];
            value = repeated(edge.sameInstance ? values[edge.child] : withoutOwn(values[edge.child]), node.amount);
            break;
        }
        case NodeKind::Mixture: value = mixed(graph, node, values); break;
        default: break; // not in a graph of one pass
        }
        values[n] = value;
    }
}

} // namespace plimsoll::flow
