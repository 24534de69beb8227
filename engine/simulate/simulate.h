// The simulator: the same model as the solver's, event by event, with confidence intervals.
#pragma once
#include "engine/solve/solution.h"

#include <expected>
#include <functional>
#include <stop_token>

namespace plimsoll::flow {

/// The most requests of one simulation: counts of one bucket fit into 32 bits.
inline constexpr std::uint64_t kMostRequests = 4'000'000'000;

/// How a simulation is run; none of it changes the result.
struct SimulateRun {
    std::size_t bytes = std::size_t{4} << 30;  ///< that requests in progress may take; beyond it Error::Unbounded
    std::uint64_t stepsPerRequest = 100'000;   ///< on average, with a thousand requests in advance; beyond it too
    unsigned threads = 0;                      ///< 0: as many as there are cores
    std::function<void(Probability)> progress; ///< the share done; from any of the threads, never from two at a time
};

/// Simulates `model` in the steady state and returns what the solver would, with 95 % intervals. The work is divided
/// into replications by the number of requests alone, so that a seed has one result on any number of threads.
/// Each replication is warmed up before it counts. A queue that grows for ever is an answer (Regime::Overloaded): where
/// most of what is in progress waits in queues without a limit, the replication ends early, and the classes that pass
/// such a queue have no latency.
/// Errors: Invalid (model, options), CircularHold (as the solver), NotSolvedYet (names what is not simulated),
/// Unbounded (more in progress than SimulateRun::bytes hold without most of it waiting in such queues: jobs that make
/// jobs, delays that are too long; calls within calls or steps without end; no time passes), Stopped (by `stop`, which
/// is looked at every thousand events).
std::expected<Solution, Error> simulate(const Model& model, const SolveOptions& options = {},
                                        const SimulateOptions& simulation = {}, std::stop_token stop = {},
                                        const SimulateRun& run = {});

} // namespace plimsoll::flow
