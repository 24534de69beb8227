#include "engine/solve/traffic.h"

#include "engine/flow/validate.h"

#include <fmt/format.h>

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
    default: break; // not in a graph of one pass
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

/// `flow` arrives, and `work` of it is done.
void addWork(const queueing::ServiceMoments& service, double flow, double work, double& rate,
             queueing::ServiceMoments& sums) {
    rate += flow;
    sums.first += work * service.first;
    sums.second += work * service.second;
    sums.third += work * service.third;
    sums.fourth += work * service.fourth;
}

void addToCell(const Graph& graph, const Visit& visit, double flow, Traffic& traffic) {
    const std::uint32_t up = graph.groups[graph.cells[visit.cell].group].up;
    if (up > 0) addWork(visit.moments, flow / up, flow / up, traffic.rate[visit.cell], traffic.service[visit.cell]);
}

void reset(const Graph& graph, Traffic& traffic) {
    traffic.pass.resize(graph.nodes.size());
    traffic.visits.assign(graph.nodes.size(), 0);
    traffic.rate.assign(graph.cells.size(), 0);
    traffic.load.resize(graph.cells.size());
    traffic.inverseLoad.resize(graph.cells.size());
    traffic.service.assign(graph.cells.size(), {});
}

/// From sums over what arrives to means of the mix.
void finishMoments(std::span<const double> rates, std::span<queueing::ServiceMoments> service) {
    for (std::size_t i = 0; i < rates.size(); ++i) {
        auto& [first, second, third, fourth] = service[i];
        const double rate = rates[i];
        if (rate > 0) service[i] = {first / rate, second / rate, third / rate, fourth / rate};
    }
}

void finishCells(const Graph& graph, Traffic& traffic) {
    for (std::size_t c = 0; c < graph.cells.size(); ++c) {
        const double load = traffic.service[c].first;
        traffic.load[c] = load;
        traffic.inverseLoad[c] = load > 0 ? 1 / load : 0;
    }
    finishMoments(traffic.rate, traffic.service);
}

void addToResource(const Graph& graph, const Node& node, std::size_t n, double classRate, Traffic& traffic) {
    const double flow = traffic.visits[n] * classRate;
    if (node.kind == NodeKind::Serve) {
        const Visit& visit = graph.visits[node.visit];
        const std::uint32_t up = graph.groups[graph.cells[visit.cell].group].up;
        if (up == 0) return;
        const double rate = flow / up, work = traffic.work[n] * classRate / up;
        addWork(visit.moments, rate, work, traffic.rate[visit.cell], traffic.service[visit.cell]);
        addWork(visit.moments, rate, work, traffic.queueRate[visit.queue], traffic.queueService[visit.queue]);
        traffic.busyLoad[visit.queue] += traffic.busy[n] * classRate / up * visit.moments.first;
    } else if (node.kind == NodeKind::Acquire) {
        const std::uint32_t up = graph.groups[graph.poolCells[graph.poolQueues[node.resource].cell].group].up;
        if (up > 0) traffic.poolRate[node.resource] += flow / up;
    } else if (node.kind == NodeKind::Limit) {
        const std::uint32_t up = graph.groups[graph.limiterCells[node.resource].group].up;
        if (up > 0) traffic.limiterRate[node.resource] += flow / up;
    }
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
    reset(graph, traffic);
    for (std::size_t n = 0; n < graph.nodes.size(); ++n)
        traffic.pass[n] = passOf(graph, graph.nodes[n], carried, traffic.pass);
    for (std::uint32_t root : graph.root) traffic.visits[root] += 1;
    for (std::size_t n = graph.nodes.size(); n-- > 0;) {
        const Node& node = graph.nodes[n];
        passOn(graph, node, traffic.visits[n], traffic);
        if (node.kind == NodeKind::Serve)
            addToCell(graph, graph.visits[node.visit], traffic.visits[n] * classRates[node.cls], traffic);
    }
    finishCells(graph, traffic);
}

void computeFlows(const Graph& graph, std::span<const double> classRates, Outcomes& outcomes, Traffic& traffic) {
    reset(graph, traffic);
    traffic.requestVisits.assign(graph.nodes.size(), 0);
    traffic.work.assign(graph.nodes.size(), 0);
    traffic.busy.assign(graph.nodes.size(), 0);
    traffic.busyLoad.assign(graph.queues.size(), 0);
    traffic.queueRate.assign(graph.queues.size(), 0);
    traffic.queueService.assign(graph.queues.size(), {});
    traffic.poolRate.assign(graph.poolQueues.size(), 0);
    traffic.limiterRate.assign(graph.limiterCells.size(), 0);
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) traffic.pass[n] = outcomes.node[n].passes();
    for (std::uint32_t root : graph.root)
        traffic.visits[root] = traffic.work[root] = traffic.busy[root] = traffic.requestVisits[root] = 1;
    outcomes.retries.assign(graph.root.size(), 0);
    for (std::size_t n = graph.nodes.size(); n-- > 0;) {
        const Node& node = graph.nodes[n];
        const double entered = traffic.visits[n],
                     byRequest = node.kind == NodeKind::Spawn ? 0 : traffic.requestVisits[n];
        for (std::uint32_t e = node.firstEdge; e < node.firstEdge + node.edges; ++e) {
            const std::uint32_t child = graph.edges[e].child;
            traffic.visits[child] += entered * outcomes.edge[e];
            traffic.work[child] += traffic.work[n] * outcomes.edge[e] * outcomes.kept[e];
            traffic.busy[child] += traffic.busy[n] * outcomes.edge[e] * outcomes.kept[e] * outcomes.busy[e];
            traffic.requestVisits[child] += byRequest * outcomes.edge[e];
        }
        addToResource(graph, node, n, classRates[node.cls], traffic);
        if (node.kind == NodeKind::Attempt)
            outcomes.retries[node.cls] += traffic.requestVisits[n] * (outcomes.tries[n].expected - 1);
    }
    finishMoments(traffic.queueRate, traffic.queueService);
    finishCells(graph, traffic);
}

std::expected<void, Error> checkCycles(const Graph& graph, const Traffic& traffic) {
    constexpr double kLeft = 1e-6;
    for (const std::uint32_t n : graph.cut)
        if (const double left = traffic.visits[n]; !(left <= kLeft))
            return std::unexpected(Error{
                Error::Unbounded, elementName("classes", graph.nodes[n].cls), "root",
                fmt::format("its calls, retries included, call each other without end: after all the rounds that they "
                            "need without retries {:.3g} for each request still go on",
                            left)});
    return {};
}

} // namespace plimsoll::flow
