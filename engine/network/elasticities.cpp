#include "engine/network/elasticities.h"

#include "engine/queueing/erlang.h"

namespace plimsoll::network {

double erlangCDerivative(double servers, double load) {
    if (!(load > 0)) return servers == 1 ? 1 : 0;
    // C = B / u, u = (1 - rho) + rho B; dB/da = B (c / a - 1 + B).
    const double lost = queueing::erlangB(servers, load), left = (servers - load) / servers;
    const double slope = lost * ((servers - load) / load + lost);
    const double u = left + load / servers * lost;
    return (slope * u - lost * ((lost - 1) / servers + load / servers * slope)) / (u * u);
}

std::optional<PathElasticities> pathElasticities(std::span<const PathStation> stations, double arrivalRate_per_s) {
    PathElasticities figures;
    double byRate = 0; // rate x dT/drate
    for (const auto& [servers, service] : stations) {
        const double load = arrivalRate_per_s * service, idle = servers - load;
        if (!(idle > 0)) return std::nullopt;
        // T = S (1 + w(a)), w = C / (c - a), a = rate S.
        const double waits = queueing::erlangC(servers, load), wait = waits / idle;
        const double slope = (erlangCDerivative(servers, load) + wait) / idle;
        figures.response_s += service * (1 + wait);
        byRate += service * load * slope;
        figures.toService.push_back(service * (1 + wait + load * slope));
    }
    if (!(figures.response_s > 0)) return figures;
    figures.toRate = byRate / figures.response_s;
    for (double& one : figures.toService) one /= figures.response_s;
    return figures;
}

} // namespace plimsoll::network
