#include "engine/simulate/histogram.h"

#include <algorithm>

namespace plimsoll::simulate {

std::uint32_t Histogram::addBlock(std::uint32_t octave) {
    m_counts.resize(m_counts.size() + width());
    return m_blocks[octave] = std::uint16_t(m_counts.size() / width());
}

void Histogram::clear() {
    m_total = 0;
    std::fill(m_counts.begin(), m_counts.end(), 0);
}

double Histogram::edge(std::uint32_t octave, std::size_t place) const {
    return octave == 0
               ? 0
               : std::bit_cast<double>((std::uint64_t(octave + kLowest) << 52) + (std::uint64_t(place) << m_shift));
}

void Histogram::add(const Histogram& other) {
    for (std::uint32_t octave = 0; octave < m_blocks.size(); ++octave) {
        if (other.m_blocks[octave] == 0) continue;
        std::uint32_t block = m_blocks[octave];
        if (block == 0) block = addBlock(octave);
        const std::uint32_t* from = &other.m_counts[(other.m_blocks[octave] - 1u) * width()];
        std::uint32_t* to = &m_counts[(block - 1u) * width()];
        for (std::size_t i = 0; i < width(); ++i) to[i] += from[i];
    }
    m_total += other.m_total;
}

double Histogram::quantile(double share) const {
    const double wanted = share * double(m_total);
    double below = 0, last = 0;
    for (std::uint32_t octave = 0; octave < m_blocks.size(); ++octave) {
        if (m_blocks[octave] == 0) continue;
        const std::uint32_t* counts = &m_counts[(m_blocks[octave] - 1u) * width()];
        for (std::size_t i = 0; i < width(); ++i) {
            if (counts[i] == 0) continue;
            const double low = edge(octave, i), high = octave == 0 ? 0 : edge(octave, i + 1);
            if (below + counts[i] >= wanted) return low + (high - low) * std::max(0.0, (wanted - below) / counts[i]);
            below += counts[i];
            last = high;
        }
    }
    return last;
}

double Histogram::shareUpTo(double value) const {
    if (m_total == 0) return 0;
    double below = 0;
    for (std::uint32_t octave = 0; octave < m_blocks.size(); ++octave) {
        if (m_blocks[octave] == 0) continue;
        const std::uint32_t* counts = &m_counts[(m_blocks[octave] - 1u) * width()];
        for (std::size_t i = 0; i < width(); ++i) {
            if (counts[i] == 0) continue;
            const double low = edge(octave, i), high = octave == 0 ? 0 : edge(octave, i + 1);
            if (high <= value)
                below += counts[i];
            else if (low < value)
                return (below + counts[i] * (value - low) / (high - low)) / double(m_total);
            else
                return below / double(m_total);
        }
    }
    return below / double(m_total);
}

Histogram Histogram::coarser(unsigned bits) const {
    Histogram result(bits);
    const unsigned merge = result.m_shift - m_shift;
    for (std::uint32_t octave = 0; octave < m_blocks.size(); ++octave) {
        if (m_blocks[octave] == 0) continue;
        const std::uint32_t* from = &m_counts[(m_blocks[octave] - 1u) * width()];
        if (std::all_of(from, from + width(), [](std::uint32_t count) { return count == 0; })) continue;
        const std::uint32_t block = result.addBlock(octave);
        std::uint32_t* to = &result.m_counts[(block - 1u) * result.width()];
        for (std::size_t i = 0; i < width(); ++i) to[i >> merge] += from[i];
    }
    result.m_total = m_total;
    return result;
}

} // namespace plimsoll::simulate
