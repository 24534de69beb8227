#include "engine/simulate/histogram.h"

#include <algorithm>

namespace plimsoll::simulate {

/// Whole octaves from that of bucket `first` to that of bucket `last`, beside those that there are.
void Histogram::makeRoom(std::uint64_t first, std::uint64_t last) {
    const std::uint64_t octave = std::uint64_t(1) << (52 - m_shift);
    std::uint64_t from = first & ~(octave - 1), end = (last | (octave - 1)) + 1;
    if (!m_counts.empty()) {
        from = std::min(from, m_first);
        end = std::max(end, m_first + m_counts.size());
        m_counts.insert(m_counts.begin(), m_first - from, 0);
    }
    m_first = from;
    m_counts.resize(end - from);
}

void Histogram::addOutside(double value) {
    const double last = std::bit_cast<double>(std::bit_cast<std::uint64_t>(kLargest) - 1);
    const std::uint64_t bucket = std::bit_cast<std::uint64_t>(std::min(value, last)) >> m_shift;
    makeRoom(bucket, bucket);
    ++m_counts[bucket - m_first];
    ++m_total;
}

void Histogram::clear() {
    m_total = m_zeros = 0;
    std::ranges::fill(m_counts, 0);
}

void Histogram::add(const Histogram& other) {
    m_total += other.m_total;
    m_zeros += other.m_zeros;
    if (other.m_counts.empty()) return;
    makeRoom(other.m_first, other.m_first + other.m_counts.size() - 1);
    std::uint32_t* to = &m_counts[other.m_first - m_first];
    for (const std::uint32_t count : other.m_counts) *to++ += count;
}

double Histogram::quantile(double share) const {
    const double wanted = share * double(m_total);
    double below = double(m_zeros), last = 0;
    if (m_zeros > 0 && below >= wanted) return 0;
    for (std::uint64_t i = 0; i < m_counts.size(); ++i) {
        if (m_counts[i] == 0) continue;
        const double low = edge(i), high = edge(i + 1);
        if (below + m_counts[i] >= wanted) return low + (high - low) * std::max(0.0, (wanted - below) / m_counts[i]);
        below += m_counts[i];
        last = high;
    }
    return last;
}

double Histogram::shareUpTo(double value) const {
    if (m_total == 0 || value < 0) return 0;
    double below = double(m_zeros);
    for (std::uint64_t i = 0; i < m_counts.size(); ++i) {
        if (m_counts[i] == 0) continue;
        const double low = edge(i), high = edge(i + 1);
        if (high > value) {
            if (low < value) below += m_counts[i] * (value - low) / (high - low);
            break;
        }
        below += m_counts[i];
    }
    return below / double(m_total);
}

Histogram Histogram::coarser(unsigned bits) const {
    Histogram result(bits);
    result.m_total = m_total;
    result.m_zeros = m_zeros;
    const auto isUsed = [](std::uint32_t count) { return count != 0; };
    const auto first = std::ranges::find_if(m_counts, isUsed);
    if (first == m_counts.end()) return result;
    const auto end = std::find_if(m_counts.rbegin(), m_counts.rend(), isUsed).base();
    const unsigned merge = result.m_shift - m_shift;
    const std::uint64_t from = m_first + std::uint64_t(first - m_counts.begin());
    const std::uint64_t last = m_first + std::uint64_t(end - m_counts.begin()) - 1;
    result.makeRoom(from >> merge, last >> merge);
    for (std::uint64_t bucket = from; bucket <= last; ++bucket)
        result.m_counts[(bucket >> merge) - result.m_first] += m_counts[bucket - m_first];
    return result;
}

} // namespace plimsoll::simulate
