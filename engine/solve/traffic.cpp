#include "engine/solve/traffic.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {
namespace {

double passOf(const Graph& graph, const Node& node, std::span<const double> carried, std::span<const double> pass) {
    double value = 1;
    switch (node.kind) {
    case NodeKind::Nothing:
    case NodeKind::Delay: break;
    case NodeKind::Serve: value = nobodyUp(graph, node) ? 0 : carried[graph.visits[node.visit].cell]; break;
    case NodeKind::Fail: value = 1 - node.amount; break;
    case NodeKind::Product:
        for (const Edge& edge : graph.edgesOf(node)) value *= pass[edge.child];
        break;
    case NodeKind::Power: {
        const double one = pass[graph.edges[node.firstEdge].child];
        value = one == 1 ? 1 : std::pow(one, node.amount);
        break;
    }
    case NodeKind::Mixture: {
        // Summed as what is lost, so that nothing lost is exactly 1.
        double lost = 0, total = 0;
        for (const Edge& edge : graph.edgesOf(node)) {
            lost += edge.weight * (1 - pass[edge.child]);
            total += edge.weight;
        }
        value = total > 0 ? 1 - lost : 0;
        break;
    }
    }
    return value;
}

/// 1 + p + ... + p^(count-1).
double geometricSum(double p, double count) {
    if (p == 1) return count;
    return p == 0 ? 1 : -std::expm1(count * std::log(p)) / (1 - p);
}

void passOn(const Graph& graph, const Node& node, double entered, Traffic& traffic) {
    if (node.kind == NodeKind::Product) {
        for (const Edge& edge : graph.edgesOf(node)) {
            traffic.visits[edge.child] += entered;
            entered *= traffic.pass[edge.child];
        }
    } else if (node.kind == NodeKind::Power) {
        const std::uint32_t child = graph.edges[node.firstEdge].child;
        traffic.visits[child] += entered * geometricSum(traffic.pass[child], node.amount);
    } else if (node.kind == NodeKind::Mixture) {
        for (const Edge& edge : graph.edgesOf(node)) traffic.visits[edge.child] += entered * edge.weight;
    }
}

void addToCell(const Graph& graph, const Visit& visit, double flow, Traffic& traffic) {
    const std::uint32_t up = graph.groups[graph.cells[visit.cell].group].up;
    if (up == 0) return;
    const double rate = flow / up;
    traffic.rate[visit.cell] += rate;
    auto& sums = traffic.service[visit.cell];
    sums.first += rate * visit.moments.first;
    sums.second += rate * visit.moments.second;
    sums.third += rate * visit.moments.third;
    sums.fourth += rate * visit.moments.fourth;
}

} // namespace

bool nobodyUp(const Graph& graph, const Node& node) {
    if (node.kind == NodeKind::Serve) {
        return graph.groups[graph.cells[graph.visits[node.visit].cell].group].up == 0;
    }
    if (node.kind != NodeKind::Mixture) return false;
    return std::ranges::all_of(graph.edgesOf(node), [](const Edge& edge) { return edge.weight == 0; });
}

void computeTraffic(const Graph& graph, std::span<const double> classRates, std::span<const double> carried,
                    Traffic& traffic) {
    traffic.pass.resize(graph.nodes.size());
    traffic.visits.assign(graph.nodes.size(), 0);
    traffic.rate.assign(graph.cells.size(), 0);
    traffic.load.resize(graph.cells.size());
    traffic.inverseLoad.resize(graph.cells.size());
    traffic.service.assign(graph.cells.size(), {});
    for (std::size_t n = 0; n < graph.nodes.size(); ++n)
        traffic.pass[n] = passOf(graph, graph.nodes[n], carried, traffic.pass);
    for (std::uint32_t root : graph.root) traffic.visits[root] += 1;
    for (std::size_t n = graph.nodes.size(); n-- > 0;) {
        const Node& node = graph.nodes[n];
        passOn(graph, node, traffic.visits[n], traffic);
        if (node.kind == NodeKind::Serve)
            addToCell(graph, graph.visits[node.visit], traffic.visits[n] * classRates[node.cls], traffic);
    }
    for (std::size_t c = 0; c < graph.cells.size(); ++c) {
        auto& [first, second, third, fourth] = traffic.service[c];
        const double rate = traffic.rate[c];
        traffic.load[c] = first;
        traffic.inverseLoad[c] = first > 0 ? 1 / first : 0;
        if (rate > 0) traffic.service[c] = {first / rate, second / rate, third / rate, fourth / rate};
    }
}

} // namespace plimsoll::flow
