#include "engine/queueing/pauses.h"

#include "engine/distribution/euler.h"
#include "engine/distribution/inversion.h"
#include "engine/distribution/residual.h"
#include "engine/queueing/decomposition.h"
#include "engine/queueing/mg1.h"

namespace plimsoll::queueing {

using Complex = std::complex<double>;

ServiceMoments pausedService(const ServiceMoments& service, const Pauses& pauses) {
    // Given a service of length x the time is x plus a compound Poisson sum, whose cumulants are f E[D^n] x.
    const ServiceMoments length = serviceMoments(pauses.length);
    const double f = pauses.rate_per_s, g = 1 + f * length.first;
    return {g * service.first, f * length.second * service.first + g * g * service.second,
            f * length.third * service.first + 3 * f * length.second * g * service.second + g * g * g * service.third,
            f * length.fourth * service.first +
                (4 * f * length.third * g + 3 * f * f * length.second * length.second) * service.second +
                6 * f * length.second * g * g * service.third + g * g * g * g * service.fourth};
}

double pausedLoad(double arrivalRate_per_s, double serviceMean_s, const Pauses& pauses) {
    return arrivalRate_per_s * serviceMean_s * (1 + pauses.rate_per_s * distribution::mean(pauses.length).count());
}

PausedStation pausedStation(double arrivalRate_per_s, const distribution::Distribution& service, const Pauses& pauses) {
    const auto slowed = [pauses](Complex s) {
        return s + pauses.rate_per_s * distribution::complement(pauses.length, s);
    };
    const ServiceMoments moments = pausedService(serviceMoments(service), pauses);
    const WaitTransform served = mg1Transform(arrivalRate_per_s, moments, [service, slowed](Complex s) {
        return distribution::complement(service, slowed(s));
    });
    // An idle machine is running or pausing.
    const double pausing = pauses.rate_per_s * distribution::mean(pauses.length).count();
    const AbsenceMet met{.whole = 0, .residual = pausing / (1 + pausing)};
    const double waits = served.wait.probability + (1 - served.wait.probability) * met.residual;
    PausedStation station;
    station.wait = delayedByAbsence(served, pauses.length, met, waits);
    station.completion = [service, slowed](Complex s) { return distribution::transform(service, slowed(s)); };
    station.response =
        station.wait.wait.cumulants + distribution::fromRawMoments(moments.first, moments.second, moments.third);
    return station;
}

Seconds pausedResponseQuantile(const PausedStation& station, double level) {
    const double waits = station.wait.wait.probability;
    const auto whole = [&](Complex s) {
        const Complex wait = waits > 0 ? 1 - waits + waits * station.wait.conditional(s) : Complex(1);
        return wait * station.completion(s);
    };
    const auto survival = [&](double t) { return t > 0 ? distribution::survivalFromTransform(whole, t) : 1; };
    return Seconds{distribution::quantileOfSurvival(survival, level, station.response.mean)};
}

} // namespace plimsoll::queueing
