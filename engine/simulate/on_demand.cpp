// Tokens made when needed: boots, idle tokens in the order of their last use, attached pools.
#include "engine/simulate/pool.h"

#include <cmath>

namespace plimsoll::simulate {

void Pools::provision() {
    for (Pool& pool : m_pools) {
        if (!pool.plan->onDemand) continue;
        for (std::uint32_t i = 0; i < pool.plan->provisioned && pool.live < pool.plan->tokens; ++i) {
            if (pool.attached != kNone && !takeAttached(pool.attached)) break;
            ++pool.live;
            ++pool.idleProvisioned;
        }
    }
}

/// A live token takes a token of the pool that it is attached to, or does not.
bool Pools::takeAttached(std::uint32_t number) {
    Pool& pool = m_pools[number];
    ++pool.tally.offered;
    if (pool.busy >= pool.plan->tokens) return false;
    pool.integrate(m_kernel.now);
    ++pool.busy;
    ++pool.tally.served;
    pool.tally.addNoWait();
    return true;
}

bool Pools::mayBoot(Pool& pool) {
    return pool.live < pool.plan->tokens && (!pool.bootLimit || pool.bootLimit->has(m_kernel.now));
}

bool Pools::startBoot(std::uint32_t number, Pool& pool, Strand& strand) {
    if (pool.bootLimit) pool.bootLimit->take(m_kernel.now);
    if (pool.attached != kNone && !takeAttached(pool.attached)) return false;
    ++pool.live;
    ++pool.busy;
    ++pool.tally.boots;
    std::uint32_t boot;
    if (m_freeBoots.empty()) {
        boot = std::uint32_t(m_boots.size());
        m_boots.emplace_back();
    } else {
        boot = m_freeBoots.back();
        m_freeBoots.pop_back();
    }
    m_boots[boot] = {number, &strand};
    strand.waits = Waits::Boot;
    strand.ticket = boot;
    m_kernel.events.push(m_kernel.now + pool.plan->boot(pool.random), Rank::End, EventKind::Boot, boot);
    return true;
}

void Pools::bootEnded(std::uint32_t boot) {
    const Boot ended = m_boots[boot];
    m_freeBoots.push_back(boot);
    Pool& pool = m_pools[ended.pool];
    pool.integrate(m_kernel.now);
    if (ended.strand) {
        ++pool.tally.cold;
        ended.strand->ticket = kNoTicket;
        grant(pool, *ended.strand, TokenKind::Made);
    } else if (!grantNext(pool, TokenKind::Made)) {
        --pool.busy;
        makeIdle(ended.pool, pool, TokenKind::Made);
    }
}

TokenKind Pools::takeIdle(Pool& pool) {
    if (pool.idleProvisioned > 0) {
        --pool.idleProvisioned;
        ++pool.busy;
        return TokenKind::Provisioned;
    }
    if (pool.idleMade() == 0) return TokenKind::None;
    pool.idleSince.pop_back();
    ++pool.busy;
    return TokenKind::Made;
}

void Pools::makeIdle(std::uint32_t number, Pool& pool, TokenKind kind) {
    if (kind == TokenKind::Provisioned) {
        ++pool.idleProvisioned;
        return;
    }
    if (pool.oldest > pool.idleSince.size() / 2) {
        pool.idleSince.erase(pool.idleSince.begin(), pool.idleSince.begin() + std::ptrdiff_t(pool.oldest));
        pool.oldest = 0;
    }
    pool.idleSince.push_back(m_kernel.now);
    armTimers(number, pool);
}

/// One event stands for the first idle token to die, one for the next token of the boot limit.
void Pools::armTimers(std::uint32_t number, Pool& pool) {
    if (pool.expiryTicket == kNoTicket && pool.idleMade() > 0) {
        const double time = pool.idleSince[pool.oldest] + pool.plan->keepAlive;
        pool.expiryTicket = m_kernel.events.push(time, Rank::Timer, EventKind::PoolTimer, number);
    }
    if (pool.bootTicket == kNoTicket && !pool.queue.empty() && pool.live < pool.plan->tokens && pool.bootLimit) {
        const double time = pool.bootLimit->nextAt(m_kernel.now);
        if (!std::isfinite(time)) return;
        pool.bootTicket = m_kernel.events.push(time, Rank::End, EventKind::PoolTimer, number);
    }
}

void Pools::timerDue(std::uint32_t number, std::uint32_t ticket) {
    Pool& pool = m_pools[number];
    pool.integrate(m_kernel.now);
    (ticket == pool.expiryTicket ? pool.expiryTicket : pool.bootTicket) = kNoTicket;
    while (pool.idleMade() > 0 && pool.idleSince[pool.oldest] + pool.plan->keepAlive <= m_kernel.now) {
        ++pool.oldest;
        --pool.live;
        if (pool.attached != kNone) giveBack(pool.attached, TokenKind::Plain);
    }
    while (!pool.queue.empty() && mayBoot(pool)) {
        Strand& strand = *pool.queue.front();
        leave(strand);
        if (!startBoot(number, pool, strand)) m_kernel.wake(strand, Outcome(flow::Cause::Refused));
    }
    armTimers(number, pool);
}

} // namespace plimsoll::simulate
