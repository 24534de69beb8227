// Hit ratio of one cache under independent references (theory/caches.md 3 to 5).
#pragma once
#include "engine/cache/popularity.h"
#include "engine/flow/model.h"

#include <optional>

namespace plimsoll::cache {

/// What comes to one cache. Reads and invalidations choose keys alike.
struct CacheLoad {
    double capacity = 1; // objects, > 0
    flow::Eviction eviction = flow::Eviction::Lru;
    double reads_per_s = 0;
    double invalidations_per_s = 0;
    std::optional<double> ttl_s; // from insertion, > 0
};

/// Whether there is a formula: LRU, FIFO, Random and ideal LFU.
bool hasFormula(flow::Eviction eviction);

/// Share of the reads that hit. LRU by the characteristic time (Che, Tung and Wang 2002; 0.02 points against
/// simulation), with a TTL 0.09 points, with invalidations 0.02 points; FIFO and Random likewise (Gelenbe 1973; 0.02
/// points); LFU is the ideal one, an upper bound. 1 where everything fits, never expires and is never invalidated.
double hitRatio(const Popularity& popularity, const CacheLoad& load);

} // namespace plimsoll::cache
