#include "engine/solve/settle.h"

#include "engine/solve/acceleration.h"
#include "engine/solve/coupled_resources.h"
#include "engine/solve/coupled_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {
namespace {

/// Successes of a class may differ by this much and still be those of one state.
constexpr double kSameState = 1e-6;

std::vector<double> numbersOf(const Unknowns& unknowns) {
    std::vector<double> numbers;
    Unknowns::forEach(unknowns, [&](double x) { numbers.push_back(x); });
    return numbers;
}

double changeOf(std::span<const double> before, std::span<const double> now) {
    double change = 0;
    for (std::size_t i = 0; i < now.size(); ++i)
        change = std::max(change, std::abs(now[i] - before[i]) / std::max(1.0, std::abs(now[i])));
    return change;
}

void prepareStorage(SolverState& state, Start start) {
    Coupled& coupled = state.coupled;
    const Graph& graph = state.graph;
    coupled.unknowns = Unknowns::start(graph, start == Start::Saturated);
    coupled.own.clear();
    coupled.ownOf.clear();
    coupled.closesWithPool.assign(graph.cells.size(), 0);
    coupled.queues.assign(graph.queues.size(), {});
    coupled.pools.assign(graph.poolQueues.size(), {});
    coupled.poolCells.assign(graph.poolCells.size(), {});
    coupled.caches.assign(graph.cacheCells.size(), {});
    coupled.limiters.assign(graph.limiterCells.size(), {});
    coupled.cuts.assign(graph.timeouts.size(), {});
    coupled.forks.assign(graph.forks.size(), {});
    coupled.timed.assign(graph.nodes.size(), {});
    state.values.assign(graph.nodes.size(), {});
    state.cumulants.assign(graph.nodes.size(), {});
    state.responses.assign(graph.visits.size(), {});
}

/// Timeouts stay as at the start; from empty, nothing looks overloaded either, as it would with a cold cache.
void hold(const Unknowns& unknowns, Start start, Unknowns& next) {
    next.late = unknowns.late;
    if (start == Start::Saturated) return;
    next.carried = unknowns.carried;
    next.passed = unknowns.passed;
    for (PoolLoss& pool : next.pools) pool.carried = 1;
}

void setHits(Graph& graph, const Unknowns& unknowns) {
    for (std::size_t i = 0; i < graph.lookups.size(); ++i) {
        const std::uint32_t first = graph.nodes[graph.lookups[i].node].firstEdge;
        graph.edges[first].weight = unknowns.hits[i];
        graph.edges[first + 1].weight = 1 - unknowns.hits[i];
    }
}

} // namespace

std::expected<void, Error> settle(SolverState& state, const Solved& solved, const SolveOptions& options,
                                  const std::stop_token& stop, Start start) {
    // Plain rounds settle what feeds forward only.
    constexpr int kPlain = 8;
    // Hit ratios and holds settle first, with timeouts as at the start: an empty cache must not look like a storm.
    constexpr double kFirst = 1e-4;
    if (start != Start::Present) prepareStorage(state, start);
    bool held = start != Start::Present && !state.graph.timeouts.empty();
    Coupled& coupled = state.coupled;
    std::vector<double> before = numbersOf(coupled.unknowns);
    Acceleration acceleration;
    for (int round = 1; round <= options.maxIterations; ++round) {
        if (stop.stop_requested()) return std::unexpected(Error{Error::Stopped, "", "", "stopped"});
        Unknowns next = coupled.unknowns;
        setHits(state.graph, coupled.unknowns);
        for (std::size_t c = 0; c < state.model.classes.size(); ++c)
            if (std::holds_alternative<Closed>(state.model.classes[c].arrivals))
                state.scaledRates[c] = coupled.unknowns.throughput[c];
        computeOutcomes(state.graph, state.model, coupled.unknowns, coupled.outcomes);
        computeFlows(state.graph, state.scaledRates, coupled.outcomes, coupled.traffic);
        computeResources(state, next);
        computeCoupledValues(state, solved, next);
        if (held) hold(coupled.unknowns, start, next);
        std::vector<double> numbers = numbersOf(next);
        const double change = changeOf(before, numbers);
        if (round > kPlain) acceleration.mix(before, numbers);
        std::size_t i = 0;
        Unknowns::forEach(next, [&](double& x) { x = numbers[i++]; });
        before = std::move(numbers);
        coupled.unknowns = std::move(next);
        coupled.iterations = round;
        coupled.residual = change;
        // The first round of values knows nothing yet of what is below holds.
        if (!held && change <= options.tolerance && round > 1) return {};
        if (held && round >= 2 && change <= kFirst) {
            held = false;
            acceleration.forget();
        }
    }
    return std::unexpected(Error{Error::NoConvergence, "model", "unknowns",
                                 fmt::format("the shares refused, cut off and carried still change by {:.3g} after {} "
                                             "rounds",
                                             coupled.residual, options.maxIterations)});
}

bool isSame(const Graph& graph, const Coupled& a, const Coupled& b) {
    return std::ranges::all_of(graph.root, [&](std::uint32_t root) {
        return std::abs(a.outcomes.node[root].success - b.outcomes.node[root].success) <= kSameState &&
               std::abs(a.outcomes.node[root].stuck - b.outcomes.node[root].stuck) <= kSameState;
    });
}

} // namespace plimsoll::flow
