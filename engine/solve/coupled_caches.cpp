#include "engine/solve/coupled_caches.h"

#include "engine/cache/hit_ratio.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {
namespace {

/// Whether a balancer sends each key of the cache's space to one instance of its fleet.
bool isHashed(const SolverState& state, const Cache& cache) {
    bool any = false, all = true;
    for (const Balancer& balancer : state.model.balancers)
        for (const Backend& backend : balancer.backends) {
            if (backend.fleet != cache.fleet) continue;
            any = true;
            all = all && balancer.policy == Policy::KeyHash && balancer.keySpace == cache.keySpace;
        }
    return any && all;
}

class Caches {
public:
    explicit Caches(SolverState& state) : m_state(state), m_graph(state.graph), m_coupled(state.coupled) {
        for (CacheFigures& figures : m_coupled.caches) figures.reads_per_s = figures.invalidations_per_s = 0;
    }
    void run(Unknowns& next) {
        for (const LookupPlan& lookup : m_graph.lookups)
            flowOf(lookup.cacheCell, lookup.elsewhere).reads_per_s +=
                rateOf(lookup.node, lookup.cacheCell, lookup.elsewhere);
        for (const InvalidatePlan& plan : m_graph.invalidations)
            flowOf(plan.cacheCell, plan.elsewhere).invalidations_per_s +=
                plan.keys * rateOf(plan.node, plan.cacheCell, plan.elsewhere);
        for (std::uint32_t c = 0; c < m_coupled.caches.size(); ++c)
            if (m_coupled.caches[c].reads_per_s > 0) solve(c);
        for (std::size_t i = 0; i < m_graph.lookups.size(); ++i)
            next.hits[i] = m_coupled.caches[m_graph.lookups[i].cacheCell].hitRatio;
        markFiltered();
    }

private:
    /// Too near to move a hit ratio.
    static bool isClose(double now, double before) {
        constexpr double kMoved = 1e-10;
        return std::abs(now - before) <= kMoved * std::max(now, before);
    }
    const Cache& modelOf(std::uint32_t cell) const { return m_state.model.caches[m_graph.cacheCells[cell].cache]; }
    double instancesOf(std::uint32_t cell) const {
        const std::uint32_t fleet = m_graph.groups[m_graph.cacheCells[cell].group].fleet;
        double up = 0;
        for (std::uint32_t g = m_graph.firstGroup[fleet]; g < m_graph.firstGroup[fleet + 1]; ++g)
            up += m_graph.groups[g].up;
        return up;
    }
    CacheFigures& flowOf(std::uint32_t cell, bool elsewhere) {
        CacheFigures& figures = m_coupled.caches[cell];
        figures.shared = figures.shared || elsewhere || isHashed(m_state, modelOf(cell));
        return figures;
    }
    /// At one instance of the cache or, where the instances share the keys, at all of them.
    double rateOf(std::uint32_t node, std::uint32_t cell, bool elsewhere) const {
        const double rate = m_coupled.traffic.visits[node] * m_state.scaledRates[m_graph.nodes[node].cls];
        const bool shared = elsewhere || m_coupled.caches[cell].shared;
        const double up = m_graph.groups[m_graph.cacheCells[cell].group].up;
        return shared ? rate : (up > 0 ? rate / up : 0);
    }
    void solve(std::uint32_t cell) {
        CacheFigures& figures = m_coupled.caches[cell];
        if (isClose(figures.reads_per_s, figures.solvedReads_per_s) &&
            isClose(figures.invalidations_per_s, figures.solvedInvalidations_per_s))
            return;
        figures.solvedReads_per_s = figures.reads_per_s;
        figures.solvedInvalidations_per_s = figures.invalidations_per_s;
        const Cache& model = modelOf(cell);
        const auto space = std::size_t(*model.keySpace);
        cache::CacheLoad load;
        load.capacity = model.capacity.value / m_state.model.keySpaces[space].meanSize.value;
        if (figures.shared) load.capacity *= std::max(1.0, instancesOf(cell));
        load.eviction = model.eviction;
        load.reads_per_s = figures.reads_per_s;
        load.invalidations_per_s = figures.invalidations_per_s;
        if (model.ttl && model.ttl->count() > 0) load.ttl_s = model.ttl->count();
        figures.hitRatio =
            model.ttl && !(model.ttl->count() > 0) ? 0 : cache::hitRatio(m_state.popularity[space], load);
    }
    /// What is asked after a miss of a cache of the same keys is no longer independent of what that cache holds.
    void markFiltered() {
        for (const LookupPlan& lookup : m_graph.lookups) {
            const std::uint32_t miss = m_graph.edges[m_graph.nodes[lookup.node].firstEdge + 1].child;
            const auto space = modelOf(lookup.cacheCell).keySpace;
            for (const LookupPlan& other : m_graph.lookups)
                if (other.node <= miss && other.node > firstBelow(miss) && other.cacheCell != lookup.cacheCell &&
                    modelOf(other.cacheCell).keySpace == space &&
                    m_graph.nodes[other.node].cls == m_graph.nodes[lookup.node].cls)
                    m_coupled.caches[other.cacheCell].filtered = true;
        }
    }
    /// Nodes below one are built just before it; shared ones may be earlier, and are then not found.
    std::uint32_t firstBelow(std::uint32_t n) const {
        std::uint32_t lowest = n;
        for (std::uint32_t at = n; m_graph.nodes[at].edges > 0;) {
            std::uint32_t child = at;
            for (const Edge& edge : m_graph.edgesOf(m_graph.nodes[at])) child = std::min(child, edge.child);
            at = child;
            lowest = std::min(lowest, at);
        }
        return lowest > 0 ? lowest - 1 : 0;
    }

    SolverState& m_state;
    const Graph& m_graph;
    Coupled& m_coupled;
};

} // namespace

void computeCaches(SolverState& state, Unknowns& next) {
    if (!state.graph.lookups.empty()) Caches(state).run(next);
}

} // namespace plimsoll::flow
