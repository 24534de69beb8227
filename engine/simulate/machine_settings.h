// What a machine is told, and why it stops.
#pragma once
#include <cstddef>
#include <cstdint>

namespace plimsoll::simulate {

/// What a generator is for; part of its seed.
enum Purpose : std::uint64_t {
    kArrivals = 1,
    kSteps,
    kKeys,
    kThinking,
    kBalancing,
    kBalancerKeys,
    kBoots,
    kFilling,
    kOutages,
    kSizes = 1000 ///< and one for each key space from here on
};

/// Why a machine has stopped.
enum class Halt : std::uint8_t {
    No,
    Stopped, ///< by the stop token
    Backlog, ///< more strands than Limits::strands are alive
    Memory,  ///< they take more than Limits::bytes
    Steps,   ///< more steps were entered than Limits::stepsPerRequest allows, or calls nest without end
    Idle     ///< nothing will ever happen again
};

/// A change at a moment of a timeline.
struct Control {
    enum Kind : std::uint8_t { Rate, Dies, Recovers, Leaves, Joins, DrawnDeath, DrawnRepair } kind = Rate;
    std::uint32_t subject = 0; ///< ClassId for Rate, else FleetId
    std::uint32_t instance = 0;
    double value = 0; ///< Rate: arrivals or batches a second
};

/// Bounds on what a replication may use.
struct Limits {
    std::size_t strands = ~std::size_t(0), bytes = ~std::size_t(0);
    std::uint64_t stepsPerRequest = 100'000; ///< on average, with a thousand requests in advance
};

} // namespace plimsoll::simulate
