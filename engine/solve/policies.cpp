#include "engine/solve/policies.h"

#include "engine/balancer/model/policy_model.h"
#include "engine/solve/cells.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace plimsoll::flow {
namespace {

bool looks(const Graph& graph, const Model& model, const Pick& pick) {
    if (model.balancers[pick.balancer].policy == Policy::Random) return false;
    std::uint32_t up = 0;
    for (std::uint32_t i = 0; i < pick.targets; ++i)
        up += graph.groups[graph.pickTargets[pick.firstTarget + i].group].up;
    return up > 1;
}

/// By fleet: the calls of the balancer that sends it most; no servers where no policy looks.
std::vector<BalancedCalls> callsByFleet(const SolverState& state) {
    const Graph& graph = state.graph;
    std::map<std::pair<std::uint32_t, std::uint32_t>, BalancedCalls> all; // by balancer and fleet
    for (const Pick& pick : graph.picks) {
        if (!looks(graph, state.model, pick)) continue;
        const Node& node = graph.nodes[pick.node];
        const double entered = state.coupled.traffic.visits[pick.node] * state.scaledRates[node.cls];
        for (std::uint32_t i = 0; i < pick.targets; ++i) {
            const PickTarget& target = graph.pickTargets[pick.firstTarget + i];
            const Group& group = graph.groups[target.group];
            const Edge& edge = graph.edges[node.firstEdge + i];
            BalancedCalls& calls = all[{pick.balancer, group.fleet}];
            calls.balancer = pick.balancer;
            calls.fleet = group.fleet;
            calls.rate_per_s += entered * edge.weight;
            calls.time_s += entered * edge.weight * state.values[edge.child].inclusive();
            const std::uint32_t first = graph.firstGroup[group.fleet];
            calls.servers.resize(graph.firstGroup[group.fleet + 1] - first, {0, 1, 0});
            calls.servers[target.group - first] = {double(group.up), group.speed, target.weight};
        }
    }
    std::vector<BalancedCalls> byFleet(state.model.fleets.size());
    for (auto& [key, calls] : all) {
        if (!(calls.rate_per_s > 0)) continue;
        calls.time_s /= calls.rate_per_s;
        BalancedCalls& best = byFleet[calls.fleet];
        if (calls.rate_per_s > best.rate_per_s) best = std::move(calls);
    }
    return byFleet;
}

balancer::PolicyLoad loadOf(const SolverState& state, const BalancedCalls& calls) {
    const Balancer& model = state.model.balancers[calls.balancer];
    balancer::PolicyLoad load;
    load.policy = model.policy;
    load.groups = calls.servers;
    load.arrivalRate_per_s = calls.rate_per_s;
    load.arrivalScv = calls.scv;
    load.balancers = 0;
    for (const Member& member : state.model.fleets[std::size_t(model.fleet)].members) load.balancers += member.count;
    load.signalAge_s = model.signalAge.count();
    return load;
}

class Stations {
public:
    Stations(SolverState& state, const BalancedCalls& calls)
        : m_state(state), m_graph(state.graph), m_coupled(state.coupled), m_calls(calls) {}

    void apply() {
        double busiest = -1;
        for (std::uint32_t s = 0; s < m_state.model.stations.size(); ++s)
            if (std::uint32_t(m_state.model.stations[s].fleet) == m_calls.fleet && isPlain(s)) applyTo(s, busiest);
        if (busiest >= 0) setShares();
    }

private:
    bool isPlain(std::uint32_t station) const {
        const Station& model = m_state.model.stations[station];
        const bool plain = model.discipline == Discipline::Fcfs || model.discipline == Discipline::ProcessorSharing;
        return plain && model.servers && !model.capacity && model.contention == Contention{};
    }
    void applyTo(std::uint32_t station, double& busiest) {
        const Station& model = m_state.model.stations[station];
        const std::uint32_t first = m_graph.firstCell[station], last = m_graph.firstCell[station + 1];
        balancer::PolicyLoad load = loadOf(m_state, m_calls);
        load.cores = double(*model.servers);
        load.discipline = model.discipline;
        double rate = 0, time = 0;
        queueing::ServiceMoments& service = load.service;
        for (std::uint32_t c = first; c < last; ++c) {
            const Group& group = m_graph.groups[m_graph.cells[c].group];
            const double flow = m_coupled.traffic.rate[c] * group.up, k = group.speed;
            const queueing::ServiceMoments& own = m_coupled.traffic.service[c];
            rate += flow;
            service.first += flow * own.first * k;
            service.second += flow * own.second * k * k;
            service.third += flow * own.third * k * k * k;
            service.fourth += flow * own.fourth * k * k * k * k;
            time += flow * (own.first + m_coupled.queues[m_graph.firstQueue[c]].lost(own.first));
        }
        if (!(rate > 0)) return;
        service = {service.first / rate, service.second / rate, service.third / rate, service.fourth / rate};
        load.arrivalRate_per_s = rate;
        const double visits = rate / m_calls.rate_per_s;
        load.heldElsewhere_s = std::max(0.0, m_calls.time_s - visits * time / rate) / visits;
        const balancer::PolicyFigures found = balancer::policyFigures(load, balancer::Detail::Laws);
        double demand = 0;
        for (std::uint32_t c = first; c < last; ++c) {
            const balancer::GroupFigures& group = found.groups[c - first];
            demand = std::max(demand, group.utilisation);
            if (group.share > 0 && group.steady) set(m_coupled.queues[m_graph.firstQueue[c]], c, group, found.method);
        }
        if (!(demand > busiest)) return;
        busiest = demand;
        m_shares.clear();
        for (const balancer::GroupFigures& group : found.groups) m_shares.push_back(group.share);
    }
    void set(QueueFigures& queue, std::uint32_t cell, const balancer::GroupFigures& group, const Method& method) {
        if (!queue.steady) return;
        queue.method = method;
        queue.wait = 0;
        queue.stretch = 1;
        const double mean = m_coupled.traffic.service[cell].first;
        if (m_graph.cells[cell].sharing) {
            queue.law = QueueFigures::Sharing;
            queue.sharing = group.sharing;
            queue.stretch = mean > 0 ? 1 + group.waitMean.count() / mean : 1;
        } else {
            queue.mustWait = group.wait.probability;
            queue.wait = group.waitMean.count();
            queue.cumulants = group.wait.cumulants;
            queue.phases = queueing::waitLaw(group.wait).phases;
            queue.law = QueueFigures::Waits;
        }
    }
    /// The busiest station decides who gets how much.
    void setShares() {
        double all = 0;
        for (double share : m_shares) all += share;
        if (!(all > 0)) return;
        for (const Pick& pick : m_graph.picks) {
            if (pick.balancer != m_calls.balancer) continue;
            double here = 0; // of the pick's weight, to this fleet
            for (std::uint32_t i = 0; i < pick.targets; ++i)
                if (isHere(pick, i)) here += edgeOf(pick, i).weight;
            for (std::uint32_t i = 0; i < pick.targets; ++i)
                if (isHere(pick, i)) edgeOf(pick, i).weight = here * m_shares[groupOf(pick, i) - firstGroup()] / all;
        }
    }
    std::uint32_t firstGroup() const { return m_graph.firstGroup[m_calls.fleet]; }
    std::uint32_t groupOf(const Pick& pick, std::uint32_t i) const {
        return m_graph.pickTargets[pick.firstTarget + i].group;
    }
    bool isHere(const Pick& pick, std::uint32_t i) const {
        return m_graph.groups[groupOf(pick, i)].fleet == m_calls.fleet;
    }
    Edge& edgeOf(const Pick& pick, std::uint32_t i) {
        return m_state.graph.edges[m_graph.nodes[pick.node].firstEdge + i];
    }

    SolverState& m_state;
    const Graph& m_graph;
    Coupled& m_coupled;
    const BalancedCalls& m_calls;
    std::vector<double> m_shares;
};

} // namespace

void computePolicies(SolverState& state) {
    state.coupled.calls = callsByFleet(state);
    for (const BalancedCalls& calls : state.coupled.calls)
        if (calls.rate_per_s > 0) Stations(state, calls).apply();
}

double policyRatio(const SolverState& state, std::uint32_t poolCell, double tokens, double holdMean_s, double holdScv) {
    const std::uint32_t fleet = state.graph.groups[state.graph.poolCells[poolCell].group].fleet;
    const BalancedCalls& calls = state.coupled.calls[fleet];
    if (!(calls.rate_per_s > 0) || !(holdMean_s > 0)) return 1;
    balancer::PolicyLoad load = loadOf(state, calls);
    for (balancer::ServerGroup& group : load.groups) group.speed = 1;
    load.cores = tokens;
    const double square = holdMean_s * holdMean_s * (1 + holdScv);
    load.service = {holdMean_s, square, square * holdMean_s * (1 + 2 * holdScv),
                    square * holdMean_s * holdMean_s * (1 + 2 * holdScv) * (1 + 3 * holdScv)};
    load.heldElsewhere_s = std::max(0.0, calls.time_s - holdMean_s);
    const balancer::PolicyFigures policy = balancer::policyFigures(load, balancer::Detail::Means);
    load.policy = Policy::Random;
    const balancer::PolicyFigures random = balancer::policyFigures(load, balancer::Detail::Means);
    if (!policy.steady || !random.steady || !(random.waitMean.count() > 0)) return 1;
    return policy.waitMean / random.waitMean;
}

} // namespace plimsoll::flow
