#include "engine/network/open_network.h"

#include "engine/queueing/erlang.h"
#include "engine/queueing/ggc.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::network {
namespace {

/// Mean wait of one merged visit; load below the servers.
double waitMean_s(const OpenStation& station, const MergedStation& merged, OpenMethod method) {
    if (std::isinf(station.servers) || !(merged.load > 0)) return 0;
    const double erlangC = queueing::erlangC(station.servers, merged.load);
    const double base = erlangC * merged.serviceMean_s / (station.servers - merged.load);
    if (method == OpenMethod::ProductForm || station.sharing) return base;
    return base * queueing::ggcWaitRatio({.servers = station.servers,
                                          .load = merged.load,
                                          .serviceMean_s = merged.serviceMean_s,
                                          .arrivalScv = merged.arrivalScv,
                                          .serviceScv = merged.serviceScv,
                                          .waitProbability = erlangC});
}

/// Every flow Poisson, every visit by itself.
std::vector<MergedStation> asPoisson(std::span<const OpenStation> stations, std::span<const double> rates) {
    std::vector<MergedStation> all(stations.size());
    for (std::size_t i = 0; i < stations.size(); ++i)
        all[i] = {rates[i], stations[i].serviceMean_s, 1, rates[i] * stations[i].serviceMean_s, 1, 1};
    return all;
}

} // namespace

std::expected<OpenNetworkFigures, TrafficError> openNetwork(std::span<const OpenStation> stations,
                                                            std::span<const Route> routes, OpenMethod method) {
    std::vector<double> external;
    double arrivals = 0;
    for (const OpenStation& station : stations) {
        external.push_back(station.externalRate_per_s);
        arrivals += station.externalRate_per_s;
    }
    const auto rates = trafficRates(external, routes);
    if (!rates) return std::unexpected(rates.error());
    const auto merged =
        method == OpenMethod::TwoMoments ? arrivalVariability(stations, routes, *rates) : asPoisson(stations, *rates);
    OpenNetworkFigures figures;
    double number = 0, highest = 0;
    for (std::size_t i = 0; i < stations.size(); ++i) {
        OpenStationFigures one;
        one.arrivalRate_per_s = (*rates)[i];
        one.utilisation = merged[i].load / stations[i].servers;
        highest = std::max(highest, one.utilisation);
        if (merged[i].load < stations[i].servers) {
            one.wait_s = waitMean_s(stations[i], merged[i], method) / merged[i].visitsMerged;
            one.residence_s = *one.wait_s + stations[i].serviceMean_s;
            number += one.arrivalRate_per_s * *one.residence_s;
        }
        figures.stations.push_back(one);
    }
    if (highest > 0) figures.saturationFactor = 1 / highest;
    if (highest < 1 && arrivals > 0) figures.response_s = number / arrivals;
    return figures;
}

} // namespace plimsoll::network
