// Poisson arrivals, general service, first come first served: M/G/1 exactly (Pollaczek 1930, Khinchine 1932), M/G/c by
// two moments (Kimura 1986, Whitt 1993; theory/stations.md 4 and 6 with their measured errors).
#pragma once
#include "engine/queueing/wait.h"

namespace plimsoll::queueing {

/// M/M/c with a given Erlang C; load < servers.
Wait mmcWait(double waitProbability, double servers, double load, double serviceMean_s);
/// M/G/1; load < 1.
Wait mg1Wait(double arrivalRate_per_s, const ServiceMoments& service);
/// Mean wait in M/G/c over that of M/M/c of the same load: Kimura, for scv > 4 the geometric mean with Whitt's.
/// `load` < `servers`, both positive.
double mgcWaitRatio(double servers, double load, double serviceScv);
/// Cosmetatos' correction g for deterministic laws, as in Whitt 1993: M/D/c waits (1 + g) / 2 of M/M/c.
double cosmetatos(double servers, double load);
/// Squared coefficient of variation of the wait of those that wait (Whitt 1983, 1993).
double conditionalWaitScv(double utilisation, double serviceScv);
/// M/G/c by mean, Erlang's delay probability and the two-moment shape of the conditional wait.
Wait mgcWait(double waitProbability, double servers, double load, double serviceMean_s, double serviceScv);

} // namespace plimsoll::queueing
