#include "engine/solve/coupled_values.h"

#include "engine/distribution/distribution.h"
#include "engine/solve/composed_terms.h"
#include "engine/solve/expansion.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace plimsoll::flow {
namespace {

using distribution::Cumulants;

bool hasMoved(const Cumulants& now, const Cumulants& before, double threshold) {
    const auto moved = [&](double a, double b) {
        return std::abs(a - b) > threshold * std::max(std::abs(a), std::abs(b));
    };
    return moved(now.mean, before.mean) || moved(now.variance, before.variance);
}

Cumulants responseOf(const Visit& visit, const QueueFigures& queue) {
    if (queue.law == QueueFigures::NoWait) return visit.cumulants;
    if (queue.law != QueueFigures::Sharing) {
        const auto& [mean, variance, third] = visit.cumulants;
        const double k = queue.stretch;
        return queue.cumulants + Cumulants{k * mean, k * k * variance, k * k * k * third};
    }
    const Distribution demand = visit.factor == 1 ? *visit.law : distribution::scaled(*visit.law, visit.factor);
    return queueing::psResponseCumulants(queue.sharing, demand);
}

class Evaluation {
public:
    Evaluation(SolverState& state, const Solved& solved, Unknowns& next)
        : m_state(state), m_graph(state.graph), m_coupled(state.coupled), m_solved(solved), m_next(next) {}

    Timed of(std::uint32_t n) {
        const Node& node = m_graph.nodes[n];
        switch (node.kind) {
        case NodeKind::Nothing:
        case NodeKind::Spawn:
        case NodeKind::Fail: return atOnce(n);
        case NodeKind::Delay: return delay(node);
        case NodeKind::Serve: return serve(n, node);
        case NodeKind::Product: return product(node);
        case NodeKind::Power: return repeated(child(node, 0), node.amount);
        case NodeKind::Mixture: return mixture(node);
        case NodeKind::Acquire: return acquire(n, node);
        case NodeKind::Limit: return limit(n, node);
        case NodeKind::Attempt: return attempt(n, node);
        case NodeKind::Timeout: return timeout(n, node);
        case NodeKind::Fork: return fork(n, node);
        }
        return {};
    }

private:
    Timed child(const Node& node, std::uint32_t i) const {
        const Edge& edge = m_graph.edges[node.firstEdge + i];
        Timed timed = m_coupled.timed[edge.child];
        if (!edge.sameInstance) timed.value = withoutOwn(timed.value);
        return timed;
    }
    /// Ends as its outcome says, in no time.
    Timed atOnce(std::uint32_t n) const {
        Timed timed;
        const Outcome& outcome = m_coupled.outcomes.node[n];
        timed.value.success = outcome.success;
        timed.value.steady = !(outcome.stuck + outcome.never > 0);
        timed.fail = outcome.fail;
        return timed;
    }
    Timed delay(const Node& node) const {
        Timed timed;
        timed.cumulants = m_graph.visits[node.visit].cumulants;
        timed.value.mean = timed.cumulants.mean;
        return timed;
    }
    Timed serve(std::uint32_t n, const Node& node) {
        Timed timed = atOnce(n);
        if (!timed.value.steady || !(timed.value.success > 0)) return timed;
        const Visit& visit = m_graph.visits[node.visit];
        const QueueFigures& queue = m_coupled.figuresOf(visit, node.visit);
        Cumulants& response = m_state.responses[node.visit];
        const double mean = queue.wait + queue.stretch * visit.moments.first;
        if (queue.law != QueueFigures::Sharing || std::abs(mean - response.mean) > m_coupled.moved * mean)
            response = responseOf(visit, queue);
        response.mean = mean;
        timed.cumulants = response;
        timed.waited = std::max(0.0, mean - visit.moments.first);
        setMean(timed, node.own);
        return timed;
    }
    static void setMean(Timed& timed, bool own) {
        timed.value.mean = timed.cumulants.mean;
        if (!own) return;
        timed.value.own = timed.cumulants.mean;
        timed.value.ownVariance = timed.cumulants.variance;
    }
    Timed acquire(std::uint32_t n, const Node& node) const {
        Timed timed = atOnce(n);
        const PoolFigures& pool = m_coupled.pools[node.resource];
        const Pool& model = m_state.model.pools[m_graph.poolCells[m_graph.poolQueues[node.resource].cell].pool];
        if (model.maxWait) {
            const auto cause = std::size_t(Cause::WaitTimeout);
            const double wait = model.maxWait->count();
            timed.time[cause] = timed.fail[cause] * wait;
            timed.square[cause] = timed.time[cause] * wait;
            timed.value.failTime = timed.value.ownFail = timed.time[cause];
            timed.value.ownFailSquare = timed.square[cause];
        }
        if (!timed.value.steady) return timed;
        timed.cumulants = pool.law.cumulants;
        timed.cumulants.mean = timed.waited = pool.wait;
        setMean(timed, node.own);
        return timed;
    }
    Timed limit(std::uint32_t n, const Node& node) const {
        Timed timed = atOnce(n);
        if (!timed.value.steady) return timed;
        timed.cumulants = m_coupled.limiters[node.resource].wait.cumulants;
        timed.waited = timed.cumulants.mean;
        setMean(timed, node.own);
        return timed;
    }
    Timed product(const Node& node) const {
        Timed total;
        for (std::uint32_t i = 0; i < node.edges; ++i) append(total, child(node, i));
        return total;
    }
    static Timed repeated(Timed once, double count) {
        Timed total;
        for (auto left = std::uint64_t(std::min(count, 1e18)); left > 0; left /= 2) {
            if (left % 2 == 1) append(total, once);
            const Timed half = once;
            append(once, half);
        }
        return total;
    }
    Timed mixture(const Node& node) const {
        double weights = 0;
        std::vector<std::pair<double, Timed>> parts;
        for (std::uint32_t i = 0; i < node.edges; ++i) {
            const double weight = m_graph.edges[node.firstEdge + i].weight;
            if (weight == 0) continue;
            weights += weight;
            parts.emplace_back(weight, child(node, i));
        }
        if (weights > 0) return mixed(parts);
        Timed nobody;
        nobody.value.success = 0;
        nobody.fail[std::size_t(Cause::InstanceDown)] = 1;
        return nobody;
    }
    Timed attempt(std::uint32_t n, const Node& node) const {
        const auto& step = std::get<Attempt>(m_state.model.steps[node.step].body);
        std::optional<Timed> fallback;
        if (node.edges > 1) fallback = child(node, 1);
        return attempted(step, m_coupled.outcomes.tries[n], child(node, 0), fallback);
    }
    Timed timeout(std::uint32_t n, const Node& node) {
        const TimeoutPlan& plan = m_graph.timeouts[node.resource];
        CutFigures& cut = m_coupled.cuts[node.resource];
        Late& late = m_next.late[node.resource];
        const std::uint32_t below = m_graph.edges[node.firstEdge].child;
        Timed timed = child(node, 0);
        if (!(timed.value.success > 0)) {
            late = {1, late.failure, 1};
        } else if (hasMoved(timed.cumulants, cut.basis, m_coupled.moved)) {
            cut.basis = timed.cumulants;
            cut.late = cutOff(below, plan.after_s, cut);
        }
        if (timed.value.success > 0) late.success = plan.cancel ? relieved(cut.late, timed) : cut.late;
        const Outcome& outcome = m_coupled.outcomes.node[n];
        late.failure = lateFailure(timed, plan.after_s);
        late.executed = plan.cancel ? 1 - late.success : 1;
        if (cut.matters && timed.cumulants.mean > 0) {
            timed.value.own *= cut.cumulants.mean / timed.cumulants.mean;
            timed.waited *= cut.cumulants.mean / timed.cumulants.mean;
            timed.cumulants = cut.cumulants;
        }
        timed.value.mean = timed.cumulants.mean;
        const auto cause = std::size_t(plan.cause);
        for (std::size_t c = 0; c < kCauses; ++c) {
            const double kept = timed.fail[c] > 0 ? outcome.fail[c] / timed.fail[c] : 0;
            if (c == cause) continue;
            timed.time[c] = std::min(timed.time[c] * kept, outcome.fail[c] * plan.after_s);
            timed.square[c] = std::min(timed.square[c] * kept, timed.time[c] * plan.after_s);
        }
        timed.time[cause] = outcome.fail[cause] * plan.after_s;
        timed.square[cause] = timed.time[cause] * plan.after_s;
        timed.fail = outcome.fail;
        timed.value.success = outcome.success;
        timed.value.steady = true;
        timed.value.failTime = std::accumulate(timed.time.begin(), timed.time.end(), 0.0);
        return timed;
    }
    /// Share of the successes that come after `after_s`; the law of those in time into `cut`.
    double cutOff(std::uint32_t below, double after_s, CutFigures& cut) {
        constexpr double kNever = 1e-12;
        const Cumulants& body = m_state.cumulants[below];
        const double guess = distribution::survival(distribution::shiftedGamma(body), after_s);
        cut.matters = false;
        cut.cumulants = body;
        if (body.variance == 0) return body.mean > after_s ? 1 : 0;
        if (guess < kNever && after_s > 4 * body.mean) return guess;
        PathTerm term;
        term.kind = PathTerm::Cut;
        term.number = after_s;
        term.laws = expandNode(m_state, m_solved, below);
        term.late = pathSurvival(term.laws, after_s);
        if (!(term.late < 1)) return 1;
        if (!(term.late > kNever)) return term.late;
        tabulate(term.laws, body.mean);
        std::vector<double> breaks;
        for (const PathLaw& law : term.laws) breaks.push_back(law.constant);
        cut.matters = true;
        cut.cumulants = cumulantsFrom([&](double t) { return composedSurvival(term, t); }, std::min(body.mean, after_s),
                                      after_s, breaks);
        return term.late;
    }
    /// By the gamma of the failures' first two moments.
    static double lateFailure(const Timed& timed, double after_s) {
        double share = 0, time = 0, square = 0;
        for (std::size_t c = 0; c < kCauses; ++c) {
            share += timed.fail[c];
            time += timed.time[c];
            square += timed.square[c];
        }
        if (!(share > 0)) return 0;
        const double mean = time / share, variance = std::max(0.0, square / share - mean * mean);
        return distribution::survival(distribution::shiftedGamma({mean, variance, 0}), after_s);
    }
    /// What is cancelled relieves the queue: no work beyond the limit waits, and the rest keeps its law. Exact for one
    /// M/M/1 in the body, where P(wait > limit) = waited share x P(time > limit); taken so everywhere.
    static double relieved(double late, const Timed& timed) {
        const double waited = timed.cumulants.mean > 0 ? std::min(1.0, timed.waited / timed.cumulants.mean) : 0;
        return late * (1 - waited) / (1 - waited * late);
    }
    Timed fork(std::uint32_t n, const Node& node) {
        ForkFigures& figures = m_coupled.forks[node.resource];
        Timed timed = atOnce(n);
        Cumulants below;
        double own = 0, waited = 0;
        bool steady = true;
        for (std::uint32_t i = 0; i < node.edges; ++i) {
            const Timed part = child(node, i);
            below += part.cumulants;
            own += part.value.own;
            waited += part.waited;
            steady = steady && part.value.steady;
            for (std::size_t c = 0; c < kCauses; ++c) timed.time[c] += part.time[c];
        }
        timed.value.steady = steady || !(m_coupled.outcomes.node[n].stuck + m_coupled.outcomes.node[n].never > 0);
        // A failure ends the whole about when the branch that fails does.
        const double failures = std::accumulate(timed.time.begin(), timed.time.end(), 0.0);
        if (failures > 0) scaleFailures(node, timed);
        if (!timed.value.steady || !(timed.value.success > 0)) return timed;
        if (hasMoved(below, figures.basis, m_coupled.moved)) {
            figures.basis = below;
            figures.waited = below.mean > 0 ? std::min(1.0, waited / below.mean) : 0;
            compose(node, figures, m_next.forked[node.resource]);
        }
        timed.cumulants = figures.cumulants;
        timed.value.mean = figures.cumulants.mean;
        timed.waited = figures.waited * figures.cumulants.mean;
        timed.value.own = below.mean > 0 ? figures.cumulants.mean * std::min(1.0, own / below.mean) : 0;
        return timed;
    }
    void scaleFailures(const Node& node, Timed& timed) const {
        ByCause share{};
        for (std::uint32_t i = 0; i < node.edges; ++i) {
            const Timed part = child(node, i);
            for (std::size_t c = 0; c < kCauses; ++c) share[c] += part.fail[c];
        }
        timed.value.failTime = 0;
        for (std::size_t c = 0; c < kCauses; ++c) {
            timed.time[c] = share[c] > 0 ? timed.fail[c] * timed.time[c] / share[c] : 0;
            timed.square[c] = timed.fail[c] > 0 ? timed.time[c] * timed.time[c] / timed.fail[c] : 0;
            timed.value.failTime += timed.time[c];
        }
    }
    void compose(const Node& node, ForkFigures& figures, Forked& forked) {
        const ForkPlan& plan = m_graph.forks[node.resource];
        PathTerm term = forkTerm(m_state, m_solved, m_graph.forks[node.resource].node);
        for (std::size_t i = 0; i < term.branches.size(); ++i)
            tabulate(term.branches[i], m_state.cumulants[m_graph.edges[node.firstEdge + i].child].mean);
        const auto survival = [&](double t) { return composedSurvival(term, t); };
        std::vector<double> breaks;
        double largest = 0;
        for (const auto& branch : term.branches)
            for (const PathLaw& law : branch)
                for (std::uint32_t i = 0; i < (term.stagger > 0 ? std::min(term.count, 8u) : 1u); ++i)
                    breaks.push_back(law.constant + term.stagger * i - term.shift);
        for (const Edge& edge : m_graph.edgesOf(node)) largest = std::max(largest, m_state.cumulants[edge.child].mean);
        const double scale = std::max(largest - term.shift, largest * 1e-3);
        figures.cumulants = cumulantsFrom(survival, scale, std::numeric_limits<double>::infinity(), breaks);
        figures.cumulants.mean += term.shift;
        forked.started = startedShare(term, plan);
        forked.executed = plan.cancel ? executedShare(term, figures.cumulants.mean, scale) : 1;
    }
    /// Copy i starts if fewer than `need` have ended after i staggers.
    static double startedShare(const PathTerm& term, const ForkPlan& plan) {
        if (!plan.stagger_s || term.count < 2) return 1;
        double started = 1;
        PathTerm before = term;
        for (std::uint32_t i = 1; i < term.count; ++i) {
            before.count = i;
            started += before.count < term.need ? 1 : composedSurvival(before, term.stagger * i - term.shift);
        }
        return started / term.count;
    }
    /// Mean time that a branch runs until it or the whole ends, over its mean: independence of both is assumed.
    static double executedShare(const PathTerm& term, double whole, double scale) {
        double run = 0, all = 0;
        for (const auto& branch : term.branches) {
            const auto alone = [&](double t) { return pathSurvival(branch, t); };
            const auto both = [&](double t) { return std::min(alone(t), composedSurvival(term, t - term.shift)); };
            const double infinity = std::numeric_limits<double>::infinity();
            run += cumulantsFrom(both, scale, infinity, {}).mean;
            all += cumulantsFrom(alone, scale, infinity, {}).mean;
        }
        return all > 0 ? std::clamp(std::min(run, whole * double(term.branches.size())) / all, 0.0, 1.0) : 1;
    }

    SolverState& m_state;
    const Graph& m_graph;
    Coupled& m_coupled;
    const Solved& m_solved;
    Unknowns& m_next;
};

} // namespace

void computeCoupledValues(SolverState& state, const Solved& solved, Unknowns& next) {
    state.values.resize(state.graph.nodes.size());
    state.cumulants.resize(state.graph.nodes.size());
    state.responses.resize(state.graph.visits.size());
    state.coupled.timed.resize(state.graph.nodes.size());
    Evaluation evaluation(state, solved, next);
    for (std::uint32_t n = 0; n < state.graph.nodes.size(); ++n) {
        Timed timed = evaluation.of(n);
        timed.value.success = state.coupled.outcomes.node[n].success;
        state.values[n] = timed.value;
        state.cumulants[n] = timed.cumulants;
        state.coupled.timed[n] = timed;
    }
}

} // namespace plimsoll::flow
