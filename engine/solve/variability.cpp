#include "engine/solve/variability.h"

#include "engine/solve/cells.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace plimsoll::flow {
namespace {

/// Merging flows at one queue (Whitt 1983): shares, and their variability.
struct Merging {
    double rate = 0, squares = 0, scv = 0, excess = 0; // sums over flows: r, r^2, r x scv, r x excess

    void add(double flow, const Arrivals& arrivals) {
        rate += flow;
        squares += flow * flow;
        scv += flow * arrivals.scv;
        excess += flow * arrivals.excess;
    }
    Arrivals merged(double busy) const {
        if (!(rate > 0)) return {};
        const double others = std::max(0.0, rate * rate / squares - 1), idle = 1 - std::min(1.0, busy);
        const double weight = 1 / (1 + 4 * idle * idle * others);
        return {1 - weight + weight * scv / rate, excess / rate};
    }
};

/// A share of a flow, picked at random.
Arrivals thinned(const Arrivals& arrivals, double share) {
    const double p = std::clamp(share, 0.0, 1.0);
    return {1 - p + p * arrivals.scv, p * arrivals.excess};
}

class Sweep {
public:
    explicit Sweep(const SolverState& state)
        : m_state(state), m_graph(state.graph), m_coupled(state.coupled), m_left(state.graph.nodes.size()),
          m_done(state.graph.nodes.size(), 0), m_cells(state.graph.cells.size()),
          m_pools(state.graph.poolCells.size()) {
        for (const Pick& pick : m_graph.picks)
            for (std::uint32_t i = 0; i < pick.targets; ++i)
                m_groupOf[m_graph.nodes[pick.node].firstEdge + i] = m_graph.pickTargets[pick.firstTarget + i].group;
    }

    void run(Unknowns& next) {
        for (std::size_t c = 0; c < m_graph.root.size(); ++c) {
            Arrivals arrivals;
            if (const auto* open = std::get_if<Open>(&m_state.model.classes[c].arrivals))
                arrivals = {open->scv, 2 * (open->batch - 1)}; // geometric batches
            pass(m_graph.root[c], arrivals);
        }
        for (std::size_t c = 0; c < m_cells.size(); ++c) {
            const double servers = m_graph.cells[c].servers;
            const double busy = servers > 0 ? m_coupled.traffic.load[c] / servers : 0;
            next.arrivals[c] = m_cells[c].merged(busy);
        }
        for (std::size_t p = 0; p < m_pools.size(); ++p)
            next.poolArrivals[p] = m_pools[p].merged(m_coupled.poolCells[p].demand);
    }

private:
    /// Sends a flow through a node; what leaves it. A node that several flows enter is passed once, as the first.
    Arrivals pass(std::uint32_t n, const Arrivals& arrivals) {
        if (m_done[n]) return m_left[n];
        m_done[n] = 1;
        return m_left[n] = through(n, arrivals);
    }
    Arrivals through(std::uint32_t n, Arrivals arrivals) {
        const Node& node = m_graph.nodes[n];
        switch (node.kind) {
        case NodeKind::Serve: return serve(n, node, arrivals);
        case NodeKind::Acquire:
            m_pools[m_graph.poolQueues[node.resource].cell].add(m_coupled.traffic.visits[n], arrivals);
            return arrivals;
        case NodeKind::Mixture: {
            Merging merging;
            for (std::uint32_t e = node.firstEdge; e < node.firstEdge + node.edges; ++e) {
                const Edge& edge = m_graph.edges[e];
                if (!(edge.weight > 0)) continue;
                merging.add(edge.weight, pass(edge.child, thinned(arrivals, edge.weight / instancesOf(e))));
            }
            return merging.rate > 0 ? Arrivals{merging.scv / merging.rate, merging.excess / merging.rate} : arrivals;
        }
        case NodeKind::Spawn:
            for (const Edge& edge : m_graph.edgesOf(node)) pass(edge.child, arrivals);
            return arrivals;
        case NodeKind::Fork: {
            Arrivals last = arrivals;
            for (const Edge& edge : m_graph.edgesOf(node)) last = pass(edge.child, arrivals);
            return last;
        }
        default:
            for (const Edge& edge : m_graph.edgesOf(node)) arrivals = pass(edge.child, arrivals);
            return arrivals;
        }
    }
    /// How many instances share what goes down a pick's edge.
    double instancesOf(std::uint32_t edge) const {
        const auto found = m_groupOf.find(edge);
        return found == m_groupOf.end() ? 1 : std::max(1u, m_graph.groups[found->second].up);
    }
    Arrivals serve(std::uint32_t n, const Node& node, const Arrivals& arrivals) {
        const std::uint32_t index = m_graph.visits[node.visit].cell;
        const Cell& cell = m_graph.cells[index];
        const double flow = m_coupled.traffic.visits[n] * m_state.scaledRates[node.cls];
        m_cells[index].add(flow, arrivals);
        if (cell.servers == 0) return arrivals;
        const Arrivals& all = m_coupled.unknowns.arrivals[index];
        const double together = all.scv + all.excess,
                     busy = std::min(1.0, m_coupled.traffic.load[index] / cell.servers);
        constexpr double kIdle = 0.05, kLeastScv = 0.2; // theory/networks.md 2
        double left = together;
        if (!cell.sharing && busy >= kIdle) {
            const double service = std::max(kLeastScv, scvOf(m_coupled.traffic.service[index]));
            const double x = 1 + (service - 1) / std::sqrt(cell.servers);
            left = busy * busy * x + (1 - busy * busy) * together;
        }
        const double up = std::max(1u, m_graph.groups[cell.group].up);
        const double whole = m_coupled.traffic.rate[index] * up;
        return thinned({left, 0}, whole > 0 ? flow / whole : 1);
    }
    const SolverState& m_state;
    const Graph& m_graph;
    const Coupled& m_coupled;
    std::vector<Arrivals> m_left;
    std::vector<std::uint8_t> m_done;
    std::vector<Merging> m_cells, m_pools;
    std::map<std::uint32_t, std::uint32_t> m_groupOf; // by edge of a pick
};

} // namespace

void computeVariability(const SolverState& state, Unknowns& next) {
    const bool plain = std::ranges::all_of(state.model.classes, [](const RequestClass& cls) {
        const auto* open = std::get_if<Open>(&cls.arrivals);
        return !open || (open->scv == 1 && open->batch == 1);
    });
    if (!plain) Sweep(state).run(next);
}

} // namespace plimsoll::flow
