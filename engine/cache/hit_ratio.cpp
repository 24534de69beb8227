#include "engine/cache/hit_ratio.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::cache {
namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

/// The time at which `held(time)` keys are there, `held` concave and rising: Newton from the left climbs to the root.
/// Infinite where they never reach the capacity.
template <class Held, class Slope> double characteristicTime(double capacity, double start, Held held, Slope slope) {
    constexpr int kSteps = 200;
    constexpr double kClose = 1e-12;
    double time = start;
    for (int step = 0; step < kSteps; ++step) {
        const double missing = capacity - held(time), rise = slope(time);
        if (std::abs(missing) <= kClose * capacity) break;
        if (!(rise > 0)) return kInfinite;
        const double next = time + missing / rise;
        if (!std::isfinite(next)) return kInfinite;
        if (std::abs(next - time) <= kClose * time) return next;
        time = next;
    }
    return time;
}

/// Hits per fetch of a copy that lives `life` and whose place lasts `time` after its last use (theory/caches.md 4).
double hitsPerFetch(double rate, double life, double time) {
    constexpr double kLong = 600, kTiny = 1e-12;
    const double y = rate * time;
    if (life <= time || y > kLong) return rate * life;
    const double g = std::expm1(y) - y;
    if (g < kTiny) return y;
    const double r = rate * -std::expm1(-y) / g;
    return y + g * -std::expm1(-r * (life - time));
}

class Lru {
public:
    Lru(const Popularity& popularity, const CacheLoad& load) : m_popularity(popularity), m_load(load) {
        const double events = load.reads_per_s + load.invalidations_per_s;
        m_reads = load.reads_per_s / events;
        m_events = events;
    }
    double hits() const {
        const double time = capacityTime();
        double hits = 0;
        for (const auto& [keys, probability] : m_popularity.groups())
            hits += keys * probability * hitOf(probability, time);
        return std::clamp(hits, 0.0, 1.0);
    }

private:
    /// In seconds; infinite where the capacity does not matter.
    double capacityTime() const {
        if (m_load.capacity >= m_popularity.keys()) return kInfinite;
        if (m_load.ttl_s) {
            double alive = 0;
            for (const auto& [keys, probability] : m_popularity.groups()) {
                const double fetched = m_load.reads_per_s * probability * lifeOf(probability);
                alive += keys * fetched / (1 + fetched);
            }
            if (alive < m_load.capacity) return kInfinite;
        }
        if (m_reads * m_popularity.keys() <= m_load.capacity) return kInfinite; // the rest is invalidated
        const auto held = [&](double time) {
            double sum = 0;
            for (const auto& [keys, probability] : m_popularity.groups())
                sum += keys * m_reads * -std::expm1(-probability * time);
            return sum;
        };
        const auto slope = [&](double time) {
            double sum = 0;
            for (const auto& [keys, probability] : m_popularity.groups())
                sum += keys * m_reads * probability * std::exp(-probability * time);
            return sum;
        };
        return characteristicTime(m_load.capacity, m_load.capacity, held, slope) / m_events;
    }
    /// Mean time until a copy expires or is invalidated.
    double lifeOf(double probability) const {
        const double purge = m_load.invalidations_per_s * probability;
        if (!m_load.ttl_s) return purge > 0 ? 1 / purge : kInfinite;
        return purge > 0 ? -std::expm1(-purge * *m_load.ttl_s) / purge : *m_load.ttl_s;
    }
    double hitOf(double probability, double time) const {
        const double rate = m_load.reads_per_s * probability, events = m_events * probability;
        if (!m_load.ttl_s) return std::isinf(time) ? m_reads : m_reads * -std::expm1(-events * time);
        const double hits =
            std::isinf(time) ? rate * lifeOf(probability) : hitsPerFetch(rate, lifeOf(probability), time);
        return hits / (1 + hits);
    }

    const Popularity& m_popularity;
    const CacheLoad& m_load;
    double m_reads = 1, m_events = 0;
};

/// FIFO and Random: a place lasts as long whatever is asked for.
double insertionOrderHits(const Popularity& popularity, const CacheLoad& load) {
    const auto held = [&](double time) {
        double sum = 0;
        for (const auto& [keys, probability] : popularity.groups())
            sum += keys * probability * time / (1 + probability * time);
        return sum;
    };
    const auto slope = [&](double time) {
        double sum = 0;
        for (const auto& [keys, probability] : popularity.groups()) {
            const double there = 1 + probability * time;
            sum += keys * probability / (there * there);
        }
        return sum;
    };
    double time = kInfinite;
    if (load.capacity < popularity.keys()) time = characteristicTime(load.capacity, load.capacity, held, slope);
    double hits = 0;
    for (const auto& [keys, probability] : popularity.groups()) {
        const double rate = load.reads_per_s * probability, purge = load.invalidations_per_s * probability;
        // A copy lives until its place, its time or its truth ends; the earlier of the means is taken.
        double life = std::isinf(time) ? kInfinite : time / load.reads_per_s;
        if (load.ttl_s) life = std::min(life, *load.ttl_s);
        if (purge > 0) life = std::isinf(life) ? 1 / purge : -std::expm1(-purge * life) / purge;
        hits += keys * probability * (std::isinf(life) ? 1 : rate * life / (1 + rate * life));
    }
    return std::clamp(hits, 0.0, 1.0);
}

} // namespace

bool hasFormula(flow::Eviction eviction) {
    return eviction == flow::Eviction::Lru || eviction == flow::Eviction::Fifo || eviction == flow::Eviction::Random ||
           eviction == flow::Eviction::Lfu;
}

double hitRatio(const Popularity& popularity, const CacheLoad& load) {
    if (!(load.reads_per_s > 0)) return 0;
    if (load.eviction == flow::Eviction::Lru) return Lru(popularity, load).hits();
    if (load.eviction != flow::Eviction::Lfu) return insertionOrderHits(popularity, load);
    // The most popular keys are always there, as long as they live.
    CacheLoad kept = load;
    kept.eviction = flow::Eviction::Lru;
    kept.capacity = popularity.keys();
    const double alive = Lru(popularity, kept).hits();
    return std::min(alive, popularity.top(load.capacity));
}

} // namespace plimsoll::cache
