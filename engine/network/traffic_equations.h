// Rates of visits in a network with probabilistic routing: lambda_j = external_j + sum_i lambda_i p_ij.
#pragma once
#include <cstdint>
#include <expected>
#include <span>
#include <vector>

namespace plimsoll::network {

/// `visits` at `to` for each one at `from`: a routing probability, or a mean number of calls; > 0.
struct Route {
    std::uint32_t from = 0, to = 0;
    double visits = 0;
};

/// Strongly connected parts of a graph, each before those that it leads to (Tarjan 1972).
struct Components {
    std::vector<std::uint32_t> nodes;  // all nodes, part by part
    std::vector<std::uint32_t> starts; // of each part in `nodes`; one more at the end
};
Components components(std::size_t nodes, std::span<const Route> routes);

/// Why there are no rates.
struct TrafficError {
    enum Kind { GainTooLarge, TooLarge } kind = GainTooLarge;
    /// GainTooLarge: stations along a cycle of a part whose gain is 1 or more. TooLarge: one station of a part whose
    /// elimination fills in more than is solved here.
    std::vector<std::uint32_t> cycle;
};

/// Rates by station, one pass over the parts and sparse elimination inside each: exact also at a gain near 1, where
/// iteration takes ever longer. Finite for rates and visits from 1e-30 to 1e30.
std::expected<std::vector<double>, TrafficError> trafficRates(std::span<const double> external_per_s,
                                                              std::span<const Route> routes);

} // namespace plimsoll::network
