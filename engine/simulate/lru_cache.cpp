#include "engine/simulate/lru_cache.h"

#include <limits>

namespace plimsoll::simulate {

std::size_t LruCache::slotOf(std::uint64_t key) const {
    const std::size_t mask = m_slots.size() - 1;
    std::size_t slot = mixed(key) & mask;
    while (m_slots[slot] != kEmpty && m_nodes[m_slots[slot]].key != key) slot = (slot + 1) & mask;
    return slot;
}

void LruCache::link(std::uint32_t node) {
    m_nodes[node].older = m_newest;
    m_nodes[node].newer = kEmpty;
    (m_newest == kEmpty ? m_oldest : m_nodes[m_newest].newer) = node;
    m_newest = node;
}

void LruCache::unlink(std::uint32_t node) {
    const Node& n = m_nodes[node];
    (n.newer == kEmpty ? m_newest : m_nodes[n.newer].older) = n.older;
    (n.older == kEmpty ? m_oldest : m_nodes[n.older].newer) = n.newer;
}

bool LruCache::lookup(std::uint64_t key, double now) {
    const std::uint32_t node = m_slots[slotOf(key)];
    if (node == kEmpty) return false;
    if (m_newest != node) {
        unlink(node);
        link(node);
    }
    return now < m_nodes[node].expires;
}

void LruCache::admit(std::uint64_t key, double size, double now) {
    std::size_t slot = slotOf(key);
    if (m_slots[slot] != kEmpty) {
        if (now < m_nodes[m_slots[slot]].expires) return;
        erase(slot);
    }
    if (size > m_capacity) return;
    while (m_bytes + size > m_capacity && m_oldest != kEmpty) erase(slotOf(m_nodes[m_oldest].key));
    if (2 * (m_used + 1) > m_slots.size()) grow();
    std::uint32_t node;
    if (m_free.empty()) {
        node = std::uint32_t(m_nodes.size());
        m_nodes.emplace_back();
    } else {
        node = m_free.back();
        m_free.pop_back();
    }
    m_nodes[node] = {key, size, m_ttl > 0 ? now + m_ttl : std::numeric_limits<double>::infinity(), kEmpty, kEmpty};
    link(node);
    slot = slotOf(key);
    m_slots[slot] = node;
    m_bytes += size;
    ++m_used;
}

void LruCache::remove(std::uint64_t key) {
    const std::size_t slot = slotOf(key);
    if (m_slots[slot] != kEmpty) erase(slot);
}

/// Takes a key out and closes the gap, so that no search ends too early.
void LruCache::erase(std::size_t slot) {
    const std::uint32_t node = m_slots[slot];
    unlink(node);
    m_bytes = m_used == 1 ? 0 : m_bytes - m_nodes[node].size;
    m_free.push_back(node);
    --m_used;
    const std::size_t mask = m_slots.size() - 1;
    m_slots[slot] = kEmpty;
    for (std::size_t i = (slot + 1) & mask; m_slots[i] != kEmpty; i = (i + 1) & mask) {
        const std::size_t home = mixed(m_nodes[m_slots[i]].key) & mask;
        if (((i - home) & mask) < ((i - slot) & mask)) continue;
        m_slots[slot] = m_slots[i];
        m_slots[i] = kEmpty;
        slot = i;
    }
}

void LruCache::grow() {
    std::vector<std::uint32_t> old(2 * m_slots.size(), kEmpty);
    old.swap(m_slots);
    for (const std::uint32_t node : old)
        if (node != kEmpty) m_slots[slotOf(m_nodes[node].key)] = node;
}

} // namespace plimsoll::simulate
