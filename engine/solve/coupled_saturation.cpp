#include "engine/solve/coupled_saturation.h"

#include "engine/solve/settle.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {
namespace {

constexpr double kClose = 1e-7; // of a demand to 1, and of what settles
constexpr double kJump = 5e-3;  // of the factor, where the demand jumps past 1 as a system collapses
constexpr int kMostSolves = 40, kMostRounds = 50;
constexpr double kUnsettled = 2;
constexpr int kMostUnsettled = 4; // then the lowest load that did not settle is taken

class Search {
public:
    Search(SolverState& state, const std::stop_token& stop) : m_state(state), m_stop(stop) {}

    /// The load factor at which the largest demand is 1; the demands there are left in `demands`.
    std::expected<std::optional<double>, Error> find(Demands& demands) {
        double factor = 1, low = 0;
        std::optional<double> high;
        for (int i = 0; i < kMostSolves; ++i) {
            auto found = demandsAt(factor);
            if (!found && found.error().kind == Error::Stopped) return std::unexpected(found.error());
            // What does not settle is at the edge of its collapse.
            const double demand = found ? found->largest() : kUnsettled;
            if (!found && ++m_unsettled == kMostUnsettled) return std::min(high.value_or(factor), factor);
            if (!(demand > 0)) return std::nullopt;
            if (found) demands = *found;
            if (std::abs(demand - 1) <= kClose || (high && *high - low <= kJump * *high)) return factor;
            if (demand < 1)
                low = factor;
            else
                high = factor;
            factor = next(low, high, factor / demand);
            if (factor > kLargestLoadFactor) return std::nullopt;
        }
        return factor;
    }

private:
    /// In proportion, which is exact where nothing but the load changes; halving where that is near an end.
    static double next(double low, std::optional<double> high, double proportional) {
        constexpr double kEnd = 0.1; // of the width
        if (!high) return proportional;
        const double width = *high - low;
        const bool inside = proportional > low + kEnd * width && proportional < *high - kEnd * width;
        return inside || low == 0 ? std::min(proportional, *high) : low + width / 2;
    }
    std::expected<Demands, Error> demandsAt(double factor) {
        for (std::size_t c = 0; c < m_state.classRates.size(); ++c)
            m_state.scaledRates[c] = m_state.classRates[c] * factor;
        const Solved solved{.traffic = &m_state.coupled.traffic,
                            .factor = 1,
                            .loadFactor = factor,
                            .overloaded = false,
                            .distributions = false};
        SolveOptions options;
        options.loadFactor = factor;
        options.tolerance = kClose;
        options.maxIterations = kMostRounds;
        // From the last state below saturation: what has collapsed at a higher load need not come back at this one.
        if (m_below) m_state.coupled = *m_below;
        m_state.coupled.moved = Coupled::kMovedRoughly;
        const Start start = m_below ? Start::Present : Start::Empty;
        if (auto settled = settle(m_state, solved, options, m_stop, start); !settled)
            return std::unexpected(settled.error());
        Demands demands = demandsOf(m_state);
        if (demands.largest() < 1) m_below = m_state.coupled;
        return demands;
    }

    SolverState& m_state;
    const std::stop_token& m_stop;
    std::optional<Coupled> m_below;
    int m_unsettled = 0;
};

double largestOf(std::span<const double> demands) {
    return demands.empty() ? 0 : std::ranges::max(demands);
}

} // namespace

double Demands::largest() const {
    return std::max({largestOf(stations), largestOf(pools), largestOf(limiters)});
}

Demands demandsOf(const SolverState& state) {
    const Graph& graph = state.graph;
    const Coupled& coupled = state.coupled;
    Demands demands;
    demands.stations.assign(state.model.stations.size(), 0);
    demands.pools.assign(state.model.pools.size(), 0);
    demands.limiters.assign(state.model.limiters.size(), 0);
    for (std::size_t c = 0; c < graph.cells.size(); ++c) {
        const Cell& cell = graph.cells[c];
        double& demand = demands.stations[cell.station];
        if (cell.servers > 0 && graph.groups[cell.group].up > 0)
            demand = std::max(demand, coupled.traffic.load[c] / cell.servers);
    }
    for (std::size_t p = 0; p < graph.poolCells.size(); ++p) {
        double& demand = demands.pools[graph.poolCells[p].pool];
        demand = std::max(demand, coupled.poolCells[p].demand);
    }
    for (std::size_t l = 0; l < graph.limiterCells.size(); ++l) {
        const std::uint32_t limiter = graph.limiterCells[l].limiter;
        double& demand = demands.limiters[limiter];
        demand = std::max(demand, coupled.limiters[l].offered / state.model.limiters[limiter].rate.value);
    }
    return demands;
}

std::expected<void, Error> computeCoupledSaturation(SolverState& state, const std::stop_token& stop) {
    constexpr double kMoreCapacity = 0.01; // DESIGN.md 3.3, 9: a resource's strength by +1 % capacity
    Saturation& saturation = state.saturation;
    Demands demands;
    auto factor = Search(state, stop).find(demands);
    if (!factor) return std::unexpected(factor.error());
    saturation.factor = *factor;
    saturation.known = true;
    if (!*factor) return {};
    double largest = 0, second = 0;
    const auto rank = [&](const std::vector<double>& all) {
        for (double demand : all) {
            second = std::max(second, std::min(largest, demand));
            largest = std::max(largest, demand);
        }
    };
    rank(demands.stations);
    rank(demands.pools);
    rank(demands.limiters);
    const double most = std::log1p(kMoreCapacity);
    const double gain = second > 0 ? std::min(most, std::log(largest / second)) : most;
    const auto fill = [&](const std::vector<double>& all, std::vector<std::optional<double>>& factors,
                          std::vector<double>& strength) {
        factors.clear();
        strength.clear();
        for (double demand : all) {
            // Where a system collapses before it is full, what is busiest then gives out there and the rest in
            // proportion.
            factors.push_back(demand > 0 ? std::optional(**factor * largest / demand) : std::nullopt);
            strength.push_back(demand == largest ? gain / most : 0);
        }
    };
    fill(demands.stations, saturation.factors, saturation.strength);
    fill(demands.pools, saturation.poolFactors, saturation.poolStrength);
    fill(demands.limiters, saturation.limiterFactors, saturation.limiterStrength);
    return {};
}

} // namespace plimsoll::flow
