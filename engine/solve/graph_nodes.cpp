// The node of every kind of step.
#include "engine/distribution/distribution.h"
#include "engine/solve/graph_builder.h"

#include <queue>

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {
namespace {

queueing::ServiceMoments momentsOf(const Distribution& law, double factor) {
    if (law.phases.size() == 1 && law.phases[0].shape == 1 && law.phases[0].offset.count() == 0) {
        const double mean = law.phases[0].scale.count() * factor, square = mean * mean;
        return {mean, 2 * square, 6 * square * mean, 24 * square * square};
    }
    const double square = factor * factor;
    return {distribution::rawMoment(law, 1) * factor, distribution::rawMoment(law, 2) * square,
            distribution::rawMoment(law, 3) * square * factor, distribution::rawMoment(law, 4) * square * square};
}

distribution::Cumulants cumulantsOf(const Distribution& law, double factor) {
    const auto c = law.phases.size() == 1 ? distribution::cumulants(law.phases[0]) : distribution::cumulants(law);
    return {c.mean * factor, c.variance * factor * factor, c.third * factor * factor * factor};
}

} // namespace

std::uint32_t GraphBuilder::close(const Frame& frame) {
    m_childNodes.clear();
    for (std::size_t i = frame.firstChild; i < m_children.size(); ++i) m_childNodes.push_back(*memo(m_children[i]));
    const Place place = frame.place;
    const std::uint32_t node =
        std::visit([&](const auto& body) { return nodeOf(place, body, m_childNodes); }, m_model.steps[place.step].body);
    m_stepOfNode[node] = place.step;
    m_graph.nodes[node].step = place.step;
    return node;
}

std::uint32_t GraphBuilder::nodeOf(Place /*place*/, const Sequence& /*sequence*/, Children children) {
    return addWithChildren(NodeKind::Product, children);
}

std::uint32_t GraphBuilder::nodeOf(Place /*place*/, const Repeat& repeat, Children children) {
    return repeated(children[0], repeat.count);
}

std::uint32_t GraphBuilder::nodeOf(Place /*place*/, const Delay& delay, Children /*children*/) {
    return addDelay(delay.duration);
}

std::uint32_t GraphBuilder::nodeOf(Place /*place*/, const Fail& fail, Children /*children*/) {
    const std::uint32_t node = add(NodeKind::Fail, fail.probability.value);
    m_graph.nodes[node].cause = fail.cause;
    m_graph.failNodes.push_back(node);
    return node;
}

std::uint32_t GraphBuilder::nodeOf(Place /*place*/, const Choice& choice, Children children) {
    const std::uint32_t node = addWithChildren(NodeKind::Mixture, children);
    for (std::size_t i = 0; i < children.size(); ++i)
        m_graph.edges[m_graph.nodes[node].firstEdge + i].weight = choice.branches[i].probability.value;
    return node;
}

std::uint32_t GraphBuilder::nodeOf(Place place, const Lookup& lookup, Children children) {
    const auto index = std::size_t(lookup.cache);
    const Cache& cache = m_model.caches[index];
    const std::uint32_t node = addWithChildren(NodeKind::Mixture, children);
    const double hit = cache.fixedHitRatio ? cache.fixedHitRatio->value : 0;
    m_graph.edges[m_graph.nodes[node].firstEdge].weight = hit;
    m_graph.edges[m_graph.nodes[node].firstEdge + 1].weight = 1 - hit;
    if (cache.fixedHitRatio) return node;
    const bool own = std::size_t(cache.fleet) == m_graph.groups[place.group].fleet;
    m_graph.lookups.push_back(
        {node, cellAt(m_graph.firstCacheCell, index, cache.fleet, groupAt(place, cache.fleet)), !own});
    return node;
}

/// Takes no time; what it does to hit ratios is seen by the model of the cache.
std::uint32_t GraphBuilder::nodeOf(Place place, const Invalidate& invalidate, Children /*children*/) {
    const std::uint32_t node = add(NodeKind::Nothing);
    const auto index = std::size_t(invalidate.cache);
    if (m_model.caches[index].fixedHitRatio) return node;
    const FleetId fleet = m_model.caches[index].fleet;
    const bool own = std::size_t(fleet) == m_graph.groups[place.group].fleet;
    const std::uint32_t cell = cellAt(m_graph.firstCacheCell, index, fleet, groupAt(place, fleet));
    m_graph.invalidations.push_back({node, cell, !own, invalidate.keys});
    return node;
}

std::uint32_t GraphBuilder::pickNode(BalancerId via, Children children) {
    const std::uint32_t picked = addWithChildren(NodeKind::Mixture, children, 0, false);
    Pick pick{picked, std::uint32_t(via), std::uint32_t(m_graph.pickTargets.size()), 0};
    const Balancer& balancer = m_model.balancers[std::size_t(via)];
    for (const Backend& backend : balancer.backends) {
        const auto fleet = std::size_t(backend.fleet);
        for (std::uint32_t g = m_graph.firstGroup[fleet]; g < m_graph.firstGroup[fleet + 1]; ++g) {
            const double weight = backend.weight * m_graph.groups[g].weight;
            if (weight > 0) m_graph.pickTargets.push_back({g, weight});
        }
    }
    pick.targets = std::uint32_t(m_graph.pickTargets.size()) - pick.firstTarget;
    m_graph.picks.push_back(pick);
    return picked;
}

std::uint32_t GraphBuilder::nodeOf(Place /*place*/, const Call& call, Children children) {
    std::uint32_t called = pickNode(call.via, children);
    if (call.fanOut && !(call.fanOut->copies == 1 && call.fanOut->need <= 1)) {
        ForkPlan plan;
        plan.asked = call.fanOut->copies;
        plan.need = call.fanOut->need;
        if (call.fanOut->stagger) plan.stagger_s = call.fanOut->stagger->count();
        plan.cancel = call.fanOut->leftover == Leftover::Cancel;
        plan.pick = std::uint32_t(m_graph.picks.size() - 1);
        called = addWithChildren(NodeKind::Fork, std::array{called}, 0, false);
        plan.node = called;
        m_graph.nodes[called].resource = std::uint32_t(m_graph.forks.size());
        m_graph.forks.push_back(plan);
    }
    return call.count == 1 ? called : repeated(called, call.count);
}

std::uint32_t GraphBuilder::nodeOf(Place /*place*/, const Spawn& spawn, Children children) {
    const std::uint32_t picked = pickNode(spawn.via, children);
    const std::uint32_t node = addWithChildren(NodeKind::Spawn, std::array{picked}, spawn.count, false);
    m_graph.nodes[node].resource = std::uint32_t(m_graph.spawns.size());
    m_graph.spawns.push_back(
        {node, spawn.count, spawn.everyInstance, spawn.refusalFailsCaller, std::uint32_t(m_graph.picks.size() - 1)});
    return node;
}

std::uint32_t GraphBuilder::nodeOf(Place /*place*/, const Parallel& parallel, Children children) {
    if (children.size() == 1) return addWithChildren(NodeKind::Product, children);
    const std::uint32_t node = addWithChildren(NodeKind::Fork, children);
    ForkPlan plan;
    plan.node = node;
    plan.need = parallel.need == 0 ? std::uint32_t(children.size()) : parallel.need;
    plan.cancel = parallel.leftover == Leftover::Cancel;
    m_graph.nodes[node].resource = std::uint32_t(m_graph.forks.size());
    m_graph.forks.push_back(plan);
    return node;
}

std::uint32_t GraphBuilder::nodeOf(Place place, const Hold& hold, Children children) {
    const auto pool = std::size_t(hold.pool);
    const FleetId fleet = m_model.pools[pool].fleet;
    const std::uint32_t cell = cellAt(m_graph.firstPoolCell, pool, fleet, groupAt(place, fleet));
    m_graph.poolCells[cell].visited = true;
    const std::uint32_t acquire = add(NodeKind::Acquire);
    m_graph.nodes[acquire].own = std::size_t(fleet) == m_graph.groups[place.group].fleet;
    const std::uint32_t body = children[0];
    const std::uint32_t node = addWithChildren(NodeKind::Product, std::array{acquire, body});
    m_graph.nodes[node].resource = std::uint32_t(m_graph.holds.size());
    m_graph.holds.push_back({cell, m_class, acquire, body, {}});
    return node;
}

std::uint32_t GraphBuilder::nodeOf(Place place, const Limit& limit, Children /*children*/) {
    const auto limiter = std::size_t(limit.limiter);
    const FleetId fleet = m_model.limiters[limiter].fleet;
    const std::uint32_t node = add(NodeKind::Limit);
    m_graph.nodes[node].resource = cellAt(m_graph.firstLimiterCell, limiter, fleet, groupAt(place, fleet));
    m_graph.nodes[node].own = std::size_t(fleet) == m_graph.groups[place.group].fleet;
    return node;
}

std::uint32_t GraphBuilder::nodeOf(Place /*place*/, const Attempt& attempt, Children children) {
    const bool plain = attempt.maxAttempts <= 1 && !attempt.fallback;
    return addWithChildren(plain ? NodeKind::Product : NodeKind::Attempt, children);
}

std::uint32_t GraphBuilder::nodeOf(Place /*place*/, const Timeout& timeout, Children children) {
    const std::uint32_t node = addWithChildren(NodeKind::Timeout, children);
    m_graph.nodes[node].resource = std::uint32_t(m_graph.timeouts.size());
    m_graph.timeouts.push_back({node, timeout.after.count(), timeout.leftover == Leftover::Cancel, timeout.cause});
    return node;
}

std::uint32_t GraphBuilder::nodeOf(Place place, const Serve& serve, Children /*children*/) {
    const auto station = std::size_t(serve.station);
    const FleetId fleet = m_model.stations[station].fleet;
    const std::uint32_t group = groupAt(place, fleet);
    const std::uint32_t cell = cellAt(m_graph.firstCell, station, fleet, group);
    const std::uint32_t node = add(NodeKind::Serve);
    Visit visit{cell, &serve.demand, 1 / m_graph.groups[group].speed, serve.priority, kNone, {}, {}};
    visit.moments = momentsOf(serve.demand, visit.factor);
    visit.cumulants = cumulantsOf(serve.demand, visit.factor);
    noteDemand(m_graph.cells[cell], visit);
    m_graph.nodes[node].own = std::size_t(fleet) == m_graph.groups[place.group].fleet;
    m_graph.nodes[node].visit = std::uint32_t(m_graph.visits.size());
    addVisit(visit);
    return node;
}

std::uint32_t GraphBuilder::groupAt(Place place, FleetId fleet) const {
    const bool own = std::size_t(fleet) == m_graph.groups[place.group].fleet;
    return own ? place.group : m_graph.firstGroup[std::size_t(fleet)];
}

std::uint32_t GraphBuilder::cellAt(const std::vector<std::uint32_t>& first, std::size_t resource, FleetId fleet,
                                   std::uint32_t group) const {
    return first[resource] + group - m_graph.firstGroup[std::size_t(fleet)];
}

void GraphBuilder::noteDemand(Cell& cell, const Visit& visit) {
    constexpr double kEqual = 1e-12; // relative: two ways of writing one mean
    auto& first = m_cellDemand[visit.cell];
    if (!first) first = visit;
    const double mean = first->moments.first;
    const bool same = std::abs(visit.moments.first - mean) <= kEqual * mean;
    cell.visited = true;
    cell.exponential = cell.exponential && same && distribution::isExponential(*visit.law);
    cell.constant = cell.constant && same && distribution::isConstant(*visit.law);
}

std::uint32_t GraphBuilder::add(NodeKind kind, double amount) {
    Node node;
    node.kind = kind;
    node.cls = m_class;
    node.amount = amount;
    m_graph.nodes.push_back(node);
    m_stepOfNode.push_back(kNone);
    return std::uint32_t(m_graph.nodes.size() - 1);
}

std::uint32_t GraphBuilder::addDelay(const Distribution& law) {
    const std::uint32_t node = add(NodeKind::Delay);
    m_graph.nodes[node].visit = std::uint32_t(m_graph.visits.size());
    addVisit({kNone, &law, 1, 0, kNone, momentsOf(law, 1), cumulantsOf(law, 1)});
    return node;
}

void GraphBuilder::addVisit(const Visit& visit) {
    m_graph.visits.push_back(visit);
    m_graph.visitCell.push_back(visit.cell);
    m_graph.visitMean.push_back(visit.moments.first);
}

std::uint32_t GraphBuilder::addWithChildren(NodeKind kind, Children children, double amount, bool sameInstance) {
    const std::uint32_t node = add(kind, amount);
    m_graph.nodes[node].firstEdge = std::uint32_t(m_graph.edges.size());
    m_graph.nodes[node].edges = std::uint32_t(children.size());
    for (std::uint32_t child : children) m_graph.edges.push_back({child, 1, sameInstance});
    return node;
}

std::uint32_t GraphBuilder::repeated(std::uint32_t body, double count) {
    const double whole = std::floor(count), fraction = count - whole;
    std::vector<std::uint32_t> parts;
    if (whole > 0) parts.push_back(addWithChildren(NodeKind::Power, std::array{body}, whole));
    if (fraction > 0) {
        const std::uint32_t mixed = addWithChildren(NodeKind::Mixture, std::array{body, add(NodeKind::Nothing)});
        m_graph.edges[m_graph.nodes[mixed].firstEdge].weight = fraction;
        m_graph.edges[m_graph.nodes[mixed].firstEdge + 1].weight = 1 - fraction;
        parts.push_back(mixed);
    }
    return parts.size() == 1 ? parts[0] : addWithChildren(NodeKind::Product, parts);
}

/// Through what runs once in a row: what runs side by side, again, or under a limit is one delay to the hold around it,
/// and so is an inner hold.
void GraphBuilder::findBelow(HoldSite& site) const {
    std::priority_queue<std::uint32_t> waiting; // the highest first: parents come after their children
    waiting.push(site.body);
    while (!waiting.empty()) {
        const std::uint32_t n = waiting.top();
        waiting.pop();
        if (!site.below.empty() && site.below.back() == n) continue;
        site.below.push_back(n);
        const Node& node = m_graph.nodes[n];
        const bool opens = (node.kind == NodeKind::Product && node.resource == kNone) || node.kind == NodeKind::Power ||
                           node.kind == NodeKind::Mixture;
        if (!opens) continue;
        for (const Edge& edge : m_graph.edgesOf(node)) waiting.push(edge.child);
    }
}

/// By depth: a pool is deeper than those that are asked for while it is held. The relation has no cycle (checkHolds).
void GraphBuilder::orderPools() {
    std::vector<std::uint32_t> depth(m_graph.poolCells.size(), 0);
    for (bool changed = true; changed;) {
        changed = false;
        for (const HoldSite& site : m_graph.holds)
            for (std::uint32_t n : site.below) {
                const Node& node = m_graph.nodes[n];
                if (node.kind != NodeKind::Product || node.resource == kNone) continue;
                const std::uint32_t inner = depth[m_graph.holds[node.resource].poolCell];
                if (depth[site.poolCell] > inner) continue;
                depth[site.poolCell] = inner + 1;
                changed = true;
            }
    }
    for (std::uint32_t c = 0; c < depth.size(); ++c) m_graph.poolOrder.push_back(c);
    std::ranges::stable_sort(m_graph.poolOrder, {}, [&](std::uint32_t c) { return depth[c]; });
}

} // namespace plimsoll::flow
