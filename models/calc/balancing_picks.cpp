// Picks one by one, where the balancer core itself can answer; and what follows from weights and keys alone.
#include "engine/balancer/balancer.h"
#include "engine/balancer/model/health_model.h"
#include "engine/balancer/model/key_ring.h"
#include "models/calc/balancing.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::calc {
namespace {

constexpr double kMostPicks = 1e6, kMostShown = 1000;

/// "A", "B" ... "Z", "AA" ...
std::string letters(std::size_t index) {
    std::string name;
    for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26) name.insert(0, 1, char('A' + (rest - 1) % 26));
    return name;
}

std::vector<double> numberList(ModelObject& object, std::string_view key, double low) {
    const json& list = object.required(key);
    if (!list.is_array() || list.empty()) object.at(key).refuse("must be a list of numbers");
    std::vector<double> values;
    for (std::size_t i = 0; i < list.size(); ++i) {
        const auto where = object.at(fmt::format("{}[{}]", key, i));
        values.push_back(exchange::numberAt(list[i], where));
        if (!(values.back() >= low && values.back() <= kLargest))
            where.refuse(fmt::format("is {:.6g}, must lie in {:.6g} to {:.6g}", values.back(), low, kLargest));
    }
    return values;
}

/// The lowest key, the first of those equal.
template <class Key> std::size_t lowest(std::size_t count, const Key& key) {
    std::size_t best = 0;
    for (std::size_t i = 1; i < count; ++i)
        if (key(i) < key(best)) best = i;
    return best;
}

} // namespace

ordered_json answerPicksByWeight(ModelObject& object) {
    const std::vector<double> weights = readWeights(object);
    const double picks = wholeWithin(object, "picks", 0, kMostPicks);
    object.find("variant");
    object.finish();
    std::vector<balancer::Member> members;
    for (std::size_t i = 0; i < weights.size(); ++i)
        members.push_back({balancer::Target(std::uint32_t(i)), weights[i]});
    auto smooth = balancer::Balancer::make(
        {.policy = flow::Policy::WeightedRoundRobin, .health = {}, .randomStart = false}, members);
    if (!smooth) throw ModelRefusal{smooth.error()};
    ordered_json out = ordered_json::object(), sequence = ordered_json::array();
    std::vector<std::uint64_t> count(weights.size());
    for (double i = 0; i < picks; ++i) {
        const std::size_t target = indexOf(*smooth->pick(Seconds{0}));
        ++count[target];
        if (i < kMostShown) sequence.push_back(letters(target));
    }
    out["sequence"] = std::move(sequence);
    out["count"] = count;
    putMethod(out, "balancer-core", flow::Exactness::Exact);
    return out;
}

ordered_json answerPicksByConnections(ModelObject& object) {
    const std::vector<double> connections = numberList(object, "connections", 0);
    std::vector<double> weights(connections.size(), 1.0);
    if (object.find("weights")) weights = readWeights(object);
    if (weights.size() != connections.size())
        object.at("weights").refuse(
            fmt::format("are {}, must be as many as the connections, {}", weights.size(), connections.size()));
    object.find("rule");
    object.finish();
    ordered_json out = ordered_json::object();
    out["chosen_index"] = lowest(connections.size(), [&](std::size_t i) {
        return weights[i] > 0 ? connections[i] / weights[i] : std::numeric_limits<double>::infinity();
    });
    putMethod(out, "replay", flow::Exactness::Exact);
    return out;
}

ordered_json answerConnectionsInTime(ModelObject& object) {
    const double targets = wholeWithin(object, "targets", 1, kMostShown);
    const std::vector<double> arrivals = numberList(object, "arrivals_s", 0);
    const std::vector<double> durations = numberList(object, "durations_s", 0);
    if (durations.size() != arrivals.size())
        object.at("durations_s")
            .refuse(fmt::format("are {}, must be as many as the arrivals, {}", durations.size(), arrivals.size()));
    if (!std::ranges::is_sorted(arrivals)) object.at("arrivals_s").refuse("must not fall");
    if (double(arrivals.size()) > kMostShown)
        object.at("arrivals_s").refuse(fmt::format("are {}, at most {:.0f} are replayed", arrivals.size(), kMostShown));
    if (const json* tie = object.find("tie"); tie && *tie != "lowest index")
        object.at("tie").refuse(fmt::format("is {}, must be \"lowest index\"", tie->dump()));
    const bool goneAtEnd = object.booleanOr("a_request_that_ends_at_t_is_gone_at_t", true);
    object.finish();
    std::vector<std::vector<double>> ends{std::size_t(targets)};
    ordered_json chosen = ordered_json::array();
    for (std::size_t r = 0; r < arrivals.size(); ++r) {
        const double now = arrivals[r];
        for (auto& each : ends) std::erase_if(each, [&](double end) { return goneAtEnd ? end <= now : end < now; });
        const std::size_t target = lowest(ends.size(), [&](std::size_t i) { return ends[i].size(); });
        ends[target].push_back(now + durations[r]);
        chosen.push_back(target);
    }
    ordered_json out = ordered_json::object();
    out["chosen"] = std::move(chosen);
    putMethod(out, "replay", flow::Exactness::Exact);
    return out;
}

ordered_json answerWeights(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const std::vector<double> weights = readWeights(object);
    object.find("policy");
    object.finish();
    double total = 0;
    for (double weight : weights) total += weight;
    ordered_json out = ordered_json::object(), share = ordered_json::array();
    for (double weight : weights) share.push_back(weight / total);
    out["share"] = std::move(share);
    putMethod(out, "policy-random", flow::Exactness::Exact);
    return out;
}

ordered_json answerSlowStart(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double others = wholeWithin(object, "full_weight_targets", 0, kMostServers);
    const double weight = within(object, "new_target_weight", 0, kLargest);
    const double window_s = within(object, "window_s", 0, kLargest);
    const std::vector<double> times_s = numberList(object, "at_s", 0);
    if (const json* ramp = object.find("ramp"); ramp && *ramp != "linear")
        object.at("ramp").refuse(fmt::format("is {}, must be \"linear\"", ramp->dump()));
    object.finish();
    ordered_json out = ordered_json::object(), share = ordered_json::array();
    for (double time_s : times_s)
        share.push_back(balancer::slowStartShare(others, weight, Seconds{time_s}, Seconds{window_s}));
    out["share_of_new"] = std::move(share);
    putMethod(out, "slow-start", flow::Exactness::Exact);
    return out;
}

ordered_json answerConsistentHash(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    object.find("policy");
    balancer::KeyRing ring;
    ring.servers = servers(object);
    ring.points = wholeWithin(object, "virtual_nodes_per_server", 1, kMostServers);
    object.finish();
    ordered_json out = ordered_json::object();
    const double hottest = balancer::ringHottest(ring);
    out["load_cv"] = balancer::ringVariation(ring);
    out["hottest_over_mean"] = hottest;
    out["coldest_over_mean"] = balancer::ringColdest(ring);
    out["usable_capacity_share"] = 1 / hottest;
    out["moved_when_one_leaves"] = 1 / ring.servers;
    putMethod(out, "consistent-hash", flow::Exactness::Exact);
    return out;
}

ordered_json answerHashRing(const json& inputs) {
    ModelObject object = inputsOf(inputs);
    const double nodes = within(object, "nodes", 0, kMostServers);
    if (!(nodes >= 1))
        object.at("nodes").refuse(
            fmt::format("is {:.6g}: the balancer's ring has no target; must lie in 1 to {:.6g}", nodes, kMostServers));
    balancer::KeyRing ring;
    ring.servers = wholeWithin(object, "nodes", 1, kMostServers);
    ring.points = wholeWithin(object, "points_per_node", 1, kMostServers);
    if (const json* hash = object.find("hash"); hash && *hash != "uniform")
        object.at("hash").refuse(fmt::format("is {}, must be \"uniform\"", hash->dump()));
    object.finish();
    ordered_json out = ordered_json::object();
    if (ring.servers <= kMostShown) out["share"] = std::vector<double>(std::size_t(ring.servers), 1 / ring.servers);
    out["largest_share_mean"] = balancer::ringHottest(ring) / ring.servers;
    out["smallest_share_mean"] = balancer::ringColdest(ring) / ring.servers;
    putMethod(out, "consistent-hash", flow::Exactness::Exact);
    return out;
}

} // namespace plimsoll::calc
