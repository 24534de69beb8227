// The steps that ask caches.
#include "engine/simulate/machine.h"

namespace plimsoll::simulate {

/// In the strand's own fleet its own cache, elsewhere the one that the key's hash picks.
std::uint32_t Machine::cacheInstance(const Strand& strand, const Op& op, std::uint64_t key) const {
    const CachePlan& plan = m_program.caches[op.resource];
    if (plan.instances == 1) return plan.first;
    if (op.fleet == strand.fleet) return plan.first + strand.instance;
    return m_caches.instanceFor(op.resource, key);
}

Next Machine::enterLookup(Strand& strand, const Op& op, std::uint32_t step) {
    const CachePlan& plan = m_program.caches[op.resource];
    Record& record = strand.top();
    CacheTally& tally = m_caches.tally(op.resource, strand.flow / 2);
    const bool keyed = plan.keySpace != kNone;
    record.key = keyed ? m_keys.key(strand.keys, plan.keySpace) : 0;
    record.d = cacheInstance(strand, op, record.key);
    ++tally.lookups;
    if (m_caches.hits(op.resource, record.d, record.key, m_stepRandom[step])) {
        ++tally.hits;
        record.state = kHit;
        return Next::enter(op.other);
    }
    record.state = kFetches;
    if (!plan.coalesce || !keyed || m_caches.fetches(record.d, record.key, strand)) return Next::enter(op.next);
    record.state = kWaitsForFetch;
    return Next::wait();
}

/// The fetch that it waited for has ended, or has been left to it.
Next Machine::resumeLookup(Strand& strand, const Op& op, Outcome outcome) {
    Record& record = strand.top();
    if (record.state == kFetches) return Next::enter(op.next);
    if (!outcome.ok()) return Next::leave(outcome);
    ++m_caches.tally(op.resource, strand.flow / 2).hits;
    record.state = kHit;
    return Next::enter(op.other);
}

void Machine::leaveLookup(const Record& record, const Op& op, Outcome outcome) {
    if (record.state != kFetches) return;
    const CachePlan& plan = m_program.caches[op.resource];
    if (outcome.ok()) m_caches.admit(op.resource, record.d, record.key);
    if (plan.coalesce && plan.keySpace != kNone) m_caches.endFetch(record.d, record.key, outcome);
}

/// Who fetches has been stopped.
void Machine::undoLookup(const Record& record, const Op& op) {
    if (record.state != kFetches || !m_program.caches[op.resource].coalesce) return;
    if (Strand* const next = m_caches.passFetchOn(record.d, record.key)) next->top().state = kFetches;
}

/// The request's own key first, others by popularity.
Next Machine::invalidate(Strand& strand, const Op& op, std::uint32_t step) {
    const CachePlan& plan = m_program.caches[op.resource];
    if (plan.fixedHitRatio >= 0 || plan.keySpace == kNone) return Next::succeed();
    const std::uint32_t count = wholeCount(op.amount, m_stepRandom[step]);
    for (std::uint32_t i = 0; i < count; ++i) {
        const std::uint64_t key = i == 0 ? m_keys.key(strand.keys, plan.keySpace)
                                         : m_program.keySpaces[plan.keySpace].keys(m_stepRandom[step]);
        m_caches.remove(cacheInstance(strand, op, key), key);
    }
    return Next::succeed();
}

} // namespace plimsoll::simulate
