#include "engine/balancer/model/power_of_choices.h"

#include "engine/balancer/model/shortest_queue.h"
#include "engine/queueing/erlang.h"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

/// Shares of servers with k or more requests, k = 0 .. cores, in the limit of many servers: every cut carries as much
/// up as down, load s_k^d = (k + 1) s_{k+1} + s_{k+2} + ... + s_cores. From a trial s_cores down to s_0, which must
/// be 1.
std::vector<double> limitShares(double cores, double load, double choices) {
    const auto c = std::size_t(cores);
    std::vector<double> logs(c + 1);
    const auto start = [&](double logTop) {
        logs[c] = logTop;
        double above = 0; // (s_{k+2} + ... + s_c) / s_{k+1}
        for (std::size_t k = c; k-- > 0;) {
            logs[k] = (logs[k + 1] + std::log((double(k + 1) + above) / load)) / choices;
            above = (1 + above) * std::exp(std::min(0.0, logs[k + 1] - logs[k]));
        }
        return logs[0];
    };
    // ln s_0 rises with ln s_c at least as fast as d^-c; ln s_c lies between those of infinitely and of no choices.
    double low = -1e5, high = 0;
    constexpr int kSteps = 60;
    for (int i = 0; i < kSteps; ++i) {
        const double middle = low + (high - low) / 2;
        (start(middle) > 0 ? high : low) = middle;
    }
    start(low);
    std::vector<double> shares;
    for (double value : logs) shares.push_back(std::exp(std::min(0.0, value)));
    return shares;
}

/// Above this many cores a server is so seldom full that least connections does as well.
constexpr double kMostCores = 64;

double limitWait(const EqualServers& servers, double choices) {
    constexpr double kNegligible = 1e-16;
    const double rho = servers.utilisation;
    double wait = 0;
    if (servers.cores == 1) {
        for (double power = choices * choices;; power *= choices) {
            const double term = std::exp((power - choices) / (choices - 1) * std::log(rho));
            wait += term;
            if (!(term >= kNegligible)) return wait;
        }
    }
    double share = limitShares(servers.cores, servers.cores * rho, choices).back();
    while (share > kNegligible) {
        const double found = std::pow(share, choices);
        wait += found / servers.cores;
        share = rho * found;
    }
    return wait;
}

/// Least connections itself, or no better than it.
bool likeShortestQueue(const EqualServers& servers, double choices) {
    return choices >= servers.count || servers.cores > kMostCores || servers.cores != std::floor(servers.cores);
}

/// P(an arrival finds k or more), k = cores, cores + 1 ..., for a correlation x.
class Found {
public:
    Found(const EqualServers& servers, double choices, double atCores)
        : m_utilisation(servers.utilisation), m_choices(choices), m_atCores(atCores) {}

    /// E[N], the sum of the probabilities; `tail` gets them, unless they are too many.
    double sum(double correlation, double power, std::vector<double>* tail = nullptr) const {
        double share = m_atCores, total = 0;
        for (std::size_t k = 0; k < kMostSeen; ++k) {
            const double limit = m_choices == 2 ? share : std::pow(share, m_choices - 1);
            const double others = power == kPower ? std::sqrt(1 - share) : std::pow(1 - share, power - 1);
            const double ratio = std::min(1.0, limit + correlation * (1 - limit) * others);
            const double found = share * ratio;
            total += found;
            if (tail) tail->push_back(found);
            share = m_utilisation * found;
            if (share < kNegligible) return total;
            // From here on each is the same part of the one before.
            if (!tail && share < kGeometric) break;
            if (k + 1 == kMostSeen && tail) tail->clear();
        }
        const double ratio = m_utilisation * (share * (1 - correlation) + correlation);
        return total + share * ratio / m_utilisation / (1 - std::min(ratio, 1 - kNegligible));
    }
    static constexpr double kPower = 1.5;

private:
    static constexpr double kNegligible = 1e-15, kGeometric = 1e-5;
    double m_utilisation, m_choices, m_atCores;
};

/// Where `rising` crosses 0 between two arguments; an end where it does not.
template <class Function> double crossing(const Function& rising, double low, double high) {
    const double atLow = rising(low), atHigh = rising(high);
    if (atLow >= 0) return low;
    if (atHigh <= 0) return high;
    std::uintmax_t steps = 30;
    const auto close = [](double a, double b) { return std::abs(b - a) <= 1e-7 * std::abs(b); };
    const auto [from, to] = boost::math::tools::toms748_solve(rising, low, high, atLow, atHigh, close, steps);
    return (from + to) / 2;
}

} // namespace

double powerOfChoicesWait(const EqualServers& servers, double choices) {
    const double n = servers.count, c = servers.cores, rho = servers.utilisation, idle = 1 - rho;
    const double atLeast = shortestQueueWait(servers), atMost = poissonPlaces(servers).first / c;
    if (likeShortestQueue(servers, choices)) return std::min(atLeast, atMost);
    // The term in 1/n, for two choices; for more by theory/balancing.md 4. Several cores: own fit (2, 4 and 16).
    const double two = 0.39 + 0.61 / (1 + 5.4 * n * idle);
    const double few = choices == 2 ? two : 0.5 * (1 + choices * choices / (2 * n * n));
    const double shared = queueing::erlangC(c, c * rho);
    const double several = 1 + 1.4 * std::pow(c - 1, 0.75) * idle;
    const double wait = limitWait(servers, choices) + shared * shared / (c * n * idle) * few * several;
    return std::min(std::max(wait, atLeast), atMost);
}

ChoicesFound powerOfChoicesFound(const EqualServers& servers, double choices) {
    const double n = servers.count, rho = servers.utilisation;
    const double first = powerOfChoicesWait(servers, choices) * servers.cores;
    // Very near saturation all queues grow together, as under least connections.
    constexpr double kTogether = 0.05;
    if (likeShortestQueue(servers, choices) || n * (1 - rho) < kTogether) {
        const Places places = withMean(shortestQueuePlaces(servers), first);
        return {places, shortestQueueSeen(servers, places)};
    }
    const auto shares =
        servers.cores == 1 ? std::vector{1.0, rho} : limitShares(servers.cores, servers.cores * rho, choices);
    const Found found(servers, choices, shares.back());
    // The queues of few servers grow together in the end, by rho^n a place; if the correlation would have to exceed
    // that, it sets in earlier instead.
    const double most = std::max(0.5, std::pow(rho, n - 1));
    double power = Found::kPower;
    const double correlation = crossing([&](double x) { return found.sum(x, power) - first; }, 0, most);
    if (correlation == most)
        power = -crossing([&](double x) { return found.sum(most, -x) - first; }, -Found::kPower, -1e-3);
    std::vector<double> tail;
    const double reached = found.sum(correlation, power, &tail);
    // Out of reach: so many states, or so little waiting, that the shape does not matter.
    if (tail.empty() || !(reached > first / 2)) return {withMean(shortestQueuePlaces(servers), first), {}};
    ChoicesFound answer;
    for (std::size_t k = 0; k < tail.size(); ++k) answer.places.second += double(2 * k + 1) * tail[k];
    for (double p : tail) answer.places.first += p;
    answer.places.waits = tail[0];
    std::vector<double>& seen = answer.seen;
    for (std::size_t k = 0; k + 1 < shares.size(); ++k)
        seen.push_back(std::pow(shares[k], choices) - std::pow(shares[k + 1], choices));
    double below = 0;
    for (double p : seen) below += p;
    for (double& p : seen) p *= (1 - tail[0]) / below;
    tail.push_back(0);
    for (std::size_t k = 0; k + 1 < tail.size(); ++k) seen.push_back(tail[k] - tail[k + 1]);
    answer.places = withMean(answer.places, first);
    return answer;
}

double powerOfChoicesServiceFactor(const EqualServers& servers, const queueing::ServiceMoments& service) {
    const double scv = queueing::scv(service), n = servers.count;
    const double plain = servers.cores == 1
                             ? (1 + scv) / 2
                             : queueing::mgcWaitRatio(servers.cores, servers.cores * servers.utilisation, scv);
    if (scv <= 1) return plain;
    constexpr double kLeastFitted = -0.05, kLargestFitted = 0.2; // of the spread
    const double spread = std::clamp(residualSpread(service), kLeastFitted, kLargestFitted);
    const double others = (n - 1) / n, lopsided = spread - 0.085 * (1 - 1 / scv);
    return plain * (1 - 2.3 * others * others * std::sqrt(servers.cores) * lopsided);
}

} // namespace plimsoll::balancer
