// The wait before service as every station of this folder hands it on, and what follows from it.
#pragma once
#include "engine/distribution/distribution.h"

#include <functional>

namespace plimsoll::queueing {

/// Raw moments of the service time in s^n, over all classes in the mix that arrives.
struct ServiceMoments {
    double first = 0, second = 0, third = 0, fourth = 0;
};
ServiceMoments serviceMoments(const distribution::Distribution& law);
/// Variance over squared mean; 0 for the constant 0.
double scv(const ServiceMoments& service);

/// The wait before service: 0 with probability 1 - `probability`.
struct Wait {
    double probability = 0;
    distribution::Cumulants cumulants; // of the wait, zeros included
    bool exact = false;                // cumulants
};

/// 0 with probability 1 - `probability`, else a law of these cumulants.
Wait waitFrom(double probability, const distribution::Cumulants& ofThoseThatWait, bool exact);
/// 0 with probability 1 - `probability`, else a gamma; means include the zeros. No wait where one of them is 0.
Wait gammaWait(double probability, double mean_s, double scvOfThoseThatWait);

/// The wait as a mixture of an atom at 0 and one gamma with the exact first two moments.
distribution::Distribution waitLaw(const Wait& wait);

/// A wait by its transform, for percentiles.
struct WaitTransform {
    Wait wait;
    std::function<std::complex<double>(std::complex<double>)> conditional; // E[e^{-sW} | W > 0]
};
/// That of waitLaw().
WaitTransform gammaTransform(const Wait& wait);

/// P(wait > t) and the least t with P(wait > t) <= 1 - level, by numerical inversion; level in [0, 1).
double waitSurvival(const WaitTransform& wait, double t_s);
Seconds waitQuantile(const WaitTransform& wait, double level);
/// The same for wait + service, independent. Constant parts of the service are taken out of the inversion: errors as
/// those of distribution/euler.h for smooth laws.
double responseSurvival(const WaitTransform& wait, const distribution::Distribution& service, double t_s);
Seconds responseQuantile(const WaitTransform& wait, const distribution::Distribution& service, double level);

} // namespace plimsoll::queueing
