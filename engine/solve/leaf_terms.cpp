#include "engine/solve/leaf_terms.h"

#include "engine/solve/expansion.h"

namespace plimsoll::flow {

void LeafTerms::add(PathLaw& law, std::uint32_t index, bool alone) const {
    const Visit& visit = m_state.graph.visits[index];
    Distribution demand = distribution::scaled(*visit.law, visit.factor);
    if (visit.cell == kNone || m_state.graph.cells[visit.cell].servers == 0)
        return addPhases(law, std::move(demand.phases));
    if (!m_state.graph.onePass) return addCoupled(law, index, std::move(demand), alone);
    const Cell& cell = m_state.graph.cells[visit.cell];
    const double mustWait = m_state.cells.mustWait[visit.cell];
    if (!(mustWait > 0)) return addPhases(law, std::move(demand.phases));
    if (cell.sharing) {
        const auto station = psStationOf(cell, *m_solved.traffic, visit.cell, m_solved.factor, mustWait);
        return addPhases(
            law, queueing::psResponseLaw(station, demand, alone ? queueing::kPsNodes : queueing::kPsNodesInSum).phases);
    }
    if (!cell.exponential) {
        addWait(law, visit.cell);
        return addPhases(law, std::move(demand.phases));
    }
    PathTerm term;
    term.kind = PathTerm::MmcResponse;
    term.number = mustWait;
    term.servers = cell.servers;
    term.load = m_solved.factor * m_solved.traffic->load[visit.cell];
    term.service = visit.moments.first;
    term.clearingRate = (cell.servers - term.load) / term.service;
    law.terms.push_back(std::move(term));
}

void LeafTerms::addCoupled(PathLaw& law, std::uint32_t index, Distribution demand, bool alone) const {
    const Visit& visit = m_state.graph.visits[index];
    const QueueFigures& queue = m_state.coupled.figuresOf(visit, index);
    switch (queue.law) {
    case QueueFigures::NoWait: break;
    case QueueFigures::Mmc: {
        PathTerm term;
        term.kind = PathTerm::MmcResponse;
        term.number = queue.mustWait;
        term.servers = m_state.graph.cells[visit.cell].servers;
        term.service = visit.moments.first;
        term.clearingRate = queue.clearing;
        term.load = term.servers - queue.clearing * term.service;
        law.terms.push_back(std::move(term));
        return;
    }
    case QueueFigures::Pollaczek: {
        PathTerm term;
        term.kind = PathTerm::Pollaczek;
        term.number = m_state.coupled.traffic.load[visit.cell];
        term.service = m_state.coupled.traffic.service[visit.cell].first;
        term.phases = m_state.coupled.serviceMix[visit.queue].phases;
        law.terms.push_back(std::move(term));
        break;
    }
    case QueueFigures::Waits:
        addPhases(law, queue.phases);
        demand = distribution::scaled(std::move(demand), queue.stretch);
        break;
    case QueueFigures::Given: {
        PathTerm term;
        term.kind = PathTerm::Given;
        term.number = queue.mustWait;
        term.given = queue.transform;
        law.terms.push_back(std::move(term));
        break;
    }
    case QueueFigures::Sharing:
        return addPhases(
            law, queueing::psResponseLaw(queue.sharing, demand, alone ? queueing::kPsNodes : queueing::kPsNodesInSum)
                     .phases);
    }
    addPhases(law, std::move(demand.phases));
}

void LeafTerms::addWaiting(PathLaw& law, const Node& node) const {
    const Coupled& coupled = m_state.coupled;
    if (node.kind == NodeKind::Acquire && !coupled.pools[node.resource].phases.empty())
        return addPhases(law, coupled.pools[node.resource].phases);
    const queueing::Wait& wait =
        node.kind == NodeKind::Limit ? coupled.limiters[node.resource].wait : coupled.pools[node.resource].law;
    if (wait.probability > 0) addPhases(law, queueing::waitLaw(wait).phases);
}

void LeafTerms::addWait(PathLaw& law, std::uint32_t index) const {
    const Cell& cell = m_state.graph.cells[index];
    if (cell.servers > 1) return addPhases(law, queueing::waitLaw(m_state.waits[index]).phases);
    PathTerm term;
    term.kind = PathTerm::Pollaczek;
    term.number = m_solved.factor * m_solved.traffic->load[index];
    term.service = m_solved.traffic->service[index].first;
    term.phases = m_state.serviceMix[index].phases;
    law.terms.push_back(std::move(term));
}

void collectServiceMixes(SolverState& state, const Solved& solved) {
    state.serviceMix.assign(state.graph.cells.size(), {});
    for (std::size_t n = 0; n < state.graph.nodes.size(); ++n) {
        const Node& node = state.graph.nodes[n];
        if (node.kind != NodeKind::Serve) continue;
        const Visit& visit = state.graph.visits[node.visit];
        const Cell& cell = state.graph.cells[visit.cell];
        const double all = solved.traffic->rate[visit.cell] * solved.factor;
        if (cell.sharing || cell.exponential || cell.servers != 1 || !(all > 0)) continue;
        const double up = state.graph.groups[cell.group].up;
        const double share = solved.traffic->visits[n] * state.scaledRates[node.cls] / up / all;
        auto& mix = state.serviceMix[visit.cell].phases;
        for (Phase phase : distribution::scaled(*visit.law, visit.factor).phases) {
            phase.weight.value *= share;
            auto same = mix.begin();
            while (same != mix.end() &&
                   (same->shape != phase.shape || same->scale != phase.scale || same->offset != phase.offset))
                ++same;
            if (same == mix.end())
                mix.push_back(phase);
            else
                same->weight.value += phase.weight.value;
        }
    }
}

} // namespace plimsoll::flow
