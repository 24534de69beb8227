// Keys, and the caches that are asked for them.
#include "engine/simulate/machine.h"

namespace plimsoll::simulate {

namespace {

// A cache sees its characteristic time go by (theory/caches.md 3) in a few times as many requests as it has places.
constexpr double kFillDraws = 5;
constexpr std::uint64_t kMostFillDraws = 2'000'000; // all caches of a machine together

} // namespace

/// Caches start full: with keys drawn by popularity and, where they expire, with times left spread over the time to
/// live. Warm-up then has only the rest to settle, and copies do not expire in step.
void Machine::fillCaches() {
    for (std::size_t i = 0; i < m_program.caches.size(); ++i) {
        const CachePlan& plan = m_program.caches[i];
        if (plan.fixedHitRatio >= 0 || plan.keySpace == kNone) continue;
        const KeySpacePlan& space = m_program.keySpaces[plan.keySpace];
        const std::uint64_t draws =
            std::min(kMostFillDraws / m_caches.size(),
                     std::uint64_t(kFillDraws * std::min(plan.capacity / space.size.mean_s(), 1e9)));
        for (std::uint32_t k = 0; k < plan.instances; ++k) {
            Random random(seedOf(m_seed, kFilling, plan.first + k));
            for (std::uint64_t n = 0; n < draws; ++n) {
                const std::uint64_t key = space.keys(random);
                LruCache& cache = m_caches[plan.first + k];
                if (!cache.lookup(key, 0)) cache.admit(key, sizeOf(plan, key), -plan.ttl * random.uniform());
            }
        }
    }
}

/// Drawn from a generator of its own, so that an object has the same size whenever it is fetched.
double Machine::sizeOf(const CachePlan& plan, std::uint64_t key) const {
    const Sampler& size = m_program.keySpaces[plan.keySpace].size;
    if (size.isConstant()) return size.mean_s();
    Random sizes(seedOf(m_seed, kSizes + plan.keySpace, key));
    return size(sizes);
}

/// In the strand's own fleet its own cache, elsewhere the one that the key's hash picks.
std::uint32_t Machine::cacheInstance(const Strand& strand, const Op& op, std::uint64_t key) const {
    const CachePlan& plan = m_program.caches[op.resource];
    if (plan.instances == 1) return plan.first;
    if (op.fleet == strand.fleet) return plan.first + strand.instance;
    if (plan.up.empty()) return plan.first;
    return plan.first + plan.up[mixed(key) % plan.up.size()];
}

Machine::Next Machine::enterLookup(Strand& strand, const Op& op, std::uint32_t step) {
    const CachePlan& plan = m_program.caches[op.resource];
    Record& record = strand.top();
    CacheTally& tally = m_cacheTallies[op.resource * m_program.classes.size() + strand.flow / 2];
    const bool keyed = plan.keySpace != kNone;
    record.key = keyed ? keyOf(strand, plan.keySpace) : 0;
    record.d = cacheInstance(strand, op, record.key);
    ++tally.lookups;
    const bool gone = plan.up.empty();
    const bool hit = !gone && (plan.fixedHitRatio >= 0 ? m_stepRandom[step].happens(plan.fixedHitRatio)
                                                       : m_caches[record.d].lookup(record.key, m_kernel.now));
    if (hit) {
        ++tally.hits;
        record.state = kHit;
        return enterStep(op.other);
    }
    record.state = kFetches;
    if (!plan.coalesce || !keyed) return enterStep(op.next);
    const auto [fetch, isFirst] = m_fetches[record.d].try_emplace(record.key);
    if (isFirst) return enterStep(op.next);
    record.state = kWaitsForFetch;
    strand.waits = Waits::Fetch;
    strand.where = record.d;
    fetch->second.pushBack(strand);
    return wait();
}

/// The fetch that it waited for has ended, or has been left to it.
Machine::Next Machine::resumeLookup(Strand& strand, const Op& op, Outcome outcome) {
    Record& record = strand.top();
    if (record.state == kFetches) return enterStep(op.next);
    if (!outcome.ok()) return leaveWith(outcome);
    ++m_cacheTallies[op.resource * m_program.classes.size() + strand.flow / 2].hits;
    record.state = kHit;
    return enterStep(op.other);
}

void Machine::leaveLookup(Strand& strand, const Op& op, Outcome outcome) {
    const Record& record = strand.top();
    if (record.state != kFetches) return;
    const CachePlan& plan = m_program.caches[op.resource];
    if (outcome.ok() && plan.fixedHitRatio < 0 && !plan.up.empty()) {
        m_caches[record.d].admit(record.key, sizeOf(plan, record.key), m_kernel.now);
    }
    if (plan.coalesce && plan.keySpace != kNone) endFetch(record.d, record.key, outcome);
}

void Machine::endFetch(std::uint32_t instance, std::uint64_t key, Outcome outcome) {
    const auto fetch = m_fetches[instance].find(key);
    if (fetch == m_fetches[instance].end()) return;
    for (Fifo& waiting = fetch->second; Strand* strand = waiting.first;) {
        waiting.remove(*strand);
        m_kernel.wake(*strand, outcome);
    }
    m_fetches[instance].erase(fetch);
}

/// Who fetches a key has been stopped: the first of those that wait fetches it.
void Machine::passFetchOn(std::uint32_t instance, std::uint64_t key) {
    const auto fetch = m_fetches[instance].find(key);
    if (fetch == m_fetches[instance].end()) return;
    Strand* next = fetch->second.first;
    if (!next) {
        m_fetches[instance].erase(fetch);
        return;
    }
    fetch->second.remove(*next);
    next->top().state = kFetches;
    m_kernel.wake(*next, Outcome());
}

/// The request's own key first, others by popularity.
Machine::Next Machine::invalidate(Strand& strand, const Op& op, std::uint32_t step) {
    const CachePlan& plan = m_program.caches[op.resource];
    if (plan.fixedHitRatio >= 0 || plan.keySpace == kNone) return leaveWith(Outcome());
    const std::uint32_t count = wholeCount(op.amount, m_stepRandom[step]);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint64_t key =
            i == 0 ? keyOf(strand, plan.keySpace) : m_program.keySpaces[plan.keySpace].keys(m_stepRandom[step]);
        m_caches[cacheInstance(strand, op, key)].remove(key);
    }
    return leaveWith(Outcome());
}

} // namespace plimsoll::simulate
