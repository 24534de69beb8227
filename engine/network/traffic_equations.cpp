#include "engine/network/traffic_equations.h"

#include "engine/network/elimination.h"

#include <queue>

#include <algorithm>

namespace plimsoll::network {
namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

/// Routes by their first station.
struct Adjacency {
    std::vector<std::uint32_t> start;
    std::vector<std::uint32_t> route; // indices

    Adjacency(std::size_t nodes, std::span<const Route> routes) : start(nodes + 1, 0), route(routes.size()) {
        for (const Route& r : routes) ++start[r.from + 1];
        for (std::size_t n = 0; n < nodes; ++n) start[n + 1] += start[n];
        std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
        for (std::uint32_t i = 0; i < routes.size(); ++i) route[next[routes[i].from]++] = i;
    }
    std::span<const std::uint32_t> of(std::uint32_t node) const {
        return {route.data() + start[node], start[node + 1] - start[node]};
    }
};

/// Tarjan's algorithm without recursion; parts come out after those that they lead to.
class Tarjan {
public:
    Tarjan(std::size_t nodes, std::span<const Route> routes)
        : m_routes(routes), m_adjacency(nodes, routes), m_number(nodes, kNone), m_low(nodes), m_onStack(nodes, false) {}

    Components run() {
        for (std::uint32_t n = 0; n < m_number.size(); ++n)
            if (m_number[n] == kNone) visitFrom(n);
        Components ordered;
        for (auto part = m_parts.rbegin(); part != m_parts.rend(); ++part) {
            ordered.starts.push_back(std::uint32_t(ordered.nodes.size()));
            const auto [first, last] = *part;
            ordered.nodes.insert(ordered.nodes.end(), m_nodes.begin() + first, m_nodes.begin() + last);
        }
        ordered.starts.push_back(std::uint32_t(ordered.nodes.size()));
        return ordered;
    }

private:
    struct Frame {
        std::uint32_t node, next; // of its routes
    };
    void enter(std::uint32_t node) {
        m_number[node] = m_low[node] = m_count++;
        m_stack.push_back(node);
        m_onStack[node] = true;
        m_frames.push_back({node, 0});
    }
    void visitFrom(std::uint32_t root) {
        enter(root);
        while (!m_frames.empty()) {
            const std::uint32_t node = m_frames.back().node;
            const auto out = m_adjacency.of(node);
            if (m_frames.back().next < out.size()) {
                const std::uint32_t to = m_routes[out[m_frames.back().next++]].to;
                if (m_number[to] == kNone)
                    enter(to);
                else if (m_onStack[to])
                    m_low[node] = std::min(m_low[node], m_number[to]);
                continue;
            }
            m_frames.pop_back();
            if (!m_frames.empty()) {
                std::uint32_t& low = m_low[m_frames.back().node];
                low = std::min(low, m_low[node]);
            }
            if (m_low[node] == m_number[node]) closePart(node);
        }
    }
    void closePart(std::uint32_t root) {
        const auto first = std::int64_t(m_nodes.size());
        for (;;) {
            const std::uint32_t node = m_stack.back();
            m_stack.pop_back();
            m_onStack[node] = false;
            m_nodes.push_back(node);
            if (node == root) break;
        }
        m_parts.emplace_back(first, std::int64_t(m_nodes.size()));
    }

    std::span<const Route> m_routes;
    Adjacency m_adjacency;
    std::vector<std::uint32_t> m_number, m_low, m_stack, m_nodes;
    std::vector<bool> m_onStack;
    std::vector<Frame> m_frames;
    std::vector<std::pair<std::int64_t, std::int64_t>> m_parts;
    std::uint32_t m_count = 0;
};

/// The shortest way from `node` back to it along `routes`.
std::vector<std::uint32_t> cycleThrough(std::uint32_t node, std::size_t size, std::span<const Route> routes) {
    const Adjacency adjacency(size, routes);
    std::vector<std::uint32_t> before(size, kNone);
    std::queue<std::uint32_t> open;
    open.push(node);
    while (!open.empty()) {
        const std::uint32_t at = open.front();
        open.pop();
        for (const std::uint32_t i : adjacency.of(at)) {
            const std::uint32_t to = routes[i].to;
            if (to == node) {
                std::vector<std::uint32_t> cycle;
                for (std::uint32_t n = at; n != node; n = before[n]) cycle.push_back(n);
                cycle.push_back(node);
                std::ranges::reverse(cycle);
                return cycle;
            }
            if (before[to] != kNone) continue;
            before[to] = at;
            open.push(to);
        }
    }
    return {node};
}

} // namespace

Components components(std::size_t nodes, std::span<const Route> routes) {
    return Tarjan(nodes, routes).run();
}

std::expected<std::vector<double>, TrafficError> trafficRates(std::span<const double> external_per_s,
                                                              std::span<const Route> routes) {
    const std::size_t nodes = external_per_s.size();
    const Components parts = components(nodes, routes);
    const Adjacency adjacency(nodes, routes);
    std::vector<double> rates(external_per_s.begin(), external_per_s.end());
    std::vector<std::uint32_t> local(nodes, kNone); // place inside the part at hand
    for (std::size_t part = 0; part + 1 < parts.starts.size(); ++part) {
        const auto members =
            std::span(parts.nodes).subspan(parts.starts[part], parts.starts[part + 1] - parts.starts[part]);
        for (std::uint32_t n = 0; n < members.size(); ++n) local[members[n]] = n;
        std::vector<Route> inside;
        for (const std::uint32_t node : members)
            for (const std::uint32_t i : adjacency.of(node))
                if (local[routes[i].to] != kNone)
                    inside.push_back({local[node], local[routes[i].to], routes[i].visits});
        if (!inside.empty()) {
            std::vector<double> own;
            for (const std::uint32_t node : members) own.push_back(rates[node]);
            const EliminationResult result = eliminate(inside, own);
            if (result.kind == EliminationResult::TooMuch)
                return std::unexpected(TrafficError{TrafficError::TooLarge, {members.front()}});
            if (result.kind == EliminationResult::Gain) {
                TrafficError error{TrafficError::GainTooLarge, cycleThrough(result.node, members.size(), inside)};
                for (std::uint32_t& node : error.cycle) node = members[node];
                return std::unexpected(std::move(error));
            }
            for (std::uint32_t n = 0; n < members.size(); ++n) rates[members[n]] = own[n];
        }
        for (const std::uint32_t node : members)
            for (const std::uint32_t i : adjacency.of(node))
                if (local[routes[i].to] == kNone) rates[routes[i].to] += rates[node] * routes[i].visits;
        for (const std::uint32_t node : members) local[node] = kNone;
    }
    return rates;
}

} // namespace plimsoll::network
