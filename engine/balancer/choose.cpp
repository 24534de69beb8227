// The policies: whom the next call goes to.
#include "engine/balancer/core.h"

#include <algorithm>

namespace plimsoll::balancer {

bool Core::take(Target target, Seconds now) {
    advance(now);
    if (!available(target)) return false;
    ++m_loads[indexOf(target)].connections;
    if (m_learns) opened(indexOf(target));
    return true;
}

void Core::opened(std::uint32_t target) {
    if (m_settings.policy == flow::Policy::LeastConnections)
        m_order.increase(target);
    else
        scoreChanged(target);
}

// Marks what this pick passes over, by its number, so that nothing need be unmarked.
void Core::exclude(std::span<const Target> excluded) {
    m_restricted = false;
    if (++m_pickNumber == 0) {
        for (Load& load : m_loads) load.passedOver = 0;
        m_pickNumber = 1;
    }
    for (const Target target : excluded)
        if (indexOf(target) < m_loads.size()) passOver(indexOf(target));
}

std::uint32_t Core::choose(std::uint64_t key) {
    switch (m_settings.policy) {
    case flow::Policy::Random: return chooseRandom();
    case flow::Policy::WeightedRoundRobin: return chooseSmooth();
    case flow::Policy::KeyHash: return chooseByFurtherHash(key);
    case flow::Policy::KeyRange: return chooseByRange(key);
    default: return m_starting.empty() ? chooseOnce() : chooseStarting();
    }
}

// Policies that ignore weights: a starting target is passed over with the probability that it still lacks, unless there
// are no others.
std::uint32_t Core::chooseStarting() {
    std::uint32_t first = kNobody;
    while (true) {
        const std::uint32_t target = chooseOnce();
        if (target == kNobody) return first;
        if (!m_loads[target].starting || m_generator.unit() < startShare(target)) return target;
        if (first == kNobody) first = target;
        passOver(target);
    }
}

std::uint32_t Core::chooseOnce() {
    switch (m_settings.policy) {
    case flow::Policy::RoundRobin: return chooseNext();
    case flow::Policy::PowerOfTwo: return chooseOfTwo();
    case flow::Policy::LeastConnections:
        if (!m_restricted) return m_order.draw(m_generator);
        return chooseLowest([this](std::uint32_t target) { return double(m_loads[target].connections); });
    default:
        if (!m_restricted) return static_cast<std::uint32_t>(m_scores.draw(m_generator));
        return chooseLowest([this](std::uint32_t target) { return m_scores.score(target); });
    }
}

// By scan, one draw for each that equals the lowest so far: the k-th of them takes over with probability 1 / k.
template <class Score> std::uint32_t Core::chooseLowest(const Score& score) {
    std::uint32_t best = kNobody;
    std::uint32_t equals = 0;
    double lowest = kNever;
    for (const std::uint32_t target : m_available) {
        if (!allowed(target)) continue;
        const double own = score(target);
        if (own > lowest) continue;
        equals = own < lowest ? 1 : equals + 1;
        lowest = own;
        if (equals == 1 || m_generator.below(equals) == 0) best = target;
    }
    return best;
}

std::uint32_t Core::chooseRandom() {
    if (m_aliasStale) {
        m_weights.clear();
        for (const std::uint32_t target : m_available) m_weights.push_back(m_infos[target].weight);
        m_alias.build(m_weights);
        m_aliasStale = false;
    }
    // Rejection leaves the right proportions among the rest; when most are rejected, a scan does the same for sure.
    for (int round = 0; round < kRounds; ++round) {
        const std::uint32_t target = m_available[m_alias.draw(m_generator)];
        if (!allowed(target)) continue;
        if (!m_loads[target].starting || m_generator.unit() < startShare(target)) return target;
    }
    const std::uint32_t target = drawByScan(
        [this](std::uint32_t each) { return m_infos[each].weight * (m_loads[each].starting ? startShare(each) : 1); });
    if (target != kNobody) return target;
    return drawByScan([this](std::uint32_t each) { return m_infos[each].weight; });
}

template <class Weight> std::uint32_t Core::drawByScan(const Weight& weight) {
    double total = 0;
    for (const std::uint32_t target : m_available)
        if (allowed(target)) total += weight(target);
    double left = m_generator.unit() * total;
    std::uint32_t found = kNobody;
    for (const std::uint32_t target : m_available) {
        if (!allowed(target) || !(weight(target) > 0)) continue;
        found = target;
        if (left < weight(target)) break;
        left -= weight(target);
    }
    return found;
}

std::uint32_t Core::chooseNext() {
    for (std::size_t seen = 0; seen < m_available.size(); ++seen) {
        if (m_cursor >= m_available.size()) m_cursor = 0;
        const std::uint32_t target = m_available[m_cursor++];
        if (!allowed(target)) continue;
        m_turn = target + 1;
        return target;
    }
    return kNobody;
}

std::uint32_t Core::chooseSmooth() {
    if (!m_restricted) return m_smooth.pick().value_or(kNobody);
    return m_smooth.pickAmong([this](std::uint32_t target) { return allowed(target); }).value_or(kNobody);
}

std::uint32_t Core::chooseOfTwo() {
    const auto count = static_cast<std::uint32_t>(m_available.size());
    std::uint32_t a = kNobody, b = kNobody;
    if (!m_restricted) {
        if (count == 1) return m_available[0];
        const std::uint64_t bits = m_generator.next();
        const std::uint32_t first = m_generator.below(count, static_cast<std::uint32_t>(bits >> 32));
        std::uint32_t second = m_generator.below(count - 1, static_cast<std::uint32_t>(bits));
        second += second >= first ? 1 : 0;
        a = m_available[first];
        b = m_available[second];
    } else {
        a = anyAllowed(kNobody);
        if (a == kNobody) return a;
        b = anyAllowed(a);
        if (b == kNobody) return a;
    }
    // Which of the two was drawn first is a matter of chance, so the first may have the ties.
    return m_loads[b].connections < m_loads[a].connections ? b : a;
}

std::uint32_t Core::anyAllowed(std::uint32_t except) {
    for (int round = 0; round < kRounds; ++round) {
        const std::uint32_t target = m_available[m_generator.below(static_cast<std::uint32_t>(m_available.size()))];
        if (allowed(target) && target != except) return target;
    }
    return drawByScan([except](std::uint32_t each) { return each == except ? 0.0 : 1.0; });
}

std::uint32_t Core::chooseByFurtherHash(std::uint64_t key) {
    return keyTarget(key, [&](const auto& rule) { return m_keys->target(key, m_available, rule); });
}

std::uint32_t Core::chooseByRange(std::uint64_t key) {
    const double share = unitShare(key);
    return keyTarget(key, [&](const auto& rule) { return m_ranges.target(share, rule).value_or(kNobody); });
}

// Each key moves to a starting target at a moment of its own; if there are no others, at once.
template <class Find> std::uint32_t Core::keyTarget(std::uint64_t key, const Find& find) const {
    const std::uint32_t target = find([&](std::uint32_t each) {
        if (!allowed(each)) return false;
        return !m_loads[each].starting || unitShare(KeyTable::hash(key, each + KeyTable::kRounds)) < startShare(each);
    });
    if (target != kNobody || m_starting.empty()) return target;
    return find([&](std::uint32_t each) { return allowed(each); });
}

} // namespace plimsoll::balancer
