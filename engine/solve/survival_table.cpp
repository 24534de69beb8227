#include "engine/solve/survival_table.h"

#include "engine/solve/path_points.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>
#include <complex>

namespace plimsoll::flow {
namespace {

constexpr double kNothing = 1e-13; // of a survival function
constexpr double kNoise = 1e-9;    // what inversion leaves of one
constexpr double kFarthest = 1e6;  // times the scale: no law is followed beyond

} // namespace

SurvivalTable::SurvivalTable(const std::function<double(double)>& survival, double scale, double end) {
    constexpr int kPoints = 48;
    constexpr double kFirst = 1e-3, kLast = 1e-7; // shares of the scale; of the law left at the last point
    double last = std::min(end, scale);
    while (last < end && last < kFarthest * scale && survival(last) > kLast) last *= 1.5;
    last = std::min(last, end);
    m_times = {0};
    m_survival = {survival(0)};
    const double first = std::min(kFirst * scale, last / 2), step = std::pow(last / first, 1.0 / (kPoints - 1));
    double t = first, lowest = m_survival[0];
    for (int i = 0; i < kPoints; ++i, t *= step) {
        const bool ends = i + 1 == kPoints;
        m_times.push_back(ends ? last : t);
        lowest = ends && last == end ? 0 : std::min(lowest, survival(m_times.back()));
        m_survival.push_back(lowest);
        if (lowest < kNothing) break;
    }
}

Values SurvivalTable::transformAt(const Points& s) const {
    Values result;
    for (std::size_t k = 0; k < kNodes; ++k) {
        const std::complex<double> at(s.real, s.imaginary[k]);
        std::complex<double> integral = 0, before = 1; // e^{-s t} at the segment's start
        for (std::size_t j = 0; j + 1 < m_times.size(); ++j) {
            const double length = m_times[j + 1] - m_times[j], from = m_survival[j], to = m_survival[j + 1];
            const std::complex<double> after = std::exp(-at * m_times[j + 1]);
            if (to >= kNothing) {
                const double fall = std::log(from / to) / length;
                integral += (from * before - to * after) / (at + fall);
            } else if (from > 0) { // straight down
                integral += from * (before / at - (before - after) / (at * at * length));
            }
            before = after;
        }
        const std::size_t n = m_times.size();
        const double left = m_survival[n - 1], previous = m_survival[n - 2];
        if (left >= kNothing && left < previous) {
            const double fall = std::log(previous / left) / (m_times[n - 1] - m_times[n - 2]);
            integral += left * before / (at + fall);
        }
        const std::complex<double> value = 1.0 - at * integral;
        result.re[k] = value.real();
        result.im[k] = value.imag();
    }
    return result;
}

distribution::Cumulants cumulantsFrom(const std::function<double(double)>& survival, double scale, double end,
                                      std::span<const double> breaks) {
    std::vector<double> edges{0};
    for (double edge = scale / 4; edge < end; edge *= 2.5) {
        edges.push_back(edge);
        if (survival(edge) < kNoise || edge > kFarthest * scale) break;
    }
    if (std::isfinite(end)) edges.push_back(end);
    const double last = edges.back();
    for (double edge : breaks)
        if (edge > 0 && edge < last) edges.push_back(edge);
    std::ranges::sort(edges);
    double first = 0, second = 0, third = 0;
    for (std::size_t i = 0; i + 1 < edges.size(); ++i) {
        const double middle = (edges[i] + edges[i + 1]) / 2, half = (edges[i + 1] - edges[i]) / 2;
        const auto add = [&](double x, double weight) {
            const double t = middle + half * x, share = weight * half * survival(t);
            first += share;
            second += 2 * t * share;
            third += 3 * t * t * share;
        };
        using Rule = boost::math::quadrature::gauss<double, 10>;
        for (std::size_t k = 0; k < Rule::abscissa().size(); ++k) {
            add(Rule::abscissa()[k], Rule::weights()[k]);
            add(-Rule::abscissa()[k], Rule::weights()[k]);
        }
    }
    return distribution::fromRawMoments(first, second, third);
}

} // namespace plimsoll::flow
