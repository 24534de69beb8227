#include "engine/solve/coupled_pools.h"

#include "engine/network/convolution.h"
#include "engine/network/loaded_station.h"
#include "engine/network/pool.h"
#include "engine/queueing/cold_starts.h"
#include "engine/solve/hold_body.h"
#include "engine/solve/policies.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {
namespace {

class PoolSolver {
public:
    PoolSolver(SolverState& state, Unknowns& next)
        : m_state(state), m_graph(state.graph), m_coupled(state.coupled), m_next(next) {}

    void solve(std::uint32_t cell) {
        m_cell = cell;
        m_model = &m_state.model.pools[m_graph.poolCells[cell].pool];
        m_first = m_graph.firstPoolQueue[cell];
        m_last = m_graph.firstPoolQueue[cell + 1];
        m_figures = &m_coupled.poolCells[cell];
        m_figures->offered = 0;
        for (std::uint32_t q = m_first; q < m_last; ++q) m_figures->offered += m_coupled.traffic.poolRate[q];
        m_body = holdBodyOf(m_state, cell);
        if (m_model->onDemand)
            solveOnDemand();
        else if (!(m_figures->offered > 0))
            idle();
        else
            solveTokens();
        for (std::uint32_t q = m_first; q < m_last; ++q) {
            const PoolFigures& queue = m_coupled.pools[q];
            m_next.pools[q] = {queue.refused, queue.timedOut, queue.carried};
        }
    }

private:
    void idle() {
        m_figures->carried = m_figures->busy = m_figures->demand = m_figures->hold = 0;
        for (std::uint32_t q = m_first; q < m_last; ++q) {
            m_coupled.pools[q] = {};
            m_coupled.pools[q].method = {"pool", Exactness::Exact};
        }
    }
    /// Tokens that the other pools' live instances leave.
    double tokens() const { return std::max(1.0, double(m_model->tokens) - m_figures->attached); }

    void solveTokens() {
        const double count = tokens();
        if (!closeBody(count)) return unheld();
        const double free = m_body.uncontended_s, scv = free > 0 ? m_body.variance_s2 / (free * free) : 1;
        m_figures->uncontended_s = free;
        m_figures->uncontendedVariance_s2 = m_body.variance_s2;
        network::PoolQueue queue;
        queue.arrivalRate_per_s = m_figures->offered;
        queue.rates_per_s = m_figures->rates;
        queue.tokens = count;
        if (m_model->queueLimit) queue.queueLimit = double(*m_model->queueLimit);
        if (m_model->maxWait) queue.maxWait_s = m_model->maxWait->count();
        const network::PoolFigures found = network::poolQueue(queue);
        m_figures->carried = found.carried_per_s;
        m_figures->busy = found.busy;
        m_figures->hold = found.hold_s;
        m_figures->capacity = m_figures->rates.back();
        m_figures->demand = m_figures->offered / m_figures->capacity;
        const bool bounded = m_model->queueLimit || m_model->maxWait;
        const Arrivals& arrivals = m_coupled.unknowns.poolArrivals[m_cell];
        const double ratio = policyRatio(m_state, m_cell, count, found.hold_s, scv);
        const bool exponential = std::abs(scv - 1) < 1e-9 && m_body.pools.empty();
        for (std::uint32_t q = m_first; q < m_last; ++q) {
            PoolFigures& result = m_coupled.pools[q];
            result = {};
            result.steady = found.steady;
            result.refused = found.refused;
            result.timedOut = found.timedOut;
            result.carried = found.steady ? 1 : found.carried_per_s / m_figures->offered;
            result.law = found.wait;
            if (!bounded && !exponential) scale(result.law, (1 + scv) / 2);
            if (!bounded) scale(result.law, ratio * (arrivals.scv + arrivals.excess + 1) / 2); // heavy traffic
            result.wait = result.law.cumulants.mean;
            result.method = {"pool",
                             exponential && m_body.stations.empty() ? Exactness::Exact : Exactness::Approximation};
        }
        if (bounded) m_coupled.pools[m_first].waiting = found.waiting;
        if (m_last - m_first > 1 && !bounded) rank(found);
        m_ratio = ratio;
        contend(found);
        if (ratio != 1 && found.steady) {
            m_figures->hold = present();
            m_figures->busy = std::min(count, m_figures->carried * m_figures->hold);
        }
    }
    /// Mean hold at the residences of now.
    double present() const {
        double time = m_body.delay_s;
        for (const ClosedCell& station : m_body.stations) {
            const QueueFigures& queue = m_coupled.queues[m_graph.firstQueue[station.cell]];
            time += station.visits * queue.wait + queue.stretch * station.demand_s;
        }
        for (const ClosedPool& pool : m_body.pools) {
            const PoolFigures& queue = m_coupled.pools[m_graph.firstPoolQueue[pool.cell]];
            time += pool.visits * (queue.wait + m_coupled.poolCells[pool.cell].hold);
        }
        return time;
    }
    static void scale(queueing::Wait& wait, double factor) {
        wait.cumulants.mean *= factor;
        wait.cumulants.variance *= factor * factor;
        wait.cumulants.third *= factor * factor * factor;
    }
    /// X(n) of the body; false where a hold takes no time.
    bool closeBody(double count) {
        m_stations.clear();
        m_figures->rates.assign(std::size_t(std::min(count, kMostStates)), 0);
        m_slowing.clear();
        m_slowing.reserve(m_body.stations.size()); // stations refer to it
        for (const ClosedCell& station : m_body.stations) {
            const Station& model = m_state.model.stations[m_graph.cells[station.cell].station];
            m_stations.push_back({station.demand_s, m_graph.cells[station.cell].servers, {}, 1});
            if (station.others > 0) {
                std::vector<double> speeds;
                network::loadedSpeeds(*model.servers, station.others, m_figures->rates.size(), speeds);
                for (double& speed : speeds) speed *= station.visits / station.demand_s;
                m_slowing.push_back(std::move(speeds));
                m_stations.back().rates_per_s = m_slowing.back();
                m_stations.back().visits = station.visits;
                continue;
            }
            if (model.contention == Contention{}) continue;
            const double most = model.discipline == Discipline::ProcessorSharing ? std::min(count, kMostStates)
                                                                                 : double(*model.servers);
            m_slowing.push_back(slowingRates(model, most, station.demand_s / station.visits));
            m_stations.back().rates_per_s = m_slowing.back();
            m_stations.back().visits = station.visits;
        }
        for (const ClosedPool& pool : m_body.pools)
            m_stations.push_back({0, 1, m_coupled.poolCells[pool.cell].rates, pool.visits});
        if (!(m_body.delay_s + m_body.service_s > 0) && m_body.pools.empty()) {
            m_figures->rates.clear();
            return false;
        }
        const network::ClosedNetwork body{m_stations, m_body.delay_s};
        if (m_stations.empty()) {
            network::closedThroughput(body, m_figures->rates, m_scratch);
        } else {
            m_numbers.resize(m_stations.size() * m_figures->rates.size());
            network::closedNumbers(body, m_figures->rates, m_numbers, m_scratch);
        }
        return true;
    }
    void unheld() {
        idle();
        m_figures->carried = m_figures->offered;
    }
    void rank(const network::PoolFigures& found) {
        std::vector<double> rates;
        std::vector<std::optional<double>> waits(m_last - m_first);
        for (std::uint32_t q = m_first; q < m_last; ++q) rates.push_back(m_coupled.traffic.poolRate[q]);
        network::priorityWaits(rates, m_figures->capacity, found.waitProbability, waits);
        const double fcfs = found.wait.cumulants.mean;
        for (std::uint32_t q = m_first; q < m_last; ++q) {
            PoolFigures& result = m_coupled.pools[q];
            const auto& wait = waits[q - m_first];
            result.steady = wait.has_value();
            result.carried = wait ? 1 : result.carried;
            if (!wait) continue;
            if (fcfs > 0) scale(result.law, *wait / fcfs);
            result.wait = *wait * (found.wait.cumulants.mean > 0 ? 1 : 0);
        }
    }
    /// The stations that close with the pool take as long as its holders make them.
    void contend(const network::PoolFigures& found) {
        if (m_stations.empty()) return;
        const std::size_t most = m_figures->rates.size();
        std::vector<double> present(most + 1, 0); // P(n holders), n = 0 ... tokens
        double all = 1, weight = 1;
        present[0] = 1;
        for (std::size_t n = 1; n < most; ++n) {
            weight *= m_figures->offered / m_figures->rates[n - 1];
            if (weight > 1e200) break;
            present[n] = weight;
            all += weight;
        }
        const double busyAll = found.steady ? std::min(1.0, found.waitProbability) : 1;
        for (double& share : present) share *= (1 - busyAll) / all;
        present[most] = busyAll;
        const auto timeAt = [&](std::size_t i) { // for one hold
            double number = 0;
            for (std::size_t n = 1; n <= most; ++n) number += present[n] * m_numbers[i * most + n - 1];
            return number / found.carried_per_s;
        };
        for (std::size_t i = 0; i < m_body.stations.size(); ++i)
            if (m_body.stations[i].heldOnly) residence(m_body.stations[i], timeAt(i));
        for (std::size_t i = 0; i < m_body.pools.size(); ++i)
            innerWait(m_body.pools[i], timeAt(m_body.stations.size() + i));
    }
    /// Who holds an outer token waits no longer for the inner one than the other holders make it.
    void innerWait(const ClosedPool& pool, double time_s) {
        const std::uint32_t q = m_graph.firstPoolQueue[pool.cell];
        PoolFigures& queue = m_coupled.pools[q];
        const double wait = std::max(0.0, time_s / pool.visits - m_coupled.poolCells[pool.cell].hold);
        if (queue.steady && wait >= queue.wait) return;
        if (queue.steady && queue.wait > 0)
            scale(queue.law, wait / queue.wait);
        else
            queue.law = queueing::waitFrom(1, {wait, wait * wait, 2 * wait * wait * wait}, false);
        queue.wait = queue.law.cumulants.mean;
        queue.steady = true;
        queue.carried = m_next.pools[q].carried = 1;
    }
    /// `time_s` at this station for one hold.
    void residence(const ClosedCell& station, double time_s) {
        const std::uint32_t q = m_graph.firstQueue[station.cell];
        m_coupled.closesWithPool[station.cell] = 1;
        QueueFigures& queue = m_coupled.queues[q];
        const Cell& cell = m_graph.cells[station.cell];
        const double mean = station.demand_s / station.visits;
        const double lost = std::max(0.0, time_s / station.visits - mean);
        if (queue.steady && queue.alone > 0) {
            // What the tokens keep out of the station waits for them instead; a policy that leaves less to wait for
            // them leaves the station that much more.
            scaleWait(queue, 1 - (1 - std::min(1.0, lost / queue.alone)) * std::min(1.0, m_ratio));
        } else {
            queue.steady = true;
            queue.carried = 1;
            if (cell.sharing) {
                const double busy = lost / (lost + mean);
                queue.law = QueueFigures::Sharing;
                queue.stretch = 1 + lost / mean;
                queue.sharing = {
                    .servers = 1, .load = busy, .serviceMean_s = mean, .serviceScv = 1, .waitProbability = busy};
            } else {
                queue.law = lost > 0 ? QueueFigures::Waits : QueueFigures::NoWait;
                queue.mustWait = 1;
                queue.wait = lost;
                queue.phases = {{.shape = 1, .scale = Seconds{lost}}};
                queue.cumulants = {lost, lost * lost, 2 * lost * lost * lost};
            }
        }
        queue.method.exactness = Exactness::Approximation;
        m_next.carried[q] = 1;
    }

    void solveOnDemand() {
        const OnDemand& demand = *m_model->onDemand;
        queueing::OnDemandServers servers;
        servers.arrivalRate_per_s = m_figures->offered;
        servers.busy_s = m_body.delay_s + m_body.service_s;
        for (const ClosedCell& station : m_body.stations) { // at its present residence
            const QueueFigures& queue = m_coupled.queues[m_graph.firstQueue[station.cell]];
            servers.busy_s += station.visits * queue.wait + (queue.stretch - 1) * station.demand_s;
        }
        const distribution::Cumulants boot = distribution::cumulants(demand.boot);
        servers.boot_s = boot.mean;
        servers.keepAlive_s = demand.keepAlive.count();
        servers.provisioned = demand.provisioned;
        servers.limit = m_model->tokens;
        if (demand.attaches)
            servers.limit = std::min(servers.limit, double(m_state.model.pools[std::size_t(*demand.attaches)].tokens));
        const queueing::ColdStarts found = queueing::coldStarts(servers);
        m_figures->carried = m_figures->offered * (1 - found.refused);
        m_figures->busy = found.busy;
        m_figures->hold = servers.busy_s + found.cold * servers.boot_s;
        m_figures->demand = m_figures->offered * m_figures->hold / servers.limit;
        m_figures->onDemand = OnDemandResult{found.busy, found.live, {found.cold}, {m_figures->carried * found.cold}};
        for (std::uint32_t q = m_first; q < m_last; ++q) {
            PoolFigures& result = m_coupled.pools[q];
            result = {};
            result.refused = found.refused;
            result.cold = found.cold;
            result.phases.clear();
            result.phases.push_back({.weight = {1 - found.cold}, .shape = 1, .scale = Seconds{0}});
            distribution::MixtureCumulants wait;
            wait.addMean(found.cold, boot.mean);
            wait.addMean(1 - found.cold, 0);
            wait.addSpread(found.cold, boot);
            wait.addSpread(1 - found.cold, {});
            for (Phase phase : demand.boot.phases) {
                phase.weight.value *= found.cold;
                result.phases.push_back(phase);
            }
            result.law = {found.cold, wait.total(), false};
            result.wait = wait.total().mean;
            result.method = {"on-demand", Exactness::Approximation};
        }
    }

    static constexpr double kMostStates = 1e6;
    SolverState& m_state;
    const Graph& m_graph;
    Coupled& m_coupled;
    Unknowns& m_next;
    std::uint32_t m_cell = 0, m_first = 0, m_last = 0;
    const Pool* m_model = nullptr;
    PoolCellFigures* m_figures = nullptr;
    HoldBody m_body;
    double m_ratio = 1; // waits for tokens over those with random picks
    std::vector<network::ClosedStation> m_stations;
    std::vector<std::vector<double>> m_slowing; // by station with contention
    std::vector<double> m_numbers;
    network::ConvolutionScratch m_scratch;
};

} // namespace

void computePools(SolverState& state, Unknowns& next) {
    if (state.graph.holds.empty()) return;
    PoolSolver solver(state, next);
    for (std::uint32_t cell : state.graph.poolOrder)
        if (state.graph.poolCells[cell].visited) solver.solve(cell);
}

} // namespace plimsoll::flow
