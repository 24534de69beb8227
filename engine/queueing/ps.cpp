#include "engine/queueing/ps.h"

#include "engine/distribution/quadrature.h"
#include "engine/queueing/ps_chain.h"

#include <cmath>

namespace plimsoll::queueing {
namespace {

using distribution::Cumulants;
using flow::Phase;

/// Below this the stretch is noise and the response is the service (theory/stations.md 5, pitfall).
constexpr double kNoStretch = 1e-9;

/// The stretch of a request that is alone with k others.
double stretchAt(const PsStation& station, std::size_t k) {
    return 1 / psShare(station, double(k));
}

/// Changes of the number present slower than this, per service, are as good as none.
constexpr double kLeastThreshold = 1e-6;

/// Phases of at most this shape are stretched (addStretched), in laws of few phases: more would cost too much.
constexpr double kVaried = 9;
constexpr std::size_t kFewPhases = 2;

/// Given size x the delay is gamma with mean (K - 1) x and variance 2 vf (y - 1 + e^-y) / th^2, y = th x.
struct ConditionalDelay {
    double stretch = 1, varianceFactor = 0, threshold = 0;

    explicit ConditionalDelay(const PsStation& station) : stretch(psStretch(station)) {
        if (!station.seen.empty()) {
            fromSeen(station);
            return;
        }
        const double c = station.servers, rho = station.load / c, idle = (c - station.load) / c;
        const double wait = station.waitProbability;
        varianceFactor = wait * (1 + rho - wait) / (c * c * idle * idle);
        // The fit of theory/stations.md 5; for c = 1 it is exact.
        const double th0 = idle * (1 + 0.44 * (c - 1) * idle);
        threshold = th0 * 2 / (1 + station.serviceScv) / station.serviceMean_s;
    }
    void fromSeen(const PsStation& station) {
        double square = 0;
        for (std::size_t k = 0; k < station.seen.size(); ++k)
            square += station.seen[k] * std::pow(stretchAt(station, k), 2);
        varianceFactor = std::max(0.0, square - stretch * stretch);
        // Such that the second moment is that of the tagged chain for exponential service; 1 without a chain.
        PsStation exponential = station;
        exponential.serviceScv = 1;
        exponential.serviceMean_s = 1;
        double th0 = 1;
        if (const auto chain = psTaggedCumulants(exponential, 1)) {
            const double excess = chain->variance - chain->mean * chain->mean;
            th0 = std::max(kLeastThreshold, 2 * varianceFactor / std::max(excess, kNoStretch * varianceFactor) - 1);
        }
        threshold = th0 * 2 / (1 + station.serviceScv) / station.serviceMean_s;
    }
    double variance(double x) const {
        const double y = threshold * x;
        if (y < 1e-4) return varianceFactor * x * x * (1 - y / 3);
        return 2 * varianceFactor * (y + std::expm1(-y)) / (threshold * threshold);
    }
    /// Its mean over a size of this phase: E[e^-y] is the gamma's transform.
    double meanVariance(const Phase& phase) const {
        const double size = toSeconds(phase.offset) + phase.shape * toSeconds(phase.scale);
        const double y = threshold * size;
        if (y < 1e-4) return varianceFactor * (size * size + phase.shape * std::pow(toSeconds(phase.scale), 2));
        const double transform = std::exp(-threshold * toSeconds(phase.offset) -
                                          phase.shape * std::log1p(threshold * toSeconds(phase.scale)));
        return 2 * varianceFactor * (y - 1 + transform) / (threshold * threshold);
    }
    /// Third central moment of the gamma.
    double third(double x) const {
        const double v = variance(x);
        return x > 0 ? 2 * v * v / ((stretch - 1) * x) : 0;
    }
};

/// Law of total cumulance over the size of one phase, by Gauss quadrature of its gamma.
Cumulants phaseCumulants(const ConditionalDelay& delay, const Phase& phase) {
    constexpr int kNodes = 8;
    const double offset = toSeconds(phase.offset), scale = toSeconds(phase.scale), k = delay.stretch;
    if (scale == 0) return {k * offset, delay.variance(offset), delay.third(offset)};
    const Cumulants size = distribution::cumulants(phase);
    double variance = 0, covariance = 0, third = 0;
    for (const auto& [x, weight] : distribution::gaussGamma(phase.shape, kNodes)) {
        const double at = offset + x * scale;
        variance += weight * delay.variance(at);
        covariance += weight * (at - size.mean) * delay.variance(at);
        third += weight * delay.third(at);
    }
    return {k * size.mean, variance + k * k * size.variance, third + k * (3 * covariance + k * k * size.third)};
}

/// A size that varies much: response = size x stretch, the stretch by the Gauss rule of a gamma whose variance gives
/// the response's second moment. Exact without stretch, and without the false valleys of one gamma per size.
void addStretched(const ConditionalDelay& delay, const Phase& phase, flow::Distribution& response) {
    constexpr int kNodes = 6;
    const Cumulants size = distribution::cumulants(phase);
    const double square = size.variance + size.mean * size.mean, excess = delay.stretch - 1;
    const double variance = delay.meanVariance(phase) / square;
    for (const auto& [x, weight] : distribution::gaussGamma(excess * excess / variance, kNodes)) {
        Phase part = phase;
        part.weight.value *= weight;
        part.scale *= 1 + x * variance / excess;
        part.offset *= 1 + x * variance / excess;
        response.phases.push_back(part);
    }
}

bool isExponential(const Phase& phase) {
    return phase.shape == 1 && phase.offset.count() == 0 && phase.scale.count() > 0;
}

} // namespace

double psShare(const PsStation& station, double others) {
    const flow::Contention& contention = station.contention;
    return std::min(1.0, station.servers / (others + 1)) /
           (1 + contention.sigma * others + contention.kappa * (others + 1) * others);
}

double psStretch(const PsStation& station) {
    if (station.seen.empty()) return 1 + station.waitProbability / (station.servers - station.load);
    double stretch = 0;
    for (std::size_t k = 0; k < station.seen.size(); ++k) stretch += station.seen[k] * stretchAt(station, k);
    return stretch;
}

Cumulants psResponseCumulants(const PsStation& station, const flow::Distribution& demand) {
    if (psStretch(station) - 1 < kNoStretch) return distribution::cumulants(demand);
    const ConditionalDelay delay(station);
    distribution::MixtureCumulants mixture;
    const auto each = [&](auto collect) {
        for (const Phase& phase : demand.phases) {
            const auto chain = isExponential(phase) ? psTaggedCumulants(station, toSeconds(phase.scale)) : std::nullopt;
            collect(phase.weight.value, chain ? *chain : phaseCumulants(delay, phase));
        }
    };
    if (demand.phases.size() == 1) {
        Cumulants only;
        each([&](double, const Cumulants& c) { only = c; });
        return only;
    }
    each([&](double weight, const Cumulants& c) { mixture.addMean(weight, c.mean); });
    each([&](double weight, const Cumulants& c) { mixture.addSpread(weight, c); });
    return mixture.total();
}

Wait psLoss(const PsStation& station) {
    const double stretch = psStretch(station), first = (stretch - 1) * station.serviceMean_s;
    if (stretch - 1 < kNoStretch) return {1, {first, 0, 0}, false};
    const ConditionalDelay delay(station);
    const double sizeVariance = station.serviceScv * station.serviceMean_s * station.serviceMean_s;
    double variance = (stretch - 1) * (stretch - 1) * sizeVariance;
    const auto mix = distribution::fromMeanScv(Seconds{station.serviceMean_s}, station.serviceScv);
    for (const Phase& phase : mix.phases) variance += phase.weight.value * delay.meanVariance(phase);
    return {1, {first, variance, 2 * variance * variance / first}, false};
}

flow::Distribution psResponseLaw(const PsStation& station, const flow::Distribution& demand, int nodes) {
    if (psStretch(station) - 1 < kNoStretch) return demand;
    const ConditionalDelay delay(station);
    flow::Distribution response;
    for (const Phase& phase : demand.phases) {
        if (isExponential(phase)) {
            if (const auto chain = psTaggedLaw(station, toSeconds(phase.scale), nodes)) {
                for (Phase part : chain->phases) {
                    part.weight.value *= phase.weight.value;
                    response.phases.push_back(part);
                }
                continue;
            }
        }
        if (demand.phases.size() <= kFewPhases && phase.scale.count() > 0 && phase.shape <= kVaried) {
            addStretched(delay, phase, response);
            continue;
        }
        Phase part = distribution::shiftedGamma(phaseCumulants(delay, phase));
        part.weight = phase.weight;
        response.phases.push_back(part);
    }
    return response;
}

} // namespace plimsoll::queueing
