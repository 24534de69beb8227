// What a balancer is asked to do: plain values, checked once when a balancer is made.
#pragma once
#include "engine/flow/model.h"

#include <cstdint>
#include <optional>

namespace plimsoll::balancer {

/// The caller's number of a target: an instance, small and dense (0, 1, 2 ...), below kTargetLimit.
enum class Target : std::uint32_t {};
/// Storage is indexed by target, so a number beyond this is refused rather than paid for in memory.
inline constexpr std::uint32_t kTargetLimit = 1u << 22;

constexpr std::uint32_t indexOf(Target target) {
    return static_cast<std::uint32_t>(target);
}

/// Bounds of a weight above 0, wide enough for any use and such that sums and products stay finite.
inline constexpr double kLeastWeight = 1e-100, kMostWeight = 1e100;

/// A target and its weight: 0, or kLeastWeight to kMostWeight; 0 drains it (calls under way end, none is added).
struct Member {
    Target target{};
    double weight = 1;
};

struct Settings {
    flow::Policy policy = flow::Policy::Random;
    std::optional<flow::HealthCheck> health; ///< interval > 0, timeout > 0, fall and rise >= 1
    /// LeastResponseTime, ResourceBased: picks see the signals as they stood at the last poll; polls come every
    /// `signalAge` from a random phase. 0: picks see every signal at once.
    Seconds signalAge{0};
    Seconds slowStart{0}; ///< a target that joins later or returns gets its weight linearly over this time
    /// LeastResponseTime: weight of one sample in the smoothed response time, in (0, 1]. The first samples are
    /// averaged plainly. 0.01 stays within 5 % of least connections (theory/balancing.md 6).
    double smoothing = 0.01;
    /// RoundRobin and WeightedRoundRobin start somewhere in their cycle, so that thousands of callers with a balancer
    /// each do not march in step. false: at the first target.
    bool randomStart = true;
    std::uint64_t seed = 1; ///< of ties, random picks, phases; key tables do not depend on it
};

/// A health check to be sent now; hand it back with the answer.
struct Check {
    Target target{};
    std::uint64_t number = 0; ///< counts the checks of this target from 0
    Seconds startedAt{0};
};

} // namespace plimsoll::balancer
