// Which target a key belongs to: a table of slots, shared in proportion to weights, of which only as many change hands
// as must.
#pragma once
#include "engine/balancer/generator.h"

#include <cstddef>
#include <span>
#include <vector>

namespace plimsoll::balancer {

/// A key's hash picks a slot, and the slot has an owner. The keys of an owner that is not there (ejected, down, already
/// used, drained, no member any more) try the slots of further hashes until they meet one that is, as in DxHash (Dong
/// and Wang, 2021). So a target that leaves keeps its slots and gets its keys back when it returns, and no other key
/// moves. A new target takes slots without a use first, then from the others what they have too much, and only its
/// own keys move. When the table doubles, both halves keep their owners. There is no seed: the same changes give the
/// same table everywhere.
class KeyTable {
public:
    static constexpr std::uint32_t kNobody = ~0u;
    /// So many hashes are tried before all are compared: with a tenth of the targets there, 1 - 0.9^64 = 99.9 % of the
    /// keys find one.
    static constexpr std::uint32_t kRounds = 64;

    KeyTable() = default;
    /// Weights >= 0 and finite; the place in `weights` is the target.
    explicit KeyTable(std::span<const double> weights);
    /// One target's new weight; 0 leaves. O(slots), O(1) for 0.
    void setWeight(std::uint32_t target, double weight);

    bool empty() const { return m_slots.empty(); }
    std::size_t size() const { return m_slots.size(); }
    /// The owner of every slot; a power of two of them.
    std::span<const std::uint32_t> owners() const { return m_slots; }
    /// How many slots a target owns: its share of the keys is in proportion, among those that are there.
    std::uint32_t held(std::uint32_t target) const { return target < m_held.size() ? m_held[target] : 0; }
    double weight(std::uint32_t target) const { return target < m_weights.size() ? m_weights[target] : 0; }

    /// The owner of a key at its first hash, or at a further one; kNobody for a slot that was given up. Not when empty.
    std::uint32_t owner(std::uint64_t key, std::uint32_t round = 0) const { return m_slots[hash(key, round) & m_mask]; }

    /// The key's target among those for which `allowed(target)`; kNobody if there is none. O(1) while most are allowed,
    /// O(candidates) when hardly any is.
    template <class Allowed>
    std::uint32_t target(std::uint64_t key, std::span<const std::uint32_t> candidates, const Allowed& allowed) const;

    /// The hash of a key in a round; a stream of independent ones.
    static std::uint64_t hash(std::uint64_t key, std::uint32_t round) {
        return foldedProduct(key ^ 0x9e3779b97f4a7c15,
                             0xd1342543de82ef95 + 2 * std::uint64_t(round) * 0x94d049bb133111eb);
    }

private:
    // A share is rounded to a slot: with 128 slots a target or more that is 0.4 % of an equal share at most. From 2^20
    // slots on, 8 a target suffice, so that 100,000 targets need 4 MB.
    static constexpr std::size_t kSlotsPerTarget = 128, kFewSlotsPerTarget = 8, kManySlots = 1u << 20;

    static std::size_t slotsFor(std::size_t targets);
    void grow(std::size_t slots);
    double quota(std::uint32_t target, double total) const;
    double totalWeight() const;
    void giveUp(std::uint32_t target, std::uint32_t count);
    void takeUnused(std::uint32_t target, std::uint32_t count);
    void takeFromOthers(std::uint32_t target, std::uint32_t count, double total);
    static std::uint32_t bestOf(std::uint64_t key, std::uint32_t a, double weightA, std::uint32_t b, double weightB);

    std::vector<std::uint32_t> m_slots; // owner of each; a power of two of them, or none
    std::uint64_t m_mask = 0;
    std::vector<double> m_weights;
    std::vector<std::uint32_t> m_held;
};

template <class Allowed> std::uint32_t KeyTable::target(std::uint64_t key, std::span<const std::uint32_t> candidates,
                                                        const Allowed& allowed) const {
    if (!m_slots.empty())
        for (std::uint32_t round = 0; round < kRounds; ++round) {
            const std::uint32_t found = owner(key, round);
            if (found != kNobody && allowed(found)) return found;
        }
    std::uint32_t best = kNobody;
    for (const std::uint32_t candidate : candidates) {
        if (!allowed(candidate)) continue;
        best = best == kNobody ? candidate : bestOf(key, best, m_weights[best], candidate, m_weights[candidate]);
    }
    return best;
}

} // namespace plimsoll::balancer
