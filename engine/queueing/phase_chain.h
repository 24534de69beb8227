// M/PH/c/K with a service of two phases, exactly: the chain of (number present, servers busy in phase 1).
#pragma once
#include "engine/queueing/wait.h"

#include <optional>

namespace plimsoll::queueing {

/// A service that starts in phase 1 with this probability, otherwise in phase 2; after phase 1 it goes on to phase 2
/// with probability `onward`, otherwise it is done. Rates in 1/s.
struct TwoPhases {
    double first = 1, firstRate = 1, onward = 0, secondRate = 1;
};
/// The law itself where it is a mixture of two exponentials, otherwise one of its mean and scv: two exponentials with
/// balanced means above an scv of 1, two phases in a row of equal rate, the second not always, from 1/2 to 1. None
/// below.
std::optional<TwoPhases> twoPhases(const distribution::Distribution& service);

struct PhaseChainFigures {
    double loss = 0;
    double queueLength = 0;
    double carriedLoad = 0;
    double waitProbability = 0; // of those that are let in
};
/// None where it would take too long: (capacity + 1) (servers + 1)^3 above kMostWork, less where the queue is so long
/// that its levels repeat.
std::optional<PhaseChainFigures> phaseChain(double arrivalRate_per_s, const TwoPhases& service, double servers,
                                            double capacity);
inline constexpr double kMostWork = 2e7;

} // namespace plimsoll::queueing
