// Saturation load factors and strengths. Traffic is proportional to the load factor here (no retries, no bounded
// queues), so a cell's demand at factor 1 says when it saturates; caps by what saturates earlier are left aside, so
// that the next bottlenecks can be told.
#include "engine/solve/state.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::flow {

void computeSaturation(const Graph& graph, const Traffic& base, Saturation& saturation) {
    constexpr double kMoreCapacity = 0.01; // DESIGN.md 3.3, 9: a resource's strength by +1 % capacity
    const std::size_t stations = graph.firstCell.size() - 1;
    saturation.busiest.assign(stations, 0);
    saturation.demand.assign(stations, 0);
    saturation.strength.assign(stations, 0);
    double largest = 0, second = 0;
    std::size_t bottleneck = 0;
    for (std::size_t s = 0; s < stations; ++s) {
        saturation.busiest[s] = graph.firstCell[s];
        double most = -1;
        for (std::uint32_t c = graph.firstCell[s]; c < graph.firstCell[s + 1]; ++c) {
            const double servers = graph.cells[c].servers;
            const double demand = servers > 0 ? base.load[c] / servers : base.load[c];
            if (graph.groups[graph.cells[c].group].up == 0 || demand <= most) continue;
            most = demand;
            saturation.busiest[s] = c;
        }
        if (graph.cells[saturation.busiest[s]].servers > 0) saturation.demand[s] = std::max(0.0, most);
        if (saturation.demand[s] > largest) {
            second = std::exchange(largest, saturation.demand[s]);
            bottleneck = s;
        } else {
            second = std::max(second, saturation.demand[s]);
        }
    }
    saturation.factors.clear();
    for (const double demand : saturation.demand)
        saturation.factors.push_back(demand > 0 ? std::optional(1 / demand) : std::nullopt);
    saturation.factor.reset();
    if (!(largest > 0)) return;
    saturation.factor = 1 / largest;
    const double gain = std::min(1 + kMoreCapacity, second > 0 ? largest / second : 1 + kMoreCapacity);
    saturation.strength[bottleneck] = std::log(gain) / std::log1p(kMoreCapacity);
}

} // namespace plimsoll::flow
