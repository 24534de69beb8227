#include "engine/flow/call_cycles.h"

#include "engine/flow/validate.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <optional>

namespace plimsoll::flow {
namespace {

/// A step and how often it runs for one run of the step above it.
struct Run {
    std::uint32_t step = 0;
    double times = 1;
};
using Runs = std::vector<std::vector<Run>>; // by step

double instancesOf(const Model& model, const Backend& backend) {
    double count = 0;
    for (const Member& member : model.fleets[std::size_t(backend.fleet)].members)
        if (backend.weight * member.weight > 0) count += member.count;
    return count;
}

/// A call's runs of its entries: by weight, or one for each instance.
void addCalls(const Model& model, BalancerId via, const std::vector<EntryId>& entries, double times, bool everywhere,
              std::vector<Run>& runs) {
    const Balancer& balancer = model.balancers[std::size_t(via)];
    double whole = 0;
    std::vector<double> share;
    for (const Backend& backend : balancer.backends) {
        double weight = 0;
        for (const Member& member : model.fleets[std::size_t(backend.fleet)].members)
            weight += member.weight * backend.weight * member.count;
        share.push_back(weight);
        whole += weight;
    }
    for (std::size_t b = 0; b < entries.size(); ++b) {
        const double here = everywhere ? instancesOf(model, balancer.backends[b]) : whole > 0 ? share[b] / whole : 0;
        runs.push_back({std::uint32_t(model.entries[std::size_t(entries[b])].root), times * here});
    }
}

std::vector<Run> runsBelow(const Model& model, const Body& body) {
    std::vector<Run> runs;
    if (const auto* call = std::get_if<Call>(&body)) {
        const bool everywhere = call->fanOut && call->fanOut->copies == 0;
        const double copies = call->fanOut && !everywhere ? call->fanOut->copies : 1;
        addCalls(model, call->via, call->entries, call->count * copies, everywhere, runs);
    } else if (const auto* spawn = std::get_if<Spawn>(&body)) {
        addCalls(model, spawn->via, spawn->entries, spawn->count, spawn->everyInstance, runs);
    } else if (const auto* choice = std::get_if<Choice>(&body)) {
        for (const Branch& branch : choice->branches)
            runs.push_back({std::uint32_t(branch.step), branch.probability.value});
    } else if (const auto* lookup = std::get_if<Lookup>(&body)) {
        const auto& known = model.caches[std::size_t(lookup->cache)].fixedHitRatio;
        runs.push_back({std::uint32_t(lookup->onHit), known ? known->value : 1});
        runs.push_back({std::uint32_t(lookup->onMiss), known ? 1 - known->value : 1});
    } else {
        const auto* attempt = std::get_if<Attempt>(&body);
        const auto* repeat = std::get_if<Repeat>(&body);
        std::vector<StepId> below;
        appendChildren(body, below);
        for (const StepId step : below)
            runs.push_back({std::uint32_t(step), attempt && attempt->fallback == step && step != attempt->body ? 0
                                                 : repeat ? repeat->count
                                                          : 1});
    }
    return runs;
}

/// Steps that reach each other; `runs` keeps only what stays among them.
struct Cycle {
    std::vector<std::uint32_t> steps;
    std::vector<std::vector<Run>> runs; // by place in `steps`; Run::step is such a place
};

std::vector<Cycle> cyclesOf(const Runs& runs) {
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS> reach(runs.size());
    for (std::size_t s = 0; s < runs.size(); ++s)
        for (const Run& run : runs[s]) add_edge(s, run.step, reach);
    std::vector<int> component(runs.size());
    std::vector<Cycle> cycles(std::size_t(boost::strong_components(reach, component.data())));
    std::vector<std::uint32_t> place(runs.size());
    for (std::uint32_t s = 0; s < runs.size(); ++s) {
        Cycle& cycle = cycles[std::size_t(component[s])];
        place[s] = std::uint32_t(cycle.steps.size());
        cycle.steps.push_back(s);
    }
    for (std::uint32_t s = 0; s < runs.size(); ++s) {
        Cycle& cycle = cycles[std::size_t(component[s])];
        cycle.runs.emplace_back();
        for (const Run& run : runs[s])
            if (component[run.step] == component[s]) cycle.runs.back().push_back({place[run.step], run.times});
    }
    std::erase_if(cycles, [](const Cycle& cycle) { return cycle.runs.size() == 1 && cycle.runs[0].empty(); });
    return cycles;
}

/// Growth of the number of runs from one step to the next, an upper bound close to it; none where finding it would take
/// long (a round trip of n steps settles in about n^2 rounds).
std::optional<double> growthOf(const Cycle& cycle) {
    constexpr double kMost = 20'000, kMostWork = 1e8;
    constexpr double kClose = 0.01; // of what is missing to 1
    std::vector<double> x(cycle.steps.size(), 1), next(x.size());
    double work = 0;
    for (const std::vector<Run>& runs : cycle.runs) work += 1 + double(runs.size());
    for (double round = 0; round < std::min(kMost, kMostWork / work); ++round) {
        double least = std::numeric_limits<double>::infinity(), most = 0, largest = 0;
        for (std::size_t i = 0; i < x.size(); ++i) {
            double sum = x[i]; // half of it stays: cycles of one length would swing
            for (const Run& run : cycle.runs[i]) sum += run.times * x[run.step];
            next[i] = sum / 2;
            least = std::min(least, next[i] / x[i]);
            most = std::max(most, next[i] / x[i]);
            largest = std::max(largest, next[i]);
        }
        if (least >= 1 || most - least <= kClose * std::abs(1 - most)) return 2 * most - 1;
        for (std::size_t i = 0; i < x.size(); ++i) x[i] = next[i] / largest;
    }
    return std::nullopt;
}

/// Steps in the shortest way round; 1 where looking for it would take long.
double shortestRound(const Cycle& cycle) {
    constexpr std::size_t kLargest = 2'000;
    const std::size_t count = cycle.steps.size();
    if (count > kLargest) return 1;
    std::size_t shortest = count;
    for (std::size_t start = 0; start < count; ++start) {
        std::vector<std::size_t> away(count, 0);
        std::deque<std::size_t> waiting{start};
        while (!waiting.empty() && away[start] == 0) {
            const std::size_t at = waiting.front();
            waiting.pop_front();
            for (const Run& run : cycle.runs[at]) {
                if (away[run.step] > 0) continue;
                away[run.step] = away[at] + 1;
                waiting.push_back(run.step);
            }
        }
        if (away[start] > 0) shortest = std::min(shortest, away[start]);
    }
    return double(shortest);
}

/// Whether every step stands after all that it leads to, as where a model is written from the bottom up: then there is
/// no cycle. Told without any allocation for each step.
bool isInOrder(const Model& model) {
    std::vector<StepId> below;
    for (std::size_t s = 0; s < model.steps.size(); ++s) {
        const Body& body = model.steps[s].body;
        const auto* call = std::get_if<Call>(&body);
        const auto* spawn = std::get_if<Spawn>(&body);
        below.clear();
        if (!call && !spawn) appendChildren(body, below);
        const auto isBefore = [&](StepId step) { return std::size_t(step) < s; };
        const auto isRootBefore = [&](EntryId entry) { return isBefore(model.entries[std::size_t(entry)].root); };
        if (!std::ranges::all_of(below, isBefore)) return false;
        if (call && !std::ranges::all_of(call->entries, isRootBefore)) return false;
        if (spawn && !std::ranges::all_of(spawn->entries, isRootBefore)) return false;
    }
    return true;
}

std::string nameOf(const Model& model, const Cycle& cycle) {
    for (std::size_t e = 0; e < model.entries.size(); ++e)
        if (std::ranges::binary_search(cycle.steps, std::uint32_t(model.entries[e].root)))
            return elementName("entries", e);
    return elementName("steps", cycle.steps.front());
}

} // namespace

std::expected<std::vector<CallRounds>, Error> callRounds(const Model& model) {
    if (isInOrder(model)) return std::vector<CallRounds>(model.steps.size());
    Runs runs;
    for (const Step& step : model.steps) runs.push_back(runsBelow(model, step.body));
    std::vector<CallRounds> rounds(model.steps.size());
    std::uint32_t number = 0;
    for (const Cycle& cycle : cyclesOf(runs)) {
        const auto tooLarge = [&](const std::string& why) {
            return std::unexpected(Error{Error::NotSolvedYet, nameOf(model, cycle), "root",
                                         fmt::format("calls itself through {} steps{}", cycle.steps.size(), why)});
        };
        const std::optional<double> growth = growthOf(cycle);
        if (!growth) return tooLarge(", too many to tell whether that ends");
        const double gain = std::pow(std::max(0.0, *growth), shortestRound(cycle));
        const double needed = gain > 0 ? std::ceil(std::log(kCycleRest) / std::log(gain)) : 1;
        if (!(gain < 1) || needed > kMostRounds)
            return std::unexpected(Error{
                Error::Unbounded, nameOf(model, cycle), "root",
                fmt::format(
                    "calls itself, through others or not, {:.6g} times on average: must be below 1{}", gain,
                    gain < 1 ? fmt::format(" and at most {:.4g} to be computed", std::pow(kCycleRest, 1 / kMostRounds))
                             : "")});
        if (needed * double(cycle.steps.size()) > kMostUnrolled)
            return tooLarge(fmt::format(", of which {:.0f} rounds count: must be at most {:.0e} steps in all", needed,
                                        kMostUnrolled));
        ++number;
        for (const std::uint32_t step : cycle.steps) rounds[step] = {number, std::max(1u, std::uint32_t(needed))};
    }
    return rounds;
}

} // namespace plimsoll::flow
