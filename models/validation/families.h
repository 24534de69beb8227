// Seeded families of random models, each exercising one feature of the flow model.
#pragma once
#include "engine/flow/model.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace plimsoll::validation {

class Random;

struct Family {
    std::string_view id, what;
    flow::Model (*draw)(Random& random, double utilisation); // `utilisation` of the busiest station, 0 to 1
};

/// All of them, from what is exact to what mixes features.
std::span<const Family> families();

} // namespace plimsoll::validation
