// Random numbers of the simulator: one generator for each purpose, so that a change in one place of a model leaves the
// draws of the others as they were.
#pragma once
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

namespace plimsoll::simulate {

/// One step of SplitMix64 (Steele, Lea and Flood 2014): turns neighbouring seeds into unrelated ones.
constexpr std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15u;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}
/// The product of two 64-bit numbers.
__extension__ using Wide = unsigned __int128;

/// The seed of one purpose below another seed.
constexpr std::uint64_t seedOf(std::uint64_t seed, std::uint64_t purpose, std::uint64_t index) {
    return mixed(mixed(mixed(seed) ^ purpose) ^ index);
}

/// The layers of the ziggurat of the exponential law (Marsaglia and Tsang 2000), 256 of them.
struct ExponentialLayers {
    std::array<double, 257> edge;
    std::array<double, 257> density;
    ExponentialLayers();
};
extern const ExponentialLayers kExponentialLayers;

/// xoshiro256++ (Blackman and Vigna 2019).
class Random {
public:
    explicit Random(std::uint64_t seed = 1) {
        for (std::uint64_t& word : m_state) word = seed = mixed(seed);
    }
    std::uint64_t bits() {
        const std::uint64_t result = std::rotl(m_state[0] + m_state[3], 23) + m_state[0];
        const std::uint64_t shifted = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= shifted;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }
    /// In [0, 1).
    double uniform() { return double(bits() >> 11) * 0x1p-53; }
    /// In (0, 1].
    double uniformAboveZero() { return double((bits() >> 11) + 1) * 0x1p-53; }
    /// Whether something of this probability happens.
    bool happens(double probability) { return uniform() < probability; }
    /// In 0 .. count - 1, by the high half of a product (Lemire 2019); the bias is below 2^-32 for counts of 32 bits.
    std::uint64_t below(std::uint64_t count) { return std::uint64_t((static_cast<Wide>(bits()) * count) >> 64); }
    /// Exponential with mean 1.
    double exponential() {
        const std::uint64_t word = bits();
        const std::size_t layer = word & 255u;
        const double candidate = double(word >> 11) * 0x1p-53 * kExponentialLayers.edge[layer];
        if (candidate < kExponentialLayers.edge[layer + 1]) [[likely]]
            return candidate;
        return exponentialAtEdge(layer, candidate);
    }
    /// Normal with mean 0 and variance 1 (polar method).
    double normal();
    /// Gamma with scale 1 (Marsaglia and Tsang 2000); shape > 0.
    double gamma(double shape);

private:
    double exponentialAtEdge(std::size_t layer, double candidate);

    std::array<std::uint64_t, 4> m_state;
};

} // namespace plimsoll::simulate
