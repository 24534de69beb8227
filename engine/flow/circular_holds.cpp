#include "engine/flow/circular_holds.h"

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace plimsoll::flow {
namespace {

/// Steps first, then pools. A pool leads to the bodies of its holds, a hold to its pool, any other step to what is done
/// within it; what is spawned holds nothing of its caller's.
using Reach = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

Reach reachOf(const Model& model) {
    const std::size_t steps = model.steps.size();
    Reach reach(steps + model.pools.size());
    std::vector<StepId> below;
    for (std::size_t s = 0; s < steps; ++s) {
        const Body& body = model.steps[s].body;
        if (const auto* hold = std::get_if<Hold>(&body)) {
            add_edge(s, steps + std::size_t(hold->pool), reach);
            add_edge(steps + std::size_t(hold->pool), std::size_t(hold->body), reach);
        } else if (const auto* call = std::get_if<Call>(&body)) {
            for (EntryId entry : call->entries) add_edge(s, std::size_t(model.entries[std::size_t(entry)].root), reach);
        } else if (!std::holds_alternative<Spawn>(body)) {
            below.clear();
            appendChildren(body, below);
            for (StepId step : below) add_edge(s, std::size_t(step), reach);
        }
    }
    return reach;
}

} // namespace

std::expected<void, Error> checkHolds(const Model& model) {
    if (model.pools.empty()) return {};
    const Reach reach = reachOf(model);
    std::vector<int> component(num_vertices(reach));
    const int components = boost::strong_components(reach, component.data());
    std::vector<std::size_t> size(std::size_t(components), 0);
    for (int c : component) ++size[std::size_t(c)];
    for (std::size_t p = 0; p < model.pools.size(); ++p) {
        const int own = component[model.steps.size() + p];
        if (size[std::size_t(own)] == 1) continue;
        std::vector<std::string> names;
        for (std::size_t q = p; q < model.pools.size(); ++q)
            if (component[model.steps.size() + q] == own) names.push_back(elementName("pools", q));
        const std::string first = names.front();
        return std::unexpected(Error{Error::CircularHold, first, "hold",
                                     names.size() == 1
                                         ? "a token is waited for while another of the same pool is held: requests can "
                                           "wait for each other for ever"
                                         : fmt::format("tokens of {} are waited for while the others are held: "
                                                       "requests can wait for each other for ever",
                                                       fmt::join(names, ", "))});
    }
    return {};
}

} // namespace plimsoll::flow
