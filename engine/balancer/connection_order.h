// Targets in order of their connections, with every change of one connection in O(1).
#pragma once
#include "engine/balancer/generator.h"

#include <cstddef>
#include <vector>

namespace plimsoll::balancer {

/// The places that take part stand in one array in ascending order of their counts; those with equal counts form a
/// bucket. One more or one less moves a place to the border of its bucket and the border past it.
class ConnectionOrder {
public:
    /// `count` places; new ones are absent. Allocates; nothing else does.
    void resize(std::size_t count);
    /// Takes part from now on, with so many connections. O(buckets).
    void insert(std::uint32_t place, std::uint32_t connections);
    /// Takes part no longer. O(buckets).
    void erase(std::uint32_t place);
    bool contains(std::uint32_t place) const { return m_bucketOf[place] != kNone; }

    /// One connection more, one less (of at least one), of a place that takes part.
    void increase(std::uint32_t place);
    void decrease(std::uint32_t place);

    bool empty() const { return m_order.empty(); }
    /// One of those with the fewest connections, each with the same probability; not when empty.
    std::uint32_t draw(Generator& generator) const {
        const Bucket& lowest = m_buckets[m_lowest];
        return m_order[lowest.begin + generator.below(lowest.end - lowest.begin)];
    }

private:
    static constexpr std::uint32_t kNone = ~0u;
    struct Bucket {
        std::uint32_t connections = 0;
        std::uint32_t begin = 0, end = 0; // in m_order
        std::uint32_t below = kNone, above = kNone;
    };

    std::uint32_t makeBucket(std::uint32_t connections, std::uint32_t at, std::uint32_t below, std::uint32_t above);
    void dropIfEmpty(std::uint32_t bucket);
    void moveTo(std::uint32_t position, std::uint32_t place);

    std::vector<std::uint32_t> m_order;    // of the places that take part
    std::vector<std::uint32_t> m_position; // of a place in m_order
    std::vector<std::uint32_t> m_bucketOf; // kNone: absent
    std::vector<Bucket> m_buckets;
    std::vector<std::uint32_t> m_freeBuckets;
    std::uint32_t m_lowest = kNone, m_highest = kNone;
};

} // namespace plimsoll::balancer
