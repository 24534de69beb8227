// Tokens that are held while a request is inside a sub-network: a birth-death queue whose rates are the throughput of
// that sub-network closed (flow-equivalent server: Chandy, Herzog and Woo 1975; theory/networks.md 3).
#pragma once
#include "engine/queueing/wait.h"

#include <optional>
#include <span>

namespace plimsoll::network {

/// Poisson arrivals at `arrivalRate` ask for one of `tokens`, in order of asking; with n tokens in use rates[n - 1] a
/// second come back, the last rate holds beyond. Rates 1e-30 to 1e30, tokens at least as many as rates, whole.
struct PoolQueue {
    double arrivalRate_per_s = 0;
    std::span<const double> rates_per_s = {};
    double tokens = 1;
    std::optional<double> queueLimit = {}; // whole: how many may wait; beyond it refused
    std::optional<double> maxWait_s = {};  // who has waited that long leaves
};

struct PoolFigures {
    bool steady = true;         // false: a queue without limit grows; carried is the last rate, all tokens are busy
    double waitProbability = 0; // share of arrivals that find all tokens in use
    double refused = 0, timedOut = 0; // shares of arrivals
    double carried_per_s = 0;
    double busy = 0, waiting = 0; // mean numbers; `waiting` 0 where the queue grows
    double hold_s = 0;            // mean time that a token is held: busy / carried
    queueing::Wait wait;          // of those that get a token; mean, variance and third moment as exact as the rates
};

/// Exact for the birth-death queue: M/M/c, M/M/c/K (any K) and M/M/c+D (Baccelli and Hebuterne 1981) are its cases with
/// rates n mu. Queue limit and longest wait together: the queue met at a virtual wait x is Poisson(arrival rate x), as
/// without the deadline; exact where one of the two does not bind. Never NaN; O(rates).
PoolFigures poolQueue(const PoolQueue& pool);

/// Mean wait by priority class, first class first, for a queue without limits (Cobham 1954; exact for the birth-death
/// queue: only the rate with all tokens in use matters while somebody waits). Absent where the class's queue grows.
/// `wait` has as many places as `arrivalRate`, `lastRate` is that with all tokens in use, `waitProbability` the pool's.
void priorityWaits(std::span<const double> arrivalRate_per_s, double lastRate_per_s, double waitProbability,
                   std::span<std::optional<double>> wait_s);

/// Mean wait for a token whose hold varies otherwise than an exponential does: times (1 + scv) / 2 of the hold without
/// queues (theory/networks.md 3, step 4; response means within 1.3 % on average in 7 two-level systems).
inline double waitForHold(double wait_s, double holdScv) {
    return wait_s * (1 + holdScv) / 2;
}

/// A pool inside the hold of another one, for the same correction of the inner wait.
struct InnerPool {
    double visitProbability = 0, arrivalRate_per_s = 0; // of the outer pool; per s
    double tokens = 1;
    double hold_s = 0;      // M/M/c residences at its stations, and its delays
    double holdScv = 1;     // of the hold without queues
    double waitLimit_s = 0; // the wait cannot be more: the response so far
};
/// What the response gets longer (negative: shorter) by the variability of the inner hold.
double innerHoldCorrection(const InnerPool& inner);

} // namespace plimsoll::network
