// Numbers at all nodes of one inversion. Internal to the laws of paths.
#pragma once
#include "engine/distribution/euler.h"

namespace plimsoll::flow {

/// Complex numbers at all nodes of the Euler rule, real and imaginary parts apart so that loops vectorise. Padded to a
/// full vector.
constexpr std::size_t kNodes = distribution::EulerRule::kNodes + 1;
struct Values {
    alignas(64) std::array<double, kNodes> re, im;

    static Values filled(double real) {
        Values v;
        v.re.fill(real);
        v.im.fill(0);
        return v;
    }
    void multiplyBy(const Values& other) {
        for (std::size_t k = 0; k < kNodes; ++k) {
            const double real = re[k] * other.re[k] - im[k] * other.im[k];
            im[k] = re[k] * other.im[k] + im[k] * other.re[k];
            re[k] = real;
        }
    }
    void square() {
        for (std::size_t k = 0; k < kNodes; ++k) {
            const double real = re[k] * re[k] - im[k] * im[k];
            im[k] = 2 * re[k] * im[k];
            re[k] = real;
        }
    }
    void addScaled(const Values& other, double factor) {
        for (std::size_t k = 0; k < kNodes; ++k) {
            re[k] += factor * other.re[k];
            im[k] += factor * other.im[k];
        }
    }
    /// numerator / denominator, in place of this.
    void divideBy(const Values& other) {
        for (std::size_t k = 0; k < kNodes; ++k) {
            const double norm = 1 / (other.re[k] * other.re[k] + other.im[k] * other.im[k]);
            const double real = (re[k] * other.re[k] + im[k] * other.im[k]) * norm;
            im[k] = (im[k] * other.re[k] - re[k] * other.im[k]) * norm;
            re[k] = real;
        }
    }
};

/// The points s of one inversion.
struct Points {
    double real = 0; // the same for all
    std::array<double, kNodes> imaginary{};

    explicit Points(double t) {
        const auto& rule = distribution::eulerRule();
        real = rule.real / t;
        for (std::size_t k = 0; k < distribution::EulerRule::kNodes; ++k) imaginary[k] = rule.imaginary[k] / t;
    }
};

} // namespace plimsoll::flow
