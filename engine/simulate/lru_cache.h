// One cache: least recently used goes first, by bytes, with a time to live counted from insertion.
#pragma once
#include "engine/simulate/random.h"

#include <cstdint>
#include <vector>

namespace plimsoll::simulate {

class LruCache {
public:
    /// `capacity` in bytes; `ttl` in seconds, 0 for none.
    LruCache(double capacity, double ttl) : m_capacity(capacity), m_ttl(ttl), m_slots(kFirstSlots, kEmpty) {}

    /// Whether the key is there and has not expired; it becomes the most recently used one. A copy that has expired
    /// keeps its place until it is fetched again or pushed out.
    bool lookup(std::uint64_t key, double now);
    /// Puts a key of this size in, as of now; one larger than the cache is not kept, one that is there and has not
    /// expired stays as it is (the copy that was fetched first counts).
    void admit(std::uint64_t key, double size, double now);
    void remove(std::uint64_t key);
    std::size_t objects() const { return m_used; }

private:
    static constexpr std::uint32_t kEmpty = ~0u;
    static constexpr std::size_t kFirstSlots = 64;
    struct Node {
        std::uint64_t key;
        double size, expires;
        std::uint32_t newer, older;
    };
    std::size_t slotOf(std::uint64_t key) const; ///< its own, or the empty one where it belongs
    void grow();
    void link(std::uint32_t node);
    void unlink(std::uint32_t node);
    void erase(std::size_t slot);

    double m_capacity, m_ttl, m_bytes = 0;
    std::vector<std::uint32_t> m_slots; ///< open addressing, a power of two of them
    std::vector<Node> m_nodes;
    std::vector<std::uint32_t> m_free;
    std::size_t m_used = 0;
    std::uint32_t m_newest = kEmpty, m_oldest = kEmpty;
};

} // namespace plimsoll::simulate
