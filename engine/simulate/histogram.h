// Counts of times in buckets of constant relative width, allocated where values fall.
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <vector>

namespace plimsoll::simulate {

/// 2^bits buckets for each factor of two: a bucket is 2^-bits of its value wide, and a quantile is interpolated inside
/// it. Values are seconds, >= 0: zero and what is below 1e-12 have a place of their own, as has what is above 1e26.
class Histogram {
public:
    explicit Histogram(unsigned bits) : m_shift(52 - bits) {}

    void add(double value) {
        const std::uint64_t word = std::bit_cast<std::uint64_t>(value);
        std::uint32_t octave = std::uint32_t(word >> 52) - kLowest;
        if (octave >= kOctaves) [[unlikely]]
            octave = value < 1 ? 0 : kOctaves - 1;
        std::uint32_t block = m_blocks[octave];
        if (block == 0) [[unlikely]]
            block = addBlock(octave);
        const std::uint64_t place = (word & ((std::uint64_t(1) << 52) - 1)) >> m_shift;
        ++m_counts[(std::size_t(block - 1) << (52 - m_shift)) + place];
        ++m_total;
    }
    void add(const Histogram& other);
    void clear();

    std::uint64_t total() const { return m_total; }
    /// The value below which this share of the counts lies; 0 without counts.
    double quantile(double share) const;
    /// The share of the counts at or below a value.
    double shareUpTo(double value) const;
    /// The same counts in buckets as wide as those of `bits`; fewer than its own.
    Histogram coarser(unsigned bits) const;

private:
    std::uint32_t addBlock(std::uint32_t octave);
    std::size_t width() const { return std::size_t(1) << (52 - m_shift); }
    double edge(std::uint32_t octave, std::size_t place) const;

    unsigned m_shift;
    std::uint64_t m_total = 0;
    static constexpr std::uint32_t kOctaves = 128, kLowest = 1023 - 40; ///< the exponent of 2^-40
    std::array<std::uint16_t, kOctaves> m_blocks{};                     ///< by octave, 0 for none, else its place + 1
    std::vector<std::uint32_t> m_counts;
};

} // namespace plimsoll::simulate
