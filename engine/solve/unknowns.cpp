#include "engine/solve/unknowns.h"

namespace plimsoll::flow {

Unknowns Unknowns::start(const Graph& graph, bool saturated) {
    Unknowns unknowns;
    unknowns.blocked.assign(graph.queues.size(), 0);
    unknowns.carried.assign(graph.queues.size(), 1);
    unknowns.pools.assign(graph.poolQueues.size(), {});
    unknowns.throttled.assign(graph.limiterCells.size(), 0);
    unknowns.passed.assign(graph.limiterCells.size(), 1);
    const double cut = saturated ? 1 : 0;
    unknowns.late.assign(graph.timeouts.size(), {cut, cut, 1});
    unknowns.forked.assign(graph.forks.size(), {});
    unknowns.hits.assign(graph.lookups.size(), 0);
    unknowns.throughput.assign(graph.root.size(), 0);
    unknowns.arrivals.assign(graph.cells.size(), {});
    unknowns.poolArrivals.assign(graph.poolCells.size(), {});
    return unknowns;
}

} // namespace plimsoll::flow
