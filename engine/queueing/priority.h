// Classes of different priority at one station (theory/stations.md 7): who is served first, with or without
// interruption of the one in service.
#pragma once
#include "engine/queueing/wait.h"

#include <span>
#include <vector>

namespace plimsoll::queueing {

struct PriorityClass {
    double arrivalRate_per_s = 0;
    ServiceMoments service;
    unsigned priority = 0; // the smallest is served first; equal ones are first come first served among themselves
};

struct PriorityFigures {
    bool steady = true; // false: this class waits without bound; of the rest only carriedRate_per_s is set
    double carriedRate_per_s = 0;
    Wait wait;                        // until the service begins
    distribution::Cumulants response; // interruptions included
    double queueLength = 0;           // waiting or interrupted
    bool exact = false;               // the means
};

/// Nobody is interrupted. Exact means and second moments for one server (Cobham 1954; Takacs 1964) and for many with
/// exponential service of one mean (Kella and Yechiali 1985). Otherwise one server of c times the speed, its waits
/// scaled by the ratio of the first come first served waits (Bondi and Buzen 1984).
/// Overloaded classes take what the classes before them leave; those before them keep their figures.
std::vector<PriorityFigures> nonPreemptivePriority(double servers, std::span<const PriorityClass> classes);

/// A higher class interrupts at once, the interrupted request resumes later. Exact as above; for many servers the time
/// of interruption over the service's is that of M/M/c, where the classes up to k are an M/M/c of their own.
std::vector<PriorityFigures> preemptivePriority(double servers, std::span<const PriorityClass> classes);

/// The law of the wait of class `index` without interruptions, by Conway, Maxwell and Miller's transform (1967), exact
/// where the mean is; `laws` are the classes' service laws. The class is steady.
WaitTransform nonPreemptiveTransform(double servers, std::span<const PriorityClass> classes,
                                     std::span<const distribution::Distribution> laws, std::size_t index);

/// The law of the response with interruptions: the wait as above among the classes up to this one, then the service
/// with the busy periods of the higher classes in it. Exact for one server.
struct PreemptiveLaw {
    WaitTransform wait;
    std::function<std::complex<double>(std::complex<double>)> completion; // of service and interruptions
};
PreemptiveLaw preemptiveLaw(double servers, std::span<const PriorityClass> classes,
                            std::span<const distribution::Distribution> laws, std::size_t index);
/// The least t with P(response > t) <= 1 - level.
Seconds preemptiveResponseQuantile(const PreemptiveLaw& law, double level, double responseMean_s);

} // namespace plimsoll::queueing
