#include "engine/network/retries.h"

#include "engine/distribution/incomplete_gamma.h"
#include "engine/queueing/erlang.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::network {
namespace {

/// 1 + p + ... + p^(n-1).
double attemptsUpTo(double p, double n) {
    if (p == 1) return n;
    return p == 0 ? 1 : -std::expm1(n * std::log(p)) / (1 - p);
}

/// ln P(Erlang(k, 1) <= x), also where it underflows (then x < k).
double logErlangBelow(double k, double x) {
    const double direct = distribution::lowerGamma(k, x);
    if (direct > 0) return std::log(direct);
    double term = 1, sum = 1;
    for (double i = k + 1; term > 1e-17 * sum; ++i) sum += term *= x / i;
    return k * std::log(x) - x - std::lgamma(k + 1) + std::log(sum);
}

/// The chance that an attempt fails as a function of the attempts' rate.
class FailureShare {
public:
    /// False: too many places between those that are in time and those that are late for certain.
    bool prepare(const RetryStation& station) {
        constexpr double kMost = 2e5, kNever = 1e-20, kSure = 1e-17;
        m_servers = station.servers;
        m_service = station.serviceMean_s;
        m_waiting = station.capacity - station.servers;
        const double patience = station.timeout_s / station.serviceMean_s; // in services
        m_lateAtOnce = std::exp(-patience);
        double high = m_waiting;
        while (high - m_inTime > 1) { // the chance to be late rises with the number before
            const double middle = std::floor((m_inTime + high) / 2);
            (late(middle, patience) < kNever ? m_inTime : high) = middle;
        }
        for (double k = m_inTime + 1; k <= m_waiting; ++k) {
            if (double(m_late.size()) > kMost) return false;
            m_late.push_back(late(k, patience));
            if (1 - m_late.back() < kSure) break;
        }
        return true;
    }

    double operator()(double rate) const {
        const double load = rate * m_service, ratio = load / m_servers;
        const double below = 1 / queueing::erlangB(m_servers, load) - 1; // weight of a free server, in that of c busy
        if (!std::isfinite(below)) return m_lateAtOnce;                  // nobody ever waits
        // Weights r^j of c + j, over the largest of them: r^-waiting times that where r > 1, from the top down.
        const bool crowded = ratio > 1;
        const double step = crowded ? 1 / ratio : ratio, logStep = std::log(step);
        const auto weightOf = [&](double j) { return std::exp((crowded ? m_waiting - j : j) * logStep); };
        const auto sumOf = [&](double from, double to) { // of the weights of from .. to - 1
            const double highest = weightOf(crowded ? to - 1 : from);
            return step < 1 ? highest * -std::expm1((to - from) * logStep) / (1 - step) : (to - from) * highest;
        };
        const double listed = m_inTime + double(m_late.size());
        double sum = sumOf(listed, m_waiting); // late for certain
        double norm = sum + below * weightOf(0) + sumOf(0, m_inTime),
               weight = weightOf(crowded ? listed - 1 : m_inTime);
        sum += below * weightOf(0) * m_lateAtOnce;
        for (std::size_t j = 0; j < m_late.size(); ++j, weight *= step) {
            sum += weight * m_late[crowded ? m_late.size() - 1 - j : j];
            norm += weight;
        }
        const double full = weightOf(m_waiting);
        return std::min(1.0, (sum + full) / (norm + full));
    }

private:
    /// P(k services one after the other at full speed, and one's own, take longer than the patience).
    double late(double k, double patience) const {
        if (m_servers == 1) return distribution::upperGamma(k + 1, patience);
        const double waits = distribution::upperGamma(k, m_servers * patience);
        const double own = k * -std::log1p(-1 / m_servers) - patience + logErlangBelow(k, (m_servers - 1) * patience);
        return std::min(1.0, waits + std::exp(own));
    }

    double m_servers = 1, m_service = 0, m_waiting = 0, m_lateAtOnce = 0;
    double m_inTime = 0;        // with fewer waiting before, nobody is late
    std::vector<double> m_late; // by the number waiting before, from there on; 1 beyond the last
};

} // namespace

std::optional<RetryFigures> retries(const Retries& policy) {
    const double p = policy.failureProbability;
    if (!policy.maxAttempts) {
        if (p >= 1) return std::nullopt;
        return RetryFigures{1 / (1 - p), 0, 1 / (1 - p)};
    }
    const double most = *policy.maxAttempts;
    RetryFigures figures;
    figures.attempts = attemptsUpTo(p, most);
    figures.errorShare = std::pow(p, most);
    // All attempts less those of the requests that fail, over the share that succeeds.
    const double succeeded = p < 1 ? -std::expm1(most * std::log(p)) : 0;
    figures.attemptsOfSuccess = succeeded > 0 ? (figures.attempts - most * figures.errorShare) / succeeded : most;
    return figures;
}

std::optional<std::vector<FixedPoint>> retryFixedPoints(const RetryStation& station) {
    constexpr int kRates = 400, kHalvings = 200;
    FailureShare failure;
    if (!failure.prepare(station)) return std::nullopt;
    const double most = station.maxRetries + 1, fresh = station.freshRate_per_s;
    // Attempts over fresh requests, less one, and what they ask for: the difference's roots.
    const auto excess = [&](double times) { return attemptsUpTo(failure(fresh * times), most) - times; };
    const auto pointAt = [&](double times, bool stable) {
        const double p = failure(fresh * times);
        return FixedPoint{fresh * times, p, std::pow(p, most), stable};
    };
    std::vector<FixedPoint> points;
    double left = 1, atLeft = excess(1);
    if (atLeft <= 0 || most <= 1) points.push_back(pointAt(1, true));
    for (int i = 1; i <= kRates && most > 1; ++i) {
        // At the last rate every attempt would have to fail: never more is asked for.
        const double right = std::pow(most, double(i) / kRates), atRight = i == kRates ? -1 : excess(right);
        if ((atLeft > 0) != (atRight > 0)) {
            double low = left, high = right;
            for (int h = 0; h < kHalvings && high - low > 1e-15 * high; ++h) {
                const double middle = (low + high) / 2;
                ((excess(middle) > 0) == (atLeft > 0) ? low : high) = middle;
            }
            points.push_back(pointAt((low + high) / 2, atLeft > 0));
        }
        left = right;
        atLeft = atRight;
    }
    return points;
}

} // namespace plimsoll::network
