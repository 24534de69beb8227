// The caches of a simulated system, who waits there for a key under way, and what was found.
#pragma once
#include "engine/simulate/lru_cache.h"
#include "engine/simulate/machine_settings.h"
#include "engine/simulate/program.h"
#include "engine/simulate/tally.h"

#include <unordered_map>

namespace plimsoll::simulate {

/// `cache` is a CacheId, `instance` one of all instances of all caches.
class Caches {
public:
    /// They start full: with keys drawn by popularity and, where they expire, with times left spread over the time to
    /// live. Warm-up then has only the rest to settle, and copies do not expire in step.
    Caches(const Program& program, Kernel& kernel, std::uint64_t seed);

    /// The instance that the key's hash picks, for whoever has none of its own.
    std::uint32_t instanceFor(std::uint32_t cache, std::uint64_t key) const;
    /// Whether the key is there; `random` decides where the hit ratio is fixed.
    bool hits(std::uint32_t cache, std::uint32_t instance, std::uint64_t key, Random& random);
    /// A key that has been fetched, with success, is kept.
    void admit(std::uint32_t cache, std::uint32_t instance, std::uint64_t key);
    void remove(std::uint32_t instance, std::uint64_t key) { m_caches[instance].remove(key); }

    /// true: nobody fetches the key yet, so the strand does; false: it waits for the fetch under way.
    bool fetches(std::uint32_t instance, std::uint64_t key, Strand& strand);
    /// The fetch has ended: so have all that waited for it.
    void endFetch(std::uint32_t instance, std::uint64_t key, Outcome outcome);
    /// Who fetches a key has been stopped: the first of those that wait is woken to fetch it; none if nobody does.
    Strand* passFetchOn(std::uint32_t instance, std::uint64_t key);
    /// A strand that waits for a fetch leaves.
    void leave(Strand& strand) { m_fetches[strand.where].at(strand.top().key).remove(strand); }

    CacheTally& tally(std::size_t cache, std::size_t cls) { return m_tallies[cache * m_program.classes.size() + cls]; }
    const CacheTally& tally(std::size_t cache, std::size_t cls) const {
        return m_tallies[cache * m_program.classes.size() + cls];
    }
    /// A new window begins now.
    void restart() { m_tallies.assign(m_tallies.size(), CacheTally()); }

private:
    void fill(const CachePlan& plan);
    double sizeOf(const CachePlan& plan, std::uint64_t key) const;

    const Program& m_program;
    Kernel& m_kernel;
    std::uint64_t m_seed;
    std::vector<LruCache> m_caches;                                 ///< by instance
    std::vector<std::unordered_map<std::uint64_t, Fifo>> m_fetches; ///< by instance: who waits for a key
    std::vector<CacheTally> m_tallies;                              ///< by cache and class
};

} // namespace plimsoll::simulate
