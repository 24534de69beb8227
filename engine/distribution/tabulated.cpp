#include "engine/distribution/tabulated.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace plimsoll::distribution {
namespace {

/// Integrals of v^k e^{-yv} over [0, 1], k = 0, 1, 2; y >= 0.
std::array<double, 3> unitIntegrals(double y) {
    std::array<double, 3> sums{};
    if (y < 1) {
        double term = 1;
        for (int i = 0; i < 18; ++i) { // 1 / 18! = 2e-16
            for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += term / (double(k) + 1 + i);
            term *= -y / (i + 1);
        }
        return sums;
    }
    const double end = std::exp(-y);
    sums[0] = -std::expm1(-y) / y;
    sums[1] = (sums[0] - end) / y;
    sums[2] = (2 * sums[1] - end) / y;
    return sums;
}

/// Segment by segment.
Cumulants tableCumulants(const TabulatedLaw& law) {
    const double start = law.time_s.front();
    double first = 0, second = 0, third = 0; // raw moments of X - start
    for (std::size_t j = 0; j < law.time_s.size() && law.time_s.size() > 1; ++j) {
        const double rate = law.rate_per_s[j], from = law.time_s[j] - start, tail = law.survival[j];
        if (j + 1 == law.time_s.size()) {
            const double mean = 1 / rate;
            first += tail * mean;
            second += 2 * tail * mean * (from + mean);
            third += 3 * tail * mean * (from * from + 2 * mean * (from + mean));
            break;
        }
        const double length = law.time_s[j + 1] - law.time_s[j];
        const auto u = unitIntegrals(rate * length);
        first += tail * length * u[0];
        second += 2 * tail * length * (from * u[0] + length * u[1]);
        third += 3 * tail * length * (from * from * u[0] + length * (2 * from * u[1] + length * u[2]));
    }
    Cumulants result = fromRawMoments(first, second, third);
    result.mean += start;
    result.variance = std::max(0.0, result.variance);
    return result;
}

/// Weibull's coordinates, ln of the time since the start and ln(-ln of the survival over that at the start): nearly a
/// straight line for most laws, at both ends for almost all.
struct WeibullPoint {
    double x = 0, y = 0;
};

/// Points of a survival function, few enough to pay for.
class Samples {
public:
    Samples(const std::function<double(double)>& survival, double start_s, double first)
        : m_survival(survival), m_start(start_s), m_first(first) {}

    /// None where the law is the constant that is left in constantAt().
    std::vector<WeibullPoint> take(double size, std::size_t count) {
        reach(size);
        while (m_points.size() < count && splitWidest()) {}
        std::vector<WeibullPoint> points;
        for (const auto& [time, tail] : m_points) {
            const WeibullPoint point{std::log(time), std::log(-std::log(tail / m_first))};
            if (!std::isfinite(point.y)) continue;                         // it has not begun to fall
            if (!points.empty() && !(point.y > points.back().y)) continue; // noise of an inversion
            if (points.empty() || point.x > points.back().x) points.push_back(point);
        }
        return points;
    }
    double lastTime() const { return m_points.back().time; }

private:
    struct Point {
        double time = 0, tail = 0;
    };
    static constexpr double kHighest = 0.995, kLast = 1e-6, kLowest = 1e-8; // over the survival at the start

    Point at(double time) const { return {time, std::clamp(m_survival(m_start + time), 0.0, m_first)}; }

    /// Up in factors of two to the end of the table, and down in growing steps to where it has hardly begun to fall.
    void reach(double size) {
        constexpr int kMost = 100;
        m_points = {at(size)};
        double step = 2;
        for (int i = 0; i < kMost && m_points.front().tail < kHighest * m_first; ++i, step *= 1.4)
            m_points.insert(m_points.begin(), at(m_points.front().time / step));
        for (int i = 0; i < kMost && m_points.back().tail > kLast * m_first; ++i)
            m_points.push_back(at(2 * m_points.back().time));
        while (m_points.size() > 1 && m_points[m_points.size() - 2].tail <= kLast * m_first) m_points.pop_back();
        if (m_points.size() > 1 && m_points.back().tail < kLowest * m_first) findEnd();
    }
    /// The last point is too far out: one where the survival is small, but not as small as that.
    void findEnd() {
        constexpr int kMost = 100;
        Point inside = m_points[m_points.size() - 2], outside = m_points.back();
        m_points.pop_back();
        for (int i = 0; i < kMost && outside.tail < kLowest * m_first; ++i) {
            const Point middle = at((inside.time + outside.time) / 2);
            (middle.tail > kLast * m_first ? inside : outside) = middle;
        }
        if (inside.time > m_points.back().time) m_points.push_back(inside);
        if (outside.tail > 0) m_points.push_back(outside);
    }

    /// How much happens between two points.
    double width(const Point& a, const Point& b) const {
        constexpr double kBody = 8; // the upper half counts for as much as two decades of the tail
        return std::log(a.tail / b.tail) + kBody * (a.tail - b.tail) / m_first;
    }
    bool splitWidest() {
        std::size_t widest = 0;
        double most = 0;
        for (std::size_t j = 1; j < m_points.size(); ++j) {
            if (!(m_points[j].time > m_points[j - 1].time * (1 + 1e-9))) continue;
            const double found = width(m_points[j - 1], m_points[j]);
            if (found > most) most = found, widest = j;
        }
        if (!(most > 0)) return false;
        const double middle = std::sqrt(m_points[widest - 1].time * m_points[widest].time);
        m_points.insert(m_points.begin() + std::ptrdiff_t(widest), at(middle));
        return true;
    }

    const std::function<double(double)>& m_survival;
    double m_start, m_first;
    std::vector<Point> m_points; // by time
};

/// A monotone cubic through the samples (Fritsch and Carlson 1980) and the table that follows it.
class Curve {
public:
    explicit Curve(std::vector<WeibullPoint> points) : m_points(std::move(points)), m_slope(m_points.size()) {
        const std::size_t last = m_points.size() - 1;
        for (std::size_t i = 1; i < last; ++i) m_slope[i] = 2 / (1 / secant(i - 1) + 1 / secant(i));
        m_slope[0] = secant(0);
        m_slope[last] = secant(last - 1);
    }

    /// ln of the survival over that at the start.
    double logTail(double x) const {
        if (x < m_points.front().x) return -std::exp(m_points.front().y + m_slope.front() * (x - m_points.front().x));
        const auto above = std::ranges::upper_bound(m_points, x, {}, &WeibullPoint::x);
        const auto i = std::size_t(
            std::clamp<std::ptrdiff_t>(above - m_points.begin() - 1, 0, std::ptrdiff_t(m_points.size()) - 2));
        const WeibullPoint &a = m_points[i], &b = m_points[i + 1];
        const double width = b.x - a.x, u = (x - a.x) / width, v = 1 - u;
        return -std::exp(a.y * v * v * (1 + 2 * u) + b.y * u * u * (3 - 2 * u) +
                         width * u * v * (m_slope[i] * v - m_slope[i + 1] * u));
    }

    /// Points between which the survival is log-linear enough, most where it matters most.
    TabulatedLaw table(double start, double first, std::size_t points) const {
        std::vector<Piece> pieces{pieceOf(-std::numeric_limits<double>::infinity(), m_points.front().x)};
        for (std::size_t i = 0; i + 1 < m_points.size(); i += 2)
            pieces.push_back(pieceOf(m_points[i].x, m_points[std::min(i + 2, m_points.size() - 1)].x));
        while (pieces.size() + 1 < points) {
            const auto worst = std::ranges::max_element(pieces, {}, &Piece::error);
            if (!(worst->error > kExact)) break;
            const Piece piece = *worst;
            *worst = pieceOf(piece.from, piece.middle);
            pieces.push_back(pieceOf(piece.middle, piece.to));
        }
        std::ranges::sort(pieces, {}, &Piece::to);
        std::vector<double> time{start}, tail{first};
        for (const Piece& piece : pieces) {
            time.push_back(start + std::exp(piece.to));
            tail.push_back(first * std::exp(logTail(piece.to)));
        }
        TabulatedLaw law = fromPoints(std::move(time), std::move(tail));
        law.cumulants = curveCumulants(start, first, law.rate_per_s.back());
        return law;
    }

private:
    static constexpr double kExact = 1e-7;

    /// Of the cubic: raw moments about the start by Gauss's rule between the samples, over the logarithm of time.
    Cumulants curveCumulants(double start, double first, double lastRate) const {
        using Rule = boost::math::quadrature::gauss<double, 10>;
        double u = std::exp(m_points.front().x);
        std::array<double, 3> moments{u, u * u, u * u * u}; // it has hardly fallen up to there
        for (std::size_t i = 0; i + 1 < m_points.size(); ++i)
            for (std::size_t n = 1; n <= moments.size(); ++n)
                moments[n - 1] +=
                    Rule::integrate([&](double x) { return double(n) * std::exp(double(n) * x + logTail(x)); },
                                    m_points[i].x, m_points[i + 1].x);
        u = std::exp(m_points.back().x);
        const double tail = std::exp(logTail(m_points.back().x)), mean = 1 / lastRate;
        moments[0] += tail * mean;
        moments[1] += 2 * tail * mean * (u + mean);
        moments[2] += 3 * tail * mean * (u * u + 2 * mean * (u + mean));
        Cumulants result = fromRawMoments(first * moments[0], first * moments[1], first * moments[2]);
        result.mean += start;
        result.variance = std::max(0.0, result.variance);
        return result;
    }
    struct Piece {
        double from = 0, middle = 0, to = 0; // ln of the time; the first one comes from the start itself
        double error = 0;
    };
    double secant(std::size_t i) const {
        return (m_points[i + 1].y - m_points[i].y) / (m_points[i + 1].x - m_points[i].x);
    }
    Piece pieceOf(double from, double to) const {
        constexpr double kDeep = 1e-4; // further down errors count less
        Piece piece{from, 0, to, 0};
        const double first = std::exp(from), last = std::exp(to), time = (first + last) / 2;
        piece.middle = std::log(time);
        const double atFirst = std::isinf(from) ? 0 : logTail(from), atLast = logTail(to);
        const double off = std::abs(logTail(piece.middle) - (atFirst + atLast) / 2);
        piece.error = off * std::min(1.0, std::exp(atLast) / kDeep);
        return piece;
    }

    std::vector<WeibullPoint> m_points;
    std::vector<double> m_slope;
};

} // namespace

TabulatedLaw fromPoints(std::vector<double> time_s, std::vector<double> survival) {
    assert(!time_s.empty() && time_s.size() == survival.size());
    const std::size_t last = time_s.size() - 1;
    std::vector<double> rates(time_s.size(), std::numeric_limits<double>::infinity());
    for (std::size_t j = 0; j < last; ++j)
        rates[j] = std::log(survival[j] / survival[j + 1]) / (time_s[j + 1] - time_s[j]);
    if (last > 0) rates[last] = rates[last - 1];
    TabulatedLaw law{std::move(time_s), std::move(survival), std::move(rates), {}};
    law.cumulants = tableCumulants(law);
    return law;
}

TabulatedLaw tabulate(const std::function<double(double)>& survival, double start_s, double size_s, std::size_t samples,
                      std::size_t points) {
    assert(size_s > 0);
    constexpr double kNothing = 1e-12;
    const double first = std::clamp(survival(start_s), 0.0, 1.0);
    if (!(first > kNothing)) return fromPoints({start_s}, {1});
    Samples law(survival, start_s, first);
    std::vector<WeibullPoint> found = law.take(size_s, samples);
    if (found.size() < 2) return fromPoints({start_s + law.lastTime()}, {1}); // it falls at once
    return Curve(std::move(found)).table(start_s, first, points);
}

double survival(const TabulatedLaw& law, double t_s) {
    if (t_s < law.time_s.front()) return 1;
    if (law.time_s.size() == 1) return 0;
    const auto above = std::ranges::upper_bound(law.time_s, t_s);
    const auto j = std::size_t(above - law.time_s.begin()) - 1;
    return law.survival[j] * std::exp(-law.rate_per_s[j] * (t_s - law.time_s[j]));
}

double quantile_s(const TabulatedLaw& law, double level) {
    const double tail = 1 - level;
    if (law.time_s.size() == 1 || law.survival.front() <= tail) return law.time_s.front();
    const auto below = std::ranges::lower_bound(law.survival, tail, std::greater<>());
    const auto j = std::size_t(below - law.survival.begin()) - 1;
    return law.time_s[j] + std::log(law.survival[j] / tail) / law.rate_per_s[j];
}

std::complex<double> transform(const TabulatedLaw& law, std::complex<double> s) {
    const double start = law.time_s.front();
    if (law.time_s.size() == 1) return std::exp(-s * start);
    // s times the integral of e^{-s (t - start)} P(X > t) from the start on.
    std::complex<double> sum = 0, here = law.survival.front();
    for (std::size_t j = 0; j + 1 < law.time_s.size(); ++j) {
        const std::complex<double> next = law.survival[j + 1] * std::exp(-s * (law.time_s[j + 1] - start));
        sum += (here - next) / (s + law.rate_per_s[j]);
        here = next;
    }
    sum += here / (s + law.rate_per_s.back());
    return std::exp(-s * start) * (1.0 - s * sum);
}

TabulatedLaw truncated(const TabulatedLaw& law, double end_s) {
    assert(end_s > law.time_s.front() || law.time_s.size() == 1);
    if (law.time_s.size() == 1) return law;
    const double beyond = survival(law, end_s);
    const auto kept = [&](double t) { return t >= end_s ? 0 : (survival(law, t) - beyond) / (1 - beyond); };
    return tabulate(kept, law.time_s.front(), (end_s - law.time_s.front()) / 2, law.time_s.size());
}

} // namespace plimsoll::distribution
