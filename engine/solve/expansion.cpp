#include "engine/solve/expansion.h"

#include "engine/queueing/mmc.h"
#include "engine/solve/leaf_terms.h"

#include <algorithm>
#include <cmath>

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
/// Branches inside branches that are kept as alternatives; deeper ones are lumped.
constexpr int kDepth = 4;
/// Below this squared coefficient of variation (constants aside) a sum is its gamma (step 5).
constexpr double kNarrow = 0.01;

/// A branch under construction: independent nodes whose sum it is, given the choices taken so far.
struct Draft {
    double weight = 1;
    std::vector<std::uint32_t> nodes;
};

class Expander {
public:
    Expander(const SolverState& state, const Solved& solved)
        : m_state(state), m_graph(state.graph), m_leaf(state, solved) {}

    std::vector<PathLaw> branchesOf(std::uint32_t root) {
        m_prune = m_state.leaves[root] <= kKeepAll ? 0 : kPrune;
        std::vector<Draft> drafts{{1, {root}}};
        refine(drafts[0].nodes, totalOf(drafts[0].nodes), 1);
        while (splitOne(drafts)) {}
        std::vector<PathLaw> laws;
        for (const Draft& draft : drafts) {
            laws.push_back(lawOf(draft.nodes, totalOf(draft.nodes), 1, 0));
            laws.back().weight = draft.weight;
            shortcut(laws.back(), totalOf(draft.nodes));
        }
        return laws;
    }

private:
    Cumulants totalOf(std::span<const std::uint32_t> nodes) const {
        Cumulants total;
        for (std::uint32_t n : nodes) total += m_state.cumulants[n];
        return total;
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
            if (node.kind != NodeKind::Product && !unrolls && !onlyChild(node)) {
                nodes[kept++] = n;
                continue;
            }
            const int copies = unrolls ? int(node.amount) : 1;
            for (const Edge& edge : m_graph.edgesOf(node))
                if (node.kind != NodeKind::Mixture || edge.weight > 0)
                    nodes.insert(nodes.end(), std::size_t(copies), edge.child);
        }
        nodes.resize(kept);
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
            const Cumulants total = totalOf(drafts[d].nodes);
            for (std::size_t i = 0; i < drafts[d].nodes.size(); ++i) {
                const std::uint32_t n = drafts[d].nodes[i];
                const Node& node = m_graph.nodes[n];
                if (node.kind != NodeKind::Mixture || drafts.size() + node.edges - 1 > kBranches) continue;
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
    void split(std::vector<Draft>& drafts, std::size_t d, std::size_t place) const {
        const Draft whole = std::move(drafts[d]);
        drafts.erase(drafts.begin() + std::ptrdiff_t(d));
        const std::uint32_t mixture = whole.nodes[place];
        for (const Edge& edge : m_graph.edgesOf(m_graph.nodes[mixture])) {
            const double share = shareOf(mixture, edge);
            if (!(share > 0)) continue;
            Draft draft = whole;
            draft.weight *= share;
            draft.nodes[place] = edge.child;
            refine(draft.nodes, totalOf(draft.nodes), 1);
            drafts.push_back(std::move(draft));
        }
    }
    /// The product of refined nodes; what does not matter becomes one shifted gamma.
    PathLaw lawOf(std::span<const std::uint32_t> nodes, const Cumulants& total, double weight, int depth) {
        PathLaw law;
        Cumulants rest;
        for (std::uint32_t n : nodes) {
            if (m_state.cumulants[n].variance > 0 && matters(n, total, weight))
                addTerm(law, rest, n, total, weight, depth);
            else
                addLumped(law, rest, m_state.cumulants[n]);
        }
        addPhases(law, {lump(rest)});
        return law;
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
        const bool power = node.kind == NodeKind::Power;
        if (depth == kDepth || !(power || node.kind == NodeKind::Mixture)) {
            rest += m_state.cumulants[n];
            return;
        }
        PathTerm term;
        term.kind = power ? PathTerm::Power : PathTerm::Alternatives;
        term.number = node.amount;
        for (const Edge& edge : m_graph.edgesOf(node)) {
            const double share = power ? 1 : shareOf(n, edge);
            if (!(share > 0)) continue;
            const double childWeight = weight * (power ? node.amount : share);
            std::vector<std::uint32_t> nodes{edge.child};
            refine(nodes, total, childWeight);
            term.laws.push_back(lawOf(nodes, total, childWeight, depth + 1));
            term.laws.back().weight = share;
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
    const Graph& m_graph;
    LeafTerms m_leaf;
    double m_prune = kPrune;
};

} // namespace

std::vector<PathLaw> expandClass(const SolverState& state, const Solved& solved, std::uint32_t cls) {
    return Expander(state, solved).branchesOf(state.graph.root[cls]);
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
