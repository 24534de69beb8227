#include "engine/solve/coupled_resources.h"

#include "engine/queueing/token_bucket.h"
#include "engine/solve/coupled_caches.h"
#include "engine/solve/coupled_closed.h"
#include "engine/solve/coupled_pools.h"
#include "engine/solve/policies.h"
#include "engine/solve/variability.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {
namespace {

/// Equal phases become one.
void addTo(Distribution& mix, const Phase& phase) {
    for (Phase& same : mix.phases)
        if (same.shape == phase.shape && same.scale == phase.scale && same.offset == phase.offset) {
            same.weight.value += phase.weight.value;
            return;
        }
    mix.phases.push_back(phase);
}

/// The service laws, mixed by flow, of every queue whose law needs their transform: with priorities, and M/G/1.
void mixServices(SolverState& state) {
    const Graph& graph = state.graph;
    Coupled& coupled = state.coupled;
    coupled.serviceMix.assign(graph.queues.size(), {});
    for (std::size_t n = 0; n < graph.nodes.size(); ++n) {
        const Node& node = graph.nodes[n];
        if (node.kind != NodeKind::Serve) continue;
        const Visit& visit = graph.visits[node.visit];
        const std::uint32_t cell = visit.cell;
        const double all = coupled.traffic.queueRate[visit.queue] * graph.groups[graph.cells[cell].group].up;
        const Cell& at = graph.cells[cell];
        const bool ranked = graph.firstQueue[cell + 1] - graph.firstQueue[cell] > 1;
        const bool general = at.servers == 1 && !at.sharing && !at.exponential;
        if (!(ranked || general) || !(all > 0)) continue;
        const double share = coupled.traffic.visits[n] * state.scaledRates[node.cls] / all;
        for (Phase phase : distribution::scaled(*visit.law, visit.factor).phases) {
            phase.weight.value *= share;
            addTo(coupled.serviceMix[visit.queue], phase);
        }
    }
}

void computeStations(SolverState& state, Unknowns& next) {
    const Graph& graph = state.graph;
    Coupled& coupled = state.coupled;
    for (std::uint32_t c = 0; c < graph.cells.size(); ++c) {
        const Cell& cell = graph.cells[c];
        const std::uint32_t first = graph.firstQueue[c], count = graph.firstQueue[c + 1] - first;
        const StationCell at{&state.model.stations[cell.station], &cell, std::span(graph.queues).subspan(first, count),
                             coupled.unknowns.arrivals[c]};
        computeQueues(at, coupled.traffic, c, first, coupled.serviceMix, coupled.queues);
        for (std::uint32_t q = graph.firstQueue[c]; q < graph.firstQueue[c + 1]; ++q) {
            const double offered = coupled.traffic.queueRate[q] * coupled.traffic.queueService[q].first;
            if (offered > 0) coupled.queues[q].busy *= std::min(1.0, coupled.traffic.busyLoad[q] / offered);
            next.blocked[q] = coupled.queues[q].blocked;
            next.carried[q] = coupled.queues[q].carried;
        }
    }
}

void computeLimiters(SolverState& state, Unknowns& next) {
    Coupled& coupled = state.coupled;
    for (std::uint32_t l = 0; l < coupled.limiters.size(); ++l) {
        const Limiter& model = state.model.limiters[state.graph.limiterCells[l].limiter];
        LimiterFigures& figures = coupled.limiters[l];
        figures = {};
        figures.offered = coupled.traffic.limiterRate[l];
        const queueing::TokenBucket bucket{figures.offered, model.rate.value, model.burst};
        const bool whole = model.burst == std::floor(model.burst);
        if (model.over == OverLimit::Reject) {
            figures.throttled = queueing::rejectedShare(bucket);
            figures.method = {"token-bucket", whole ? Exactness::Exact : Exactness::Approximation};
        } else {
            figures.method = {"token-bucket-delay", model.burst == 1 ? Exactness::Exact : Exactness::Approximation};
            figures.steady = figures.offered < model.rate.value;
            if (figures.steady)
                figures.wait = queueing::delayedWait(bucket);
            else
                figures.carried = model.rate.value / figures.offered;
        }
        next.throttled[l] = figures.throttled;
        next.passed[l] = figures.carried;
    }
}

} // namespace

void computeResources(SolverState& state, Unknowns& next) {
    computeCaches(state, next);
    mixServices(state);
    computeStations(state, next);
    computePolicies(state);
    computeLimiters(state, next);
    computePools(state, next);
    computeClosed(state, next);
    computeVariability(state, next);
}

} // namespace plimsoll::flow
