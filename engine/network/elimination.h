// lambda = b + lambda P inside one strongly connected part. Internal to engine/network.
#pragma once
#include "engine/network/traffic_equations.h"

namespace plimsoll::network {

struct EliminationResult {
    enum Kind { Solved, Gain, TooMuch } kind = Solved; // Gain: 1 or more on a cycle through `node`
    std::uint32_t node = 0;
};

/// `rates` comes as b and leaves as lambda. One station after the other is taken out and its routes are joined: every
/// term is positive, and a pivot that is not says that the gain is too large. Dense up to 500 stations, sparse above
/// with the fewest joins first.
EliminationResult eliminate(std::span<const Route> routes, std::vector<double>& rates);

} // namespace plimsoll::network
