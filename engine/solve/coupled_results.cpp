// From the settled state to the answer.
#include "engine/flow/validate.h"
#include "engine/solve/coupled_solve.h"
#include "engine/solve/expansion.h"
#include "engine/solve/path_law.h"
#include "engine/solve/path_quantiles.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::flow {
namespace {

void writeWait(const distribution::Cumulants& cumulants, double mean, std::optional<Latency>& wait, Method method,
               const queueing::Wait* law) {
    if (!wait) wait.emplace();
    wait->mean = Seconds{mean};
    wait->scv = distribution::scv({mean, cumulants.variance, cumulants.third});
    wait->method = method;
    if (law)
        writeWaitQuantiles(*law, wait->quantile);
    else
        wait->quantile = {};
}

/// The queue whose figures stand for a cell: the last, of the lowest priority, is the first to grow.
void writeStation(const SolverState& state, const Solved& solved, std::size_t station, ResourceResult& result) {
    const Graph& graph = state.graph;
    const Coupled& coupled = state.coupled;
    std::uint32_t busiest = graph.firstCell[station];
    const auto demandOf = [&](std::uint32_t c) {
        const double servers = graph.cells[c].servers;
        return servers > 0 ? coupled.traffic.load[c] / servers : coupled.traffic.load[c];
    };
    for (std::uint32_t c = graph.firstCell[station]; c < graph.firstCell[station + 1]; ++c)
        if (graph.groups[graph.cells[c].group].up > 0 && demandOf(c) > demandOf(busiest)) busiest = c;
    const Cell& cell = graph.cells[busiest];
    result = {};
    double busy = 0, waitTime = 0, served = 0, all = 0;
    distribution::MixtureCumulants mixture;
    bool steady = true;
    const std::uint32_t first = graph.firstQueue[busiest], last = graph.firstQueue[busiest + 1];
    for (std::uint32_t q = first; q < last; ++q) {
        const QueueFigures& queue = coupled.queues[q];
        const double offered = coupled.traffic.queueRate[q], carried = offered * (1 - queue.blocked) * queue.carried;
        all += offered;
        served += carried;
        busy += queue.busy;
        steady = steady && queue.steady;
        waitTime += queue.waiting
                        ? *queue.waiting
                        : carried * (queue.wait + (queue.stretch - 1) * coupled.traffic.queueService[q].first);
        result.growth.value += offered * (1 - queue.blocked) * (1 - queue.carried);
        result.method = queue.method;
    }
    result.offered.value = all;
    result.carried.value = served;
    result.demand = cell.servers > 0 ? demandOf(busiest) : 0;
    result.utilisation.value = cell.servers > 0 ? std::min(1.0, busy / cell.servers) : 0;
    result.strength = state.saturation.strength[station];
    result.saturationFactor = state.saturation.factors[station];
    if (!steady) {
        result.meanWaiting = 0;
        return;
    }
    result.meanWaiting = waitTime;
    const QueueFigures& only = coupled.queues[first];
    const double mean = served > 0 ? waitTime / served : 0;
    queueing::Wait law{only.mustWait, only.cumulants, false};
    if (only.law == QueueFigures::Sharing) law = queueing::psLoss(only.sharing);
    writeWait(law.cumulants, mean, result.wait, result.method,
              solved.distributions && last - first == 1 ? &law : nullptr);
}

void writePool(const SolverState& state, const Solved& solved, std::size_t pool, ResourceResult& result) {
    const Graph& graph = state.graph;
    const Coupled& coupled = state.coupled;
    std::uint32_t busiest = graph.firstPoolCell[pool];
    for (std::uint32_t c = graph.firstPoolCell[pool]; c < graph.firstPoolCell[pool + 1]; ++c)
        if (coupled.poolCells[c].demand > coupled.poolCells[busiest].demand) busiest = c;
    const PoolCellFigures& cell = coupled.poolCells[busiest];
    result = {};
    result.offered.value = cell.offered;
    result.carried.value = cell.carried;
    result.demand = cell.demand;
    result.utilisation.value = std::min(1.0, cell.busy / state.model.pools[pool].tokens);
    result.method = {"unused", Exactness::Exact};
    result.strength = state.saturation.poolStrength[pool];
    result.saturationFactor = state.saturation.poolFactors[pool];
    if (!graph.poolCells[busiest].visited) {
        result.wait.emplace().method = result.method;
        return;
    }
    bool steady = true;
    double waitTime = 0, leaving = 0;
    const std::uint32_t first = graph.firstPoolQueue[busiest], last = graph.firstPoolQueue[busiest + 1];
    for (std::uint32_t q = first; q < last; ++q) {
        const PoolFigures& queue = coupled.pools[q];
        const double asked = coupled.traffic.poolRate[q];
        const double admitted = asked * std::max(0.0, 1 - queue.refused - queue.timedOut);
        steady = steady && queue.steady;
        waitTime += admitted * queue.carried * queue.wait;
        result.growth.value += admitted * (1 - queue.carried);
        if (queue.waiting) leaving += *queue.waiting - admitted * queue.wait;
        result.method = queue.method;
    }
    if (!steady) {
        result.meanWaiting = 0;
        return;
    }
    result.meanWaiting = waitTime + leaving;
    const PoolFigures& only = coupled.pools[first];
    writeWait(only.law.cumulants, cell.carried > 0 ? waitTime / cell.carried : 0, result.wait, result.method,
              solved.distributions && last - first == 1 ? &only.law : nullptr);
}

void writeLimiter(const SolverState& state, const Solved& solved, std::size_t limiter, ResourceResult& result) {
    const Graph& graph = state.graph;
    std::uint32_t busiest = graph.firstLimiterCell[limiter];
    for (std::uint32_t c = busiest; c < graph.firstLimiterCell[limiter + 1]; ++c)
        if (state.coupled.limiters[c].offered > state.coupled.limiters[busiest].offered) busiest = c;
    const LimiterFigures& figures = state.coupled.limiters[busiest];
    const double rate = state.model.limiters[limiter].rate.value;
    result = {};
    result.offered.value = figures.offered;
    result.carried.value = figures.offered * (1 - figures.throttled) * figures.carried;
    result.demand = figures.offered / rate;
    result.utilisation.value = std::min(1.0, result.carried.value / rate);
    result.growth.value = figures.offered * (1 - figures.throttled) * (1 - figures.carried);
    result.strength = state.saturation.limiterStrength[limiter];
    result.saturationFactor = state.saturation.limiterFactors[limiter];
    result.method = figures.method;
    if (!figures.steady) return;
    result.meanWaiting = result.carried.value * figures.wait.cumulants.mean;
    writeWait(figures.wait.cumulants, figures.wait.cumulants.mean, result.wait, figures.method,
              solved.distributions ? &figures.wait : nullptr);
}

/// One queue on the way at most, and every resource's figures exact.
bool isExact(const SolverState& state, std::uint32_t cls) {
    const auto exact = [](const auto& figures) { return figures.method.exactness == Exactness::Exact; };
    return state.exactness.single[cls] && std::ranges::all_of(state.coupled.queues, exact) &&
           std::ranges::all_of(state.coupled.pools, exact) && std::ranges::all_of(state.coupled.limiters, exact);
}

void writeLatency(const Solved& solved, bool exact, const std::vector<PathLaw>& branches,
                  const distribution::Cumulants& independent, Latency& latency) {
    const distribution::Cumulants cumulants = widened(independent, branches);
    latency.mean = Seconds{cumulants.mean};
    latency.scv = distribution::scv(cumulants);
    latency.method = {!solved.distributions ? "path-means"
                      : exact               ? "path-single"
                                            : "path-inversion",
                      exact ? Exactness::Exact : Exactness::Approximation};
    if (!solved.distributions) return;
    PathCurve curve(branches, cumulants);
    for (std::size_t i = 0; i < kLevels.size(); ++i) latency.quantile[i] = Seconds{curve.quantile(kLevels[i])};
    curve.draw(latency.cdf);
}

/// Whether all that the class passes was computed where its methods were checked.
bool isInside(const SolverState& state, std::uint32_t cls) {
    const Graph& graph = state.graph;
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const Node& node = graph.nodes[n];
        if (node.cls != cls || node.kind != NodeKind::Serve || !(state.coupled.traffic.visits[n] > 0)) continue;
        if (!state.coupled.figuresOf(graph.visits[node.visit], node.visit).method.insideValidity) return false;
    }
    return true;
}

/// Of everything that the class spawns, from the hand-over to its end.
void writeJobs(SolverState& state, const Solved& solved, std::uint32_t cls, std::optional<Latency>& jobs) {
    jobs.reset();
    struct Part {
        double weight;
        std::uint32_t node;
    };
    std::vector<Part> parts;
    double all = 0;
    for (const SpawnPlan& spawn : state.graph.spawns) {
        const Node& node = state.graph.nodes[spawn.node];
        if (node.cls != cls) continue;
        const std::uint32_t job = state.graph.edges[node.firstEdge].child;
        const NodeValue& value = state.values[job];
        if (!value.steady) return;
        const double weight = state.coupled.traffic.visits[spawn.node] * node.amount * value.success;
        if (weight > 0) parts.push_back({weight, job});
        all += weight;
    }
    if (parts.empty()) return;
    distribution::MixtureCumulants mixture;
    for (const Part& part : parts) mixture.addMean(part.weight / all, state.cumulants[part.node].mean);
    for (const Part& part : parts) mixture.addSpread(part.weight / all, state.cumulants[part.node]);
    std::vector<PathLaw> branches;
    if (solved.distributions)
        for (const Part& part : parts)
            for (PathLaw& law : expandNode(state, solved, part.node)) {
                law.weight *= part.weight / all;
                branches.push_back(std::move(law));
            }
    writeLatency(solved, false, branches, mixture.total(), jobs.emplace());
}

void writeClass(SolverState& state, const Solved& solved, std::uint32_t cls, ClassResult& result) {
    const std::uint32_t root = state.graph.root[cls];
    const Outcome& outcome = state.coupled.outcomes.node[root];
    const double offered = state.scaledRates[cls];
    result.offered.value = offered;
    result.succeeded.value = offered * outcome.passes();
    result.attemptsPerRequest = 1 + state.coupled.outcomes.retries[cls];
    result.errors.clear();
    for (std::size_t c = 0; c < kCauses; ++c)
        if (outcome.fail[c] > 0) result.errors.push_back({Cause(c), {std::min(1.0, outcome.fail[c])}});
    result.latency.reset();
    if (!(outcome.stuck + outcome.never > 0) && outcome.success > 0) {
        std::vector<PathLaw> branches;
        if (solved.distributions) branches = expandNode(state, solved, root);
        writeLatency(solved, isExact(state, cls), branches, state.cumulants[root], result.latency.emplace());
        result.latency->method.insideValidity = isInside(state, cls);
    }
    writeJobs(state, solved, cls, result.jobs);
}

void noteClass(const SolverState& state, std::size_t cls, Solution& answer) {
    if (answer.classes[cls].latency) return;
    const Outcome& outcome = state.coupled.outcomes.node[state.graph.root[cls]];
    if (outcome.stuck + outcome.never > 0)
        answer.problems.push_back({Severity::Warning, "no_steady_state", elementName("classes", cls), "latency",
                                   "a queue on its way grows, so its latency has no steady value"});
    else
        answer.problems.push_back(
            {Severity::Warning, "no_success", elementName("classes", cls), "latency",
             fmt::format("no request of {} succeeds, so there is no latency to tell", state.model.classes[cls].name)});
}

void noteOverload(std::string_view array, const std::vector<ResourceResult>& results, Solution& answer) {
    for (std::size_t r = 0; r < results.size(); ++r) {
        if (results[r].wait) continue;
        answer.problems.push_back(
            {Severity::Warning, "overloaded", elementName(array, r), "wait",
             fmt::format(
                 "offered {:.4g} times what it can do: its queue grows by {:.4g}/s, so there is no wait to tell",
                 results[r].demand, results[r].growth.value)});
    }
}

void noteValidity(std::string_view array, const std::vector<ResourceResult>& results, Solution& answer) {
    for (std::size_t r = 0; r < results.size(); ++r)
        if (!results[r].method.insideValidity && results[r].offered.value > 0)
            answer.problems.push_back({Severity::Warning, "outside_validity", elementName(array, r), "wait",
                                       "is computed outside the range in which its method was checked: its wait, and "
                                       "the latency of what passes it, may be far off"});
}

} // namespace

void writeCoupled(SolverState& state, const Solved& solved, Solution& answer) {
    answer.badState.reset();
    answer.problems.clear();
    answer.saturationFactor = state.saturation.factor;
    answer.iterations = state.coupled.iterations;
    answer.residual = state.coupled.residual;
    answer.stations.resize(state.model.stations.size());
    for (std::size_t s = 0; s < answer.stations.size(); ++s) writeStation(state, solved, s, answer.stations[s]);
    answer.pools.resize(state.model.pools.size());
    for (std::size_t p = 0; p < answer.pools.size(); ++p) writePool(state, solved, p, answer.pools[p]);
    answer.limiters.resize(state.model.limiters.size());
    for (std::size_t l = 0; l < answer.limiters.size(); ++l) writeLimiter(state, solved, l, answer.limiters[l]);
    answer.onDemand.assign(state.model.pools.size(), std::nullopt);
    for (std::size_t p = 0; p < answer.pools.size(); ++p)
        answer.onDemand[p] = state.coupled.poolCells[state.graph.firstPoolCell[p]].onDemand;
    writeCaches(state, answer);
    answer.classes.resize(state.model.classes.size());
    for (std::uint32_t c = 0; c < answer.classes.size(); ++c) writeClass(state, solved, c, answer.classes[c]);
    writeSteps(state, solved, answer);
    const auto isOver = [](const ResourceResult& result) { return result.demand > 1 || !result.wait; };
    const bool over = std::ranges::any_of(answer.stations, isOver) || std::ranges::any_of(answer.pools, isOver) ||
                      std::ranges::any_of(answer.limiters, isOver);
    answer.regime = over ? Regime::Overloaded : Regime::Steady;
    noteOverload("stations", answer.stations, answer);
    noteOverload("pools", answer.pools, answer);
    noteOverload("limiters", answer.limiters, answer);
    noteValidity("stations", answer.stations, answer);
    noteValidity("pools", answer.pools, answer);
    noteValidity("limiters", answer.limiters, answer);
    for (std::size_t c = 0; c < answer.classes.size(); ++c) noteClass(state, c, answer);
}

} // namespace plimsoll::flow
