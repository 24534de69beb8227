#include "engine/simulate/caches.h"

namespace plimsoll::simulate {

namespace {

// A cache sees its characteristic time go by (theory/caches.md 3) in a few times as many requests as it has places.
constexpr double kFillDraws = 5;
constexpr std::uint64_t kMostFillDraws = 2'000'000; // all caches of a machine together

} // namespace

Caches::Caches(const Program& program, Kernel& kernel, std::uint64_t seed)
    : m_program(program), m_kernel(kernel), m_seed(seed), m_fetches(program.cacheInstances),
      m_tallies(program.caches.size() * program.classes.size()) {
    for (const CachePlan& cache : program.caches)
        for (std::uint32_t k = 0; k < cache.instances; ++k) m_caches.emplace_back(cache.capacity, cache.ttl);
    for (const CachePlan& cache : program.caches) fill(cache);
}

void Caches::fill(const CachePlan& plan) {
    if (plan.fixedHitRatio >= 0 || plan.keySpace == kNone) return;
    const KeySpacePlan& space = m_program.keySpaces[plan.keySpace];
    const std::uint64_t draws =
        std::min(kMostFillDraws / m_caches.size(),
                 std::uint64_t(kFillDraws * std::min(plan.capacity / space.size.mean_s(), 1e9)));
    for (std::uint32_t k = plan.first; k < plan.first + plan.instances; ++k) {
        Random random(seedOf(m_seed, kFilling, k));
        for (std::uint64_t n = 0; n < draws; ++n) {
            const std::uint64_t key = space.keys(random);
            if (!m_caches[k].lookup(key, 0)) m_caches[k].admit(key, sizeOf(plan, key), -plan.ttl * random.uniform());
        }
    }
}

/// Drawn from a generator of its own, so that an object has the same size whenever it is fetched.
double Caches::sizeOf(const CachePlan& plan, std::uint64_t key) const {
    const Sampler& size = m_program.keySpaces[plan.keySpace].size;
    if (size.isConstant()) return size.mean_s();
    Random sizes(seedOf(m_seed, kSizes + plan.keySpace, key));
    return size(sizes);
}

std::uint32_t Caches::instanceFor(std::uint32_t cache, std::uint64_t key) const {
    const CachePlan& plan = m_program.caches[cache];
    return plan.up.empty() ? plan.first : plan.first + plan.up[mixed(key) % plan.up.size()];
}

bool Caches::hits(std::uint32_t cache, std::uint32_t instance, std::uint64_t key, Random& random) {
    const CachePlan& plan = m_program.caches[cache];
    if (plan.up.empty()) return false;
    return plan.fixedHitRatio >= 0 ? random.happens(plan.fixedHitRatio) : m_caches[instance].lookup(key, m_kernel.now);
}

void Caches::admit(std::uint32_t cache, std::uint32_t instance, std::uint64_t key) {
    const CachePlan& plan = m_program.caches[cache];
    if (plan.fixedHitRatio < 0 && !plan.up.empty())
        m_caches[instance].admit(key, sizeOf(plan, key), m_kernel.now);
}

bool Caches::fetches(std::uint32_t instance, std::uint64_t key, Strand& strand) {
    const auto [fetch, isFirst] = m_fetches[instance].try_emplace(key);
    if (isFirst) return true;
    strand.waits = Waits::Fetch;
    strand.where = instance;
    fetch->second.pushBack(strand);
    return false;
}

void Caches::endFetch(std::uint32_t instance, std::uint64_t key, Outcome outcome) {
    const auto fetch = m_fetches[instance].find(key);
    if (fetch == m_fetches[instance].end()) return;
    for (Fifo& waiting = fetch->second; Strand* strand = waiting.first;) {
        waiting.remove(*strand);
        m_kernel.wake(*strand, outcome);
    }
    m_fetches[instance].erase(fetch);
}

Strand* Caches::passFetchOn(std::uint32_t instance, std::uint64_t key) {
    const auto fetch = m_fetches[instance].find(key);
    if (fetch == m_fetches[instance].end()) return nullptr;
    Strand* next = fetch->second.first;
    if (!next) {
        m_fetches[instance].erase(fetch);
        return nullptr;
    }
    fetch->second.remove(*next);
    m_kernel.wake(*next, Outcome());
    return next;
}

} // namespace plimsoll::simulate
