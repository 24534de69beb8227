// Calls that lead back to where they come from (DESIGN.md 3.1, 9).
#pragma once
#include "engine/solve/solution.h"

#include <cstdint>
#include <expected>
#include <vector>

namespace plimsoll::flow {

/// Of a step.
struct CallRounds {
    std::uint32_t cycle = 0; // steps of one number reach each other; 0: none but itself
    std::uint32_t most = 0;  // rounds after which less than kCycleRest of a request is left; 0: it is on no cycle
};
inline constexpr double kCycleRest = 1e-12;
inline constexpr double kMostRounds = 10'000, kMostUnrolled = 2e6; // the latter: rounds times steps

/// By step, of requests of which nothing fails; a keyed cache counts as hit and miss at once, a fallback as never
/// taken. Errors: Unbounded naming the entry, where a request causes one or more of itself on average, or so nearly one
/// that more than kMostRounds are needed; NotSolvedYet naming it, where it is too long a way round. The growth of a
/// cycle is the spectral radius of the expected numbers of runs, found by the bounds of Collatz and Wielandt (Berman
/// and Plemmons 1994, ch. 2).
std::expected<std::vector<CallRounds>, Error> callRounds(const Model& model);

} // namespace plimsoll::flow
