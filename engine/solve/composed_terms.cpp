#include "engine/solve/composed_terms.h"

#include "engine/solve/expansion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace plimsoll::flow {
namespace {

/// Branches that wait in queues of the same arrivals are positively associated. The weight of "all take as long"
/// that gives the mean of Nelson and Tantawi 1988 for equal single servers (exact for two), at a utilisation `busy`
/// that is the share of waiting in the branches' time, as it is in M/M/1.
double association(std::uint32_t count, double busy) {
    double harmonic = std::log(double(count)) + std::numbers::egamma + 0.5 / count;
    if (count < 50) {
        harmonic = 0;
        for (std::uint32_t i = 1; i <= count; ++i) harmonic += 1.0 / i;
    }
    const double mean = (harmonic / 1.5 + (1 - harmonic / 1.5) * 4 * busy / 11) * (12 - busy) / 8;
    return std::clamp((harmonic - mean) / (harmonic - 1), 0.0, 1.0);
}

} // namespace

PathTerm forkTerm(const SolverState& state, const Solved& solved, std::uint32_t n) {
    const Node& node = state.graph.nodes[n];
    const ForkPlan& plan = state.graph.forks[node.resource];
    PathTerm term;
    term.kind = PathTerm::Slowest;
    term.count = node.edges == 1 ? plan.copies : node.edges;
    term.need = std::min(plan.need == 0 ? term.count : plan.need, term.count);
    term.stagger = plan.stagger_s.value_or(0);
    std::vector<double> starts;
    for (const Edge& edge : state.graph.edgesOf(node)) {
        term.branches.push_back(expandNode(state, solved, edge.child));
        term.chances.push_back(state.values[edge.child].success);
        double start = std::numeric_limits<double>::infinity();
        for (const PathLaw& law : term.branches.back()) start = std::min(start, law.constant);
        for (std::uint32_t i = 0; i < (node.edges == 1 ? term.count : 1); ++i)
            starts.push_back(start + i * term.stagger);
    }
    std::ranges::sort(starts);
    term.shift = starts[term.need - 1]; // no earlier end is possible
    if (term.count > 1 && term.stagger == 0)
        term.together = association(term.count, state.coupled.forks[node.resource].waited);
    return term;
}

void tabulate(PathTerm& term) {
    const double end = term.kind == PathTerm::Cut ? term.number - term.shift : std::numeric_limits<double>::infinity();
    double scale = term.scale > 0 ? term.scale : end;
    term.table = std::make_shared<const SurvivalTable>([&](double t) { return composedSurvival(term, t); }, scale, end);
}

PathTerm cutTerm(const SolverState& state, const Solved& solved, std::uint32_t n) {
    const Node& node = state.graph.nodes[n];
    PathTerm term;
    term.kind = PathTerm::Cut;
    term.number = state.graph.timeouts[node.resource].after_s;
    term.laws = expandNode(state, solved, state.graph.edges[node.firstEdge].child);
    term.shift = std::numeric_limits<double>::infinity();
    for (const PathLaw& law : term.laws) term.shift = std::min(term.shift, law.constant);
    term.late = pathSurvival(term.laws, term.number);
    return term;
}

} // namespace plimsoll::flow
