// Pools of tokens with the work that is done under them (DESIGN.md 3.3, 4).
#pragma once
#include "engine/queueing/mgc.h"
#include "engine/solve/solution.h"

#include <vector>

namespace plimsoll::flow {

/// One pool queue (a pool on one instance, one priority).
struct PoolFigures {
    bool steady = true;
    double refused = 0, timedOut = 0, carried = 1; // shares of what asks
    double wait = 0;                               // mean, s, of those that get a token
    queueing::Wait law;                            // of the same
    std::vector<Phase> phases;                     // its law where that is more than an atom and a gamma
    std::optional<double> waiting;                 // mean number, where some leave without a token
    double cold = 0;                               // on demand: share of what is admitted that boots first
    Method method;
};

/// One pool on one instance.
struct PoolCellFigures {
    double offered = 0, carried = 0;                      // per s
    double busy = 0;                                      // tokens
    double demand = 0;                                    // offered work / capacity
    double hold = 0;                                      // mean, s
    double capacity = 0;                                  // per s, with all tokens taken
    double uncontended_s = 0, uncontendedVariance_s2 = 0; // of a hold without any wait
    double attached = 0;                                  // tokens that live instances of another pool keep
    std::vector<double> rates;                            // holds that end a second, with 1, 2 ... begun
    std::optional<OnDemandResult> onDemand;
};

} // namespace plimsoll::flow
