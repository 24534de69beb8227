// What is counted about requests, jobs and steps in one replication.
#pragma once
#include "engine/simulate/histogram.h"
#include "engine/solve/solution.h"

#include <array>
#include <vector>

namespace plimsoll::simulate {

inline constexpr std::size_t kCauses = std::size_t(flow::Cause::StateLost) + 1;

struct alignas(64) StepTally {
    std::uint64_t entered = 0, left = 0, succeeded = 0;
    double inclusive = 0, own = 0, ownSquares = 0;

    void leave(bool success, double inclusiveTime, double ownTime) {
        ++left;
        succeeded += success;
        inclusive += inclusiveTime;
        own += ownTime;
        ownSquares += ownTime * ownTime;
    }
};

/// A stretch of a replication: the unit from which intervals are made.
struct Batch {
    static constexpr unsigned kBits = 6; ///< of its histogram: shares are interpolated in buckets of 1.6 %
    double length = 0;                   ///< seconds
    std::uint64_t offered = 0, failed = 0;
    double sum = 0; ///< of latencies
    Histogram latencies{kBits};
};

/// The requests of a class, or its jobs.
struct FlowTally {
    static constexpr unsigned kBits = 10; ///< quantiles are kept to 0.1 %, interpolated
    std::uint64_t offered = 0, retries = 0;
    std::array<std::uint64_t, kCauses> failed{};
    double sum = 0, squares = 0, largest = 0;
    Histogram latencies{kBits}; ///< of the batch under way
    Histogram all{kBits};       ///< of the batches closed
    std::vector<Batch> batches;

    void succeed(double latency) {
        latencies.add(latency);
        sum += latency;
        squares += latency * latency;
        if (latency > largest) largest = latency;
    }
    std::uint64_t failures() const {
        std::uint64_t total = 0;
        for (const std::uint64_t count : failed) total += count;
        return total;
    }
    /// Ends the batch under way, which took so many seconds.
    void closeBatch(double length);
    void clear() { *this = FlowTally(); }

private:
    std::uint64_t m_offeredBefore = 0, m_failedBefore = 0;
    double m_sumBefore = 0;
};

struct CacheTally {
    std::uint64_t lookups = 0, hits = 0;
};

} // namespace plimsoll::simulate
