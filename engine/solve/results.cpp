// From the solver's arrays to the answer. Storage that the answer already has is used again.
#include "engine/flow/validate.h"
#include "engine/solve/state.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::flow {
namespace {

void writeStation(const SolverState& state, const Solved& solved, std::size_t station, ResourceResult& result) {
    const std::uint32_t c = state.saturation.busiest[station];
    const Cell& cell = state.graph.cells[c];
    const double rate = solved.factor * solved.traffic->rate[c], load = solved.factor * solved.traffic->load[c];
    const double share = solved.overloaded ? state.carried[c] : 1;
    const double servers = cell.servers, service = solved.traffic->service[c].first;
    result.offered.value = rate;
    result.carried.value = rate * share;
    result.demand = servers > 0 ? load / servers : 0;
    result.growth.value = rate - rate * share;
    result.strength = state.saturation.strength[station];
    result.saturationFactor = state.saturation.factors[station];
    const Method& method = state.saturation.method[station];
    result.method = method;
    result.utilisation.value = std::min(1.0, result.demand);
    if (!state.cells.steady[c]) {
        result.meanWaiting = 0; // meaningless while the queue grows: `wait` is absent
        result.wait.reset();
        return;
    }
    if (!result.wait) result.wait.emplace();
    const double wait = state.cells.wait[c] + (state.cells.stretch[c] - 1) * service;
    result.wait->mean = Seconds{wait};
    result.wait->method = method;
    result.meanWaiting = rate * wait;
}

void writeStations(const SolverState& state, const Solved& solved, Solution& answer) {
    answer.stations.resize(state.model.stations.size());
    for (std::size_t s = 0; s < answer.stations.size(); ++s) writeStation(state, solved, s, answer.stations[s]);
    // Pools and limiters are not entered by anything that is solved.
    ResourceResult unused{};
    unused.method = {"unused", Exactness::Exact};
    answer.pools.resize(state.model.pools.size(), unused);
    answer.limiters.resize(state.model.limiters.size(), unused);
    answer.onDemand.resize(state.model.pools.size());
}

void writeClass(const SolverState& state, const Solved& solved, std::size_t cls, ClassResult& result) {
    const double offered = state.classRates[cls] * solved.loadFactor;
    result.offered.value = offered;
    result.succeeded.value = offered * solved.traffic->pass[state.graph.root[cls]];
    result.attemptsPerRequest = 1;
    result.errors.clear();
    result.jobs.reset();
}

/// Failure of a node's visits, per request of its class: every failure is final here, nothing retries.
void addErrors(const SolverState& state, const Solved& solved, Solution& answer) {
    const auto add = [&](std::uint32_t cls, Cause cause, double share) {
        if (!(share > 0)) return;
        auto& errors = answer.classes[cls].errors;
        const auto found = std::ranges::find(errors, cause, &Share::cause);
        if (found != errors.end())
            found->share.value += share;
        else
            errors.push_back({cause, {share}});
    };
    for (std::uint32_t n : state.graph.failNodes) {
        const Node& node = state.graph.nodes[n];
        add(node.cls, node.cause, solved.traffic->visits[n] * node.amount);
    }
    if (state.down.empty() && !state.graph.drained) return;
    for (std::size_t n = 0; n < state.graph.nodes.size(); ++n) {
        const Node& node = state.graph.nodes[n];
        if (nobodyUp(state.graph, node)) add(node.cls, Cause::InstanceDown, solved.traffic->visits[n]);
    }
}

void writeStep(const Solved& solved, double classRate, std::size_t n, const NodeValue& value, StepResult& result) {
    const double entered = solved.traffic->visits[n] * classRate;
    result.entered.value = entered;
    result.succeeded.value = entered * solved.traffic->pass[n];
    result.steady = value.steady;
    result.inclusive = Seconds{value.steady ? value.inclusive() : 0};
    result.own = Seconds{value.steady ? value.ownInclusive() : 0};
    result.ownVariance_s2 = value.steady ? value.ownInclusiveVariance() : 0;
}

/// A step that is reached on several instance groups: flows add, times mix in proportion to the visits.
void mergeStep(const SolverState& state, const Solved& solved, std::uint32_t n, double& weight, StepResult& result) {
    const Node& node = state.graph.nodes[n];
    StepResult part{};
    writeStep(solved, state.classRates[node.cls] * solved.loadFactor, n, state.values[n], part);
    const double more = solved.traffic->visits[n];
    result.entered = result.entered + part.entered;
    result.succeeded = result.succeeded + part.succeeded;
    if (!(more > 0)) return;
    const double share = more / (weight + more), off = toSeconds(part.own) - toSeconds(result.own);
    weight += more;
    result.steady = result.steady && part.steady;
    result.inclusive += share * (part.inclusive - result.inclusive);
    result.ownVariance_s2 += share * (part.ownVariance_s2 - result.ownVariance_s2 + (1 - share) * off * off);
    result.own += share * (part.own - result.own);
}

/// Of a station of several instances the growth is told by instance.
std::string whatGrows(const Model& model, std::size_t station) {
    std::size_t instances = 0;
    for (const Member& member : model.fleets[std::size_t(model.stations[station].fleet)].members)
        instances += member.count;
    return instances > 1 ? fmt::format("the queue of each of its {} instances grows", instances) : "its queue grows";
}

void noteOverload(const SolverState& state, Solution& answer) {
    for (std::size_t s = 0; s < answer.stations.size(); ++s) {
        const ResourceResult& station = answer.stations[s];
        if (station.wait) continue;
        answer.problems.push_back(
            {Severity::Warning, "overloaded", elementName("stations", s), "wait",
             fmt::format("offered {:.4g} times what it can do: {} by {:.4g}/s, so there is no wait to tell",
                         station.demand, whatGrows(state.model, s), station.growth.value)});
    }
    for (std::size_t c = 0; c < answer.classes.size(); ++c) {
        if (state.values[state.graph.root[c]].steady) continue;
        answer.problems.push_back({Severity::Warning, "no_steady_state", elementName("classes", c), "latency",
                                   "a queue on its way grows, so its latency has no steady value"});
    }
}

/// Hits over reads of all its instances, by class and in all.
void writeKeyedCache(const SolverState& state, std::size_t cache, CacheResult& result) {
    std::vector<double> reads(state.model.classes.size(), 0), hits(state.model.classes.size(), 0);
    bool filtered = false, used = false;
    for (std::size_t i = 0; i < state.graph.lookups.size(); ++i) {
        const LookupPlan& lookup = state.graph.lookups[i];
        if (state.graph.cacheCells[lookup.cacheCell].cache != cache) continue;
        const std::uint32_t cls = state.graph.nodes[lookup.node].cls;
        const double rate = state.coupled.traffic.visits[lookup.node] * state.scaledRates[cls];
        reads[cls] += rate;
        hits[cls] += rate * state.coupled.unknowns.hits[i];
        filtered = filtered || state.coupled.caches[lookup.cacheCell].filtered;
        used = used || rate > 0;
    }
    double allReads = 0, allHits = 0;
    result.hitRatioByClass.assign(reads.size(), {});
    for (std::size_t c = 0; c < reads.size(); ++c) {
        result.hitRatioByClass[c].value = reads[c] > 0 ? hits[c] / reads[c] : 0;
        allReads += reads[c];
        allHits += hits[c];
    }
    result.hitRatio.value = allReads > 0 ? allHits / allReads : 0;
    constexpr std::array<std::string_view, 4> kIds{"che", "ideal-lfu", "insertion-order", "insertion-order"};
    if (!used)
        result.method = {"unused", Exactness::Exact};
    else
        result.method = {kIds[std::size_t(state.model.caches[cache].eviction)], Exactness::Approximation, !filtered};
}

} // namespace

void writeCaches(const SolverState& state, Solution& answer) {
    answer.caches.resize(state.model.caches.size());
    for (std::size_t i = 0; i < answer.caches.size(); ++i) {
        if (!state.graph.onePass && !state.model.caches[i].fixedHitRatio) {
            writeKeyedCache(state, i, answer.caches[i]);
            continue;
        }
        const auto& ratio = state.model.caches[i].fixedHitRatio;
        CacheResult& result = answer.caches[i];
        result.hitRatio = ratio.value_or(Probability{});
        result.hitRatioByClass.assign(state.model.classes.size(), result.hitRatio);
        result.method = {ratio ? "fixed-hit-ratio" : "unused", Exactness::Exact};
    }
}

void writeSteps(SolverState& state, const Solved& solved, Solution& answer) {
    if (answer.steps.size() != state.graph.results.size()) answer.steps = state.graph.results;
    if (!state.graph.sharedResults) {
        for (std::size_t n = 0; n < state.graph.nodes.size(); ++n) {
            const Node& node = state.graph.nodes[n];
            if (node.result == kNone) continue;
            StepResult& result = answer.steps[node.result];
            result.cls = ClassId{node.cls};
            result.step = state.graph.results[node.result].step;
            writeStep(solved, state.scaledRates[node.cls], n, state.values[n], result);
        }
        return;
    }
    std::ranges::copy(state.graph.results, answer.steps.begin());
    state.resultWeights.assign(answer.steps.size(), 0);
    for (std::uint32_t n = 0; n < state.graph.nodes.size(); ++n) {
        const std::uint32_t r = state.graph.nodes[n].result;
        if (r != kNone) mergeStep(state, solved, n, state.resultWeights[r], answer.steps[r]);
    }
    for (StepResult& result : answer.steps)
        if (!result.steady) result.inclusive = result.own = Seconds{result.ownVariance_s2 = 0};
}

void writeResults(SolverState& state, const Solved& solved, Solution& answer) {
    answer.regime = solved.overloaded ? Regime::Overloaded : Regime::Steady;
    answer.saturationFactor = state.saturation.factor;
    answer.badState.reset();
    answer.problems.clear();
    writeStations(state, solved, answer);
    writeCaches(state, answer);
    answer.classes.resize(state.model.classes.size());
    for (std::size_t c = 0; c < answer.classes.size(); ++c) writeClass(state, solved, c, answer.classes[c]);
    addErrors(state, solved, answer);
    writeSteps(state, solved, answer);
    if (solved.overloaded) noteOverload(state, answer);
}

} // namespace plimsoll::flow
