#include "engine/solve/hold_body.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace plimsoll::flow {
namespace {

/// Variance of a part that is passed `visits` times: at most once by chance, or so often in a row.
double varianceOf(double visits, const distribution::Cumulants& part) {
    const double square = part.variance + part.mean * part.mean;
    if (visits <= 1) return visits * square - visits * visits * part.mean * part.mean;
    return visits * part.variance;
}

class Reader {
public:
    Reader(const SolverState& state, std::uint32_t poolCell)
        : m_state(state), m_graph(state.graph), m_coupled(state.coupled), m_poolCell(poolCell) {}

    HoldBody read() {
        for (const HoldSite& site : m_graph.holds)
            if (site.poolCell == m_poolCell) m_body.rate += rateOf(site);
        if (!(m_body.rate > 0)) return m_body;
        for (const HoldSite& site : m_graph.holds)
            if (site.poolCell == m_poolCell && rateOf(site) > 0) add(site, rateOf(site) / m_body.rate);
        settleStations();
        settlePools();
        return m_body;
    }

private:
    double up(std::uint32_t group) const { return m_graph.groups[group].up; }
    double rateOf(const HoldSite& site) const {
        const double instances = up(m_graph.poolCells[m_poolCell].group);
        if (!(instances > 0)) return 0;
        return m_coupled.traffic.visits[site.acquire] * m_state.scaledRates[site.cls] / instances *
               m_coupled.outcomes.node[site.acquire].passes();
    }
    void add(const HoldSite& site, double share) {
        m_visits.clear();
        m_visits[site.body] = share;
        for (std::uint32_t n : site.below) { // parents before children
            const double visits = m_visits[n];
            if (!(visits > 0)) continue;
            const Node& node = m_graph.nodes[n];
            if (isInnerHold(node)) {
                addPool(n, node, visits);
                continue;
            }
            switch (node.kind) {
            case NodeKind::Product:
            case NodeKind::Power:
            case NodeKind::Mixture:
                for (std::uint32_t e = node.firstEdge; e < node.firstEdge + node.edges; ++e)
                    m_visits[m_graph.edges[e].child] += visits * m_coupled.outcomes.edge[e];
                break;
            case NodeKind::Serve: addStation(node, visits); break;
            default: addDelay(visits, m_state.cumulants[n], m_state.values[n].inclusive()); break;
            }
        }
    }
    static bool isInnerHold(const Node& node) { return node.kind == NodeKind::Product && node.resource != kNone; }
    void addDelay(double visits, const distribution::Cumulants& law, double mean) {
        m_body.delay_s += visits * mean;
        m_body.uncontended_s += visits * mean;
        m_body.variance_s2 += varianceOf(visits, {mean, law.variance, 0});
    }
    void addStation(const Node& node, double visits) {
        const Visit& visit = m_graph.visits[node.visit];
        const Cell& cell = m_graph.cells[visit.cell];
        if (cell.servers == 0) return addDelay(visits, visit.cumulants, visit.moments.first);
        ClosedCell& station = m_stations[visit.cell];
        station.cell = visit.cell;
        station.visits += visits;
        station.demand_s += visits * visit.moments.first;
        m_body.uncontended_s += visits * visit.moments.first;
        m_body.variance_s2 += varianceOf(visits, visit.cumulants);
    }
    void addPool(std::uint32_t n, const Node& node, double visits) {
        const std::uint32_t inner = m_graph.holds[node.resource].poolCell;
        ClosedPool& pool = m_pools[inner];
        pool.cell = inner;
        pool.visits += visits;
        m_poolTime[inner] += visits * m_state.values[n].inclusive();
        const PoolCellFigures& figures = m_coupled.poolCells[inner];
        m_body.uncontended_s += visits * figures.uncontended_s;
        m_body.variance_s2 += varianceOf(visits, {figures.uncontended_s, figures.uncontendedVariance_s2, 0});
    }
    /// Whether all that comes there comes from these holds, and it is there once for each pool.
    bool isClosed(std::uint32_t group, double rate, double inside) const {
        constexpr double kAll = 1e-9;
        const std::uint32_t own = m_graph.poolCells[m_poolCell].group;
        const bool beside = group == own || (up(group) == 1 && up(own) == 1);
        return beside && std::abs(rate * up(group) - inside * m_body.rate * up(own)) <= kAll * rate * up(group);
    }
    bool isBeside(std::uint32_t cell) const { return m_graph.cells[cell].group == m_graph.poolCells[m_poolCell].group; }
    bool isPlain(std::uint32_t cell) const {
        const Station& model = m_state.model.stations[m_graph.cells[cell].station];
        const bool plain = model.discipline == Discipline::Fcfs || model.discipline == Discipline::ProcessorSharing;
        return plain && !model.capacity;
    }
    void shareOut(ClosedCell& station) const {
        constexpr double kAll = 1e-9, kFull = 1 - 1e-6; // others leave something
        const Cell& cell = m_graph.cells[station.cell];
        const double load = m_coupled.traffic.load[station.cell] / cell.servers;
        const double own = m_body.rate * station.demand_s / cell.servers;
        const double inside = station.visits * m_body.rate * up(m_graph.poolCells[m_poolCell].group);
        const double all = m_coupled.traffic.rate[station.cell] * up(cell.group);
        station.heldOnly = std::abs(all - inside) <= kAll * all;
        const bool alone = isClosed(cell.group, m_coupled.traffic.rate[station.cell], station.visits);
        station.others = alone ? 0 : std::clamp(load - own, 0.0, kFull);
    }
    void settleStations() {
        for (auto& [cell, station] : m_stations) {
            if (isPlain(cell) && (up(m_graph.cells[cell].group) == 1 || isBeside(cell))) {
                shareOut(station);
                m_body.stations.push_back(station);
                m_body.service_s += station.demand_s;
                continue;
            }
            const QueueFigures& queue = m_coupled.queues[m_graph.firstQueue[cell]];
            m_body.delay_s += station.visits * queue.wait + queue.stretch * station.demand_s;
        }
    }
    void settlePools() {
        for (const auto& [cell, pool] : m_pools) {
            double asked = 0;
            for (std::uint32_t q = m_graph.firstPoolQueue[cell]; q < m_graph.firstPoolQueue[cell + 1]; ++q)
                asked += m_coupled.traffic.poolRate[q];
            const Pool& model = m_state.model.pools[m_graph.poolCells[cell].pool];
            const bool plain = !model.onDemand && !model.queueLimit && !model.maxWait;
            if (plain && !m_coupled.poolCells[cell].rates.empty() &&
                isClosed(m_graph.poolCells[cell].group, asked, pool.visits))
                m_body.pools.push_back(pool);
            else
                m_body.delay_s += m_poolTime.at(cell);
        }
    }

    const SolverState& m_state;
    const Graph& m_graph;
    const Coupled& m_coupled;
    std::uint32_t m_poolCell;
    HoldBody m_body;
    std::map<std::uint32_t, double> m_visits, m_poolTime;
    std::map<std::uint32_t, ClosedCell> m_stations;
    std::map<std::uint32_t, ClosedPool> m_pools;
};

} // namespace

HoldBody holdBodyOf(const SolverState& state, std::uint32_t poolCell) {
    return Reader(state, poolCell).read();
}

} // namespace plimsoll::flow
