// Counts of times in buckets of constant relative width, allocated where values fall.
#pragma once
#include <bit>
#include <cstdint>
#include <vector>

namespace plimsoll::simulate {

/// 2^bits buckets for each factor of two: a bucket is 2^-bits of its value wide, and a quantile is interpolated inside
/// it. Values are seconds, >= 0: zero and what is below 1e-12 count as zero, what is above 1e26 in the last bucket.
class Histogram {
public:
    explicit Histogram(unsigned bits) : m_shift(52 - bits) {}

    void add(double value) {
        if (value < kSmallest) return addZero();
        // The bits of a positive number grow with it: those in front are the number of its bucket.
        const std::uint64_t place = (std::bit_cast<std::uint64_t>(value) >> m_shift) - m_first;
        if (place >= m_counts.size()) [[unlikely]]
            return addOutside(value);
        ++m_counts[place];
        ++m_total;
    }
    void addZero() {
        ++m_zeros;
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
    static constexpr double kSmallest = 0x1p-39, kLargest = 0x1p88;
    void addOutside(double value);
    void makeRoom(std::uint64_t first, std::uint64_t last);
    double edge(std::uint64_t place) const { return std::bit_cast<double>((m_first + place) << m_shift); }

    unsigned m_shift;
    std::uint64_t m_total = 0, m_zeros = 0;
    std::uint64_t m_first = 0;           ///< bucket of the first count
    std::vector<std::uint32_t> m_counts; ///< of whole octaves, those between the smallest and the largest value
};

} // namespace plimsoll::simulate
