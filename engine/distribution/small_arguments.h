// Complex functions near 0, where the plain forms lose their digits.
#pragma once
#include <cmath>
#include <complex>

namespace plimsoll::distribution {

/// ln(1 + x), also for tiny x.
inline std::complex<double> logOnePlus(std::complex<double> x) {
    return {std::log1p(x.real() * (2 + x.real()) + x.imag() * x.imag()) / 2, std::atan2(x.imag(), 1 + x.real())};
}
/// 1 - e^{-z}, also for tiny z.
inline std::complex<double> oneMinusExp(std::complex<double> z) {
    const double half = std::sin(z.imag() / 2), size = std::exp(-z.real());
    return {-std::expm1(-z.real()) + 2 * size * half * half, size * std::sin(z.imag())};
}

} // namespace plimsoll::distribution
