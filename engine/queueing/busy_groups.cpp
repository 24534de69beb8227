#include "engine/queueing/busy_groups.h"

#include "engine/queueing/erlang.h"
#include "engine/queueing/fastest_chain.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace plimsoll::queueing {
namespace {

/// Equal servers of the groups' mean rate (theory/stations.md 9: off by up to 16 % in the response at 60 % load).
BusyGroups asEqual(double arrivalRate, std::span<const ServerGroup> groups) {
    double count = 0, capacity = 0;
    for (const ServerGroup& group : groups) {
        count += group.count;
        capacity += group.count * group.rate_per_s;
    }
    BusyGroups busy;
    busy.exact = groups.size() == 1;
    busy.allBusy = erlangC(count, arrivalRate / capacity * count);
    busy.utilisation.assign(groups.size(), arrivalRate / capacity);
    for (const ServerGroup& group : groups) busy.firstChoice.push_back(group.count / count);
    return busy;
}

/// Elementary symmetric means of the x of some servers: e_k / binomial(n, k), k = 0 .. n. By Maclaurin's inequality
/// they are at most the k-th power of the mean, so that nothing overflows once the mean is 1.
class SymmetricMeans {
public:
    void add(long double x) {
        const auto n = (long double)(m_means.size());
        m_means.push_back(0);
        for (std::size_t k = m_means.size() - 1; k > 0; --k)
            m_means[k] = ((n - (long double)(k)) * m_means[k] + (long double)(k)*x * m_means[k - 1]) / n;
    }
    long double operator[](std::size_t k) const { return m_means[k]; }
    std::size_t servers() const { return m_means.size() - 1; }

private:
    std::vector<long double> m_means{1};
};

/// Number of servers up to which the product law is summed: n^2 steps for every group.
constexpr double kMostServers = 2000;

} // namespace

BusyGroups randomIdle(double arrivalRate, std::span<const ServerGroup> groups) {
    double servers = 0, capacity = 0, sumOfMeans = 0;
    for (const ServerGroup& group : groups) {
        servers += group.count;
        capacity += group.count * group.rate_per_s;
        sumOfMeans += group.count / group.rate_per_s;
    }
    if (groups.size() == 1 || servers > kMostServers || !(arrivalRate > 0)) return asEqual(arrivalRate, groups);
    const double unit = sumOfMeans / servers; // mean service time over the servers
    const auto meansWithout = [&](std::size_t left) {
        SymmetricMeans means;
        for (std::size_t g = 0; g < groups.size(); ++g)
            for (double i = g == left ? 1 : 0; i < groups[g].count; ++i) means.add(1 / groups[g].rate_per_s / unit);
        return means;
    };
    // P(k busy) is proportional to (lambda unit)^k / k! times the symmetric mean, the last one with its queue.
    const SymmetricMeans all = meansWithout(groups.size());
    const std::size_t n = all.servers();
    const long double rho = arrivalRate / capacity, load = arrivalRate * unit;
    std::vector<long double> power(n + 1, 1); // scaled by its largest
    const auto top = std::min(n, std::size_t(load));
    for (std::size_t k = top + 1; k <= n; ++k) power[k] = power[k - 1] * load / (long double)(k);
    for (std::size_t k = top; k-- > 0;) power[k] = power[k + 1] * (long double)(k + 1) / load;
    long double total = 0;
    for (std::size_t k = 0; k < n; ++k) total += power[k] * all[k];
    const long double full = power[n] * all[n] / (1 - rho);
    total += full;
    if (!(all[n] > 0) || !(total > 0)) return asEqual(arrivalRate, groups); // beyond even a long double
    BusyGroups busy;
    busy.allBusy = double(full / total);
    for (std::size_t g = 0; g < groups.size(); ++g) {
        // One server of the group is busy in the states that hold it: x e_{k-1} of the others of the e_k.
        const SymmetricMeans others = meansWithout(g);
        const long double x = 1 / groups[g].rate_per_s / unit;
        long double sum = full;
        for (std::size_t k = 1; k < n; ++k) sum += power[k] * x * others[k - 1] * (long double)(k) / (long double)(n);
        busy.utilisation.push_back(double(sum / total));
        busy.firstChoice.push_back(groups[g].count / servers);
    }
    return busy;
}

namespace {

/// Groups by falling rate; `members` are the caller's groups in each.
struct Merged {
    std::vector<ServerGroup> groups;
    std::vector<std::vector<std::size_t>> members;
    bool exact = true;

    double states() const {
        double product = 1;
        for (const ServerGroup& group : groups) product *= group.count + 1;
        return product;
    }
    void merge(std::size_t first) {
        ServerGroup& into = groups[first];
        const ServerGroup next = groups[first + 1];
        const double count = into.count + next.count;
        into.rate_per_s = (into.count * into.rate_per_s + next.count * next.rate_per_s) / count;
        into.count = count;
        members[first].insert(members[first].end(), members[first + 1].begin(), members[first + 1].end());
        groups.erase(groups.begin() + std::ptrdiff_t(first) + 1);
        members.erase(members.begin() + std::ptrdiff_t(first) + 1);
    }
};

Merged mergedGroups(std::span<const ServerGroup> groups) {
    std::vector<std::size_t> order(groups.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::stable_sort(order,
                             [&](std::size_t a, std::size_t b) { return groups[a].rate_per_s > groups[b].rate_per_s; });
    Merged merged;
    for (const std::size_t g : order) {
        if (!merged.groups.empty() && merged.groups.back().rate_per_s == groups[g].rate_per_s) {
            merged.groups.back().count += groups[g].count;
            merged.members.back().push_back(g);
            continue;
        }
        merged.groups.push_back(groups[g]);
        merged.members.push_back({g});
    }
    while (merged.groups.size() > 1 && merged.states() > double(kMostStates)) {
        // Where the speeds are closest.
        std::size_t best = 0;
        for (std::size_t g = 1; g + 1 < merged.groups.size(); ++g)
            if (merged.groups[g].rate_per_s / merged.groups[g + 1].rate_per_s <
                merged.groups[best].rate_per_s / merged.groups[best + 1].rate_per_s)
                best = g;
        merged.merge(best);
        merged.exact = false;
    }
    return merged;
}

} // namespace

BusyGroups fastestIdle(double arrivalRate, std::span<const ServerGroup> groups) {
    const Merged merged = mergedGroups(groups);
    BusyGroups solved;
    if (merged.groups.size() == 1 || !(arrivalRate > 0)) {
        solved = asEqual(arrivalRate, merged.groups);
        solved.exact = merged.exact;
    } else {
        FastestChain chain(arrivalRate, merged.groups);
        const bool rested = chain.solve();
        solved = chain.figures();
        solved.exact = merged.exact && rested;
    }
    BusyGroups busy{solved.allBusy, std::vector<double>(groups.size()), std::vector<double>(groups.size()),
                    solved.exact};
    for (std::size_t m = 0; m < merged.groups.size(); ++m)
        for (const std::size_t g : merged.members[m]) {
            busy.utilisation[g] = solved.utilisation[m];
            if (m == 0) busy.firstChoice[g] = groups[g].count / merged.groups[m].count;
        }
    return busy;
}

} // namespace plimsoll::queueing
