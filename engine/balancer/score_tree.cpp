#include "engine/balancer/score_tree.h"

#include <algorithm>

namespace plimsoll::balancer {

void ScoreTree::resize(std::size_t count) {
    std::vector<double> scores;
    scores.reserve(std::min(m_leaves, count));
    for (std::size_t leaf = 0; leaf < std::min(m_leaves, count); ++leaf) scores.push_back(score(leaf));
    m_leaves = count;
    m_levels.clear();
    std::size_t total = 0;
    for (std::size_t width = count; width > 1; width = (width + kGroup - 1) >> kGroupBits) {
        m_levels.push_back(total);
        total += (width + kGroup - 1) >> kGroupBits << kGroupBits;
    }
    m_levels.push_back(total);
    m_scores.assign(count == 0 ? 0 : total + 1, kAbsentBits);
    m_counts.assign(m_scores.size(), 0);
    for (std::size_t leaf = 0; leaf < scores.size(); ++leaf) set(leaf, scores[leaf]);
}

// Goes up only as far as something changes, and looks at the neighbours only where the last lowest of a group has
// risen.
void ScoreTree::set(std::size_t leaf, double score) {
    std::uint64_t was = m_scores[leaf], is = std::bit_cast<std::uint64_t>(score + 0.0); // -0 becomes 0
    std::uint32_t wasCount = m_counts[leaf], isCount = score < kAbsent ? 1 : 0;
    m_scores[leaf] = is;
    m_counts[leaf] = isCount;
    std::size_t place = leaf;
    for (std::size_t level = 0; level + 1 < m_levels.size(); ++level) {
        place >>= kGroupBits;
        const std::size_t parent = m_levels[level + 1] + place;
        const std::uint64_t lowestHere = m_scores[parent];
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

// Which entry is the lowest is a matter of chance: no branch guesses it.
void ScoreTree::lookAt(std::size_t group, std::uint64_t& score, std::uint32_t& count) const {
    const std::uint64_t* scores = &m_scores[group];
    const std::uint32_t* counts = &m_counts[group];
    score = std::min(std::min(scores[0], scores[1]), std::min(scores[2], scores[3]));
    count = 0;
    for (std::size_t i = 0; i < kGroup; ++i) count += counts[i] & (0u - std::uint32_t(scores[i] == score));
}

std::size_t ScoreTree::draw(Generator& generator) const {
    if (!(lowest() < kAbsent)) return m_leaves;
    return leafOfRank(generator.below(m_counts.back()));
}

std::size_t ScoreTree::leafOfRank(std::uint32_t rank) const {
    if (!(lowest() < kAbsent)) return m_leaves;
    const std::uint64_t best = m_scores.back();
    std::size_t place = 0;
    for (std::size_t level = m_levels.size() - 1; level-- > 0;) {
        place <<= kGroupBits;
        const std::uint64_t* scores = &m_scores[m_levels[level] + place];
        const std::uint32_t* counts = &m_counts[m_levels[level] + place];
        std::uint32_t upTo = 0, before = 0; // leaves with the best score up to an entry, and left of the one sought
        for (std::size_t i = 0; i + 1 < kGroup; ++i) {
            upTo += counts[i] & (0u - std::uint32_t(scores[i] == best));
            place += upTo <= rank;
            before = upTo <= rank ? upTo : before;
        }
        rank -= before;
    }
    return place;
}

} // namespace plimsoll::balancer
