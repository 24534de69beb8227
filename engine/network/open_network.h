// A whole open network of single stations: traffic, means, saturation.
#pragma once
#include "engine/network/variability.h"

#include <optional>

namespace plimsoll::network {

struct OpenStationFigures {
    double arrivalRate_per_s = 0;
    double utilisation = 0;            // offered work over capacity; 1 or more: no steady state
    std::optional<double> wait_s;      // mean, of one visit; none without a steady state
    std::optional<double> residence_s; // wait and service
};
struct OpenNetworkFigures {
    std::vector<OpenStationFigures> stations;
    std::optional<double> response_s;       // mean time in the network of an external arrival; none: a queue grows
    std::optional<double> saturationFactor; // times all external rates; none: nothing ever saturates
};

/// How a station's wait follows from what comes.
enum class OpenMethod : std::uint8_t {
    ProductForm, // every flow taken as Poisson, service as exponential: exact for Jackson networks and for sharing
    TwoMoments   // QNA and G/G/c: mean response within 3.5 % on average, 9.6 % at most, in 7 networks (theory 2)
};

/// Mean figures. Sharing stations: M/M/c's number, exact for any service law.
std::expected<OpenNetworkFigures, TrafficError> openNetwork(std::span<const OpenStation> stations,
                                                            std::span<const Route> routes, OpenMethod method);

} // namespace plimsoll::network
