// What depends on what comes later in the order of a solve: shares refused, cut off, carried and hit, and how arrivals
// vary. The fixed point of DESIGN.md 3.3, 6 is over these.
#pragma once
#include "engine/solve/graph.h"

namespace plimsoll::flow {

/// Of what asks for a token.
struct PoolLoss {
    double refused = 0;  // at once
    double timedOut = 0; // after the longest wait
    double carried = 1;  // of what waits without a limit; below 1 the queue grows
};
/// Of what a Timeout's body would have done.
struct Late {
    double success = 0, failure = 0; // shares that come after the timeout
    double executed = 1;             // work done below, as a share of all (Leftover::Cancel)
};
/// Of a Fork.
struct Forked {
    double started = 1;  // copies started, as a share of all (hedging)
    double executed = 1; // work done below, as a share of what is started (Leftover::Cancel)
};

/// How the arrivals at one instance vary.
struct Arrivals {
    double scv = 1;    // of the time between them, batches left aside; 1: as Poisson
    double excess = 0; // E[X^2] / E[X] - 1 of the batches that they come in
    bool isPlain() const { return scv == 1 && excess == 0; }
};

struct Unknowns {
    std::vector<double> blocked;                  // by queue: of arrivals that find it full
    std::vector<double> carried;                  // by queue: of what is offered; below 1 it grows
    std::vector<PoolLoss> pools;                  // by pool queue
    std::vector<double> throttled;                // by limiter cell
    std::vector<double> passed;                   // by limiter cell: carried by one that delays
    std::vector<Late> late;                       // by timeout
    std::vector<Forked> forked;                   // by fork
    std::vector<double> hits;                     // by lookup
    std::vector<double> throughput;               // by class; of closed ones
    std::vector<Arrivals> arrivals, poolArrivals; // by cell, by pool cell

    /// Of an empty system or, `saturated`, of one where every timeout strikes.
    static Unknowns start(const Graph& graph, bool saturated);

    /// Calls f(number) for every number, in the same order each time.
    template <class Self, class F> static void forEach(Self& unknowns, F f) {
        for (auto& x : unknowns.blocked) f(x);
        for (auto& x : unknowns.carried) f(x);
        for (auto& x : unknowns.pools) {
            f(x.refused);
            f(x.timedOut);
            f(x.carried);
        }
        for (auto& x : unknowns.throttled) f(x);
        for (auto& x : unknowns.passed) f(x);
        for (auto& x : unknowns.late) {
            f(x.success);
            f(x.failure);
            f(x.executed);
        }
        for (auto& x : unknowns.forked) {
            f(x.started);
            f(x.executed);
        }
        for (auto& x : unknowns.hits) f(x);
        for (auto& x : unknowns.throughput) f(x);
        for (auto* all : {&unknowns.arrivals, &unknowns.poolArrivals})
            for (auto& x : *all) {
                f(x.scv);
                f(x.excess);
            }
    }
};

} // namespace plimsoll::flow
