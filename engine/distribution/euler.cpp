#include "engine/distribution/euler.h"

#include <cmath>
#include <numbers>

namespace plimsoll::distribution {

const EulerRule& eulerRule() {
    static const EulerRule rule = [] {
        constexpr int order = EulerRule::kOrder;
        EulerRule made;
        made.real = order * std::numbers::ln10 / 3;
        std::array<double, EulerRule::kNodes> xi{};
        xi[0] = 0.5;
        for (std::size_t k = 1; k <= order; ++k) xi[k] = 1;
        const double unit = std::ldexp(1.0, -order);
        xi[2 * std::size_t(order)] = unit;
        double binomial = 1;
        for (std::size_t k = 1; k < order; ++k) {
            binomial = binomial * double(order + 1 - int(k)) / double(k);
            xi[2 * std::size_t(order) - k] = xi[2 * std::size_t(order) - k + 1] + unit * binomial;
        }
        const double front = std::pow(10.0, order / 3.0);
        for (std::size_t k = 0; k < EulerRule::kNodes; ++k) {
            made.imaginary[k] = std::numbers::pi * double(k);
            made.weight[k] = (k % 2 == 0 ? front : -front) * xi[k];
        }
        return made;
    }();
    return rule;
}

} // namespace plimsoll::distribution
