#include "engine/queueing/fastest_chain.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace plimsoll::queueing {

FastestChain::FastestChain(double arrivalRate_per_s, const std::vector<ServerGroup>& groups)
    : m_arrival(arrivalRate_per_s), m_groups(groups) {
    std::size_t count = 1;
    for (const ServerGroup& group : groups) {
        m_strides.push_back(count);
        count *= std::size_t(group.count) + 1;
    }
    m_probability.assign(count, 1);
    m_level.resize(count);
    m_departure.resize(count);
    m_out.resize(count);
    for (std::size_t s = 0; s < count; ++s) {
        for (std::size_t g = 0; g < groups.size(); ++g) {
            m_level[s] += busy(s, g);
            m_departure[s] += double(busy(s, g)) * groups[g].rate_per_s;
        }
        addSources(s);
    }
    m_firstSource.push_back(m_sources.size());
    m_order.resize(count);
    std::iota(m_order.begin(), m_order.end(), 0U);
    std::ranges::stable_sort(m_order, {}, [&](std::size_t s) { return m_level[s]; });
    m_levels = m_level.back() + 1;
}

std::size_t FastestChain::busy(std::size_t state, std::size_t group) const {
    return state / m_strides[group] % (std::size_t(m_groups[group].count) + 1);
}

/// Where the chain comes from into `state`, and how fast it leaves.
void FastestChain::addSources(std::size_t state) {
    m_firstSource.push_back(m_sources.size());
    bool fasterFull = true;
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        const std::size_t k = busy(state, g), most = std::size_t(m_groups[g].count);
        if (k > 0 && fasterFull) m_sources.push_back({state - m_strides[g], m_arrival});
        if (k < most) m_sources.push_back({state + m_strides[g], double(k + 1) * m_groups[g].rate_per_s});
        fasterFull = fasterFull && k == most;
    }
    // The full set's arrivals come back from its queue.
    m_out[state] = m_departure[state] + (fasterFull ? 0 : m_arrival);
}

/// Sets one probability from its neighbours; the change.
double FastestChain::relax(std::size_t state) {
    double in = 0;
    for (std::size_t i = m_firstSource[state]; i < m_firstSource[state + 1]; ++i)
        in += m_sources[i].rate * m_probability[m_sources[i].state];
    const double before = m_probability[state];
    m_probability[state] = in / m_out[state];
    return std::abs(m_probability[state] - before);
}

/// lambda x P(n busy) = mean departure rate at n + 1 x P(n + 1 busy), with the shares inside a level as they are.
void FastestChain::setLevels() {
    std::vector<double> weight(m_levels, 0), departures(m_levels, 0), wanted(m_levels, 0);
    for (std::size_t s = 0; s < m_probability.size(); ++s) {
        weight[m_level[s]] += m_probability[s];
        departures[m_level[s]] += m_probability[s] * m_departure[s];
    }
    // A level that has underflowed stays empty.
    constexpr double kEmpty = -std::numeric_limits<double>::infinity();
    std::vector<double> logWanted(m_levels, 0);
    for (std::size_t n = 1; n < m_levels; ++n)
        logWanted[n] =
            departures[n] > 0 ? logWanted[n - 1] + std::log(m_arrival) + std::log(weight[n] / departures[n]) : kEmpty;
    const double most = *std::ranges::max_element(logWanted);
    double total = 0;
    for (std::size_t n = 0; n < m_levels; ++n) total += wanted[n] = std::exp(logWanted[n] - most);
    for (std::size_t s = 0; s < m_probability.size(); ++s)
        if (weight[m_level[s]] > 0) m_probability[s] *= wanted[m_level[s]] / weight[m_level[s]] / total;
}

bool FastestChain::solve() {
    constexpr int kMost = 5000;
    constexpr double kRest = 1e-13;
    for (int i = 0; i < kMost; ++i) {
        setLevels();
        double moved = 0;
        for (const std::size_t s : m_order) moved += relax(s);
        for (auto s = m_order.rbegin(); s != m_order.rend(); ++s) moved += relax(*s);
        if (moved < kRest) {
            setLevels();
            return true;
        }
    }
    return false;
}

BusyGroups FastestChain::figures() const {
    const double capacity = m_departure.back();
    const double full = m_probability.back() * capacity / (capacity - m_arrival);
    double total = full;
    for (std::size_t s = 0; s + 1 < m_probability.size(); ++s) total += m_probability[s];
    BusyGroups all;
    all.allBusy = full / total;
    for (std::size_t g = 0; g < m_groups.size(); ++g) {
        double sum = full * m_groups[g].count;
        for (std::size_t s = 0; s + 1 < m_probability.size(); ++s) sum += m_probability[s] * double(busy(s, g));
        all.utilisation.push_back(sum / total / m_groups[g].count);
    }
    return all;
}

} // namespace plimsoll::queueing
