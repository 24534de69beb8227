#include "engine/solve/supported.h"

#include "engine/flow/validate.h"

#include <fmt/format.h>

namespace plimsoll::flow {
namespace {

Error notYet(std::string_view array, std::size_t index, std::string_view field, std::string_view what) {
    const std::string element = elementName(array, index);
    return {Error::NotSolvedYet, element, std::string(field), fmt::format("{} is not solved yet", what)};
}

/// Instances that a balancer may pick: those whose weight is not 0.
std::uint64_t candidates(const Model& model, const Balancer& balancer) {
    std::uint64_t count = 0;
    for (const Backend& backend : balancer.backends)
        for (const Member& member : model.fleets[std::size_t(backend.fleet)].members)
            if (backend.weight * member.weight > 0) count += member.count;
    return count;
}

std::string_view name(Policy policy) {
    constexpr std::array names{"random",
                               "round_robin",
                               "weighted_round_robin",
                               "least_connections",
                               "weighted_least_connections",
                               "least_response_time",
                               "resource_based",
                               "power_of_two",
                               "key_hash",
                               "key_range"};
    return names[std::size_t(policy)];
}

/// Field and wording of what makes a step unsolved; empty when it is solved.
struct Reason {
    std::string_view field, what;
};
Reason reason(const Call& call) {
    if (call.fanOut && (call.fanOut->copies != 1 || call.fanOut->need > 1)) return {"fan_out", "a call that fans out"};
    return {};
}
Reason reason(const Attempt& attempt) {
    if (attempt.maxAttempts > 1) return {"max_attempts", "attempt with more than one try"};
    if (attempt.fallback) return {"fallback", "attempt with a fallback"};
    return {};
}
Reason reason(const Parallel& parallel) {
    return parallel.branches.size() > 1 ? Reason{"branches", "parallel"} : Reason{};
}
Reason reason(const Spawn&) {
    return {"spawn", "spawn"};
}
Reason reason(const Hold&) {
    return {"hold", "hold"};
}
Reason reason(const Limit&) {
    return {"limit", "limit"};
}
Reason reason(const Timeout&) {
    return {"timeout", "timeout"};
}
template <class Solved> Reason reason(const Solved&) {
    return {};
}

} // namespace

std::optional<Error> unsupportedClass(const Model& model, std::size_t index) {
    const auto* open = std::get_if<Open>(&model.classes[index].arrivals);
    if (!open) return notYet("classes", index, "arrivals", "a closed class");
    if (open->scv != 1)
        return notYet("classes", index, "arrivals.open.scv", fmt::format("an arrival scv of {:.6g}", open->scv));
    if (open->batch != 1)
        return notYet("classes", index, "arrivals.open.batch", fmt::format("a mean batch of {:.6g}", open->batch));
    return {};
}

std::optional<Error> unsupportedStation(const Model& model, std::size_t index) {
    const Station& station = model.stations[index];
    if (station.discipline == Discipline::PriorityNonPreemptive)
        return notYet("stations", index, "discipline", "priority_non_preemptive");
    if (station.discipline == Discipline::PriorityPreemptiveResume)
        return notYet("stations", index, "discipline", "priority_preemptive_resume");
    if (station.capacity) return notYet("stations", index, "capacity", "a bounded queue");
    if (station.contention != Contention{}) return notYet("stations", index, "contention", "contention");
    return {};
}

std::optional<Error> unsupportedBalancer(const Model& model, std::size_t index) {
    const Balancer& balancer = model.balancers[index];
    if (balancer.policy == Policy::Random || candidates(model, balancer) <= 1) return {};
    return notYet("balancers", index, "policy", fmt::format("{} over several instances", name(balancer.policy)));
}

std::optional<Error> unsupportedStep(const Model& model, std::size_t index) {
    const Body& body = model.steps[index].body;
    const Reason why = std::visit([](const auto& kind) { return reason(kind); }, body);
    if (!why.what.empty()) return notYet("steps", index, why.field, why.what);
    std::optional<CacheId> cache;
    if (const auto* lookup = std::get_if<Lookup>(&body)) cache = lookup->cache;
    if (const auto* invalidate = std::get_if<Invalidate>(&body)) cache = invalidate->cache;
    if (cache && !model.caches[std::size_t(*cache)].fixedHitRatio)
        return notYet("caches", std::size_t(*cache), "fixed_hit_ratio", "a cache without a fixed hit ratio");
    return {};
}

} // namespace plimsoll::flow
