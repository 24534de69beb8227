#include "engine/balancer/score_tree.h"

#include <algorithm>
#include <bit>

namespace plimsoll::balancer {

void ScoreTree::resize(std::size_t count) {
    std::vector<double> scores(m_scores.begin(), m_scores.begin() + std::ptrdiff_t(std::min(m_leaves, count)));
    m_leaves = count;
    m_levels.clear();
    std::size_t total = 0;
    for (std::size_t width = count; width > 1; width = (width + kGroup - 1) >> kGroupBits) {
        m_levels.push_back(total);
        total += (width + kGroup - 1) >> kGroupBits << kGroupBits;
    }
    m_levels.push_back(total);
    m_scores.assign(count == 0 ? 0 : total + 1, kAbsent);
    m_counts.assign(m_scores.size(), 0);
    for (std::size_t leaf = 0; leaf < scores.size(); ++leaf) set(leaf, scores[leaf]);
}

// Goes up only as far as something changes, and looks at the neighbours only where the last lowest of a group has
// risen.
void ScoreTree::set(std::size_t leaf, double score) {
    double was = m_scores[leaf], is = score;
    std::uint32_t wasCount = m_counts[leaf], isCount = score < kAbsent ? 1 : 0;
    m_scores[leaf] = is;
    m_counts[leaf] = isCount;
    std::size_t place = leaf;
    for (std::size_t level = 0; level + 1 < m_levels.size(); ++level) {
        place >>= kGroupBits;
        const std::size_t parent = m_levels[level + 1] + place;
        const double lowestHere = m_scores[parent];
        const std::uint32_t countHere = m_counts[parent];
        if (was > lowestHere && is > lowestHere) return;
        if (is <= lowestHere) {
            if (is == lowestHere) isCount += countHere - (was == lowestHere ? wasCount : 0);
        } else if (countHere > wasCount) {
            is = lowestHere;
            isCount = countHere - wasCount;
        } else {
            lookAt(m_levels[level] + (place << kGroupBits), is, isCount);
        }
        m_scores[parent] = is;
        m_counts[parent] = isCount;
        was = lowestHere;
        wasCount = countHere;
    }
}

// One bit for each entry of the group that has the score. Where it is, is a matter of chance: no branch guesses it.
std::uint32_t ScoreTree::holders(std::size_t group, double score) const {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < kGroup; ++i) bits |= std::uint32_t(m_scores[group + i] == score) << i;
    return bits;
}

void ScoreTree::lookAt(std::size_t group, double& score, std::uint32_t& count) const {
    score = kAbsent;
    for (std::size_t i = 0; i < kGroup; ++i) score = std::min(score, m_scores[group + i]);
    count = 0;
    for (std::uint32_t bits = holders(group, score); bits != 0; bits &= bits - 1)
        count += m_counts[group + std::size_t(std::countr_zero(bits))];
}

std::size_t ScoreTree::draw(Generator& generator) const {
    if (!(lowest() < kAbsent)) return m_leaves;
    return leafOfRank(generator.below(m_counts.back()));
}

std::size_t ScoreTree::leafOfRank(std::uint32_t rank) const {
    const double best = lowest();
    if (!(best < kAbsent)) return m_leaves;
    std::size_t place = 0;
    for (std::size_t level = m_levels.size() - 1; level-- > 0;) {
        place <<= kGroupBits;
        const std::size_t group = m_levels[level] + place;
        std::uint32_t bits = holders(group, best);
        while (rank >= m_counts[group + std::size_t(std::countr_zero(bits))]) {
            rank -= m_counts[group + std::size_t(std::countr_zero(bits))];
            bits &= bits - 1;
        }
        place += std::size_t(std::countr_zero(bits));
    }
    return place;
}

} // namespace plimsoll::balancer
