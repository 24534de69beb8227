#include "engine/solve/survival_table.h"

#include "engine/solve/path_points.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::flow {
namespace {

constexpr double kNothing = 1e-13; // of a survival function
constexpr double kNoise = 1e-9;    // what inversion leaves of one
constexpr double kFarthest = 1e6;  // times the scale: no law is followed beyond

struct Grid {
    std::vector<double> times, survival;
};

Grid gridOf(const std::function<double(double)>& survival, double scale, double end) {
    constexpr int kPoints = 48;
    constexpr double kFirst = 1e-3, kLast = 1e-7; // shares of the scale; of the law left at the last point
    constexpr int kMostQuarterings = 60;
    for (int i = 0; i < kMostQuarterings && survival(std::min(end, scale)) < kLast; ++i) scale /= 4;
    double last = std::min(end, scale);
    while (last < end && last < kFarthest * scale && survival(last) > kLast) last *= 1.5;
    last = std::min(last, end);
    Grid grid{{0}, {survival(0)}};
    const double first = std::min(kFirst * scale, last / 2), step = std::pow(last / first, 1.0 / (kPoints - 1));
    double t = first, lowest = grid.survival[0];
    for (int i = 0; i < kPoints; ++i, t *= step) {
        const bool ends = i + 1 == kPoints;
        grid.times.push_back(ends ? last : t);
        lowest = ends && last == end ? 0 : std::min(lowest, survival(grid.times.back()));
        if (lowest < kNothing) lowest = 0;
        grid.survival.push_back(lowest);
    }
    return grid;
}

/// e^{-s t} at all nodes.
void setPowers(const Points& s, double t, Values& powers) {
    const double angle = s.imaginary[1] * t, turnRe = std::cos(angle), turnIm = -std::sin(angle);
    powers.re[0] = std::exp(-s.real * t);
    powers.im[0] = 0;
    for (std::size_t k = 1; k < kNodes; ++k) {
        powers.re[k] = powers.re[k - 1] * turnRe - powers.im[k - 1] * turnIm;
        powers.im[k] = powers.re[k - 1] * turnIm + powers.im[k - 1] * turnRe;
    }
}

} // namespace

SurvivalTable::SurvivalTable(const std::function<double(double)>& survival, double scale, double end) {
    const Grid grid = gridOf(survival, scale, end);
    m_times = grid.times;
    m_survival = grid.survival;
}

SurvivalCurve::SurvivalCurve(const std::function<double(double)>& survival, double scale)
    : m_logarithm([&] {
          Grid grid = gridOf(survival, scale, std::numeric_limits<double>::infinity());
          for (double& share : grid.survival) share = std::log(std::max(share, kNothing));
          m_last = grid.times.back();
          m_lastLogarithm = grid.survival.back();
          return decltype(m_logarithm)(std::move(grid.times), std::move(grid.survival));
      }()) {
    m_lastSlope = std::min(0.0, m_logarithm.prime(m_last));
}

double SurvivalCurve::at(double t_s) const {
    const double logarithm = t_s < m_last ? m_logarithm(t_s) : m_lastLogarithm + (t_s - m_last) * m_lastSlope;
    return std::exp(std::min(0.0, logarithm));
}

Values SurvivalTable::transformAt(const Points& s) const {
    // Node by node inside the loop over segments: it vectorises, and with one sine and cosine a segment, turned on from
    // node to node (they are equally far apart), it takes a fortieth of the time of one complex exponential each.
    Values integral = Values::filled(0), before = Values::filled(1), after;   // e^{-s t} at the segment's ends
    const auto addShare = [&](const Values& at, double weight, double fall) { // weight e^{-s t} / (s + fall)
        const double real = s.real + fall;
        for (std::size_t k = 0; k < kNodes; ++k) {
            const double norm = weight / (real * real + s.imaginary[k] * s.imaginary[k]);
            integral.re[k] += (at.re[k] * real + at.im[k] * s.imaginary[k]) * norm;
            integral.im[k] += (at.im[k] * real - at.re[k] * s.imaginary[k]) * norm;
        }
    };
    for (std::size_t j = 0; j + 1 < m_times.size(); ++j) {
        const double length = m_times[j + 1] - m_times[j], from = m_survival[j], to = m_survival[j + 1];
        setPowers(s, m_times[j + 1], after);
        if (to >= kNothing) {
            const double fall = std::log(from / to) / length;
            addShare(before, from, fall);
            addShare(after, -to, fall);
        } else if (from > 0) { // straight down
            addShare(before, from, 0);
            Values chord = before;
            chord.addScaled(after, -1);
            Values points;
            points.re.fill(s.real);
            points.im = s.imaginary;
            chord.divideBy(points);
            addShare(chord, -from / length, 0);
        }
        before = after;
    }
    const std::size_t n = m_times.size();
    const double left = m_survival[n - 1], previous = m_survival[n - 2];
    if (left >= kNothing && left < previous)
        addShare(before, left, std::log(previous / left) / (m_times[n - 1] - m_times[n - 2]));
    Values result;
    for (std::size_t k = 0; k < kNodes; ++k) {
        result.re[k] = 1 - (s.real * integral.re[k] - s.imaginary[k] * integral.im[k]);
        result.im[k] = -(s.real * integral.im[k] + s.imaginary[k] * integral.re[k]);
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
