#include "engine/distribution/survival_integral.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>

namespace plimsoll::distribution {

double survivalIntegral(const std::function<double(double)>& survival, double from_s, double to_s, double size_s) {
    constexpr double kNegligible = 1e-12;
    constexpr int kMost = 200;
    using Rule = boost::math::quadrature::gauss<double, 20>;
    const double end = to_s - from_s;
    if (!(end > 0)) return 0;
    const auto piece = [&](double from, double to) {
        return Rule::integrate([&](double t) { return survival(from_s + t); }, from, to);
    };
    const double middle = std::min(size_s, end);
    double sum = 0, to = middle;
    for (int i = 0; i < kMost; ++i, to /= 2) {
        const double part = piece(to / 2, to);
        sum += part;
        if (to < sum * kNegligible || part >= to / 2 * (1 - kNegligible)) {
            sum += to / 2; // it has not begun to fall
            break;
        }
    }
    for (double from = middle; from < end && from < middle * 0x1p200; from *= 2) {
        const double part = piece(from, std::min(2 * from, end));
        sum += part;
        if (part < sum * kNegligible && survival(from_s + 2 * from) * from < sum * kNegligible) break;
    }
    return sum;
}

} // namespace plimsoll::distribution
