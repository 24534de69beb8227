#include "engine/balancer/model/unequal_servers.h"

#include "engine/balancer/model/fill_order.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

constexpr double kNegligible = 1e-15;
/// More servers than this behave as so many: the chain's spread is a thousandth of their number.
constexpr double kMostServers = 1e6;

double countOf(const UnequalServers& servers) {
    double count = 0;
    for (const ServerGroup& group : servers.groups) count += group.count;
    return count;
}

double capacityOf(const UnequalServers& servers) {
    double capacity = 0;
    for (const ServerGroup& group : servers.groups) capacity += group.count * group.speed * servers.cores;
    return capacity;
}

/// Variance of the servers' speeds over their squared mean.
double speedScv(const UnequalServers& servers) {
    const double count = countOf(servers), mean = capacityOf(servers) / servers.cores / count;
    double variance = 0;
    for (const ServerGroup& group : servers.groups)
        variance += group.count / count * (group.speed - mean) * (group.speed - mean);
    return variance / (mean * mean);
}

/// What the chain spends in a stretch: its probability and its mean distance from the start, times the probability.
struct Time {
    double probability = 0, distance = 0;
};

/// Birth-death on the number in the system, outward from its most likely value.
class Chain {
public:
    Chain(const std::vector<FillStretch>& stretches, double load, double capacity)
        : m_stretches(stretches), m_load(load), m_capacity(capacity), m_times(stretches.size()) {
        m_full = stretches.back().start + stretches.back().length;
        double start = m_full;
        for (const FillStretch& stretch : stretches)
            if (stretch.rate + stretch.rateSlope * stretch.length >= load) {
                const double distance = stretch.rateSlope > 0 ? (load - stretch.rate) / stretch.rateSlope : 0;
                start = std::floor(stretch.start + std::clamp(distance, 0.0, stretch.length));
                break;
            }
        walkUp(start);
        walkDown(start);
        for (Time& time : m_times) {
            time.probability /= m_total;
            time.distance /= m_total;
        }
        m_beyond.probability /= m_total;
        m_beyond.distance /= m_total;
    }
    const Time& at(std::size_t stretch) const { return m_times[stretch]; }
    /// Beyond the last stretch: all cores busy; distance counts from its end.
    const Time& beyond() const { return m_beyond; }

private:
    std::size_t stretchOf(double number, std::size_t near) const {
        while (near + 1 < m_stretches.size() && number >= m_stretches[near + 1].start) ++near;
        while (near > 0 && number < m_stretches[near].start) --near;
        return near;
    }
    double rate(double number, std::size_t stretch) const {
        if (number >= m_full) return m_capacity;
        return m_stretches[stretch].rate + m_stretches[stretch].rateSlope * (number - m_stretches[stretch].start);
    }
    void add(double number, std::size_t stretch, double probability) {
        m_total += probability;
        m_times[stretch].probability += probability;
        m_times[stretch].distance += probability * (number - m_stretches[stretch].start);
    }
    void walkUp(double start) {
        double probability = 1, number = start;
        std::size_t stretch = stretchOf(number, 0);
        while (number < m_full && probability > kNegligible) {
            add(number, stretch, probability);
            ++number;
            stretch = stretchOf(number, stretch);
            probability *= m_load / rate(number, stretch);
        }
        if (number < m_full) return;
        // From here on geometric.
        const double left = (m_capacity - m_load) / m_capacity, sum = probability / left;
        m_total += sum;
        m_beyond.probability += sum;
        m_beyond.distance += sum * (number - m_full + (1 - left) / left);
    }
    void walkDown(double start) {
        double probability = 1;
        std::size_t stretch = stretchOf(start, 0);
        for (double number = std::min(start, m_full); number > 0;) {
            probability *= rate(number, stretch) / m_load;
            --number;
            stretch = stretchOf(number, stretch);
            if (!(probability > kNegligible)) return;
            add(number, stretch, probability);
        }
    }

    const std::vector<FillStretch>& m_stretches;
    double m_load, m_capacity, m_full = 0, m_total = 0;
    std::vector<Time> m_times;
    Time m_beyond;
};

/// Mean number, work done and arrivals of one group over the chain.
struct GroupSums {
    double number = 0, busy = 0, joins = 0, waits = 0;
};
GroupSums sumsOf(const std::vector<FillStretch>& stretches, const Chain& chain, std::size_t g) {
    GroupSums sums;
    for (std::size_t i = 0; i < stretches.size(); ++i) {
        const auto& [probability, distance] = chain.at(i);
        const FillStretch& stretch = stretches[i];
        sums.number += probability * stretch.number[g] + distance * stretch.numberSlope[g];
        sums.busy += probability * stretch.busy[g] + distance * stretch.busySlope[g];
        sums.joins += probability * stretch.joins[g];
        if (stretch.waits[g]) sums.waits += probability * stretch.joins[g];
    }
    return sums;
}

/// Slow servers get more than the greedy order says, for nobody moves to a faster one that becomes idle: the shares
/// move this far towards equal utilisation, own fit to speeds of 2 : 1, 4 : 1 and 3 : 2 : 1; the mean response stays.
void spreadShares(std::vector<UnequalGroup>& answer, const UnequalServers& servers, double capacity) {
    constexpr double kSpread = 0.35;
    double before = 0, after = 0;
    for (std::size_t g = 0; g < answer.size(); ++g) {
        const ServerGroup& group = servers.groups[g];
        const double response = answer[g].wait + 1 / group.speed,
                     even = group.count * group.speed * servers.cores / capacity;
        before += answer[g].share * response;
        answer[g].share += kSpread * (even - answer[g].share);
        after += answer[g].share * response;
    }
    for (std::size_t g = 0; g < answer.size(); ++g) {
        const double service = 1 / servers.groups[g].speed;
        answer[g].wait = std::max(0.0, (answer[g].wait + service) * before / after - service);
    }
}

bool equalWeights(const UnequalServers& servers) {
    return std::ranges::all_of(servers.groups,
                               [&](const ServerGroup& group) { return group.weight == servers.groups[0].weight; });
}

} // namespace

std::vector<UnequalGroup> unequalLeastConnections(const UnequalServers& asked, bool byWeight) {
    UnequalServers servers = asked;
    const bool weighted = byWeight && !equalWeights(asked);
    const double count = countOf(asked), scale = std::min(1.0, kMostServers / count);
    for (ServerGroup& group : servers.groups) group.count *= scale;
    servers.load *= scale;
    const double capacity = capacityOf(servers), idle = (capacity - servers.load) / capacity;
    const auto stretches = weighted ? fillByWeight(servers) : fillAtRandom(servers);
    const Chain chain(stretches, servers.load, capacity);
    // Plain: fast servers run dry while the others queue (own fit to speeds of 2 : 1 and 4 : 1).
    const double lopsided = (1 + 0.6 * std::pow(count - 1, 0.8) * idle) * (weighted ? 1 : 1 + 0.5 * speedScv(servers));
    double keys = 0;
    for (const ServerGroup& group : servers.groups) keys += group.count * (weighted ? group.weight : 1);
    std::vector<UnequalGroup> answer(servers.groups.size());
    double work = 0;
    for (std::size_t g = 0; g < answer.size(); ++g) {
        const ServerGroup& group = servers.groups[g];
        const FillStretch& last = stretches.back();
        const double beyond = chain.beyond().probability;
        const double ofExtra = group.count * (weighted ? group.weight : 1) / keys;
        GroupSums sums = sumsOf(stretches, chain, g);
        sums.number += beyond * (last.number[g] + last.numberSlope[g] * last.length) +
                       chain.beyond().distance * lopsided * ofExtra;
        sums.busy += beyond * group.count * group.speed * servers.cores;
        sums.joins += beyond * ofExtra;
        sums.waits += beyond * ofExtra;
        work += sums.busy;
        answer[g].share = sums.busy;
        if (!(sums.busy > 0)) continue;
        answer[g].wait = std::max(0.0, sums.number / sums.busy - 1 / group.speed);
        answer[g].waits = sums.joins > 0 ? std::min(1.0, sums.waits / sums.joins) : 0;
    }
    for (UnequalGroup& group : answer) group.share /= work;
    if (weighted) spreadShares(answer, servers, capacity);
    return answer;
}

} // namespace plimsoll::balancer
