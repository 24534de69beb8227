#include "engine/solve/exactness.h"

#include <algorithm>

namespace plimsoll::flow {
namespace {

bool queues(const Cell& cell) {
    return cell.visited && cell.servers > 0;
}

/// Largest number of queues that a request can meet below a node; saturates at 2.
int mostQueues(const Graph& graph, const Node& node, std::span<const int> below) {
    constexpr int kMany = 2;
    int most = 0;
    switch (node.kind) {
    case NodeKind::Serve: most = queues(graph.cells[graph.visits[node.visit].cell]) ? 1 : 0; break;
    case NodeKind::Product:
        for (const Edge& edge : graph.edgesOf(node)) most = std::min(kMany, most + below[edge.child]);
        break;
    case NodeKind::Power:
        most = std::min(kMany, below[graph.edges[node.firstEdge].child] * (node.amount > 1 ? 2 : 1));
        break;
    case NodeKind::Mixture:
        for (const Edge& edge : graph.edgesOf(node)) most = std::max(most, below[edge.child]);
        break;
    case NodeKind::Acquire:
    case NodeKind::Limit: most = 1; break;
    case NodeKind::Timeout: most = below[graph.edges[node.firstEdge].child]; break;
    case NodeKind::Attempt:
    case NodeKind::Fork: // what is tried again or meets its like is not independent
        for (const Edge& edge : graph.edgesOf(node)) most = std::max(most, below[edge.child] > 0 ? kMany : 0);
        break;
    default: break;
    }
    return most;
}

/// The measured range of the two-moment approximation (theory/stations.md 6).
constexpr double kLargestServers = 64, kLargestScv = 10;

} // namespace

GraphExactness judge(const Graph& graph) {
    GraphExactness exactness;
    exactness.productForm = std::ranges::all_of(
        graph.cells, [](const Cell& cell) { return !queues(cell) || cell.sharing || cell.exponential; });
    exactness.plain = std::ranges::all_of(
        graph.cells, [](const Cell& cell) { return !queues(cell) || (!cell.sharing && cell.exponential); });
    std::vector<int> below(graph.nodes.size());
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) below[n] = mostQueues(graph, graph.nodes[n], below);
    exactness.singleVisits = true;
    for (std::uint32_t root : graph.root) {
        exactness.single.push_back(below[root] <= 1);
        exactness.singleVisits = exactness.singleVisits && below[root] <= 1;
    }
    const bool formulasExact = std::ranges::all_of(graph.cells, [](const Cell& cell) {
        return !queues(cell) || cell.exponential || cell.sharing || cell.servers == 1;
    });
    exactness.exactMeans = formulasExact && (exactness.productForm || exactness.singleVisits);
    return exactness;
}

Method cellMethod(const GraphExactness& exactness, const Cell& cell, double serviceScv) {
    if (!cell.visited) return {"unused", Exactness::Exact};
    if (cell.servers == 0) return {"delay-station", Exactness::Exact};
    const bool poisson = exactness.productForm || exactness.singleVisits;
    const auto exact = poisson ? Exactness::Exact : Exactness::Approximation;
    if (cell.sharing) return {"ps", exact};
    if (cell.exponential) return {"mmc", exact};
    if (cell.servers == 1) return {"mg1", exact};
    return {"mgc", Exactness::Approximation, cell.servers <= kLargestServers && serviceScv <= kLargestScv};
}

Method latencyMethod(const GraphExactness& exactness, std::uint32_t cls, bool distributions) {
    if (!distributions) return {"path-means", exactness.exactMeans ? Exactness::Exact : Exactness::Approximation};
    if (exactness.single[cls] && exactness.exactMeans && exactness.plain) return {"path-single", Exactness::Exact};
    return {"path-inversion", Exactness::Approximation};
}

} // namespace plimsoll::flow
