#include "engine/flow/circular_holds.h"
#include "engine/flow/validate.h"
#include "engine/solve/coupled_solve.h"
#include "engine/solve/expansion.h"
#include "engine/solve/latency.h"
#include "engine/solve/solve.h"
#include "engine/solve/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {

struct PreparedModel::State : SolverState {};

namespace {

bool same(const std::vector<Down>& a, const std::vector<Down>& b) {
    return std::ranges::equal(
        a, b, [](const Down& x, const Down& y) { return x.fleet == y.fleet && x.instances == y.instances; });
}

/// Rates and loads beyond what doubles hold would come out as infinity.
std::expected<void, Error> checkFinite(const SolverState& state) {
    for (std::size_t c = 0; c < state.graph.cells.size(); ++c)
        if (!std::isfinite(state.base.load[c]) || !std::isfinite(state.base.service[c].fourth))
            return std::unexpected(
                Error{Error::Invalid, elementName("stations", state.graph.cells[c].station), "demand",
                      fmt::format("the offered work, {:.3g} requests/s, is beyond what can be computed",
                                  state.base.rate[c])});
    for (std::size_t n = 0; n < state.graph.nodes.size(); ++n)
        if (!(state.base.visits[n] <= kLargestVisits))
            return std::unexpected(
                Error{Error::Invalid, elementName("classes", state.graph.nodes[n].cls), "root",
                      fmt::format("a request enters one step {:.3g} times, at most {:.0e} can be computed",
                                  state.base.visits[n], kLargestVisits)});
    return {};
}

/// Users who neither think nor spend time would come round without end.
std::expected<void, Error> checkUsers(const SolverState& state) {
    std::vector<double> time(state.model.classes.size(), 0);
    for (std::size_t n = 0; n < state.graph.nodes.size(); ++n) {
        const Node& node = state.graph.nodes[n];
        if (node.visit != kNone) time[node.cls] += state.base.visits[n] * state.graph.visitMean[node.visit];
    }
    for (std::size_t c = 0; c < time.size(); ++c) {
        const auto* closed = std::get_if<Closed>(&state.model.classes[c].arrivals);
        if (closed && closed->users > 0 && !(time[c] + distribution::mean(closed->think).count() > 0))
            return std::unexpected(Error{Error::Invalid, elementName("classes", c), "arrivals.closed.think",
                                         "is 0 s and a request takes no time either: must be above 0 s"});
    }
    return {};
}

/// No saturation is known yet.
void prepareSaturation(SolverState& state) {
    Saturation& saturation = state.saturation;
    saturation.strength.assign(state.model.stations.size(), 0);
    saturation.factors.assign(state.model.stations.size(), std::nullopt);
    saturation.poolStrength.assign(state.model.pools.size(), 0);
    saturation.poolFactors.assign(state.model.pools.size(), std::nullopt);
    saturation.limiterStrength.assign(state.model.limiters.size(), 0);
    saturation.limiterFactors.assign(state.model.limiters.size(), std::nullopt);
    saturation.factor.reset();
    saturation.known = false;
}

std::expected<void, Error> setDown(SolverState& state, const std::vector<Down>& down) {
    state.down.clear(); // a refused list must not look like the one in force
    const auto applied = applyDown(state.graph, state.model, down);
    if (applied)
        state.down = down;
    else if (auto all = applyDown(state.graph, state.model, {}); !all)
        return all;
    std::ranges::fill(state.carried, 1.0);
    if (!state.graph.onePass) {
        Outcomes undisturbed;
        computeOutcomes(state.graph, state.model, Unknowns::start(state.graph, false), undisturbed);
        computeFlows(state.graph, state.classRates, undisturbed, state.base);
        prepareSaturation(state);
        return applied;
    }
    computeTraffic(state.graph, state.classRates, state.carried, state.base);
    computeSaturation(state.graph, state.base, state.saturation);
    state.saturation.method.clear();
    for (const std::uint32_t cell : state.saturation.busiest)
        state.saturation.method.push_back(
            cellMethod(state.exactness, state.graph.cells[cell], scvOf(state.base.service[cell])));
    return applied;
}

/// Requests a second as modelled; of a closed class as if nothing took time, which settling corrects.
double rateOf(const RequestClass& cls) {
    const auto* open = std::get_if<Open>(&cls.arrivals);
    return open ? open->rate.value : 0;
}

std::expected<void, Error> checkOptions(const SolveOptions& options) {
    const auto fail = [](std::string_view field, std::string message) {
        return std::unexpected(Error{Error::Invalid, "options", std::string(field), std::move(message)});
    };
    if (!(options.loadFactor >= 0 && options.loadFactor <= kLargestLoadFactor))
        return fail("load_factor", fmt::format("load_factor is {:.6g}, must lie in 0 to {:.0e}", options.loadFactor,
                                               kLargestLoadFactor));
    if (!(options.tolerance > 0 && options.tolerance < 1))
        return fail("tolerance", fmt::format("tolerance is {:.6g}, must lie between 0 and 1", options.tolerance));
    if (options.maxIterations < 1)
        return fail("max_iterations", fmt::format("max_iterations is {}, must be at least 1", options.maxIterations));
    return {};
}

} // namespace

PreparedModel::PreparedModel(std::unique_ptr<State> state) : m_state(std::move(state)) {}
PreparedModel::PreparedModel(PreparedModel&&) noexcept = default;
PreparedModel& PreparedModel::operator=(PreparedModel&&) noexcept = default;
PreparedModel::~PreparedModel() = default;

std::expected<PreparedModel, Error> PreparedModel::prepare(Model model) {
    if (auto valid = validate(model); !valid) return std::unexpected(valid.error());
    if (auto holds = checkHolds(model); !holds) return std::unexpected(holds.error());
    auto state = std::make_unique<State>();
    state->model = std::move(model);
    auto graph = buildGraph(state->model);
    if (!graph) return std::unexpected(graph.error());
    state->graph = std::move(*graph);
    state->exactness = judge(state->graph);
    countLeaves(*state);
    for (const RequestClass& cls : state->model.classes) state->classRates.push_back(rateOf(cls));
    if (!state->graph.lookups.empty())
        for (const KeySpace& space : state->model.keySpaces) state->popularity.emplace_back(space.keys, space.zipf);
    state->carried.assign(state->graph.cells.size(), 1.0);
    state->cells.resize(state->graph.cells.size());
    state->values.resize(state->graph.nodes.size());
    state->scaledRates.resize(state->classRates.size());
    if (auto set = setDown(*state, {}); !set) return std::unexpected(set.error());
    if (auto ending = checkCycles(state->graph, state->base); !ending) return std::unexpected(ending.error());
    if (auto users = checkUsers(*state); !users) return std::unexpected(users.error());
    if (auto finite = checkFinite(*state); !finite) return std::unexpected(finite.error());
    return PreparedModel(std::move(state));
}

std::expected<void, Error> PreparedModel::solveInto(Solution& answer, const SolveOptions& options,
                                                    std::stop_token stop) {
    SolverState& state = *m_state;
    if (auto good = checkOptions(options); !good) return good;
    if (!same(state.down, options.down))
        if (auto set = setDown(state, options.down); !set) return set;
    state.loadFactor = options.loadFactor;
    for (std::size_t c = 0; c < state.classRates.size(); ++c)
        state.scaledRates[c] = state.classRates[c] * options.loadFactor;
    if (!state.graph.onePass) return solveCoupled(state, options, stop, answer);
    Solved solved{.traffic = &state.base,
                  .factor = options.loadFactor,
                  .loadFactor = options.loadFactor,
                  .overloaded = state.saturation.factor && options.loadFactor >= *state.saturation.factor,
                  .distributions = options.distributions};
    answer.iterations = 1;
    answer.residual = 0;
    if (solved.overloaded) {
        const auto carried =
            computeCarried(state.graph, state.scaledRates, options, stop, state.carried, state.overloaded);
        if (!carried) return std::unexpected(carried.error());
        answer.iterations = carried->iterations;
        answer.residual = carried->residual;
        solved.traffic = &state.overloaded;
        solved.factor = 1;
    }
    // At a demand of exactly 1 nothing is lost, but there is no steady state either.
    const bool allSteady = computeCells(state.graph, *solved.traffic, solved.factor, state.cells);
    if (!allSteady && !solved.overloaded) std::ranges::fill(state.carried, 1.0);
    solved.overloaded = solved.overloaded || !allSteady;
    if (options.distributions)
        computeResponses(state, solved);
    else
        state.responses.clear();
    computeNodeValues(state.graph, state.cells, state.responses, state.values);
    writeResults(state, solved, answer);
    return writeLatencies(state, solved, stop, answer);
}

std::expected<Solution, Error> solve(const Model& model, const SolveOptions& options, std::stop_token stop) {
    auto prepared = PreparedModel::prepare(model);
    if (!prepared) return std::unexpected(prepared.error());
    Solution answer;
    if (auto solved = prepared->solveInto(answer, options, stop); !solved) return std::unexpected(solved.error());
    return answer;
}

} // namespace plimsoll::flow
