#include "engine/queueing/mgc.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::queueing {

double cosmetatos(double servers, double load) {
    const double rho = load / servers, idle = (servers - load) / servers;
    return std::min(0.24, idle * (servers - 1) * (std::sqrt(4 + 5 * servers) - 2) / (16 * servers * rho));
}

double conditionalWaitScv(double utilisation, double serviceScv) {
    constexpr double kLeast = 0.02; // below it a gamma is as good as constant
    const double c2 = 1 + serviceScv;
    const double d3 = serviceScv >= 1 ? 3 * serviceScv * c2 : (2 * serviceScv + 1) * c2;
    return std::max(kLeast, 2 * utilisation - 1 + 4 * (1 - utilisation) * d3 / (3 * c2 * c2));
}

Wait mmcWait(double waitProbability, double servers, double load, double serviceMean_s) {
    const double clearing = serviceMean_s / (servers - load); // mean wait of those that wait
    const double first = waitProbability * clearing;
    return {waitProbability, distribution::fromRawMoments(first, 2 * first * clearing, 6 * first * clearing * clearing),
            true};
}

Wait mg1Wait(double arrivalRate_per_s, const ServiceMoments& service) {
    const double load = arrivalRate_per_s * service.first, factor = arrivalRate_per_s / (1 - load);
    // Takacs' recursion for the moments of the wait.
    const double first = factor * service.second / 2;
    const double second = 2 * first * first + factor * service.third / 3;
    const double third = factor * (1.5 * service.second * second + service.third * first + service.fourth / 4);
    return {load, distribution::fromRawMoments(first, second, third), true};
}

double mgcWaitRatio(double servers, double load, double serviceScv) {
    const double correction = 1 + cosmetatos(servers, load); // M/D/c over half of M/M/c
    // Kimura with ca2 = 1: (1 + cs2) / [(1 - cs2) / M + 2 cs2 / W0], M = correction W0 / 2.
    const double kimura = (1 + serviceScv) / (2 * (1 - serviceScv) / correction + 2 * serviceScv);
    if (serviceScv <= 4) return kimura;
    const double whitt = (1 + serviceScv) / 2; // z >= 1: Psi = 1, f3 and f1 weigh nothing at ca2 = 1 < cs2 but below
    const double rho = load / servers, idle = (servers - load) / servers;
    const double f3 = (1 - 4 * cosmetatos(servers, load)) * std::exp(-2 * idle / (3 * rho));
    const double phi = ((serviceScv - 1) * f3 + (serviceScv + 3)) / (2 + 2 * serviceScv);
    return kimura > 0 ? std::sqrt(kimura * whitt * phi) : whitt * phi;
}

Wait mgcWait(double waitProbability, double servers, double load, double serviceMean_s, double serviceScv) {
    const double mean = waitProbability * serviceMean_s / (servers - load) * mgcWaitRatio(servers, load, serviceScv);
    return gammaWait(waitProbability, mean, conditionalWaitScv(load / servers, serviceScv));
}

} // namespace plimsoll::queueing
