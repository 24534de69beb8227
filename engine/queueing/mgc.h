// Poisson arrivals, general service, first come first served: M/G/1 exactly (Pollaczek 1930, Khinchine 1932), M/G/c by
// two moments (Kimura 1986, Whitt 1993; theory/stations.md 4 and 6 with their measured errors).
#pragma once
#include "engine/distribution/distribution.h"

namespace plimsoll::queueing {

/// Raw moments of the service time in s^n, over all classes in the mix that arrives.
struct ServiceMoments {
    double first = 0, second = 0, third = 0, fourth = 0;
};

/// The wait before service: 0 with probability 1 - `probability`.
struct Wait {
    double probability = 0;
    distribution::Cumulants cumulants; // of the wait, zeros included
    bool exact = false;                // cumulants
};

/// M/M/c with a given Erlang C; load < servers.
Wait mmcWait(double waitProbability, double servers, double load, double serviceMean_s);
/// M/G/1; load < 1.
Wait mg1Wait(double arrivalRate_per_s, const ServiceMoments& service);
/// Mean wait in M/G/c over that of M/M/c of the same load: Kimura, for scv > 4 the geometric mean with Whitt's.
/// `load` < `servers`, both positive.
double mgcWaitRatio(double servers, double load, double serviceScv);
/// M/G/c by mean, Whitt's delay probability and the two-moment shape of the conditional wait.
Wait mgcWait(double waitProbability, double servers, double load, double serviceMean_s, double serviceScv);

/// The wait as a mixture of an atom at 0 and one gamma with the exact first two moments.
distribution::Distribution waitLaw(const Wait& wait);

} // namespace plimsoll::queueing
