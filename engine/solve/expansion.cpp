#include "engine/solve/expansion.h"

#include "engine/queueing/mmc.h"
#include "engine/solve/composed_terms.h"
#include "engine/solve/endings.h"
#include "engine/solve/leaf_terms.h"
#include "engine/solve/revisits.h"

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

/// A branch under construction: independent parts whose sum it is, given the choices taken so far.
struct Draft {
    double weight = 1;
    std::vector<std::uint32_t> nodes;
    std::vector<Tried> tried;
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
            shortcut(laws.back(), widened(total, std::span(&laws.back(), 1)));
            laws.back().weight = draft.weight;
        }
        return laws;
    }

private:
    Cumulants totalOf(std::span<const std::uint32_t> nodes) const {
        Cumulants total;
        for (std::uint32_t n : nodes) total += m_state.cumulants[n];
        return total;
    }
    Cumulants totalOf(const Draft& draft) const {
        Cumulants total = totalOf(draft.nodes);
        for (const Tried& tried : draft.tried) total += cumulantsOf(m_state, tried);
        return total;
    }
    bool matters(std::uint32_t n, const Cumulants& total, double weight) const {
        const Cumulants& c = m_state.cumulants[n];
        return weight * c.variance > m_prune * total.variance || weight * c.third > m_prune * total.third;
    }
    /// Opens sequences that matter until what matters is a leaf, a mixture or a long repeat; the order stays.
    void refine(std::vector<std::uint32_t>& nodes, const Cumulants& total, double weight) const {
        std::vector<std::uint32_t> waiting(nodes.rbegin(), nodes.rend()); // the next one last
        nodes.clear();
        while (!waiting.empty()) {
            const std::uint32_t n = waiting.back();
            waiting.pop_back();
            const Node& node = m_graph.nodes[n];
            const bool unrolls = node.kind == NodeKind::Power && node.amount <= kUnrolled;
            const bool opens = node.kind == NodeKind::Product || unrolls || onlyChild(node) || seesThrough(n);
            if (!opens || !matters(n, total, weight)) {
                nodes.push_back(n);
                continue;
            }
            const int copies = unrolls ? int(node.amount) : 1;
            const auto edges = m_graph.edgesOf(node);
            // Of an Attempt, its first try alone.
            for (std::size_t e = node.kind == NodeKind::Attempt ? 1 : edges.size(); e-- > 0;)
                if (node.kind != NodeKind::Mixture || edges[e].weight > 0)
                    waiting.insert(waiting.end(), std::size_t(copies), edges[e].child);
        }
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
            for (const Ending& ending : endingsOf(m_state, n)) {
                const double off = m_state.cumulants[ending.child].mean +
                                   cumulantsOf(m_state, Tried{n, ending.failed}).mean - m_state.cumulants[n].mean;
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
        if (node.kind == NodeKind::Attempt) return endingsOf(m_state, n).size();
        return 0;
    }
    void split(std::vector<Draft>& drafts, std::size_t d, std::size_t place) const {
        const Draft whole = std::move(drafts[d]);
        drafts.erase(drafts.begin() + std::ptrdiff_t(d));
        const std::uint32_t mixture = whole.nodes[place];
        if (m_graph.nodes[mixture].kind == NodeKind::Attempt) {
            for (const Ending& ending : endingsOf(m_state, mixture)) {
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
        const auto mattering = [&](std::uint32_t n) {
            return m_state.cumulants[n].variance > 0 && matters(n, total, weight);
        };
        std::vector<bool> done(nodes.size(), false);
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            if (done[i]) continue;
            if (!mattering(nodes[i])) {
                addLumped(law, rest, m_state.cumulants[nodes[i]]);
                continue;
            }
            std::vector<std::size_t> same{i};
            for (std::size_t j = i + 1; j < nodes.size(); ++j)
                if (meetAgain(nodes[i], nodes[j]) && mattering(nodes[j])) same.push_back(j);
            if (same.size() == 1) {
                addTerm(law, rest, nodes[i], total, weight, depth);
                continue;
            }
            for (const std::size_t j : same) done[j] = true;
            auto term =
                revisitTerm(m_state, m_solved, m_leaf, revisitsOf(nodes, same), m_prune * total.variance, law.excess);
            if (term)
                law.terms.push_back(std::move(*term));
            else
                for (const std::size_t j : same) addTerm(law, rest, nodes[j], total, weight, depth);
        }
    }
    /// Two visits to one queue.
    bool meetAgain(std::uint32_t a, std::uint32_t b) const {
        const auto visitOf = [&](std::uint32_t n) { return m_graph.nodes[n].visit; };
        if (visitOf(a) == kNone || visitOf(b) == kNone) return false;
        const Visit &first = m_graph.visits[visitOf(a)], &next = m_graph.visits[visitOf(b)];
        return first.cell == next.cell && first.queue == next.queue && isRevisitable(m_state, visitOf(a)) &&
               isRevisitable(m_state, visitOf(b));
    }
    Revisits revisitsOf(std::span<const std::uint32_t> nodes, std::span<const std::size_t> places) const {
        Revisits revisits;
        double between = 0;
        for (std::size_t i = places.front(); i < places.back(); ++i) between += m_state.cumulants[nodes[i]].mean;
        for (const std::size_t place : places) {
            revisits.visits.push_back(m_graph.nodes[nodes[place]].visit);
            if (place < places.back()) between -= m_state.cumulants[nodes[place]].mean;
        }
        revisits.gap_s = std::max(0.0, between) / double(places.size() - 1);
        return revisits;
    }
    void addTried(PathLaw& law, Cumulants& rest, const Tried& tried, const Cumulants& total, double weight, int depth) {
        const Attempt& step = attemptOf(m_state, tried.attempt);
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
            PathTerm term =
                node.kind == NodeKind::Fork ? forkTerm(m_state, m_solved, n) : cutTerm(m_state, m_solved, n);
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
        for (const Ending& ending : endingsOf(m_state, n)) {
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

Cumulants widened(const Cumulants& cumulants, std::span<const PathLaw> branches) {
    double excess = 0;
    for (const PathLaw& branch : branches) excess += branch.weight * branch.excess;
    if (!(excess > 0) || !(cumulants.variance > 0)) return cumulants;
    const double ratio = 1 + excess / cumulants.variance;
    return {cumulants.mean, cumulants.variance * ratio, cumulants.third * ratio * std::sqrt(ratio)};
}

std::vector<PathLaw> expandClass(const SolverState& state, const Solved& solved, std::uint32_t cls) {
    return expandNode(state, solved, state.graph.root[cls]);
}

std::vector<PathLaw> expandNode(const SolverState& state, const Solved& solved, std::uint32_t node) {
    return Expander(state, solved).branchesOf(node);
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
