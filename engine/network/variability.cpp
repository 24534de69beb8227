#include "engine/network/variability.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::network {
namespace {

/// A flow into a station.
struct Inflow {
    std::uint32_t from = 0;
    double rate_per_s = 0;
    double probability = 0; // that a departure of `from` goes this way
};

class Variability {
public:
    Variability(std::span<const OpenStation> stations, std::span<const Route> routes, std::span<const double> rates)
        : m_stations(stations), m_merged(stations.size()), m_start(stations.size() + 1, 0) {
        std::vector<double> own(stations.size(), 0); // immediate returns
        for (const Route& route : routes)
            if (route.from == route.to) own[route.from] += route.visits;
        for (std::size_t i = 0; i < stations.size(); ++i) {
            const double left = 1 - own[i], scv = stations[i].serviceScv;
            const double mean = stations[i].serviceMean_s / left;
            m_merged[i] = {rates[i] * left, mean, own[i] + left * scv, rates[i] * left * mean, 1, 1 / left};
        }
        sortInflows(routes, own);
        m_order = components(stations.size(), routes).nodes;
    }

    std::vector<MergedStation> solve() {
        constexpr int kMost = 200;
        constexpr double kStill = 1e-9;
        for (int round = 0; round < kMost; ++round) {
            double change = 0;
            for (const std::uint32_t i : m_order) {
                const double scv = arrivalScv(i);
                change = std::max(change, std::abs(scv - m_merged[i].arrivalScv));
                m_merged[i].arrivalScv = scv;
            }
            if (change < kStill) break;
        }
        return std::move(m_merged);
    }

private:
    void sortInflows(std::span<const Route> routes, const std::vector<double>& own) {
        for (const Route& route : routes)
            if (route.from != route.to) ++m_start[route.to + 1];
        for (std::size_t i = 0; i < m_stations.size(); ++i) m_start[i + 1] += m_start[i];
        m_inflows.resize(m_start.back());
        std::vector<std::size_t> next(m_start.begin(), m_start.end() - 1);
        for (const Route& route : routes) {
            if (route.from == route.to) continue;
            const double visits = route.visits / (1 - own[route.from]);
            m_inflows[next[route.to]++] = {route.from, m_merged[route.from].arrivalRate_per_s * visits,
                                           std::min(1.0, visits)};
        }
    }

    double utilisation(std::size_t i) const { return std::min(1.0, m_merged[i].load / m_stations[i].servers); }

    double departureScv(std::size_t i) const {
        constexpr double kLight = 0.05, kLeastService = 0.2; // theory/networks.md 2
        const OpenStation& station = m_stations[i];
        const MergedStation& merged = m_merged[i];
        const double rho = utilisation(i);
        if (station.sharing || std::isinf(station.servers) || rho < kLight) return merged.arrivalScv;
        const double x = 1 + (std::max(merged.serviceScv, kLeastService) - 1) / std::sqrt(station.servers);
        return rho * rho * x + (1 - rho * rho) * merged.arrivalScv;
    }

    /// Of all flows into the station, merged.
    double arrivalScv(std::size_t i) const {
        const OpenStation& station = m_stations[i];
        double total = station.externalRate_per_s;
        for (std::size_t f = m_start[i]; f < m_start[i + 1]; ++f) total += m_inflows[f].rate_per_s;
        if (!(total > 0)) return 1;
        double share = station.externalRate_per_s / total;
        double squares = share * share, sum = share * station.externalScv;
        for (std::size_t f = m_start[i]; f < m_start[i + 1]; ++f) {
            const Inflow& flow = m_inflows[f];
            share = flow.rate_per_s / total;
            squares += share * share;
            sum += share * (1 - flow.probability + flow.probability * departureScv(flow.from));
        }
        const double idle = 1 - utilisation(i);
        const double weight = 1 / (1 + 4 * idle * idle * (1 / squares - 1));
        return 1 - weight + weight * sum;
    }

    std::span<const OpenStation> m_stations;
    std::vector<MergedStation> m_merged;
    std::vector<std::size_t> m_start; // of a station's inflows
    std::vector<Inflow> m_inflows;
    std::vector<std::uint32_t> m_order;
};

} // namespace

std::vector<MergedStation> arrivalVariability(std::span<const OpenStation> stations, std::span<const Route> routes,
                                              std::span<const double> rates_per_s) {
    return Variability(stations, routes, rates_per_s).solve();
}

} // namespace plimsoll::network
