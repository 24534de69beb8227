#include "engine/queueing/mgc.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace plimsoll::queueing {
namespace {

/// Cosmetatos' correction for deterministic laws, as in Whitt 1993.
double cosmetatos(double servers, double load) {
    const double rho = load / servers, idle = (servers - load) / servers;
    return std::min(0.24, idle * (servers - 1) * (std::sqrt(4 + 5 * servers) - 2) / (16 * servers * rho));
}

/// P(a standard normal exceeds x).
double normalTail(double x) {
    return std::erfc(x / std::numbers::sqrt2) / 2;
}

/// Whitt 1993 for Poisson arrivals (ca2 = 1): p5 and the C of p4 differ by the service's scv alone.
double delayProbability(double erlangC, double servers, double load, double scv) {
    const double rho = load / servers, idle = (servers - load) / servers, root = std::sqrt(servers);
    const double base = normalTail(idle * root);
    if (base < std::numeric_limits<double>::min()) return erlangC; // (1 - rho) sqrt(c) > 37
    const double p4 = std::min(1.0, erlangC * normalTail((1 + scv) * idle * root / (1 + scv)) / base);
    const double p5 = std::min(1.0, erlangC * normalTail(2 * idle * root / 2) / base);
    return rho * rho * p4 + (1 - rho * rho) * p5;
}

} // namespace

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
    const double base = waitProbability * serviceMean_s / (servers - load);
    const double first = base * mgcWaitRatio(servers, load, serviceScv);
    const double probability = delayProbability(waitProbability, servers, load, serviceScv);
    if (!(first > 0) || !(probability > 0)) return {};
    // Scv of the wait of those that wait (Whitt 1983).
    const double rho = load / servers, idle = (servers - load) / servers, c2 = 1 + serviceScv;
    const double d3 = serviceScv >= 1 ? 3 * serviceScv * c2 : (2 * serviceScv + 1) * c2;
    const double shape = 1 / std::max(0.02, 2 * rho - 1 + 4 * idle * d3 / (3 * c2 * c2));
    const double scale = first / probability / shape;
    const double second = first * scale * (shape + 1);
    return {probability, distribution::fromRawMoments(first, second, second * scale * (shape + 2)), false};
}

distribution::Distribution waitLaw(const Wait& wait) {
    const double mean = wait.cumulants.mean;
    if (!(wait.probability > 0) || !(mean > 0)) return distribution::constant(Seconds{0});
    const double second = wait.cumulants.variance + mean * mean;
    const double conditional = mean / wait.probability;
    const double variance = second / wait.probability - conditional * conditional;
    if (!(variance > 0)) return distribution::constant(Seconds{mean});
    // The conditional wait of M/M/c is exactly exponential: rounding must not make it a gamma of shape 1 + 1e-15.
    double shape = conditional * conditional / variance;
    if (std::abs(shape - 1) < 1e-9) shape = 1;
    return {{{.weight = {1 - wait.probability}},
             {.weight = {wait.probability}, .shape = shape, .scale = Seconds{conditional / shape}}}};
}

} // namespace plimsoll::queueing
