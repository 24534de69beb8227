// The balancer's source of chance: SplitMix64 (Steele, Lea, Flood, Fast splittable pseudorandom number generators,
// 2014).
#pragma once
#include <cstdint>

namespace plimsoll::balancer {

/// The high and the low half of a product, folded: every bit of the result depends on every bit of `a`.
inline std::uint64_t foldedProduct(std::uint64_t a, std::uint64_t b) {
    __extension__ using Wide = unsigned __int128;
    const Wide product = Wide(a) * b;
    return static_cast<std::uint64_t>(product >> 64) ^ static_cast<std::uint64_t>(product);
}

/// In [0, 1), from the upper 53 bits.
inline double unitShare(std::uint64_t bits) {
    return static_cast<double>(bits >> 11) * 0x1p-53;
}

/// One stream; the same seed gives the same numbers everywhere.
class Generator {
public:
    explicit Generator(std::uint64_t seed = 0) : m_state(seed) {}

    std::uint64_t next() {
        m_state += 0x9e3779b97f4a7c15;
        std::uint64_t z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }
    /// Uniform in [0, 1).
    double unit() { return unitShare(next()); }

    /// Uniform in 0 .. bound - 1, without bias; bound >= 1 (Lemire, Fast random integer generation in an interval,
    /// 2019).
    std::uint32_t below(std::uint32_t bound) { return below(bound, static_cast<std::uint32_t>(next() >> 32)); }

    /// The same from 32 random bits at hand; draws more only where those would be biased.
    std::uint32_t below(std::uint32_t bound, std::uint32_t bits) {
        std::uint64_t product = std::uint64_t(bits) * bound;
        if (static_cast<std::uint32_t>(product) < bound) [[unlikely]] {
            const std::uint32_t threshold = (0u - bound) % bound;
            while (static_cast<std::uint32_t>(product) < threshold) product = (next() >> 32) * bound;
        }
        return static_cast<std::uint32_t>(product >> 32);
    }

private:
    std::uint64_t m_state;
};

} // namespace plimsoll::balancer
