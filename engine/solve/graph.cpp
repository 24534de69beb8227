#include "engine/solve/graph.h"

#include "engine/flow/validate.h"
#include "engine/solve/graph_builder.h"

#include <fmt/format.h>

#include <algorithm>

namespace plimsoll::flow {
namespace {

/// Takes the first `instances` ones of the fleet out, in the order of its members.
std::expected<void, Error> takeDown(Graph& graph, const Model& model, std::span<const Down> all, std::size_t index) {
    const auto fleet = std::size_t(all[index].fleet);
    const auto fail = [&](std::string message) {
        return std::unexpected(Error{Error::Invalid, elementName("down", index), "fleet", std::move(message)});
    };
    if (fleet >= model.fleets.size())
        return fail(fmt::format("fleet is {}, but there are {} of them", fleet, model.fleets.size()));
    if (fleet == 0) return fail("fleet 0 is the outside and cannot be down");
    for (std::size_t i = 0; i < index; ++i)
        if (all[i].fleet == all[index].fleet) return fail(fmt::format("fleet {} is listed twice", fleet));
    std::uint32_t left = all[index].instances;
    const auto& members = model.fleets[fleet].members;
    for (std::size_t m = 0; m < members.size() && left > 0; ++m) {
        const std::uint32_t taken = std::min(left, members[m].count);
        graph.groups[graph.memberGroups[fleet][m]].up -= taken;
        left -= taken;
    }
    return {};
}

std::uint32_t candidates(const Graph& graph, const Pick& pick) {
    std::uint32_t up = 0;
    for (std::uint32_t i = 0; i < pick.targets; ++i)
        up += graph.groups[graph.pickTargets[pick.firstTarget + i].group].up;
    return up;
}

} // namespace

std::expected<Graph, Error> buildGraph(const Model& model) {
    Graph graph;
    if (auto built = GraphBuilder(model, graph).build(); !built) return std::unexpected(built.error());
    if (auto all = applyDown(graph, model, {}); !all) return std::unexpected(all.error());
    return graph;
}

std::expected<void, Error> applyDown(Graph& graph, const Model& model, std::span<const Down> down) {
    for (Group& group : graph.groups) group.up = group.count;
    for (std::size_t i = 0; i < down.size(); ++i)
        if (auto taken = takeDown(graph, model, down, i); !taken) return taken;
    for (const Pick& pick : graph.picks) {
        const std::span targets{graph.pickTargets.data() + pick.firstTarget, pick.targets};
        double total = 0;
        for (const PickTarget& target : targets) total += target.weight * graph.groups[target.group].up;
        graph.drained = graph.drained || (down.empty() && !(total > 0));
        Edge* edge = graph.edges.data() + graph.nodes[pick.node].firstEdge;
        for (const PickTarget& target : targets)
            (edge++)->weight = total > 0 ? target.weight * graph.groups[target.group].up / total : 0;
    }
    for (ForkPlan& fork : graph.forks) {
        if (fork.pick == kNone) continue;
        const std::uint32_t up = candidates(graph, graph.picks[fork.pick]);
        fork.copies = fork.asked == 0 ? up : std::min(fork.asked, up);
    }
    for (const SpawnPlan& spawn : graph.spawns)
        graph.nodes[spawn.node].amount =
            spawn.count * (spawn.everyInstance ? candidates(graph, graph.picks[spawn.pick]) : 1);
    return {};
}

} // namespace plimsoll::flow
