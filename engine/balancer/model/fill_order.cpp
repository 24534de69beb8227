#include "engine/balancer/model/fill_order.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::balancer {
namespace {

/// Levels (requests a server) below the last cores that are taken one by one; further down all is proportional.
constexpr double kDetailed = 4;
/// Rounds of the weighted fill, for weights that are orders of magnitude apart.
constexpr std::size_t kMostRounds = 4000;

/// All values at one N, from which the next stretch starts.
class Filling {
public:
    explicit Filling(std::size_t groups) : m_number(groups), m_busy(groups) {}

    /// Adds these many requests by group, arrivals falling on the groups as `joins` says (in any unit); a stretch
    /// without any is left out.
    void add(const std::vector<double>& number, const std::vector<double>& busy, std::vector<double> joins,
             std::vector<bool> waits) {
        FillStretch stretch;
        for (double n : number) stretch.length += n;
        if (!(stretch.length > 0)) return;
        double all = 0;
        for (double share : joins) all += share;
        for (double& share : joins) share /= all;
        stretch.joins = std::move(joins);
        stretch.start = m_start;
        stretch.number = m_number;
        stretch.busy = m_busy;
        stretch.waits = std::move(waits);
        for (std::size_t g = 0; g < number.size(); ++g) {
            stretch.rate += m_busy[g];
            stretch.numberSlope.push_back(number[g] / stretch.length);
            stretch.busySlope.push_back(busy[g] / stretch.length);
            stretch.rateSlope += busy[g] / stretch.length;
            m_number[g] += number[g];
            m_busy[g] += busy[g];
        }
        m_start += stretch.length;
        m_stretches.push_back(std::move(stretch));
    }
    std::vector<FillStretch>& stretches() { return m_stretches; }

private:
    double m_start = 0;
    std::vector<double> m_number, m_busy;
    std::vector<FillStretch> m_stretches;
};

/// Everyone gets `each` requests a server, on free cores.
void addEvenly(Filling& filling, const UnequalServers& servers, const std::vector<double>& each) {
    std::vector<double> number, busy;
    for (std::size_t g = 0; g < servers.groups.size(); ++g) {
        number.push_back(servers.groups[g].count * each[g]);
        busy.push_back(number.back() * servers.groups[g].speed);
    }
    filling.add(number, busy, number, std::vector<bool>(servers.groups.size(), false));
}

/// The mean numbers by group of a set of j servers, a server in it with weight 1 / speed: exactly by the elementary
/// symmetric polynomials, or in the limit of many servers, where each is in it independently with z / (z + speed).
class RandomSets {
public:
    explicit RandomSets(const UnequalServers& servers) : m_servers(servers) {
        double slowest = std::numeric_limits<double>::infinity(), fastest = 0;
        for (const ServerGroup& group : servers.groups) {
            m_count += group.count;
            slowest = std::min(slowest, group.speed);
            fastest = std::max(fastest, group.speed);
        }
        if (m_count <= kMostExact && fastest < kMostApart * slowest) fillPolynomials(fastest);
    }
    std::vector<double> numbers(double j) const {
        if (m_polynomial.empty()) return limit(j);
        std::vector<double> numbers;
        const auto size = std::size_t(j);
        double unit = 0;
        for (const ServerGroup& group : m_servers.groups) unit = std::max(unit, group.speed);
        for (std::size_t g = 0; g < m_servers.groups.size(); ++g) {
            // E[members of g] = sum over its members of (1 / speed) e_{j-1}(the others) / e_j.
            const double weight = unit / m_servers.groups[g].speed;
            double without = 0; // e_k(all but one), k up to j - 1
            for (std::size_t k = 0; k < size; ++k) without = m_polynomial[k] - (k == 0 ? 0 : weight * without);
            numbers.push_back(size == 0 ? 0 : m_servers.groups[g].count * weight * without / m_polynomial[size]);
        }
        return numbers;
    }
    double count() const { return m_count; }

private:
    static constexpr double kMostExact = 24, kMostApart = 1e6;

    void fillPolynomials(double unit) {
        m_polynomial.assign(std::size_t(m_count) + 1, 0);
        m_polynomial[0] = 1;
        for (const ServerGroup& group : m_servers.groups)
            for (double i = 0; i < group.count; ++i)
                for (std::size_t j = m_polynomial.size() - 1; j > 0; --j)
                    m_polynomial[j] += m_polynomial[j - 1] / group.speed * unit;
    }
    std::vector<double> limit(double j) const {
        const auto at = [&](double logZ, std::vector<double>* numbers) {
            double total = 0;
            for (const ServerGroup& group : m_servers.groups) {
                const double number = group.count / (1 + group.speed * std::exp(-logZ));
                total += number;
                if (numbers) numbers->push_back(number);
            }
            return total;
        };
        double low = -700, high = 700;
        constexpr int kSteps = 60;
        for (int i = 0; i < kSteps; ++i) {
            const double middle = low + (high - low) / 2;
            (at(middle, nullptr) < j ? low : high) = middle;
        }
        std::vector<double> numbers;
        at(low, &numbers);
        return numbers;
    }

    const UnequalServers& m_servers;
    double m_count = 0;
    std::vector<double> m_polynomial;
};

} // namespace

std::vector<FillStretch> fillAtRandom(const UnequalServers& servers) {
    constexpr double kMostPoints = 64; // of one level
    const std::size_t groups = servers.groups.size();
    Filling filling(groups);
    const double whole = std::max(0.0, std::ceil(servers.cores) - kDetailed);
    addEvenly(filling, servers, std::vector<double>(groups, whole));
    const RandomSets sets(servers);
    const double points = std::min(sets.count(), kMostPoints);
    std::vector<std::vector<double>> level;
    for (double i = 0; i <= points; ++i) level.push_back(sets.numbers(sets.count() * i / points));
    for (double k = whole; k < servers.cores; ++k) {
        const double gain = std::min(1.0, servers.cores - k);
        for (std::size_t i = 0; i + 1 < level.size(); ++i) {
            std::vector<double> number(groups), busy(groups), left(groups);
            for (std::size_t g = 0; g < groups; ++g) {
                number[g] = std::max(0.0, level[i + 1][g] - level[i][g]);
                busy[g] = number[g] * servers.groups[g].speed * gain;
                left[g] = servers.groups[g].count - (level[i + 1][g] + level[i][g]) / 2;
            }
            filling.add(number, busy, std::move(left), std::vector<bool>(groups, false));
        }
    }
    return std::move(filling.stretches());
}

std::vector<FillStretch> fillByWeight(const UnequalServers& servers) {
    constexpr double kTie = 1e-9; // relative, of two keys
    const std::size_t groups = servers.groups.size();
    Filling filling(groups);
    // Connections of each server by group.
    std::vector<double> held(groups, 0.0);
    double least = std::numeric_limits<double>::infinity();
    for (const ServerGroup& group : servers.groups)
        least = std::min(least, std::max(0.0, servers.cores - kDetailed) / group.weight);
    for (std::size_t g = 0; g < groups; ++g) held[g] = std::floor(least * servers.groups[g].weight);
    addEvenly(filling, servers, held);
    for (std::size_t round = 0; round < kMostRounds; ++round) {
        double lowest = std::numeric_limits<double>::infinity();
        bool idle = false;
        for (std::size_t g = 0; g < groups; ++g) {
            lowest = std::min(lowest, (held[g] + 1) / servers.groups[g].weight);
            idle = idle || held[g] < servers.cores;
        }
        if (!idle) break;
        std::vector<double> number(groups), busy(groups);
        std::vector<bool> waits(groups);
        for (std::size_t g = 0; g < groups; ++g) {
            const ServerGroup& group = servers.groups[g];
            if ((held[g] + 1) / group.weight > lowest * (1 + kTie)) continue;
            number[g] = group.count;
            busy[g] = group.count * group.speed * std::clamp(servers.cores - held[g], 0.0, 1.0);
            waits[g] = held[g] >= servers.cores;
            ++held[g];
        }
        filling.add(number, busy, number, std::move(waits));
    }
    return std::move(filling.stretches());
}

} // namespace plimsoll::balancer
