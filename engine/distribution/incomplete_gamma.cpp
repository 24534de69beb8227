#include "engine/distribution/incomplete_gamma.h"

#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/log1p.hpp>

#include <cmath>
#include <limits>
#include <numbers>

namespace plimsoll::distribution {
namespace {

using Quiet =
    boost::math::policies::policy<boost::math::policies::promote_double<false>,
                                  boost::math::policies::domain_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::pole_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;

/// Above it the two terms of Temme's expansion leave 1e-14.
constexpr double kLargeShape = 1e5;
/// Temme's range of x / shape; outside it the series and the fraction converge in a hundred steps.
constexpr double kLow = 0.5, kHigh = 2;
constexpr double kSame = 1e-17;

/// (Gamma(a) / (sqrt(2 pi / a) (a / e)^a)), Stirling's correction.
double stirling(double shape) {
    const double inverse = 1 / shape;
    return 1 + inverse * (1.0 / 12 + inverse * (1.0 / 288 - inverse * 139.0 / 51840));
}

/// lambda - 1 - ln lambda = eta^2 / 2, lambda = x / shape.
double halfSquare(double shape, double x) {
    const double off = (x - shape) / shape;
    return std::abs(off) < 0.5 ? -boost::math::log1pmx(off, Quiet{}) : off - std::log(x / shape);
}

/// e^{z^2} erfc(z).
double scaledErfc(double z) {
    constexpr double kFar = 25;
    if (z < kFar) return std::exp(z * z) * std::erfc(z);
    const double u = 1 / (2 * z * z);
    return (1 - u * (1 - 3 * u * (1 - 5 * u * (1 - 7 * u)))) / (z * std::sqrt(std::numbers::pi));
}

/// c0 + c1 / shape of Temme 1979: R = e^{-shape eta^2 / 2} / sqrt(2 pi shape) times it.
double temmeSum(double shape, double x, double eta) {
    const double off = (x - shape) / shape;
    constexpr double kNear = 1e-3; // there the closed forms cancel
    if (std::abs(eta) < kNear) {
        const double c0 = -1.0 / 3 + eta * (1.0 / 12 + eta * (-2.0 / 135 + eta / 864));
        const double c1 = -1.0 / 540 + eta * (-1.0 / 288 + eta / 378);
        return c0 + c1 / shape;
    }
    const double inverse = 1 / off, c0 = inverse - 1 / eta;
    const double c1 = 1 / (eta * eta * eta) - inverse * (1.0 / 12 + inverse * (1 + inverse));
    return c0 + c1 / shape;
}

/// upperGamma / gammaFront for x > shape + 1 by Lentz' continued fraction.
double byFraction(double shape, double x) {
    constexpr double kTiny = 1e-300;
    constexpr int kMost = 10000;
    double b = x + 1 - shape, c = 1 / kTiny, d = 1 / b, h = d;
    for (int i = 1; i < kMost; ++i) {
        const double numerator = -i * (i - shape);
        b += 2;
        d = 1 / (numerator * d + b);
        c = b + numerator / c;
        const double step = d * c;
        h *= step;
        if (std::abs(step - 1) < 10 * kSame) break;
    }
    return h;
}

/// lowerGamma / gammaFront for x < shape.
double bySeries(double shape, double x) {
    double term = 1 / shape, sum = term;
    for (double n = 1; term > kSame * sum; ++n) {
        term *= x / (shape + n);
        sum += term;
    }
    return sum;
}

bool isBetween(double shape, double x) {
    return x > kLow * shape && x < kHigh * shape;
}

double etaOf(double shape, double x) {
    return std::copysign(std::sqrt(2 * halfSquare(shape, x)), x - shape);
}

/// e^{shape eta^2 / 2} times the tail on the side of `sign`: +1 above x, -1 below.
double scaledTail(double shape, double x, double sign) {
    const double eta = etaOf(shape, x);
    return scaledErfc(sign * eta * std::sqrt(shape / 2)) / 2 +
           sign * temmeSum(shape, x, eta) / std::sqrt(2 * std::numbers::pi * shape);
}

double largeUpper(double shape, double x);

double largeLower(double shape, double x) {
    if (x >= kHigh * shape) return 1 - largeUpper(shape, x);
    if (!isBetween(shape, x)) return bySeries(shape, x) * gammaFront(shape, x);
    if (x > shape) return 1 - largeUpper(shape, x);
    return scaledTail(shape, x, -1) * std::exp(-shape * halfSquare(shape, x));
}

double largeUpper(double shape, double x) {
    if (x <= kLow * shape) return 1 - largeLower(shape, x);
    if (!isBetween(shape, x)) return byFraction(shape, x) * gammaFront(shape, x);
    if (x < shape) return 1 - largeLower(shape, x);
    return scaledTail(shape, x, 1) * std::exp(-shape * halfSquare(shape, x));
}

} // namespace

double logGammaFront(double shape, double x) {
    if (shape <= kLargeShape) return shape * std::log(x) - x - std::lgamma(shape);
    return std::log(shape / (2 * std::numbers::pi)) / 2 - shape * halfSquare(shape, x) - std::log(stirling(shape));
}

double gammaFront(double shape, double x) {
    if (!(x > 0)) return 0;
    if (shape <= kLargeShape) return x * boost::math::gamma_p_derivative(shape, x, Quiet{});
    return std::sqrt(shape / (2 * std::numbers::pi)) / stirling(shape) * std::exp(-shape * halfSquare(shape, x));
}

double upperGamma(double shape, double x) {
    if (!(x > 0)) return 1;
    return shape <= kLargeShape ? boost::math::gamma_q(shape, x, Quiet{}) : largeUpper(shape, x);
}

double lowerGamma(double shape, double x) {
    if (!(x > 0)) return 0;
    return shape <= kLargeShape ? boost::math::gamma_p(shape, x, Quiet{}) : largeLower(shape, x);
}

double upperGammaRatio(double shape, double x) {
    if (x > shape + 1 && (shape <= kLargeShape || !isBetween(shape, x))) {
        const double upper = shape <= kLargeShape ? upperGamma(shape, x) : 0, front = gammaFront(shape, x);
        if (upper > std::numeric_limits<double>::min() && front > std::numeric_limits<double>::min())
            return upper / front;
        return byFraction(shape, x);
    }
    if (shape > kLargeShape && isBetween(shape, x))
        return scaledTail(shape, x, 1) * stirling(shape) / std::sqrt(shape / (2 * std::numbers::pi));
    return upperGamma(shape, x) / gammaFront(shape, x);
}

} // namespace plimsoll::distribution
