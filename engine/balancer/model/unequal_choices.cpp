#include "engine/balancer/model/power_of_choices.h"
#include "engine/balancer/model/unequal_servers.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

constexpr double kNegligible = 1e-12, kLarge = 1e100;
constexpr std::size_t kMostLevels = 300;

double countOf(const UnequalServers& servers) {
    double count = 0;
    for (const ServerGroup& group : servers.groups) count += group.count;
    return count;
}

/// The limit of many servers: each meets arrivals at a rate that depends on its own number alone, through the shares of
/// servers with k or more of all groups together.
class ChoicesLimit {
public:
    ChoicesLimit(const UnequalServers& servers, double choices)
        : m_servers(servers), m_choices(choices), m_count(countOf(servers)), m_shares(servers.groups.size()) {
        constexpr int kMostRounds = 200;
        constexpr double kDone = 1e-8, kDamping = 0.7;
        m_all = {1.0, 0.5, 0.0};
        for (int round = 0; round < kMostRounds; ++round) {
            fillRates();
            std::vector<double> next;
            for (std::size_t g = 0; g < m_shares.size(); ++g) fillShares(g, next);
            const std::size_t levels = std::max(m_all.size(), next.size());
            m_all.resize(levels);
            next.resize(levels);
            double change = 0;
            for (std::size_t k = 0; k < levels; ++k) {
                change = std::max(change, std::abs(next[k] - m_all[k]));
                m_all[k] += kDamping * (next[k] - m_all[k]);
            }
            while (m_all.size() > 3 && m_all[m_all.size() - 2] < kNegligible) m_all.pop_back();
            if (change < kDone) break;
        }
    }
    /// Per server of the group: mean number, busy cores, arrivals, arrivals that wait.
    struct Sums {
        double number = 0, busy = 0, joins = 0, waits = 0;
    };
    Sums sums(std::size_t g) const {
        const std::vector<double>& share = m_shares[g];
        Sums sums;
        for (std::size_t k = 1; k < share.size(); ++k) {
            sums.number += share[k];
            if (double(k) <= m_servers.cores) sums.busy += share[k];
        }
        for (std::size_t k = 0; k + 1 < share.size(); ++k) {
            const double flow = (share[k] - share[k + 1]) * rate(k);
            sums.joins += flow;
            if (double(k) >= m_servers.cores) sums.waits += flow;
        }
        return sums;
    }

private:
    double rate(std::size_t k) const { return m_rates[std::min(k, m_rates.size() - 1)]; }
    void fillRates() {
        m_rates.clear();
        for (std::size_t k = 0; k + 1 < m_all.size(); ++k) {
            const double from = m_all[k], to = m_all[k + 1];
            const double found = from - to > kNegligible * from
                                     ? (std::pow(from, m_choices) - std::pow(to, m_choices)) / (from - to)
                                     : m_choices * std::pow(from, m_choices - 1);
            m_rates.push_back(m_servers.load / m_count * found);
        }
    }
    /// Birth-death of one server; adds its group to what all have.
    void fillShares(std::size_t g, std::vector<double>& all) {
        const ServerGroup& group = m_servers.groups[g];
        std::vector<double>& share = m_shares[g];
        share.assign(1, 1.0);
        double total = 1;
        while (share.size() < kMostLevels && share.back() >= kNegligible * total) {
            const double number = double(share.size());
            share.push_back(share.back() * rate(share.size() - 1) / (group.speed * std::min(number, m_servers.cores)));
            total += share.back();
            if (total < kLarge) continue;
            // A group that the present rates overload, on the way to the fixed point.
            for (double& s : share) s /= total;
            total = 1;
        }
        for (std::size_t k = share.size() - 1; k-- > 0;) share[k] += share[k + 1];
        for (double& s : share) s /= total;
        if (all.size() < share.size()) all.resize(share.size());
        for (std::size_t k = 0; k < share.size(); ++k) all[k] += group.count / m_count * share[k];
    }

    const UnequalServers& m_servers;
    double m_choices, m_count;
    std::vector<double> m_all, m_rates;
    std::vector<std::vector<double>> m_shares;
};

} // namespace

double powerOfChoicesCapacity(const UnequalServers& servers, double choices) {
    std::vector<ServerGroup> slowestFirst = servers.groups;
    std::ranges::sort(slowestFirst, {}, &ServerGroup::speed);
    const double n = countOf(servers);
    double capacity = 0, count = 0, work = 0;
    for (const ServerGroup& group : slowestFirst) capacity += group.count * group.speed * servers.cores;
    for (const ServerGroup& group : slowestFirst) {
        count += group.count;
        work += group.count * group.speed * servers.cores;
        double all = 1; // P(every choice falls on these servers)
        for (double i = 0; i < std::min(choices, n); ++i) all *= std::max(0.0, count - i) / (n - i);
        if (all > 0) capacity = std::min(capacity, work / all);
    }
    return capacity;
}

std::vector<UnequalGroup> unequalPowerOfChoices(const UnequalServers& servers, double choices) {
    const ChoicesLimit limit(servers, choices);
    const double n = countOf(servers);
    double speeds = 0;
    for (const ServerGroup& group : servers.groups) speeds += group.count * group.speed;
    // What few servers add to the limit, as among equal ones of the mean speed.
    const double utilisation = servers.load / (speeds * servers.cores);
    const double few = powerOfChoicesWait({n, servers.cores, utilisation}, choices) -
                       powerOfChoicesWait({1e9, servers.cores, utilisation}, choices);
    std::vector<UnequalGroup> answer(servers.groups.size());
    double work = 0;
    for (std::size_t g = 0; g < answer.size(); ++g) {
        const auto sums = limit.sums(g);
        const double done = sums.busy * servers.groups[g].speed;
        answer[g].share = servers.groups[g].count * done;
        work += answer[g].share;
        if (!(done > 0)) continue;
        answer[g].wait = std::max(0.0, sums.number - sums.busy) / done + few * n / speeds;
        answer[g].waits = sums.joins > 0 ? std::min(1.0, sums.waits / sums.joins) : 0;
    }
    for (UnequalGroup& group : answer) group.share /= work;
    return answer;
}

} // namespace plimsoll::balancer
