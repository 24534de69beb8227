#include "engine/balancer/score_tree.h"

#include <algorithm>

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

void ScoreTree::set(std::size_t leaf, double score) {
    m_scores[leaf] = score;
    m_counts[leaf] = score < kAbsent ? 1 : 0;
    std::size_t place = leaf;
    for (std::size_t level = 0; level + 1 < m_levels.size(); ++level) {
        place >>= kGroupBits;
        const std::size_t group = m_levels[level] + (place << kGroupBits);
        double lowestHere = m_scores[group];
        for (std::size_t i = 1; i < kGroup; ++i) lowestHere = std::min(lowestHere, m_scores[group + i]);
        std::uint32_t count = 0;
        for (std::size_t i = 0; i < kGroup; ++i)
            if (m_scores[group + i] == lowestHere) count += m_counts[group + i];
        const std::size_t parent = m_levels[level + 1] + place;
        if (m_scores[parent] == lowestHere && m_counts[parent] == count) return;
        m_scores[parent] = lowestHere;
        m_counts[parent] = count;
    }
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
        const std::size_t start = m_levels[level];
        while (m_scores[start + place] != best || rank >= m_counts[start + place]) {
            if (m_scores[start + place] == best) rank -= m_counts[start + place];
            ++place;
        }
    }
    return place;
}

} // namespace plimsoll::balancer
