// What is counted at one instance of a station, pool or limiter.
#pragma once
#include "engine/simulate/histogram.h"
#include "engine/simulate/interval.h"

#include <cstdint>
#include <memory>

namespace plimsoll::simulate {

/// In the order of use: what every arrival and every end touch stands in the first two cache lines.
struct alignas(64) ResourceTally {
    static constexpr unsigned kWaitBits = 7; ///< waits are kept to 0.8 %, interpolated

    double changed = 0;        ///< up to when the integrals have been taken
    double busyTime = 0;       ///< integral of busy servers or tokens
    double waitingTime = 0;    ///< integral of who waits
    std::uint64_t offered = 0; ///< who asked
    std::uint64_t served = 0;  ///< who began to be served, or got a token
    std::uint64_t waits = 0;
    double waitSum = 0, waitSquares = 0;
    Histogram waitCounts{kWaitBits};
    double work = 0;     ///< station: seconds of service asked for
    double liveTime = 0; ///< on-demand pool: integral of live tokens
    std::uint64_t boots = 0, cold = 0;
    std::vector<BatchShare> waitBatches; ///< sums and counts of the batches closed
    double began = 0;                    ///< start of the window
    std::uint32_t waitingAtStart = 0;
    double busyBefore = 0; ///< busyTime of earlier windows

    void addWait(double wait) {
        waitSum += wait;
        waitSquares += wait * wait;
        ++waits;
        waitCounts.add(wait);
    }
    void addNoWait() {
        ++waits;
        waitCounts.addZero();
    }
    void integrate(double now, double busy, double waiting) {
        const double passed = now - changed;
        busyTime += busy * passed;
        waitingTime += waiting * passed;
        changed = now;
    }
    void closeBatch() {
        waitBatches.push_back({waitSum - m_waitSumBefore, double(waits - m_waitsBefore)});
        m_waitSumBefore = waitSum;
        m_waitsBefore = waits;
    }
    /// A new window begins now; the integrals must have been taken up to now.
    void restart(double now, std::uint32_t waiting) {
        busyBefore += busyTime;
        offered = served = boots = cold = waits = 0;
        work = busyTime = waitingTime = liveTime = waitSum = waitSquares = 0;
        waitCounts.clear();
        waitBatches.clear();
        m_waitSumBefore = 0;
        m_waitsBefore = 0;
        changed = began = now;
        waitingAtStart = waiting;
    }

private:
    double m_waitSumBefore = 0;
    std::uint64_t m_waitsBefore = 0;
};

} // namespace plimsoll::simulate
