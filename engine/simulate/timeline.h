// The simulator in time: rates that change, instances that die, boot and come back; series out.
#pragma once
#include "engine/simulate/simulate.h"

namespace plimsoll::flow {

/// From `at` on, an open class arrives at this rate (times SolveOptions::loadFactor).
struct RateChange {
    Seconds at{0};
    ClassId cls{};
    PerSecond rate;
};
enum class InstanceEvent {
    Dies,     ///< what runs there is lost; it looks to callers as Fleet::failures says, until it is ejected or recovers
    Recovers, ///< it answers again, empty; balancers that ejected it take it back by their health checks
    Leaves,   ///< balancers send no more; what runs there is finished
    Joins     ///< a booted instance: balancers send to it from now on, slowly first where they have a slow start
};
struct InstanceChange {
    Seconds at{0};
    FleetId fleet{};
    std::uint32_t instance = 0;
    InstanceEvent event = InstanceEvent::Dies;
};

struct TimelineOptions {
    Seconds length{3600}, step{60};        ///< of the series; above 0, at most kMostSteps steps
    std::vector<RateChange> rates;         ///< in any order
    std::vector<InstanceChange> instances; ///< in any order; at 0: how it begins
    bool drawFailures = false;             ///< deaths and repairs from Fleet::failures too
    std::uint32_t runs = 1;                ///< that the series is averaged over, 1 to kMostRuns
    std::uint64_t seed = 1;
};
inline constexpr std::uint32_t kMostRuns = 10'000;
inline constexpr double kMostSteps = 1e6;

/// A class in one step; requests count where they end, `offered` where they arrive.
struct ClassPoint {
    PerSecond offered, succeeded, failed;
    std::vector<Share> errors; ///< by cause, of those that ended
    double attemptsPerRequest = 1;
    std::optional<Seconds> mean, p50, p99; ///< of the successful ones; none: there was none
};
/// A resource in one step, all its instances together.
struct ResourcePoint {
    PerSecond offered, carried;
    double busy = 0, waiting = 0; ///< servers or tokens, and who waits for them: means over the step
    double live = 0;              ///< on-demand pools: live tokens at the end of the step
};
struct TimelinePoint {
    Seconds from{0}; ///< what happens at the end of a step belongs to the next one
    std::vector<ClassPoint> classes;
    std::vector<ResourcePoint> stations, pools, limiters;
    std::vector<double> up; ///< by fleet: instances that answer, at the end of the step
};
struct Timeline {
    std::vector<TimelinePoint> points;
};

/// Simulates from an empty system at time 0. The same result for a seed on any number of threads. Errors as simulate(),
/// Unbounded also when more requests wait than fit into memory.
std::expected<Timeline, Error> simulateTimeline(const Model& model, const SolveOptions& options,
                                                const TimelineOptions& timeline, std::stop_token stop = {},
                                                const SimulateRun& run = {});

} // namespace plimsoll::flow
