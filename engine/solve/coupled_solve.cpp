#include "engine/solve/coupled_solve.h"

#include "engine/flow/validate.h"
#include "engine/solve/coupled_saturation.h"
#include "engine/solve/settle.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::flow {
namespace {

/// What settling leaves in the state.
struct Settled {
    Coupled coupled;
    std::vector<NodeValue> values;
    std::vector<distribution::Cumulants> cumulants, responses;
};

Settled settledOf(SolverState& state) {
    return {state.coupled, state.values, state.cumulants, state.responses};
}

void restore(SolverState& state, Settled settled) {
    state.coupled = std::move(settled.coupled);
    state.values = std::move(settled.values);
    state.cumulants = std::move(settled.cumulants);
    state.responses = std::move(settled.responses);
}

/// Requests that fail late and are tried again can hold a system down that would otherwise carry them.
bool mayBeTwoStable(const Graph& graph) {
    return !graph.timeouts.empty() &&
           std::ranges::any_of(graph.nodes, [](const Node& node) { return node.kind == NodeKind::Attempt; });
}

void noteTwoStable(const SolverState& state, const Coupled& bad, Solution& answer) {
    for (std::size_t c = 0; c < answer.classes.size(); ++c) {
        const double good = state.coupled.outcomes.node[state.graph.root[c]].success;
        const double other = bad.outcomes.node[state.graph.root[c]].success;
        if (!(other < good)) continue;
        answer.problems.push_back(
            {Severity::Warning, "two_stable", elementName("classes", c), "latency",
             fmt::format("can collapse: after a burst {:.3g} % of {}'s requests succeed for good, instead of {:.4g} %",
                         100 * other, state.model.classes[c].name, 100 * good)});
    }
}

} // namespace

std::expected<void, Error> solveCoupled(SolverState& state, const SolveOptions& options, const std::stop_token& stop,
                                        Solution& answer) {
    if (!state.saturation.known) {
        const std::vector<double> rates = state.scaledRates;
        if (auto found = computeCoupledSaturation(state, stop); !found) return found;
        state.scaledRates = rates;
    }
    const Solved solved{.traffic = &state.coupled.traffic,
                        .factor = 1,
                        .loadFactor = options.loadFactor,
                        .overloaded = false,
                        .distributions = options.distributions};
    state.coupled.moved = Coupled::kMoved;
    if (auto settled = settle(state, solved, options, stop, Start::Empty); !settled) return settled;
    if (auto ending = checkCycles(state.graph, state.coupled.traffic); !ending) return ending;
    if (!mayBeTwoStable(state.graph)) {
        writeCoupled(state, solved, answer);
        return {};
    }
    Settled good = settledOf(state);
    auto other = settle(state, solved, options, stop, Start::Saturated);
    if (!other && other.error().kind == Error::Stopped) return other;
    const bool two = other && !isSame(state.graph, good.coupled, state.coupled);
    std::shared_ptr<Solution> bad;
    const Coupled collapsed = two ? state.coupled : Coupled{};
    if (two) {
        bad = std::make_shared<Solution>();
        writeCoupled(state, solved, *bad);
    }
    restore(state, std::move(good));
    writeCoupled(state, solved, answer);
    if (!two) return {};
    answer.regime = Regime::TwoStable;
    answer.badState = std::move(bad);
    noteTwoStable(state, collapsed, answer);
    return {};
}

} // namespace plimsoll::flow
