// A queue limit and a longest wait at once. An arrival meets a virtual wait x and, as without the deadline, a queue
// that is Poisson(a x): below the deadline the density of x for those let in is a p e^{-(m - a) x} P(Poisson(a x) <
// limit), above it falls as e^{-m x} (notation of pool_laws.cpp). The density is log-concave.
#include "engine/network/pool_laws.h"

#include <boost/math/quadrature/gauss.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace plimsoll::network {
namespace {

using Quiet =
    boost::math::policies::policy<boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;
using Moments = std::array<double, 4>;

/// ln of mean^count / count!.
double logTerm(double count, double mean) {
    return count * std::log(mean) - std::lgamma(count + 1);
}

/// ln P(Poisson(mean) < count) where it is large enough for that; count >= 1.
std::optional<double> logPoissonBelow(double count, double mean) {
    if (mean > count + 30 * std::sqrt(count) + 300) return std::nullopt;
    const double direct = boost::math::gamma_q(count, mean, Quiet{});
    return direct > 0 ? std::optional(std::log(direct)) : std::nullopt;
}

/// ln of the sum of mean^j / j!, j = 0 .. count - 1, from the largest down; mean > count.
double logTermsBelow(double count, double mean) {
    double term = 1, sum = 1;
    for (double j = count - 1; j > 0 && term > 1e-17 * sum; --j) sum += term *= j / mean;
    return logTerm(count - 1, mean) + std::log(sum);
}

class Both {
public:
    explicit Both(const PoolQueue& pool)
        : m_rate(pool.arrivalRate_per_s), m_last(pool.rates_per_s.back()), m_limit(*pool.queueLimit),
          m_deadline(*pool.maxWait_s) {
        m_mode = m_rate > m_last ? std::min(m_deadline, (m_limit - 1) / m_last) : 0;
        m_logMode = logDensity(m_mode);
    }

    PoolMasses masses(const FreeStates& free) const {
        const double logRatio = std::log(m_rate / m_last);
        PoolMasses masses;
        const double above = balance(masses, free.logLast + logRatio + m_logMode); // a p e^{mode} / m
        const Moments moments = servedMoments();
        masses.served = above * m_last * moments[0];
        if (moments[0] > 0)
            masses.wait =
                distribution::fromRawMoments(moments[1] / moments[0], moments[2] / moments[0], moments[3] / moments[0]);
        masses.wait.variance = std::max(0.0, masses.wait.variance);
        masses.timedOut = above * density(m_deadline);
        // Full while the virtual wait is below the deadline, and while it is above.
        const double late = logTerm(m_limit, m_rate * m_deadline) - m_last * m_deadline;
        const double inTime =
            m_limit * logRatio + std::log(boost::math::gamma_p(m_limit + 1, m_last * m_deadline, Quiet{}));
        masses.refused = above * (std::exp(inTime - m_logMode) + std::exp(late - m_logMode));
        return masses;
    }

private:
    double logDensity(double x) const {
        if (x == 0) return 0;
        if (const auto below = logPoissonBelow(m_limit, m_rate * x)) return (m_rate - m_last) * x + *below;
        return logTermsBelow(m_limit, m_rate * x) - m_last * x; // e^{rate x} cancels
    }
    double density(double x) const { return std::exp(logDensity(x) - m_logMode); }

    /// Where the density has fallen by e^-45 between the mode and `end`, or `end`.
    double reach(double end) const {
        constexpr double kFar = 45;
        if (logDensity(end) > m_logMode - kFar) return end;
        double inside = m_mode, outside = end;
        for (int i = 0; i < 60 && std::abs(outside - inside) > 0.02 * std::abs(outside - m_mode); ++i) {
            const double middle = (inside + outside) / 2;
            (logDensity(middle) > m_logMode - kFar ? inside : outside) = middle;
        }
        return outside;
    }

    /// Integrals of x^k density(x), k = 0 .. 3, up to the deadline: panels of 20 points between the cuts.
    Moments servedMoments() const {
        constexpr int kPanels = 6; // 45 / 6 in the exponent each: 1e-12
        const double from = reach(0), to = reach(m_deadline);
        const double fills = m_limit / m_rate, width = 8 * std::sqrt(m_limit) / m_rate;
        std::array cuts{from, m_mode, fills - width, fills, fills + width, to};
        for (double& cut : cuts) cut = std::clamp(cut, from, to);
        std::ranges::sort(cuts);
        Moments moments{};
        for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
            const double panel = (cuts[i + 1] - cuts[i]) / kPanels;
            if (!(panel > 0)) continue;
            for (int k = 0; k < kPanels; ++k) addPanel(cuts[i] + (k + 0.5) * panel, panel / 2, moments);
        }
        return moments;
    }

    void addPanel(double centre, double half, Moments& moments) const {
        using Rule = boost::math::quadrature::gauss<double, 20>;
        for (std::size_t i = 0; i < Rule::abscissa().size(); ++i)
            for (const double side : {-1.0, 1.0}) {
                const double x = centre + side * half * Rule::abscissa()[i];
                double term = Rule::weights()[i] * half * density(x);
                for (double& moment : moments) {
                    moment += term;
                    term *= x;
                }
            }
    }

    double m_rate, m_last, m_limit, m_deadline;
    double m_mode = 0, m_logMode = 0;
};

} // namespace

PoolMasses massesWithBoth(const PoolQueue& pool, const FreeStates& free) {
    constexpr double kNever = 1e-14;
    const double limit = *pool.queueLimit, deadline = *pool.maxWait_s;
    if (limit == 0 || boost::math::gamma_q(limit + 1, pool.rates_per_s.back() * deadline, Quiet{}) < kNever)
        return massesWithLimit(pool, free);
    if (boost::math::gamma_p(limit, pool.arrivalRate_per_s * deadline, Quiet{}) < kNever)
        return massesWithDeadline(pool, free);
    return Both(pool).masses(free);
}

} // namespace plimsoll::network
