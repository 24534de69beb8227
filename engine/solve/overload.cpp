#include "engine/solve/overload.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {

std::expected<CarriedResult, Error> computeCarried(const Graph& graph, std::span<const double> classRates,
                                                   const SolveOptions& options, const std::stop_token& stop,
                                                   std::vector<double>& carried, Traffic& traffic) {
    // Undamped rounds settle an acyclic order of stations in as many rounds as it is deep; where stations feed each
    // other the map is decreasing and may swing, which the geometric mean of two rounds stops.
    constexpr int kUndamped = 20;
    CarriedResult result;
    carried.assign(graph.cells.size(), 1.0);
    for (result.iterations = 1; result.iterations <= options.maxIterations; ++result.iterations) {
        if (stop.stop_requested()) return std::unexpected(Error{Error::Stopped, "", "", "stopped"});
        computeTraffic(graph, classRates, carried, traffic);
        result.residual = 0;
        for (std::size_t c = 0; c < carried.size(); ++c) {
            const double capacity = graph.cells[c].servers;
            double share = capacity > 0 && traffic.load[c] > capacity ? capacity / traffic.load[c] : 1;
            if (result.iterations > kUndamped) share = std::sqrt(share * carried[c]);
            result.residual = std::max(result.residual, std::abs(share - carried[c]));
            carried[c] = share;
        }
        if (result.residual <= options.tolerance) return result;
    }
    return std::unexpected(Error{Error::NoConvergence, "stations", "carried",
                                 fmt::format("the carried flows still change by {:.3g} after {} rounds",
                                             result.residual, options.maxIterations)});
}

} // namespace plimsoll::flow
