#include "engine/solve/revisits.h"

#include "engine/queueing/autocorrelation.h"
#include "engine/queueing/wait.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {
namespace {

using distribution::Cumulants;

/// The station at the load that reaches it.
struct Met {
    double servers = 1, utilisation = 0, service_s = 0, scv = 1;
    queueing::Wait wait;
};

class Term {
public:
    Term(const SolverState& state, const Solved& solved, const LeafTerms& leaf, const Revisits& revisits)
        : m_state(state), m_solved(solved), m_leaf(leaf), m_revisits(revisits),
          m_first(state.graph.visits[revisits.visits.front()]), m_cell(state.graph.cells[m_first.cell]) {}

    std::optional<PathTerm> make(double negligible, double& excess) const {
        const Met met = station();
        const double together = correlation(met);
        if (together * mostExcess() <= negligible) return std::nullopt;
        PathTerm term;
        term.kind = PathTerm::Alternatives;
        term.laws.resize(2);
        PathLaw& apart = term.laws[0];
        apart.weight = 1 - together;
        Cumulants demand, independent;
        for (const std::uint32_t visit : m_revisits.visits) {
            m_leaf.add(apart, visit, false);
            demand += m_state.graph.visits[visit].cumulants;
            independent += m_state.responses[visit];
        }
        PathLaw& same = term.laws[1];
        same.weight = together;
        const double variance = m_cell.sharing ? addMerged(same, demand) : addRepeated(same, met, demand);
        excess += together * std::max(0.0, variance - independent.variance);
        return term;
    }

private:
    double count() const { return double(m_revisits.visits.size()); }
    /// Of visits that all take as long as the one that varies most.
    double mostExcess() const {
        double most = 0;
        for (const std::uint32_t visit : m_revisits.visits) most = std::max(most, m_state.responses[visit].variance);
        return count() * (count() - 1) * most;
    }
    Met station() const {
        const Traffic& traffic = m_state.graph.onePass ? *m_solved.traffic : m_state.coupled.traffic;
        const double factor = m_state.graph.onePass ? m_solved.factor : 1;
        const auto& service = traffic.service[m_first.cell];
        Met met{m_cell.servers,
                factor * traffic.load[m_first.cell] / m_cell.servers,
                service.first,
                queueing::scv(service),
                {}};
        if (m_state.graph.onePass) {
            if (!m_cell.sharing) met.wait = m_state.waits[m_first.cell];
        } else {
            const QueueFigures& queue = m_state.coupled.figuresOf(m_first, m_revisits.visits.front());
            met.wait.probability = queue.mustWait;
            met.wait.cumulants = queue.cumulants;
        }
        return met;
    }
    /// Mean over the pairs of visits.
    double correlation(const Met& met) const {
        const double rate = met.servers / met.service_s, rho = std::min(met.utilisation, 1.0);
        double gap = queueing::queueAutocorrelation(rho, rate * m_revisits.gap_s);
        if (!m_cell.sharing) {
            const double varies = 1 / (1 + met.scv * (1 - rho)); // of the wait's variance, by the number ahead
            gap *= (rho + (count() - 1) * varies) / count();
            // Meanwhile the other servers go on.
            gap *= queueing::queueAutocorrelation(rho, met.servers - 1);
        }
        double sum = 0, power = 1;
        for (double apart = 1; apart < count(); ++apart) {
            power *= gap;
            sum += (count() - apart) * power;
        }
        return std::clamp(2 * sum / (count() * (count() - 1)), 0.0, 1.0);
    }
    /// All visits wait equally long.
    double addRepeated(PathLaw& law, const Met& met, const Cumulants& demand) const {
        Distribution wait = distribution::scaled(queueing::waitLaw(met.wait), count());
        addPhases(law, std::move(wait.phases));
        for (const std::uint32_t index : m_revisits.visits) {
            const Visit& visit = m_state.graph.visits[index];
            addPhases(law, distribution::scaled(*visit.law, visit.factor).phases);
        }
        return count() * count() * met.wait.cumulants.variance + demand.variance;
    }
    /// One visit of the summed demand, among others that do the same.
    double addMerged(PathLaw& law, const Cumulants& demand) const {
        queueing::PsStation station = m_state.graph.onePass
                                          ? psStationOf(m_cell, *m_solved.traffic, m_first.cell, m_solved.factor,
                                                        m_state.cells.mustWait[m_first.cell])
                                          : m_state.coupled.figuresOf(m_first, m_revisits.visits.front()).sharing;
        station.serviceMean_s *= count();
        station.serviceScv /= count();
        const Distribution whole{{distribution::shiftedGamma(demand)}};
        addPhases(law, queueing::psResponseLaw(station, whole, queueing::kPsNodesInSum).phases);
        return queueing::psResponseCumulants(station, whole).variance;
    }

    const SolverState& m_state;
    const Solved& m_solved;
    const LeafTerms& m_leaf;
    const Revisits& m_revisits;
    const Visit& m_first;
    const Cell& m_cell;
};

} // namespace

bool isRevisitable(const SolverState& state, std::uint32_t index) {
    const Visit& visit = state.graph.visits[index];
    if (visit.cell == kNone || state.graph.cells[visit.cell].servers == 0) return false;
    if (state.graph.onePass) return state.cells.mustWait[visit.cell] > 0;
    const QueueFigures& queue = state.coupled.figuresOf(visit, index);
    return queue.law != QueueFigures::NoWait && (queue.stretch == 1 || queue.law == QueueFigures::Sharing);
}

std::optional<PathTerm> revisitTerm(const SolverState& state, const Solved& solved, const LeafTerms& leaf,
                                    const Revisits& revisits, double negligible, double& excess) {
    return Term(state, solved, leaf, revisits).make(negligible, excess);
}

} // namespace plimsoll::flow
