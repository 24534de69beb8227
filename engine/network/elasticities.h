// How the mean response of a path of M/M/c stations follows its inputs: (x / y) dy/dx in closed form.
#pragma once
#include <optional>
#include <span>
#include <vector>

namespace plimsoll::network {

struct PathStation {
    double servers = 1, serviceMean_s = 0;
};
struct PathElasticities {
    double response_s = 0;
    double toRate = 0;
    std::vector<double> toService; // by station; their sum is 1 + toRate (time may be counted in any unit)
};
/// None where a station is not below its capacity. rate > 0, something takes time. Derivative of Erlang's formulas:
/// theory/networks.md 8.
std::optional<PathElasticities> pathElasticities(std::span<const PathStation> stations, double arrivalRate_per_s);

/// d/da of Erlang C at load a < servers.
double erlangCDerivative(double servers, double load);

} // namespace plimsoll::network
