#include "engine/solve/endings.h"

namespace plimsoll::flow {

const Attempt& attemptOf(const SolverState& state, std::uint32_t node) {
    return std::get<Attempt>(state.model.steps[state.graph.nodes[node].step].body);
}

distribution::Cumulants cumulantsOf(const SolverState& state, const Tried& tried) {
    const Attempt& step = attemptOf(state, tried.attempt);
    const std::uint32_t body = state.graph.edges[state.graph.nodes[tried.attempt].firstEdge].child;
    return double(tried.count) * failedTry(step, state.coupled.timed[body]) + pauses(step, tried.count);
}

std::vector<Ending> endingsOf(const SolverState& state, std::uint32_t attempt) {
    const Node& node = state.graph.nodes[attempt];
    const Tries& tries = state.coupled.outcomes.tries[attempt];
    const std::uint32_t body = state.graph.edges[node.firstEdge].child, most = attemptOf(state, attempt).maxAttempts;
    const double all = state.values[attempt].success, each = state.values[body].success;
    std::vector<Ending> endings;
    double chance = 1;
    for (std::uint32_t j = 0; j < most && chance > kRareTry && all > 0; ++j) {
        endings.push_back({chance * each / all, j, body});
        chance *= tries.onceMore;
    }
    if (node.edges < 2 || !(all > 0)) return endings;
    const std::uint32_t fallback = state.graph.edges[node.firstEdge + 1].child;
    const double reached = state.coupled.outcomes.edge[node.firstEdge + 1];
    endings.push_back({reached * state.values[fallback].success / all, most, fallback});
    return endings;
}

} // namespace plimsoll::flow
