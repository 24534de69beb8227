#include "engine/solve/coupled_closed.h"

#include "engine/distribution/distribution.h"
#include "engine/network/closed_classes.h"
#include "engine/queueing/erlang.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace plimsoll::flow {
namespace {

/// More instances of one station than this are one station with all their servers.
constexpr std::uint32_t kMostCopies = 16;

/// The figures of visits that lose `lost_s` of which each is `mean_s` long.
QueueFigures figuresOf(const Cell& cell, double busy, double mean_s, double lost_s) {
    QueueFigures figures;
    figures.method = {"closed", Exactness::Approximation};
    if (!(lost_s > 0)) return figures;
    if (cell.sharing) {
        figures.stretch = 1 + lost_s / mean_s;
        const double load = 1 - 1 / figures.stretch;
        figures.law = QueueFigures::Sharing;
        figures.sharing = {
            .servers = 1, .load = load, .serviceMean_s = mean_s, .serviceScv = 1, .waitProbability = load};
        return figures;
    }
    // Whoever waits waits exponentially, as in M/M/c at the same utilisation.
    const double waits = std::max(1e-12, queueing::erlangC(cell.servers, std::min(0.999, busy) * cell.servers));
    figures.law = QueueFigures::Waits;
    figures.mustWait = waits;
    figures.wait = lost_s;
    figures.cumulants = distribution::fromRawMoments(lost_s, 2 * lost_s * lost_s / waits,
                                                     6 * lost_s * lost_s * lost_s / (waits * waits));
    figures.phases = {{.weight = {1 - waits}, .shape = 1, .scale = Seconds{0}},
                      {.weight = {waits}, .shape = 1, .scale = Seconds{lost_s / waits}}};
    return figures;
}

class ClosedSolver {
public:
    ClosedSolver(SolverState& state, Unknowns& next)
        : m_state(state), m_graph(state.graph), m_coupled(state.coupled), m_next(next) {}

    void run(double loadFactor) {
        for (std::uint32_t k = 0; k < m_state.model.classes.size(); ++k)
            if (const double users = usersOf(m_state.model.classes[k], loadFactor); users > 0)
                m_classes.push_back({k, users});
        collect();
        arrange();
        network::solveClosed(m_network, m_figures, m_scratch);
        for (std::size_t k = 0; k < m_classes.size(); ++k)
            m_next.throughput[m_classes[k].cls] = m_figures.throughput_per_s[k];
        spread();
    }

private:
    struct Users {
        std::uint32_t cls = 0;
        double users = 0;
    };
    /// A cell that closed classes visit.
    struct Shared {
        std::uint32_t cell = 0;
        std::vector<double> visits, demand_s; // by closed class, all instances together
        double openLoad = 0;                  // erlangs at one instance
    };

    bool isPlain(std::uint32_t cell) const {
        const Station& model = m_state.model.stations[m_graph.cells[cell].station];
        const bool plain = model.discipline == Discipline::Fcfs || model.discipline == Discipline::ProcessorSharing;
        return plain && model.servers && !model.capacity && model.contention == Contention{} &&
               !m_coupled.closesWithPool[cell];
    }
    void collect() {
        std::map<std::uint32_t, std::size_t> index;
        std::vector<std::size_t> place(m_state.model.classes.size(), m_classes.size());
        for (std::size_t k = 0; k < m_classes.size(); ++k) place[m_classes[k].cls] = k;
        for (std::uint32_t n = 0; n < m_graph.nodes.size(); ++n) {
            const Node& node = m_graph.nodes[n];
            if (node.kind != NodeKind::Serve || place[node.cls] == m_classes.size()) continue;
            const Visit& visit = m_graph.visits[node.visit];
            if (!(m_coupled.traffic.visits[n] > 0) || !isPlain(visit.cell)) continue;
            const auto [found, isNew] = index.try_emplace(visit.cell, m_shared.size());
            if (isNew) {
                m_shared.push_back({visit.cell, {}, {}, 0});
                m_shared.back().visits.resize(m_classes.size());
                m_shared.back().demand_s.resize(m_classes.size());
            }
            Shared& shared = m_shared[found->second];
            shared.visits[place[node.cls]] += m_coupled.traffic.visits[n];
            shared.demand_s[place[node.cls]] += m_coupled.traffic.work[n] * visit.moments.first;
        }
        for (std::uint32_t n = 0; n < m_graph.nodes.size(); ++n) {
            const Node& node = m_graph.nodes[n];
            if (node.kind != NodeKind::Serve || place[node.cls] < m_classes.size()) continue;
            const Visit& visit = m_graph.visits[node.visit];
            const auto found = index.find(visit.cell);
            if (found == index.end()) continue;
            const double up = std::max(1u, m_graph.groups[m_graph.cells[visit.cell].group].up);
            m_shared[found->second].openLoad +=
                m_coupled.traffic.work[n] * m_state.scaledRates[node.cls] * visit.moments.first / up;
        }
    }
    std::uint32_t copiesOf(const Shared& shared) const {
        const std::uint32_t up = std::max(1u, m_graph.groups[m_graph.cells[shared.cell].group].up);
        return up <= kMostCopies ? up : 1;
    }
    void arrange() {
        m_users.clear();
        for (const Users& users : m_classes) {
            m_users.push_back(users.users);
            m_think.push_back(delayOf(users.cls));
        }
        for (const Shared& shared : m_shared) {
            const Cell& cell = m_graph.cells[shared.cell];
            const double up = std::max(1u, m_graph.groups[cell.group].up);
            const std::uint32_t copies = copiesOf(shared);
            for (std::uint32_t i = 0; i < copies; ++i) {
                m_servers.push_back(copies == 1 ? cell.servers * up : cell.servers);
                constexpr double kFull = 0.999999; // open classes that fill a station leave next to nothing
                m_open.push_back(std::min(kFull, shared.openLoad / cell.servers));
                for (double demand : shared.demand_s) m_demand.push_back(demand / copies);
            }
        }
        m_network = {m_users, m_think, m_servers, m_demand, m_open};
    }
    /// Think time and what the way takes outside the shared stations, at the residences of the last round.
    double delayOf(std::uint32_t cls) const {
        const auto& closed = std::get<Closed>(m_state.model.classes[cls].arrivals);
        double delay = distribution::mean(closed.think).count() + m_state.values[m_graph.root[cls]].inclusive();
        for (std::uint32_t n = 0; n < m_graph.nodes.size(); ++n) {
            const Node& node = m_graph.nodes[n];
            if (node.kind != NodeKind::Serve || node.cls != cls) continue;
            const bool shared = std::ranges::any_of(
                m_shared, [&](const Shared& one) { return one.cell == m_graph.visits[node.visit].cell; });
            if (shared) delay -= m_coupled.traffic.requestVisits[n] * m_state.values[n].inclusive();
        }
        return std::max(delay, m_shared.empty() ? 1e-30 : 0.0);
    }
    void spread() {
        m_coupled.own.clear();
        m_coupled.ownOf.assign(m_graph.visits.size(), kNone);
        std::size_t at = 0;
        for (const Shared& shared : m_shared) {
            const Cell& cell = m_graph.cells[shared.cell];
            const std::uint32_t copies = copiesOf(shared);
            // Never below 1 but by rounding.
            const double busy = m_figures.utilisation[at], stretch = std::max(1.0, m_figures.outsideStretch[at]);
            QueueFigures& queue = m_coupled.queues[m_graph.firstQueue[shared.cell]];
            const double mean = m_coupled.traffic.service[shared.cell].first;
            double waiting = 0;
            std::vector<std::uint32_t> byClass(m_classes.size(), kNone);
            for (std::size_t k = 0; k < m_classes.size(); ++k) {
                if (!(shared.visits[k] > 0)) continue;
                const double residence = m_figures.residence_s[at * m_classes.size() + k] * copies;
                const double lost = std::max(0.0, residence - shared.demand_s[k]);
                byClass[k] = std::uint32_t(m_coupled.own.size());
                m_coupled.own.push_back(
                    figuresOf(cell, busy, shared.demand_s[k] / shared.visits[k], lost / shared.visits[k]));
                waiting += m_figures.throughput_per_s[k] * lost / std::max(1u, m_graph.groups[cell.group].up);
            }
            assign(shared, byClass);
            const double open = std::max(0.0, shared.openLoad) * (stretch - 1);
            if (shared.openLoad > 0 && shared.openLoad < cell.servers)
                queue = figuresOf(cell, busy, mean, (stretch - 1) * mean);
            queue.steady = shared.openLoad < cell.servers;
            queue.carried = queue.steady ? 1 : cell.servers / shared.openLoad;
            queue.busy = busy * cell.servers;
            queue.waiting = waiting + open;
            queue.method = {"closed", m_figures.method == network::ClosedMethod::Exact ? Exactness::Exact
                                                                                       : Exactness::Approximation};
            m_next.carried[m_graph.firstQueue[shared.cell]] = queue.carried;
            at += copies;
        }
    }
    void assign(const Shared& shared, const std::vector<std::uint32_t>& byClass) {
        for (const Node& node : m_graph.nodes) {
            if (node.kind != NodeKind::Serve || m_graph.visits[node.visit].cell != shared.cell) continue;
            for (std::size_t k = 0; k < m_classes.size(); ++k)
                if (m_classes[k].cls == node.cls) m_coupled.ownOf[node.visit] = byClass[k];
        }
    }

    SolverState& m_state;
    const Graph& m_graph;
    Coupled& m_coupled;
    Unknowns& m_next;
    std::vector<Users> m_classes;
    std::vector<Shared> m_shared;
    std::vector<double> m_users, m_think, m_servers, m_demand, m_open;
    network::ClosedClasses m_network;
    network::ClosedFigures m_figures;
    network::ClosedScratch m_scratch;
};

} // namespace

double usersOf(const RequestClass& cls, double loadFactor) {
    const auto* closed = std::get_if<Closed>(&cls.arrivals);
    if (!closed || closed->users == 0) return 0;
    return std::max(1.0, std::round(closed->users * loadFactor));
}

void computeClosed(SolverState& state, Unknowns& next) {
    const bool any =
        std::ranges::any_of(state.model.classes, [&](const RequestClass& cls) { return usersOf(cls, 1) > 0; });
    if (any) ClosedSolver(state, next).run(state.loadFactor);
}

} // namespace plimsoll::flow
