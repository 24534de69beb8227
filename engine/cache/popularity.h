// How often each key is asked for: Zipf over N keys, p_i = i^-a / H(N, a) (theory/caches.md 1 and 2).
#pragma once
#include <cstdint>
#include <vector>

namespace plimsoll::cache {

/// Keys grouped so that sums of smooth functions of their popularity take some hundred terms: the first ranks one by
/// one, the rest by Gauss-Legendre panels in the logarithm of the rank. Hit ratios within 1e-7 of the full sum.
class Popularity {
public:
    /// keys >= 1, exponent >= 0 (0: all alike).
    Popularity(std::uint64_t keys, double exponent);

    struct Group {
        double keys = 1;        // how many of this popularity
        double probability = 0; // of each
    };
    const std::vector<Group>& groups() const { return m_groups; }
    double keys() const { return m_keys; }
    /// Probability of the `count` most popular keys together, 0 <= count <= keys.
    double top(double count) const;

private:
    double m_keys, m_exponent, m_all = 1;
    std::vector<Group> m_groups;
};

/// H(n, a) = sum of i^-a, i = 1 .. n, by Euler and Maclaurin: 1e-11 for a to 2, n to 1e9 and beyond.
double generalizedHarmonic(double n, double exponent);

} // namespace plimsoll::cache
