#include "engine/simulate/pool.h"

namespace plimsoll::simulate {

std::uint32_t Pools::add(const PoolPlan& plan, std::uint32_t instance, std::uint64_t seed) {
    Pool& pool = m_pools.emplace_back();
    pool.plan = &plan;
    pool.queue.setRanks(plan.ranks);
    pool.bootLimit = plan.bootLimit;
    pool.random = Random(seed);
    if (plan.attaches != kNone) pool.attached = plan.attaches + (plan.attachesAlone ? 0 : instance);
    return std::uint32_t(m_pools.size() - 1);
}

Pools::Answer Pools::ask(std::uint32_t number, Strand& strand, Record& record, std::uint8_t rank) {
    Pool& pool = m_pools[number];
    const PoolPlan& plan = *pool.plan;
    ++pool.tally.offered;
    pool.integrate(m_kernel.now);
    strand.since = m_kernel.now;
    strand.where = number;
    strand.rank = rank;
    if (!plan.onDemand) {
        if (pool.busy < plan.tokens) {
            ++pool.busy;
            ++pool.tally.served;
            pool.tally.addNoWait();
            record.state = std::uint32_t(TokenKind::Plain);
            return Answer::Granted;
        }
    } else if (const TokenKind kind = takeIdle(pool); kind != TokenKind::None) {
        ++pool.tally.served;
        pool.tally.addNoWait();
        record.state = std::uint32_t(kind);
        return Answer::Granted;
    } else if (pool.queue.empty() && mayBoot(pool)) {
        return startBoot(number, pool, strand) ? Answer::Waits : Answer::Unattached;
    }
    if (plan.queueLimit != kNone && pool.queue.size() >= plan.queueLimit) return Answer::Refused;
    strand.waits = Waits::Token;
    pool.queue.pushBack(strand);
    if (plan.lane != kNone) strand.timer = m_kernel.timers.set(plan.lane, m_kernel.now + plan.maxWait, strand);
    if (plan.onDemand) armTimers(number, pool);
    return Answer::Waits;
}

std::optional<flow::Cause> Pools::refusesNow(std::uint32_t number) {
    Pool& pool = m_pools[number];
    const PoolPlan& plan = *pool.plan;
    std::optional<flow::Cause> cause;
    if (!plan.onDemand) {
        if (pool.busy < plan.tokens) return cause;
    } else {
        if (pool.idleProvisioned > 0 || pool.idleMade() > 0) return cause;
        if (pool.queue.empty() && mayBoot(pool)) {
            if (pool.attached != kNone && m_pools[pool.attached].busy >= m_pools[pool.attached].plan->tokens)
                cause = flow::Cause::Refused;
            if (cause) ++pool.tally.offered;
            return cause;
        }
    }
    if (plan.queueLimit != kNone && pool.queue.size() >= plan.queueLimit) cause = plan.refusal();
    if (cause) ++pool.tally.offered;
    return cause;
}

/// `strand` waited and now has a token, which counts among the busy ones already.
void Pools::grant(Pool& pool, Strand& strand, TokenKind kind) {
    if (strand.timer != kNone) {
        m_kernel.timers.takeBack(strand.timer);
        strand.timer = kNone;
    }
    ++pool.tally.served;
    pool.tally.addWait(m_kernel.now - strand.since);
    strand.top().state = std::uint32_t(kind);
    m_kernel.wake(strand, Outcome());
}

bool Pools::grantNext(Pool& pool, TokenKind kind) {
    if (pool.queue.empty()) return false;
    grant(pool, pool.queue.popFront(), kind);
    return true;
}

void Pools::giveBack(std::uint32_t number, TokenKind kind) {
    Pool& pool = m_pools[number];
    pool.integrate(m_kernel.now);
    if (grantNext(pool, kind)) return;
    --pool.busy;
    if (pool.plan->onDemand) makeIdle(number, pool, kind);
}

void Pools::leave(Strand& strand) {
    Pool& pool = m_pools[strand.where];
    pool.integrate(m_kernel.now);
    if (strand.waits == Waits::Boot) {
        m_boots[strand.ticket].strand = nullptr;
        return;
    }
    pool.queue.remove(strand);
    if (strand.timer == kNone) return;
    m_kernel.timers.takeBack(strand.timer);
    strand.timer = kNone;
}

void Pools::giveUp(Strand& strand) {
    Pool& pool = m_pools[strand.where];
    pool.integrate(m_kernel.now);
    pool.queue.remove(strand);
    strand.timer = kNone; // it has just ended
    m_kernel.wake(strand, Outcome(flow::Cause::WaitTimeout));
}

} // namespace plimsoll::simulate
