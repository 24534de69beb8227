#include "engine/solve/path_law.h"

#include "engine/distribution/distribution.h"
#include "engine/solve/expansion.h"
#include "engine/solve/path_quantiles.h"

namespace plimsoll::flow {
namespace {

using distribution::Cumulants;

Cumulants mixtureOf(const SolverState& state, const Node& node) {
    // Conditional on success: a branch weighs what succeeds in it.
    distribution::MixtureCumulants mixture;
    const double total = state.values[&node - state.graph.nodes.data()].success;
    if (!(total > 0)) return {};
    for (const Edge& edge : state.graph.edgesOf(node))
        mixture.addMean(edge.weight * state.values[edge.child].success / total, state.cumulants[edge.child].mean);
    for (const Edge& edge : state.graph.edgesOf(node))
        mixture.addSpread(edge.weight * state.values[edge.child].success / total, state.cumulants[edge.child]);
    return mixture.total();
}

} // namespace

void computeNodeCumulants(SolverState& state) {
    state.cumulants.resize(state.graph.nodes.size());
    for (std::size_t n = 0; n < state.graph.nodes.size(); ++n) {
        const Node& node = state.graph.nodes[n];
        Cumulants total;
        if (node.visit != kNone)
            total = state.responses[node.visit];
        else if (node.kind == NodeKind::Mixture)
            total = mixtureOf(state, node);
        else if (node.kind == NodeKind::Power)
            total = node.amount * state.cumulants[state.graph.edges[node.firstEdge].child];
        else
            for (const Edge& edge : state.graph.edgesOf(node)) total += state.cumulants[edge.child];
        state.cumulants[n] = total;
    }
}

void writeClassLaw(SolverState& state, const Solved& solved, std::uint32_t cls, Latency& latency) {
    const std::vector<PathLaw> branches = expandClass(state, solved, cls);
    const Cumulants c = widened(state.cumulants[state.graph.root[cls]], branches);
    latency.scv = distribution::scv(c);
    PathCurve curve(branches, c);
    for (std::size_t i = 0; i < kLevels.size(); ++i) latency.quantile[i] = Seconds{curve.quantile(kLevels[i])};
    curve.draw(latency.cdf);
}

void writeWaitLaws(SolverState& state, const Solved& solved, Solution& answer) {
    for (std::size_t s = 0; s < answer.stations.size(); ++s) {
        auto& wait = answer.stations[s].wait;
        if (!wait) continue;
        const std::uint32_t c = state.saturation.busiest[s];
        const Cell& cell = state.graph.cells[c];
        queueing::Wait law = state.waits[c];
        if (cell.sharing && state.cells.stretch[c] > 1) {
            law = queueing::psLoss(psStationOf(cell, *solved.traffic, c, solved.factor, state.cells.mustWait[c]));
            wait->method = {"ps-wait", Exactness::Approximation, false};
        }
        wait->scv = distribution::scv(law.cumulants);
        writeWaitQuantiles(law, wait->quantile);
    }
}

} // namespace plimsoll::flow
