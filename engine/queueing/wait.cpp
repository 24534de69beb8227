#include "engine/queueing/wait.h"

#include "engine/distribution/euler.h"
#include "engine/distribution/inversion.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::queueing {

using distribution::Cumulants;
using distribution::Distribution;
using distribution::Phase;

ServiceMoments serviceMoments(const Distribution& law) {
    return {distribution::rawMoment(law, 1), distribution::rawMoment(law, 2), distribution::rawMoment(law, 3),
            distribution::rawMoment(law, 4)};
}

double scv(const ServiceMoments& service) {
    if (!(service.first > 0)) return 0;
    // Moments of a mix come rounded; models that know the exponential case exactly must still see that it is one.
    constexpr double kRounding = 1e-12;
    const double scv = std::max(0.0, service.second / service.first / service.first - 1);
    return std::abs(scv - 1) < kRounding ? 1 : scv;
}

Wait waitFrom(double probability, const Cumulants& ofThoseThatWait, bool exact) {
    distribution::MixtureCumulants mixture;
    mixture.addMean(probability, ofThoseThatWait.mean);
    mixture.addSpread(1 - probability, {});
    mixture.addSpread(probability, ofThoseThatWait);
    return {probability, mixture.total(), exact};
}

Wait gammaWait(double probability, double mean_s, double scvOfThoseThatWait) {
    if (!(probability > 0) || !(mean_s > 0)) return {};
    const double mean = mean_s / probability, variance = scvOfThoseThatWait * mean * mean;
    return waitFrom(probability, {mean, variance, 2 * variance * variance / mean}, false);
}

Distribution waitLaw(const Wait& wait) {
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

WaitTransform gammaTransform(const Wait& wait) {
    Distribution law = waitLaw(wait);
    Distribution conditional{{law.phases.back()}};
    conditional.phases[0].weight.value = 1;
    return {wait, [conditional = std::move(conditional)](std::complex<double> s) {
                return distribution::transform(conditional, s);
            }};
}

double waitSurvival(const WaitTransform& wait, double t_s) {
    if (!(wait.wait.probability > 0)) return 0;
    if (t_s <= 0) return wait.wait.probability;
    return wait.wait.probability * distribution::survivalFromTransform(wait.conditional, t_s);
}

Seconds waitQuantile(const WaitTransform& wait, double level) {
    if (wait.wait.probability <= 1 - level) return Seconds{0};
    return Seconds{distribution::quantileOfSurvival([&](double t) { return waitSurvival(wait, t); }, level,
                                                    wait.wait.cumulants.mean / wait.wait.probability)};
}

namespace {

/// The phases of one offset, without it; weights as they were.
struct Shifted {
    double offset = 0, weight = 0;
    Distribution rest;
};

std::vector<Shifted> byOffset(const Distribution& service) {
    std::vector<Shifted> parts;
    for (Phase phase : service.phases) {
        const double offset = toSeconds(phase.offset);
        auto part = std::ranges::find(parts, offset, &Shifted::offset);
        if (part == parts.end()) part = parts.insert(parts.end(), Shifted{offset, 0, {}});
        phase.offset = Seconds{0};
        part->weight += phase.weight.value;
        part->rest.phases.push_back(phase);
    }
    return parts;
}

double survivalOfSum(const WaitTransform& wait, const Shifted& part, double left) {
    if (left < 0) return part.weight;
    if (distribution::isConstant(part.rest)) return part.weight * waitSurvival(wait, left);
    const double none = 1 - wait.wait.probability;
    // Those that do not wait need no inversion.
    double sum = none * distribution::survival(part.rest, left);
    if (left == 0) return sum + part.weight * wait.wait.probability;
    if (wait.wait.probability > 0) {
        const auto both = [&](std::complex<double> s) {
            return wait.conditional(s) * distribution::transform(part.rest, s) / part.weight;
        };
        sum += part.weight * wait.wait.probability * distribution::survivalFromTransform(both, left);
    }
    return sum;
}

} // namespace

double responseSurvival(const WaitTransform& wait, const Distribution& service, double t_s) {
    double sum = 0;
    for (const Shifted& part : byOffset(service)) sum += survivalOfSum(wait, part, t_s - part.offset);
    return sum;
}

Seconds responseQuantile(const WaitTransform& wait, const Distribution& service, double level) {
    if (!(wait.wait.probability > 0)) return distribution::quantile(service, level);
    const std::vector<Shifted> parts = byOffset(service);
    const auto survival = [&](double t) {
        double sum = 0;
        for (const Shifted& part : parts) sum += survivalOfSum(wait, part, t - part.offset);
        return std::min(sum, 1.0);
    };
    return Seconds{distribution::quantileOfSurvival(survival, level,
                                                    wait.wait.cumulants.mean + distribution::mean(service).count())};
}

} // namespace plimsoll::queueing
