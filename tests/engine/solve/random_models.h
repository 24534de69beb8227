// Random valid models for properties: layered fleets, every kind of step, every policy.
#pragma once
#include "tests/engine/solve/models.h"

#include <random>

namespace plimsoll::tests {

/// What may be in them.
struct Ingredients {
    bool everything = true; // false: Poisson arrivals and exponential service at unbounded stations, random picks alone
    double busiest = 1.2;   // utilisations are drawn up to here
};

/// The same model for the same seed.
Model randomModel(std::uint64_t seed, const Ingredients& ingredients);

/// Every time times `factor`, every rate through it.
Model inOtherUnits(Model model, double factor);

} // namespace plimsoll::tests
