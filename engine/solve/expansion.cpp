#include "engine/solve/expansion.h"

#include "engine/queueing/mmc.h"
#include "engine/solve/leaf_terms.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::flow {
namespace {

using distribution::Cumulants;

/// theory/networks.md 6: eps between 0.01 and 0.05 is flat. Short paths are kept whole: sums of ten stations are wanted
/// to 1e-4.
constexpr double kPrune = 0.02;
constexpr std::uint32_t kKeepAll = 16;
constexpr std::size_t kBranches = 8;
/// Repeats up to this count are unrolled into their copies.
constexpr double kUnrolled = 4;
/// Failed tries that are kept one by one.
constexpr std::uint32_t kTriesKept = 3;
/// Branches inside branches that are kept as alternatives; deeper ones are lumped.
constexpr int kDepth = 4;
/// Below this squared coefficient of variation (constants aside) a sum is its gamma (step 5).
constexpr double kNarrow = 0.01;

/// Failed tries of an Attempt, with the pauses after them.
struct Tried {
    std::uint32_t attempt = 0, count = 0;
};
/// A branch under construction: independent parts whose sum it is, given the choices taken so far.
struct Draft {
    double weight = 1;
    std::vector<std::uint32_t> nodes;
    std::vector<Tried> tried;
};
/// How an Attempt succeeds: after so many failed tries, in its body or its fallback.
struct Ending {
    double share = 1; // of its successes
    std::uint32_t failed = 0, child = 0;
};

class Expander {
public:
    Expander(const SolverState& state, const Solved& solved)
        : m_state(state), m_solved(solved), m_graph(state.graph), m_leaf(state, solved) {}

    std::vector<PathLaw> branchesOf(std::uint32_t root) {
        m_prune = m_state.leaves[root] <= kKeepAll ? 0 : kPrune;
        std::vector<Draft> drafts{{1, {root}, {}}};
        refine(drafts[0].nodes, totalOf(drafts[0].nodes), 1);
        while (splitOne(drafts)) {}
        std::vector<PathLaw> laws;
        for (const Draft& draft : drafts) {
            const Cumulants total = totalOf(draft);
            laws.push_back(lawOf(draft, total, 1, 0));
            laws.back().weight = draft.weight;
            shortcut(laws.back(), total);
        }
        return laws;
    }

    PathTerm forkTerm(std::uint32_t n) const {
        const Node& node = m_graph.nodes[n];
        const ForkPlan& plan = m_graph.forks[node.resource];
        PathTerm term;
        term.kind = PathTerm::Slowest;
        term.count = node.edges == 1 ? plan.copies : node.edges;
        term.need = std::min(plan.need == 0 ? term.count : plan.need, term.count);
        term.stagger = plan.stagger_s.value_or(0);
        std::vector<double> starts;
        for (const Edge& edge : m_graph.edgesOf(node)) {
            term.branches.push_back(Expander(m_state, m_solved).branchesOf(edge.child));
            term.chances.push_back(m_state.values[edge.child].success);
            double start = std::numeric_limits<double>::infinity();
            for (const PathLaw& law : term.branches.back()) start = std::min(start, law.constant);
            for (std::uint32_t i = 0; i < (node.edges == 1 ? term.count : 1); ++i)
                starts.push_back(start + i * term.stagger);
        }
        std::ranges::sort(starts);
        term.shift = starts[term.need - 1]; // no earlier end is possible
        if (term.count > 1 && term.stagger == 0) term.together = association(term.count, n);
        return term;
    }
    /// Branches that wait in queues of the same arrivals are positively associated. The weight of "all take as long"
    /// that gives the mean of Nelson and Tantawi 1988 for equal single servers (exact for two), at a utilisation that
    /// is the share of waiting in the branches' time, as it is in M/M/1.
    double association(std::uint32_t count, std::uint32_t n) const {
        constexpr double kEuler = 0.57721566490153286;
        const double busy = m_state.coupled.forks[m_graph.nodes[n].resource].waited;
        double harmonic = std::log(double(count)) + kEuler + 0.5 / count;
        if (count < 50) {
            harmonic = 0;
            for (std::uint32_t i = 1; i <= count; ++i) harmonic += 1.0 / i;
        }
        const double mean = (harmonic / 1.5 + (1 - harmonic / 1.5) * 4 * busy / 11) * (12 - busy) / 8;
        return std::clamp((harmonic - mean) / (harmonic - 1), 0.0, 1.0);
    }

private:
    Cumulants totalOf(std::span<const std::uint32_t> nodes) const {
        Cumulants total;
        for (std::uint32_t n : nodes) total += m_state.cumulants[n];
        return total;
    }
    Cumulants totalOf(const Draft& draft) const {
        Cumulants total = totalOf(draft.nodes);
        for (const Tried& tried : draft.tried) total += cumulantsOf(tried);
        return total;
    }
    const Attempt& attemptOf(std::uint32_t n) const {
        return std::get<Attempt>(m_state.model.steps[m_graph.nodes[n].step].body);
    }
    Cumulants cumulantsOf(const Tried& tried) const {
        const Attempt& step = attemptOf(tried.attempt);
        const std::uint32_t body = m_graph.edges[m_graph.nodes[tried.attempt].firstEdge].child;
        return double(tried.count) * failedTry(step, m_state.coupled.timed[body]) + pauses(step, tried.count);
    }
    std::vector<Ending> endingsOf(std::uint32_t n) const {
        const Node& node = m_graph.nodes[n];
        const Tries& tries = m_state.coupled.outcomes.tries[n];
        const std::uint32_t body = m_graph.edges[node.firstEdge].child, most = attemptOf(n).maxAttempts;
        const double all = m_state.values[n].success, each = m_state.values[body].success;
        std::vector<Ending> endings;
        double chance = 1;
        for (std::uint32_t j = 0; j < most && chance > kRareTry && all > 0; ++j) {
            endings.push_back({chance * each / all, j, body});
            chance *= tries.onceMore;
        }
        if (node.edges < 2 || !(all > 0)) return endings;
        const std::uint32_t fallback = m_graph.edges[node.firstEdge + 1].child;
        const double reached = m_state.coupled.outcomes.edge[node.firstEdge + 1];
        endings.push_back({reached * m_state.values[fallback].success / all, most, fallback});
        return endings;
    }
    bool matters(std::uint32_t n, const Cumulants& total, double weight) const {
        const Cumulants& c = m_state.cumulants[n];
        return weight * c.variance > m_prune * total.variance || weight * c.third > m_prune * total.third;
    }
    /// Opens sequences that matter until what matters is a leaf, a mixture or a long repeat.
    void refine(std::vector<std::uint32_t>& nodes, const Cumulants& total, double weight) const {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            const std::uint32_t n = nodes[i];
            const Node& node = m_graph.nodes[n];
            if (!matters(n, total, weight)) {
                nodes[kept++] = n;
                continue;
            }
            const bool unrolls = node.kind == NodeKind::Power && node.amount <= kUnrolled;
            if (node.kind != NodeKind::Product && !unrolls && !onlyChild(node) && !seesThrough(n)) {
                nodes[kept++] = n;
                continue;
            }
            const int copies = unrolls ? int(node.amount) : 1;
            for (const Edge& edge : m_graph.edgesOf(node)) {
                if (node.kind != NodeKind::Mixture || edge.weight > 0)
                    nodes.insert(nodes.end(), std::size_t(copies), edge.child);
                if (node.kind == NodeKind::Attempt) break; // its first try
            }
        }
        nodes.resize(kept);
    }
    /// A timeout that never strikes, an attempt that needs one try.
    bool seesThrough(std::uint32_t n) const {
        const Node& node = m_graph.nodes[n];
        if (node.kind == NodeKind::Timeout) return !m_state.coupled.cuts[node.resource].matters;
        if (node.kind != NodeKind::Attempt) return false;
        const double all = m_state.values[n].success;
        const std::uint32_t body = m_graph.edges[node.firstEdge].child;
        return all > 0 && m_state.values[body].success >= all * (1 - kRareTry);
    }
    bool onlyChild(const Node& node) const {
        if (node.kind != NodeKind::Mixture) return false;
        return std::ranges::count_if(m_graph.edgesOf(node), [](const Edge& edge) { return edge.weight > 0; }) == 1;
    }
    /// Share of the successes of `node` that took this branch.
    double shareOf(std::uint32_t node, const Edge& edge) const {
        const double all = m_state.values[node].success;
        return all > 0 ? edge.weight * m_state.values[edge.child].success / all : 0;
    }
    double spreadOfMeans(std::uint32_t n) const {
        double sum = 0;
        if (m_graph.nodes[n].kind == NodeKind::Attempt) {
            for (const Ending& ending : endingsOf(n)) {
                const double off = m_state.cumulants[ending.child].mean + cumulantsOf(Tried{n, ending.failed}).mean -
                                   m_state.cumulants[n].mean;
                sum += ending.share * off * off;
            }
            return sum;
        }
        for (const Edge& edge : m_graph.edgesOf(m_graph.nodes[n])) {
            const double off = m_state.cumulants[edge.child].mean - m_state.cumulants[n].mean;
            sum += shareOf(n, edge) * off * off;
        }
        return sum;
    }
    /// Splits the mixture that spreads the means most, if there is room for its branches.
    bool splitOne(std::vector<Draft>& drafts) const {
        double best = 0;
        std::size_t bestDraft = 0, bestPlace = 0;
        for (std::size_t d = 0; d < drafts.size(); ++d) {
            const Cumulants total = totalOf(drafts[d]);
            for (std::size_t i = 0; i < drafts[d].nodes.size(); ++i) {
                const std::uint32_t n = drafts[d].nodes[i];
                if (drafts.size() + waysOf(n) - 1 > kBranches || waysOf(n) == 0) continue;
                if (!matters(n, total, 1)) continue;
                const double score = drafts[d].weight * spreadOfMeans(n);
                if (score <= best) continue;
                best = score;
                bestDraft = d;
                bestPlace = i;
            }
        }
        if (!(best > 0)) return false;
        split(drafts, bestDraft, bestPlace);
        return true;
    }
    /// Branches that splitting this node makes; 0: it cannot be split.
    std::size_t waysOf(std::uint32_t n) const {
        const Node& node = m_graph.nodes[n];
        if (node.kind == NodeKind::Mixture) return node.edges;
        if (node.kind == NodeKind::Attempt) return endingsOf(n).size();
        return 0;
    }
    void split(std::vector<Draft>& drafts, std::size_t d, std::size_t place) const {
        const Draft whole = std::move(drafts[d]);
        drafts.erase(drafts.begin() + std::ptrdiff_t(d));
        const std::uint32_t mixture = whole.nodes[place];
        if (m_graph.nodes[mixture].kind == NodeKind::Attempt) {
            for (const Ending& ending : endingsOf(mixture)) {
                if (!(ending.share > 0)) continue;
                Draft draft = whole;
                draft.weight *= ending.share;
                draft.nodes[place] = ending.child;
                if (ending.failed > 0) draft.tried.push_back({mixture, ending.failed});
                refine(draft.nodes, totalOf(draft), 1);
                drafts.push_back(std::move(draft));
            }
            return;
        }
        for (const Edge& edge : m_graph.edgesOf(m_graph.nodes[mixture])) {
            const double share = shareOf(mixture, edge);
            if (!(share > 0)) continue;
            Draft draft = whole;
            draft.weight *= share;
            draft.nodes[place] = edge.child;
            refine(draft.nodes, totalOf(draft), 1);
            drafts.push_back(std::move(draft));
        }
    }
    /// The product of refined nodes; what does not matter becomes one shifted gamma.
    PathLaw lawOf(const Draft& draft, const Cumulants& total, double weight, int depth) {
        PathLaw law;
        Cumulants rest;
        addNodes(law, rest, draft.nodes, total, weight, depth);
        for (const Tried& tried : draft.tried) addTried(law, rest, tried, total, weight, depth);
        addPhases(law, {lump(rest)});
        const bool alone = depth == 0 && law.terms.size() == 1;
        for (PathTerm& term : law.terms)
            if (!alone && (term.kind == PathTerm::Cut || term.kind == PathTerm::Slowest) && !term.table) tabulate(term);
        return law;
    }
    void addNodes(PathLaw& law, Cumulants& rest, std::span<const std::uint32_t> nodes, const Cumulants& total,
                  double weight, int depth) {
        for (std::uint32_t n : nodes) {
            if (m_state.cumulants[n].variance > 0 && matters(n, total, weight))
                addTerm(law, rest, n, total, weight, depth);
            else
                addLumped(law, rest, m_state.cumulants[n]);
        }
    }
    void addTried(PathLaw& law, Cumulants& rest, const Tried& tried, const Cumulants& total, double weight, int depth) {
        const Attempt& step = attemptOf(tried.attempt);
        const std::uint32_t body = m_graph.edges[m_graph.nodes[tried.attempt].firstEdge].child;
        for (std::uint32_t i = 0; i < std::min(tried.count, kTriesKept); ++i)
            addFailure(law, rest, body, step, total, weight, depth);
        if (tried.count > kTriesKept)
            addLumped(law, rest, double(tried.count - kTriesKept) * failedTry(step, m_state.coupled.timed[body]));
        addLumped(law, rest, pauses(step, tried.count));
    }
    /// The time until this node fails with a cause that `step` tries again: part by part where only one part can, the
    /// gamma of its first two moments otherwise.
    void addFailure(PathLaw& law, Cumulants& rest, std::uint32_t n, const Attempt& step, const Cumulants& total,
                    double weight, int depth) {
        const Node& node = m_graph.nodes[n];
        const auto fails = [&](std::uint32_t child) {
            const ByCause& fail = m_state.coupled.timed[child].fail;
            for (std::size_t c = 0; c < kCauses; ++c)
                if (fail[c] > 0 && isRetried(step, Cause(c))) return true;
            return false;
        };
        const auto failing = std::ranges::count_if(m_graph.edgesOf(node), fails, &Edge::child);
        if (node.kind == NodeKind::Product && failing == 1) {
            for (const Edge& edge : m_graph.edgesOf(node)) {
                if (fails(edge.child)) return addFailure(law, rest, edge.child, step, total, weight, depth);
                std::vector<std::uint32_t> nodes{edge.child};
                refine(nodes, total, weight);
                addNodes(law, rest, nodes, total, weight, depth);
            }
        }
        if (onlyChild(node)) {
            for (const Edge& edge : m_graph.edgesOf(node))
                if (edge.weight > 0) return addFailure(law, rest, edge.child, step, total, weight, depth);
        }
        addLumped(law, rest, failedTry(step, m_state.coupled.timed[n]));
    }
    static void tabulate(PathTerm& term) {
        const double end =
            term.kind == PathTerm::Cut ? term.number - term.shift : std::numeric_limits<double>::infinity();
        double scale = term.scale > 0 ? term.scale : end;
        term.table =
            std::make_shared<const SurvivalTable>([&](double t) { return composedSurvival(term, t); }, scale, end);
    }
    PathTerm cutTerm(std::uint32_t n) const {
        const Node& node = m_graph.nodes[n];
        PathTerm term;
        term.kind = PathTerm::Cut;
        term.number = m_graph.timeouts[node.resource].after_s;
        term.laws = Expander(m_state, m_solved).branchesOf(m_graph.edges[node.firstEdge].child);
        term.shift = std::numeric_limits<double>::infinity();
        for (const PathLaw& law : term.laws) term.shift = std::min(term.shift, law.constant);
        term.late = pathSurvival(term.laws, term.number);
        return term;
    }
    /// One shifted gamma with the cumulants. A large shape is rounded, mean and variance kept: a whole one is a power,
    /// at a fraction of the cost, and moves the lump's third cumulant by 3 % at most.
    static Phase lump(const Cumulants& rest) {
        constexpr double kRounded = 8;
        Phase gamma = distribution::shiftedGamma(rest);
        const double whole = std::round(gamma.shape), scale = std::sqrt(rest.variance / whole);
        const double offset = rest.mean - whole * scale;
        if (gamma.scale.count() == 0 || gamma.shape < kRounded || offset < 0) return gamma;
        return {.weight = {1}, .offset = Seconds{offset}, .shape = whole, .scale = Seconds{scale}};
    }
    static void addLumped(PathLaw& law, Cumulants& rest, const Cumulants& part) {
        if (part.variance > 0)
            rest += part;
        else
            law.constant += part.mean;
    }
    void addTerm(PathLaw& law, Cumulants& rest, std::uint32_t n, const Cumulants& total, double weight, int depth) {
        const Node& node = m_graph.nodes[n];
        if (node.visit != kNone) return m_leaf.add(law, node.visit, m_state.cumulants[n].variance == total.variance);
        if (node.kind == NodeKind::Acquire || node.kind == NodeKind::Limit) return m_leaf.addWaiting(law, node);
        const bool power = node.kind == NodeKind::Power;
        if (depth == kDepth || node.kind == NodeKind::Nothing || node.kind == NodeKind::Fail) {
            rest += m_state.cumulants[n];
            return;
        }
        if (node.kind == NodeKind::Timeout || node.kind == NodeKind::Fork) {
            PathTerm term = node.kind == NodeKind::Fork ? forkTerm(n) : cutTerm(n);
            term.scale = std::max(m_state.cumulants[n].mean - term.shift, 1e-3 * m_state.cumulants[n].mean);
            law.constant += term.shift;
            law.terms.push_back(std::move(term));
            return;
        }
        if (node.kind == NodeKind::Attempt) return addAttempt(law, n, total, weight, depth);
        PathTerm term;
        term.kind = power ? PathTerm::Power : PathTerm::Alternatives;
        term.number = node.amount;
        for (const Edge& edge : m_graph.edgesOf(node)) {
            const double share = power ? 1 : shareOf(n, edge);
            if (!(share > 0)) continue;
            const double childWeight = weight * (power ? node.amount : share);
            Draft draft{1, {edge.child}, {}};
            refine(draft.nodes, total, childWeight);
            term.laws.push_back(lawOf(draft, total, childWeight, depth + 1));
            term.laws.back().weight = share;
        }
        law.terms.push_back(std::move(term));
    }
    void addAttempt(PathLaw& law, std::uint32_t n, const Cumulants& total, double weight, int depth) {
        PathTerm term;
        term.kind = PathTerm::Alternatives;
        for (const Ending& ending : endingsOf(n)) {
            Draft draft{1, {ending.child}, {}};
            if (ending.failed > 0) draft.tried.push_back({n, ending.failed});
            refine(draft.nodes, total, weight * ending.share);
            term.laws.push_back(lawOf(draft, total, weight * ending.share, depth + 1));
            term.laws.back().weight = ending.share;
        }
        law.terms.push_back(std::move(term));
    }
    void shortcut(PathLaw& law, const Cumulants& total) const {
        if (law.terms.empty() || (law.terms.size() == 1 && law.terms[0].kind != PathTerm::Power)) return;
        Cumulants random = total;
        random.mean -= law.constant;
        const Phase gamma = distribution::shiftedGamma(random);
        const double spread = random.mean - gamma.offset.count();
        if (random.variance < kNarrow * spread * spread) law.direct = gamma;
    }

    const SolverState& m_state;
    const Solved& m_solved;
    const Graph& m_graph;
    LeafTerms m_leaf;
    double m_prune = kPrune;
};

} // namespace

std::vector<PathLaw> expandClass(const SolverState& state, const Solved& solved, std::uint32_t cls) {
    return expandNode(state, solved, state.graph.root[cls]);
}

std::vector<PathLaw> expandNode(const SolverState& state, const Solved& solved, std::uint32_t node) {
    return Expander(state, solved).branchesOf(node);
}

PathTerm forkTerm(const SolverState& state, const Solved& solved, std::uint32_t node) {
    return Expander(state, solved).forkTerm(node);
}

void countLeaves(SolverState& state) {
    state.leaves.assign(state.graph.nodes.size(), 0);
    for (std::size_t n = 0; n < state.graph.nodes.size(); ++n) {
        const Node& node = state.graph.nodes[n];
        double count = node.visit != kNone ? 1 : 0;
        for (const Edge& edge : state.graph.edgesOf(node)) count += state.leaves[edge.child];
        if (node.kind == NodeKind::Power) count *= node.amount;
        state.leaves[n] = std::uint32_t(std::min(count, double(kManyLeaves)));
    }
}

} // namespace plimsoll::flow
