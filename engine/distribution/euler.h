// Numerical inversion of a Laplace transform by Euler summation (Abate and Whitt 1995, 2006; theory/stations.md 15).
#pragma once
#include <array>
#include <complex>

namespace plimsoll::distribution {

/// Nodes and weights for M = 15, the optimum of double precision: P(X > t) = sum weight Re[(1 - X*(s)) / s] / t at
/// s = (real + i imaginary_k) / t.
struct EulerRule {
    static constexpr int kOrder = 15;
    static constexpr int kNodes = 2 * kOrder + 1;
    double real = 0;
    std::array<double, kNodes> imaginary{}, weight{};
};
const EulerRule& eulerRule();

/// P(X > t) from X's transform; t > 0. Absolute error about 1e-10 for smooth laws, 1e-3 where X has atoms.
template <class Transform> double survivalFromTransform(const Transform& transform, double t) {
    const EulerRule& rule = eulerRule();
    double sum = 0;
    for (int k = 0; k < EulerRule::kNodes; ++k) {
        const std::complex<double> s{rule.real / t, rule.imaginary[std::size_t(k)] / t};
        sum += rule.weight[std::size_t(k)] * ((1.0 - transform(s)) / s).real();
    }
    const double value = sum / t;
    return value < 0 ? 0 : value > 1 ? 1 : value;
}

} // namespace plimsoll::distribution
