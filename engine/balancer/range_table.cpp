#include "engine/balancer/range_table.h"

#include <algorithm>
#include <bit>

namespace plimsoll::balancer {

RangeTable::RangeTable(std::span<const double> weights) {
    const double heaviest = weights.empty() ? 0 : *std::max_element(weights.begin(), weights.end());
    if (!(heaviest > 0)) return;
    double total = 0;
    for (const double weight : weights) total += weight / heaviest;
    double before = 0;
    for (std::uint32_t target = 0; target < weights.size(); ++target) {
        if (!(weights[target] > 0)) continue;
        const double begin = before / total;
        before += weights[target] / heaviest;
        if (before / total > begin) m_ranges.push_back({begin, weights[target] / heaviest, target});
    }
    m_guide.resize(std::bit_ceil(m_ranges.size()));
    std::uint32_t range = 0;
    for (std::size_t part = 0; part < m_guide.size(); ++part) {
        while (range + 1 < m_ranges.size() && m_ranges[range + 1].begin <= double(part) / double(m_guide.size()))
            ++range;
        m_guide[part] = range;
    }
}

std::size_t RangeTable::rangeAt(double share) const {
    const auto part = static_cast<std::size_t>(share * double(m_guide.size()));
    const std::size_t first = m_guide[part];
    const std::size_t last = part + 1 < m_guide.size() ? m_guide[part + 1] : m_ranges.size() - 1;
    if (first == last) return first;
    const auto after =
        std::upper_bound(m_ranges.begin() + std::ptrdiff_t(first) + 1, m_ranges.begin() + std::ptrdiff_t(last) + 1,
                         share, [](double at, const Range& range) { return at < range.begin; });
    return static_cast<std::size_t>(after - m_ranges.begin()) - 1;
}

} // namespace plimsoll::balancer
