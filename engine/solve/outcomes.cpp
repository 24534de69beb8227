#include "engine/solve/outcomes.h"

#include "engine/solve/traffic.h"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace plimsoll::flow {
namespace {

void addScaled(ByCause& sum, const ByCause& part, double factor) {
    for (std::size_t c = 0; c < kCauses; ++c) sum[c] += factor * part[c];
}

/// a, then b where a passes.
void append(Outcome& a, const Outcome& b) {
    const double passes = a.passes();
    addScaled(a.fail, b.fail, passes);
    a.never += passes * b.never;
    a.stuck = a.stuck * b.passes() + a.success * b.stuck;
    a.success *= b.success;
}

/// `count` times in a row, and how often one is entered, by squaring: "a, then b" is associative.
std::pair<Outcome, double> repeated(Outcome once, double count) {
    if (once.success == 1) return {once, count};
    Outcome total;
    double entered = 0, each = 1;
    for (auto left = std::uint64_t(std::min(count, 1e18)); left > 0; left /= 2) {
        if (left % 2 == 1) {
            entered += total.passes() * each;
            append(total, once);
        }
        each += once.passes() * each;
        const Outcome half = once;
        append(once, half);
    }
    return {total, entered};
}

Outcome failed(Cause cause, double share = 1) {
    Outcome outcome;
    outcome.success = 1 - share;
    outcome.fail[std::size_t(cause)] = share;
    return outcome;
}

Cause refusalOf(const Graph& graph, const Model& model, std::uint32_t poolQueue) {
    const PoolCell& cell = graph.poolCells[graph.poolQueues[poolQueue].cell];
    return model.pools[cell.pool].onDemand ? Cause::Throttled : Cause::Refused;
}

/// 1 + q + ... + q^(n-1).
double geometricSum(double q, double n) {
    if (q == 1) return n;
    return q == 0 ? 1 : -std::expm1(n * std::log(q)) / (1 - q);
}

class Walk {
public:
    Walk(const Graph& graph, const Model& model, const Unknowns& unknowns, Outcomes& outcomes)
        : m_graph(graph), m_model(model), m_unknowns(unknowns), m_outcomes(outcomes) {}

    Outcome of(std::uint32_t n) {
        const Node& node = m_graph.nodes[n];
        switch (node.kind) {
        case NodeKind::Nothing:
        case NodeKind::Delay: return {};
        case NodeKind::Serve: return serve(node);
        case NodeKind::Fail: return failed(node.cause, node.amount);
        case NodeKind::Product: return product(node);
        case NodeKind::Power: {
            auto [outcome, entered] = repeated(child(node, 0), node.amount);
            edge(node, 0) = entered;
            return outcome;
        }
        case NodeKind::Mixture: return mixture(node);
        case NodeKind::Acquire: return acquire(node);
        case NodeKind::Limit: {
            Outcome outcome = failed(Cause::Throttled, m_unknowns.throttled[node.resource]);
            overload(outcome, m_unknowns.passed[node.resource]);
            return outcome;
        }
        case NodeKind::Attempt: return attempt(n, node);
        case NodeKind::Timeout: return timeout(node);
        case NodeKind::Fork: return fork(node);
        case NodeKind::Spawn: return spawn(node);
        }
        return {};
    }

private:
    const Outcome& child(const Node& node, std::uint32_t i) const {
        return m_outcomes.node[m_graph.edges[node.firstEdge + i].child];
    }
    double& edge(const Node& node, std::uint32_t i) { return m_outcomes.edge[node.firstEdge + i]; }

    /// What succeeded waits for ever, and only a part of it comes through.
    static void overload(Outcome& outcome, double carried) {
        if (!(carried < 1)) return;
        outcome.never += outcome.success * (1 - carried);
        outcome.stuck += outcome.success * carried;
        outcome.success = 0;
    }
    Outcome serve(const Node& node) const {
        if (nobodyUp(m_graph, node)) return failed(Cause::InstanceDown);
        const std::uint32_t queue = m_graph.visits[node.visit].queue;
        Outcome outcome = failed(Cause::QueueFull, m_unknowns.blocked[queue]);
        overload(outcome, m_unknowns.carried[queue]);
        return outcome;
    }
    Outcome acquire(const Node& node) const {
        const PoolLoss& loss = m_unknowns.pools[node.resource];
        Outcome outcome = failed(refusalOf(m_graph, m_model, node.resource), loss.refused);
        outcome.fail[std::size_t(Cause::WaitTimeout)] = loss.timedOut;
        outcome.success = std::max(0.0, 1 - loss.refused - loss.timedOut);
        overload(outcome, loss.carried);
        return outcome;
    }
    Outcome product(const Node& node) {
        Outcome total;
        for (std::uint32_t i = 0; i < node.edges; ++i) {
            edge(node, i) = total.passes();
            append(total, child(node, i));
        }
        return total;
    }
    Outcome mixture(const Node& node) {
        Outcome total;
        total.success = 0;
        double weights = 0, lost = 0;
        for (std::uint32_t i = 0; i < node.edges; ++i) {
            const double weight = m_graph.edges[node.firstEdge + i].weight;
            edge(node, i) = weight;
            if (weight == 0) continue;
            const Outcome& part = child(node, i);
            weights += weight;
            lost += weight * (1 - part.success);
            total.stuck += weight * part.stuck;
            total.never += weight * part.never;
            addScaled(total.fail, part.fail, weight);
        }
        if (!(weights > 0)) return failed(Cause::InstanceDown);
        total.success = std::max(0.0, 1 - lost); // as what is lost, so that nothing lost is exactly 1
        return total;
    }
    Outcome attempt(std::uint32_t n, const Node& node) {
        const auto& step = std::get<Attempt>(m_model.steps[node.step].body);
        const Outcome& body = child(node, 0);
        double failing = 0;
        for (std::size_t c = 0; c < kCauses; ++c)
            if (retries(step, Cause(c))) failing += body.fail[c];
        const Tries tries = triesOf(step, failing);
        m_outcomes.tries[n] = tries;
        edge(node, 0) = tries.expected;
        Outcome total;
        total.success = body.success * tries.expected;
        total.stuck = body.stuck * tries.expected;
        total.never = body.never * tries.expected;
        double givenUp = 0;
        for (std::size_t c = 0; c < kCauses; ++c) {
            const bool listed = retries(step, Cause(c));
            total.fail[c] = body.fail[c] * (listed ? tries.givenUp : tries.expected);
            if (listed) givenUp += total.fail[c];
        }
        if (node.edges < 2) return total;
        edge(node, 1) = givenUp;
        for (std::size_t c = 0; c < kCauses; ++c)
            if (retries(step, Cause(c))) total.fail[c] = 0;
        const Outcome& fallback = child(node, 1);
        total.success += givenUp * fallback.success;
        total.stuck += givenUp * fallback.stuck;
        total.never += givenUp * fallback.never;
        addScaled(total.fail, fallback.fail, givenUp);
        return total;
    }
    Outcome timeout(const Node& node) {
        const Late& late = m_unknowns.late[node.resource];
        const TimeoutPlan& plan = m_graph.timeouts[node.resource];
        const Outcome& body = child(node, 0);
        m_outcomes.busy[node.firstEdge] = late.executed;
        Outcome outcome;
        outcome.success = body.success * (1 - late.success);
        outcome.fail = body.fail;
        for (double& share : outcome.fail) share *= 1 - late.failure;
        outcome.fail[std::size_t(plan.cause)] +=
            body.success * late.success + body.failure() * late.failure + body.stuck + body.never;
        return outcome;
    }
    Outcome fork(const Node& node) {
        const ForkPlan& plan = m_graph.forks[node.resource];
        const Forked& forked = m_unknowns.forked[node.resource];
        const bool same = node.edges == 1;
        const std::uint32_t count = same ? plan.copies : node.edges;
        if (count == 0) return failed(Cause::InstanceDown);
        for (std::uint32_t i = 0; i < node.edges; ++i) {
            edge(node, i) = same ? plan.copies * forked.started : 1;
            m_outcomes.kept[node.firstEdge + i] = forked.executed;
        }
        const std::uint32_t need = std::min(plan.need == 0 ? count : plan.need, count);
        const auto branch = [&](std::uint32_t i) -> const Outcome& { return child(node, same ? 0 : i); };
        Outcome outcome;
        outcome.success = atLeast(count, need, [&](std::uint32_t i) { return branch(i).success; });
        const double passes = atLeast(count, need, [&](std::uint32_t i) { return branch(i).passes(); });
        const double open = atLeast(count, need, [&](std::uint32_t i) { return branch(i).passes() + branch(i).never; });
        outcome.stuck = std::max(0.0, passes - outcome.success);
        outcome.never = std::max(0.0, open - passes);
        ByCause causes{};
        for (std::uint32_t i = 0; i < count; ++i) addScaled(causes, branch(i).fail, 1);
        const double all = std::accumulate(causes.begin(), causes.end(), 0.0);
        if (all > 0) addScaled(outcome.fail, causes, std::max(0.0, 1 - open) / all);
        return outcome;
    }
    /// P(at least `need` of `count` independent events), by their number so far.
    template <class Chance> double atLeast(std::uint32_t count, std::uint32_t need, Chance chance) {
        m_done.assign(need + 1, 0);
        m_done[0] = 1;
        for (std::uint32_t i = 0; i < count; ++i) {
            const double p = std::min(1.0, chance(i));
            m_done[need] += m_done[need - 1] * p;
            for (std::uint32_t k = need - 1; k > 0; --k) m_done[k] += p * (m_done[k - 1] - m_done[k]);
            m_done[0] *= 1 - p;
        }
        return m_done[need];
    }
    Outcome spawn(const Node& node) {
        const SpawnPlan& plan = m_graph.spawns[node.resource];
        edge(node, 0) = node.amount;
        Outcome outcome;
        if (!plan.refusalFailsCaller) return outcome;
        outcome.fail = refusedFirst(m_graph, m_model, m_unknowns, m_graph.edges[node.firstEdge].child);
        outcome.success = std::max(0.0, 1 - outcome.failure());
        return outcome;
    }
    static bool retries(const Attempt& step, Cause cause) {
        return step.on.empty() || std::ranges::find(step.on, cause) != step.on.end();
    }

    const Graph& m_graph;
    const Model& m_model;
    const Unknowns& m_unknowns;
    Outcomes& m_outcomes;
    std::vector<double> m_done;
};

} // namespace

double Outcome::failure() const {
    return std::accumulate(fail.begin(), fail.end(), 0.0);
}

Tries triesOf(const Attempt& attempt, double failing) {
    const double most = attempt.maxAttempts;
    Tries tries;
    if (!(failing > 0) || attempt.maxAttempts <= 1) return tries;
    double again = std::min(1.0, failing); // chance of one more try
    if (attempt.budget && geometricSum(again, most) - 1 > *attempt.budget) {
        const double budget = *attempt.budget;
        std::uintmax_t rounds = 100;
        const auto over = [&](double q) { return geometricSum(q, most) - 1 - budget; };
        const auto close = [](double a, double b) { return b - a <= 1e-15; };
        const auto [low, high] =
            boost::math::tools::toms748_solve(over, 0.0, again, -budget, over(again), close, rounds);
        again = (low + high) / 2;
    }
    tries.onceMore = again;
    tries.again = again / failing;
    tries.expected = geometricSum(again, most);
    tries.givenUp = (1 - tries.again) * geometricSum(again, most - 1) + std::pow(again, most - 1);
    return tries;
}

void computeOutcomes(const Graph& graph, const Model& model, const Unknowns& unknowns, Outcomes& outcomes) {
    outcomes.node.resize(graph.nodes.size());
    outcomes.edge.assign(graph.edges.size(), 1);
    outcomes.kept.assign(graph.edges.size(), 1);
    outcomes.busy.assign(graph.edges.size(), 1);
    outcomes.tries.resize(graph.nodes.size());
    Walk walk(graph, model, unknowns, outcomes);
    for (std::uint32_t n = 0; n < graph.nodes.size(); ++n) outcomes.node[n] = walk.of(n);
}

ByCause refusedFirst(const Graph& graph, const Model& model, const Unknowns& unknowns, std::uint32_t n) {
    ByCause refused{};
    const Node& node = graph.nodes[n];
    switch (node.kind) {
    case NodeKind::Acquire:
        refused[std::size_t(refusalOf(graph, model, node.resource))] = unknowns.pools[node.resource].refused;
        break;
    case NodeKind::Limit: refused[std::size_t(Cause::Throttled)] = unknowns.throttled[node.resource]; break;
    case NodeKind::Product:
    case NodeKind::Attempt:
    case NodeKind::Timeout:
        if (node.edges > 0) return refusedFirst(graph, model, unknowns, graph.edges[node.firstEdge].child);
        break;
    case NodeKind::Mixture:
        for (const Edge& edge : graph.edgesOf(node))
            addScaled(refused, refusedFirst(graph, model, unknowns, edge.child), edge.weight);
        break;
    default: break;
    }
    return refused;
}

} // namespace plimsoll::flow
