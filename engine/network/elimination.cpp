#include "engine/network/elimination.h"

#include <queue>

#include <map>
#include <tuple>

namespace plimsoll::network {
namespace {

EliminationResult eliminateDense(std::span<const Route> routes, std::vector<double>& rates) {
    const std::size_t size = rates.size();
    std::vector<double> visits(size * size, 0); // [from][to]
    for (const Route& route : routes) visits[route.from * size + route.to] += route.visits;
    for (std::size_t node = 0; node < size; ++node) {
        const double* out = &visits[node * size];
        const double left = 1 - out[node];
        if (!(left > 0)) return {EliminationResult::Gain, std::uint32_t(node)};
        rates[node] /= left;
        for (std::size_t to = node + 1; to < size; ++to) rates[to] += rates[node] * out[to];
        for (std::size_t from = node + 1; from < size; ++from) {
            double* row = &visits[from * size];
            const double in = row[node] /= left;
            if (in == 0) continue;
            for (std::size_t to = node + 1; to < size; ++to) row[to] += in * out[to];
        }
    }
    for (std::size_t node = size; node-- > 0;)
        for (std::size_t from = node + 1; from < size; ++from) rates[node] += rates[from] * visits[from * size + node];
    return {};
}

class SparseElimination {
public:
    SparseElimination(std::span<const Route> routes, std::size_t size) : m_to(size), m_from(size), m_done(size, false) {
        for (const Route& route : routes) connect(route.from, route.to, route.visits);
    }

    EliminationResult solve(std::vector<double>& rates) {
        constexpr std::size_t kMostWork = 500'000; // joins, each below a microsecond
        using Entry = std::tuple<std::size_t, std::uint32_t>;
        std::priority_queue<Entry, std::vector<Entry>, std::greater<>> order;
        for (std::uint32_t node = 0; node < m_to.size(); ++node) order.emplace(joins(node), node);
        std::vector<std::uint32_t> taken;
        std::size_t work = 0;
        while (!order.empty()) {
            const auto [cost, node] = order.top();
            order.pop();
            ++work;
            if (m_done[node]) continue;
            if (cost != joins(node)) { // it has changed since
                order.emplace(joins(node), node);
                continue;
            }
            work += cost;
            if (work > kMostWork) return {EliminationResult::TooMuch, node};
            if (!take(node, rates)) return {EliminationResult::Gain, node};
            taken.push_back(node);
        }
        for (auto node = taken.rbegin(); node != taken.rend(); ++node)
            for (const auto& [from, visits] : m_from[*node]) rates[*node] += rates[from] * visits;
        return {};
    }

private:
    void connect(std::uint32_t from, std::uint32_t to, double visits) {
        m_to[from][to] += visits;
        m_from[to][from] += visits;
    }
    std::size_t joins(std::uint32_t node) const { return m_to[node].size() * m_from[node].size(); }

    /// Afterwards m_from[node] are the routes from those that are taken out later, over 1 - own loop.
    bool take(std::uint32_t node, std::vector<double>& rates) {
        m_done[node] = true;
        const auto own = m_to[node].find(node);
        const double left = 1 - (own == m_to[node].end() ? 0 : own->second);
        if (!(left > 0)) return false;
        m_to[node].erase(node);
        m_from[node].erase(node);
        rates[node] /= left;
        for (auto& [from, visits] : m_from[node]) {
            visits /= left;
            m_to[from].erase(node);
        }
        for (const auto& [to, visits] : m_to[node]) {
            rates[to] += rates[node] * visits;
            m_from[to].erase(node);
            for (const auto& [from, in] : m_from[node]) connect(from, to, in * visits);
        }
        m_to[node].clear();
        return true;
    }

    std::vector<std::map<std::uint32_t, double>> m_to, m_from;
    std::vector<bool> m_done;
};

} // namespace

EliminationResult eliminate(std::span<const Route> routes, std::vector<double>& rates) {
    constexpr std::size_t kDense = 500;
    if (rates.size() <= kDense) return eliminateDense(routes, rates);
    return SparseElimination(routes, rates.size()).solve(rates);
}

} // namespace plimsoll::network
