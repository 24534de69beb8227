// Which target owns a place in the order of keys.
#pragma once
#include "engine/balancer/generator.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace plimsoll::balancer {

/// Ranges of [0, 1) in the order of the targets, each as long as its target's share of the weights.
class RangeTable {
public:
    RangeTable() = default;
    /// Weights >= 0 and finite; the place in `weights` is the target.
    explicit RangeTable(std::span<const double> weights);

    bool empty() const { return m_ranges.empty(); }

    /// The owner of a place in [0, 1) among those for which `allowed(target)`; none if there is none. The range of one
    /// that is not allowed is divided among the others in proportion. O(1) for equal weights, O(log n) at most while
    /// the owner is allowed, O(n) otherwise.
    template <class Allowed> std::optional<std::uint32_t> target(double share, const Allowed& allowed) const;

private:
    struct Range {
        double begin = 0;
        double weight = 0; // relative to the heaviest
        std::uint32_t target = 0;
    };
    std::size_t rangeAt(double share) const;

    std::vector<Range> m_ranges;
    std::vector<std::uint32_t> m_guide; // for equal parts of [0, 1): the last range that begins at or before the part
};

template <class Allowed> std::optional<std::uint32_t> RangeTable::target(double share, const Allowed& allowed) const {
    if (m_ranges.empty()) return std::nullopt;
    const std::size_t owner = rangeAt(share);
    if (allowed(m_ranges[owner].target)) return m_ranges[owner].target;
    double total = 0;
    for (const Range& range : m_ranges)
        if (allowed(range.target)) total += range.weight;
    const double end = owner + 1 < m_ranges.size() ? m_ranges[owner + 1].begin : 1;
    double left = (share - m_ranges[owner].begin) / (end - m_ranges[owner].begin) * total;
    std::optional<std::uint32_t> found;
    for (const Range& range : m_ranges) {
        if (!allowed(range.target)) continue;
        found = range.target;
        if (left < range.weight) break;
        left -= range.weight;
    }
    return found;
}

} // namespace plimsoll::balancer
