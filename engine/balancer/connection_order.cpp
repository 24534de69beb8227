#include "engine/balancer/connection_order.h"

namespace plimsoll::balancer {

void ConnectionOrder::resize(std::size_t count) {
    m_order.reserve(count);
    m_position.resize(count, 0);
    m_bucketOf.resize(count, kNone);
    const std::size_t bucketsBefore = m_buckets.size();
    m_buckets.resize(count + 1); // one more than places: a bucket is made before the one that empties is dropped
    m_freeBuckets.reserve(m_buckets.size());
    for (std::size_t bucket = bucketsBefore; bucket < m_buckets.size(); ++bucket)
        m_freeBuckets.push_back(static_cast<std::uint32_t>(bucket));
}

std::uint32_t ConnectionOrder::makeBucket(std::uint32_t connections, std::uint32_t at, std::uint32_t below,
                                          std::uint32_t above) {
    const std::uint32_t bucket = m_freeBuckets.back();
    m_freeBuckets.pop_back();
    m_buckets[bucket] = {connections, at, at, below, above};
    (below == kNone ? m_lowest : m_buckets[below].above) = bucket;
    (above == kNone ? m_highest : m_buckets[above].below) = bucket;
    return bucket;
}

void ConnectionOrder::dropIfEmpty(std::uint32_t bucket) {
    const Bucket& dropped = m_buckets[bucket];
    if (dropped.begin != dropped.end) return;
    (dropped.below == kNone ? m_lowest : m_buckets[dropped.below].above) = dropped.above;
    (dropped.above == kNone ? m_highest : m_buckets[dropped.above].below) = dropped.below;
    m_freeBuckets.push_back(bucket);
}

void ConnectionOrder::moveTo(std::uint32_t position, std::uint32_t place) {
    const std::uint32_t from = m_position[place];
    const std::uint32_t other = m_order[position];
    m_order[from] = other;
    m_position[other] = from;
    m_order[position] = place;
    m_position[place] = position;
}

void ConnectionOrder::insert(std::uint32_t place, std::uint32_t connections) {
    std::uint32_t above = kNone; // buckets with more connections: each gives its first position to the one below
    std::uint32_t bucket = m_highest;
    m_order.push_back(place);
    m_position[place] = static_cast<std::uint32_t>(m_order.size() - 1);
    while (bucket != kNone && m_buckets[bucket].connections > connections) {
        moveTo(m_buckets[bucket].begin, place);
        ++m_buckets[bucket].begin;
        ++m_buckets[bucket].end;
        above = bucket;
        bucket = m_buckets[bucket].below;
    }
    if (bucket == kNone || m_buckets[bucket].connections != connections)
        bucket = makeBucket(connections, m_position[place], bucket, above);
    ++m_buckets[bucket].end;
    m_bucketOf[place] = bucket;
}

void ConnectionOrder::erase(std::uint32_t place) {
    const std::uint32_t own = m_bucketOf[place];
    moveTo(m_buckets[own].end - 1, place);
    --m_buckets[own].end;
    for (std::uint32_t bucket = m_buckets[own].above; bucket != kNone; bucket = m_buckets[bucket].above) {
        moveTo(m_buckets[bucket].end - 1, place);
        --m_buckets[bucket].begin;
        --m_buckets[bucket].end;
    }
    m_order.pop_back();
    m_bucketOf[place] = kNone;
    dropIfEmpty(own);
}

void ConnectionOrder::increase(std::uint32_t place) {
    const std::uint32_t own = m_bucketOf[place];
    Bucket& bucket = m_buckets[own];
    std::uint32_t above = bucket.above;
    const bool joins = above != kNone && m_buckets[above].connections == bucket.connections + 1;
    if (!joins && bucket.end - bucket.begin == 1) {
        ++bucket.connections;
        return;
    }
    moveTo(bucket.end - 1, place);
    if (!joins) above = makeBucket(bucket.connections + 1, bucket.end, own, above);
    --bucket.end;
    --m_buckets[above].begin;
    m_bucketOf[place] = above;
    dropIfEmpty(own);
}

void ConnectionOrder::decrease(std::uint32_t place) {
    const std::uint32_t own = m_bucketOf[place];
    Bucket& bucket = m_buckets[own];
    std::uint32_t below = bucket.below;
    const bool joins = below != kNone && m_buckets[below].connections + 1 == bucket.connections;
    if (!joins && bucket.end - bucket.begin == 1) {
        --bucket.connections;
        return;
    }
    moveTo(bucket.begin, place);
    if (!joins) below = makeBucket(bucket.connections - 1, bucket.begin, below, own);
    ++bucket.begin;
    ++m_buckets[below].end;
    m_bucketOf[place] = below;
    dropIfEmpty(own);
}

} // namespace plimsoll::balancer
