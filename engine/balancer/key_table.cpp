#include "engine/balancer/key_table.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

namespace plimsoll::balancer {
namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr double kLeastShare = std::numeric_limits<double>::epsilon();

// Splits `count` in proportion to `shares` (>= 0, not all 0): whole parts first, then one each to the largest
// remainders (Hamilton), the first one if equal. No part exceeds its bound.
std::vector<std::uint32_t> apportion(const std::vector<double>& shares, std::uint32_t count,
                                     const std::vector<std::uint32_t>& bounds) {
    double total = 0;
    for (const double share : shares) total += share;
    std::vector<std::uint32_t> parts(shares.size());
    std::vector<std::pair<double, std::uint32_t>> remainders;
    std::uint32_t given = 0;
    for (std::uint32_t i = 0; i < shares.size(); ++i) {
        const double exact = total > 0 ? shares[i] / total * count : 0;
        parts[i] = std::min({static_cast<std::uint32_t>(exact), bounds[i], count - given});
        given += parts[i];
        remainders.emplace_back(exact - parts[i], i);
    }
    std::stable_sort(remainders.begin(), remainders.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    while (given < count) {
        const std::uint32_t before = given;
        for (const auto& [remainder, i] : remainders) {
            if (given == count) break;
            if (parts[i] >= bounds[i]) continue;
            ++parts[i];
            ++given;
        }
        if (given == before) break; // every bound is reached
    }
    return parts;
}

} // namespace

std::size_t KeyTable::slotsFor(std::size_t targets) {
    const std::size_t fine = std::bit_ceil(std::max<std::size_t>(1, targets) * kSlotsPerTarget);
    const std::size_t coarse = std::bit_ceil(std::max<std::size_t>(1, targets) * kFewSlotsPerTarget);
    return std::max(std::min(fine, kManySlots), coarse);
}

KeyTable::KeyTable(std::span<const double> weights)
    : m_weights(weights.begin(), weights.end()), m_held(weights.size(), 0) {
    if (!(totalWeight() > 0)) return;
    const std::size_t slots = slotsFor(weights.size());
    std::vector<std::uint32_t> bounds;
    for (const double weight : weights) bounds.push_back(weight > 0 ? std::uint32_t(slots) : 0);
    m_held = apportion(m_weights, static_cast<std::uint32_t>(slots), bounds);
    m_slots.reserve(slots);
    for (std::uint32_t target = 0; target < m_held.size(); ++target)
        m_slots.insert(m_slots.end(), m_held[target], target);
    m_mask = slots - 1;
}

double KeyTable::totalWeight() const {
    return std::accumulate(m_weights.begin(), m_weights.end(), 0.0);
}

double KeyTable::quota(std::uint32_t target, double total) const {
    return double(m_slots.size()) * (m_weights[target] / total);
}

void KeyTable::grow(std::size_t slots) {
    while (!m_slots.empty() && m_slots.size() < slots) {
        m_slots.reserve(2 * m_slots.size());
        m_slots.insert(m_slots.end(), m_slots.begin(), m_slots.end());
        for (std::uint32_t& held : m_held) held *= 2;
    }
    m_mask = m_slots.empty() ? 0 : m_slots.size() - 1;
}

void KeyTable::setWeight(std::uint32_t target, double weight) {
    if (target >= m_weights.size()) {
        m_weights.resize(target + 1, 0);
        m_held.resize(target + 1, 0);
    }
    m_weights[target] = weight;
    if (!(weight > 0)) return; // keeps its slots, whose keys look further
    if (m_slots.empty()) {
        *this = KeyTable(std::vector<double>(m_weights));
        return;
    }
    grow(slotsFor(m_weights.size()));
    std::uint32_t others = 0, unused = std::uint32_t(m_slots.size()) - m_held[target];
    for (std::uint32_t other = 0; other < m_held.size(); ++other)
        if (other != target && m_weights[other] > 0) others += m_held[other];
    unused -= others;
    // Its slots must be to its weight as those of the others are to theirs; what is unused has no part in that.
    const double total = totalWeight();
    const double fair = others > 0 ? others * (weight / std::max(total - weight, kLeastShare * total)) : kNever;
    const double held = m_held[target];
    if (std::abs(fair - held) < 1) return;
    if (fair < held) return giveUp(target, m_held[target] - static_cast<std::uint32_t>(std::lround(fair)));
    if (fair - held <= unused) return takeUnused(target, static_cast<std::uint32_t>(std::lround(fair - held)));
    takeUnused(target, unused);
    const auto wanted = static_cast<std::uint32_t>(std::lround(quota(target, total)));
    if (wanted > m_held[target]) takeFromOthers(target, wanted - m_held[target], total);
}

void KeyTable::giveUp(std::uint32_t target, std::uint32_t count) {
    m_held[target] -= count;
    for (std::uint32_t& owner : m_slots) {
        if (count == 0) return;
        if (owner != target) continue;
        owner = kNobody;
        --count;
    }
}

void KeyTable::takeUnused(std::uint32_t target, std::uint32_t count) {
    m_held[target] += count;
    for (std::uint32_t& owner : m_slots) {
        if (count == 0) return;
        if (owner == target || (owner != kNobody && m_weights[owner] > 0)) continue;
        if (owner != kNobody) --m_held[owner];
        owner = target;
        --count;
    }
}

// From those that now have more than their share, in proportion to what they have too much.
void KeyTable::takeFromOthers(std::uint32_t target, std::uint32_t count, double total) {
    std::vector<double> surplus(m_held.size(), 0);
    std::vector<std::uint32_t> bounds(m_held);
    for (std::uint32_t other = 0; other < m_held.size(); ++other)
        if (other != target) surplus[other] = std::max(0.0, m_held[other] - quota(other, total));
    bounds[target] = 0;
    std::vector<std::uint32_t> taken = apportion(surplus, count, bounds);
    for (std::uint32_t& owner : m_slots) {
        if (taken[owner] == 0) continue;
        --taken[owner];
        --m_held[owner];
        ++m_held[target];
        owner = target;
    }
}

// Weighted rendezvous (Schindelhauer and Schomaker, Weighted distributed hash tables, 2005): the smaller of two
// exponential times with the weights as rates.
std::uint32_t KeyTable::bestOf(std::uint64_t key, std::uint32_t a, double weightA, std::uint32_t b, double weightB) {
    const auto time = [key](std::uint32_t target, double weight) {
        const std::uint64_t bits = Generator(hash(key, kRounds) + target * 0xbf58476d1ce4e5b9).next();
        return -std::log1p(-unitShare(bits)) / weight;
    };
    return time(b, weightB) < time(a, weightA) ? b : a;
}

} // namespace plimsoll::balancer
