#include "engine/cache/popularity.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>

namespace plimsoll::cache {

double generalizedHarmonic(double n, double a) {
    constexpr double kHead = 30;
    const auto f = [&](double x) { return std::pow(x, -a); };
    const double head = std::min(n, kHead);
    double sum = 0;
    for (double i = 1; i <= head; ++i) sum += f(i);
    if (n <= kHead) return sum;
    const double logRatio = std::log(n / kHead), b = 1 - a;
    // (n^b - head^b) / b without cancellation near b = 0
    const double integral = std::abs(b) < 1e-14 ? logRatio : std::pow(kHead, b) * std::expm1(b * logRatio) / b;
    const auto derivative = [&](double power) { return std::pow(kHead, -a - power) - std::pow(n, -a - power); };
    return sum + integral + (f(n) - f(kHead)) / 2 + a / 12 * derivative(1) -
           a * (a + 1) * (a + 2) / 720 * derivative(3) +
           a * (a + 1) * (a + 2) * (a + 3) * (a + 4) / 30240 * derivative(5);
}

Popularity::Popularity(std::uint64_t keys, double exponent) : m_keys(double(keys)), m_exponent(exponent) {
    constexpr double kHead = 300;
    using Rule = boost::math::quadrature::gauss<double, 10>;
    const double head = std::min(m_keys, kHead);
    double sum = 0;
    for (double i = 1; i <= head; ++i) m_groups.push_back({1, std::pow(i, -exponent)});
    if (m_keys > kHead) {
        const double from = std::log(kHead + 0.5), to = std::log(m_keys + 0.5), panels = std::ceil(to - from);
        const double half = (to - from) / panels / 2;
        for (double panel = 0; panel < panels; ++panel) {
            const double middle = from + (2 * panel + 1) * half;
            const auto add = [&](double x, double weight) {
                const double rank = std::exp(middle + half * x);
                m_groups.push_back({weight * half * rank, std::pow(rank, -exponent)});
            };
            for (std::size_t k = 0; k < Rule::abscissa().size(); ++k) {
                add(Rule::abscissa()[k], Rule::weights()[k]);
                add(-Rule::abscissa()[k], Rule::weights()[k]);
            }
        }
    }
    for (const Group& group : m_groups) sum += group.keys * group.probability;
    for (Group& group : m_groups) group.probability /= sum;
    m_all = generalizedHarmonic(m_keys, exponent);
}

double Popularity::top(double count) const {
    const double whole = std::floor(std::clamp(count, 0.0, m_keys)), part = std::min(count, m_keys) - whole;
    const double next = part > 0 ? part * std::pow(whole + 1, -m_exponent) : 0;
    return std::min(1.0, ((whole > 0 ? generalizedHarmonic(whole, m_exponent) : 0) + next) / m_all);
}

} // namespace plimsoll::cache
