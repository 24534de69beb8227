#include "engine/simulate/limiter.h"

#include <cmath>

namespace plimsoll::simulate {

std::uint32_t Limiters::add(const LimiterPlan& plan) {
    m_limiters.push_back({TokenBucket(plan.rate, plan.burst), plan.delays, plan.rate, {}, 0, false});
    return std::uint32_t(m_limiters.size() - 1);
}

Limiters::Answer Limiters::ask(std::uint32_t number, Strand& strand) {
    LimiterInstance& limiter = m_limiters[number];
    ++limiter.tally.offered;
    if (limiter.waiting == 0 && limiter.bucket.has(m_kernel.now)) {
        limiter.bucket.take(m_kernel.now);
        ++limiter.tally.served;
        limiter.tally.addNoWait();
        return Answer::Passed;
    }
    if (!limiter.delays) return Answer::Refused;
    limiter.tally.integrate(m_kernel.now, 0, limiter.waiting);
    ++limiter.waiting;
    strand.waits = Waits::Limiter;
    strand.where = number;
    strand.since = m_kernel.now;
    limiter.queue.pushBack(strand);
    arm(number, limiter);
    return Answer::Waits;
}

bool Limiters::refusesNow(std::uint32_t number) {
    LimiterInstance& limiter = m_limiters[number];
    if (limiter.delays || limiter.bucket.has(m_kernel.now)) return false;
    ++limiter.tally.offered;
    return true;
}

void Limiters::arm(std::uint32_t number, LimiterInstance& limiter) {
    if (limiter.armed || limiter.waiting == 0) return;
    const double time = limiter.bucket.nextAt(m_kernel.now);
    if (!std::isfinite(time)) return;
    m_kernel.events.push(time, Rank::End, EventKind::LimiterTimer, number);
    limiter.armed = true;
}

void Limiters::due(std::uint32_t number) {
    LimiterInstance& limiter = m_limiters[number];
    limiter.armed = false;
    while (limiter.waiting > 0 && limiter.bucket.has(m_kernel.now)) {
        limiter.tally.integrate(m_kernel.now, 0, limiter.waiting);
        Strand& strand = *limiter.queue.first;
        limiter.queue.remove(strand);
        --limiter.waiting;
        limiter.bucket.take(m_kernel.now);
        ++limiter.tally.served;
        limiter.tally.addWait(m_kernel.now - strand.since);
        m_kernel.wake(strand, Outcome());
    }
    arm(number, limiter);
}

void Limiters::leave(Strand& strand) {
    LimiterInstance& limiter = m_limiters[strand.where];
    limiter.tally.integrate(m_kernel.now, 0, limiter.waiting);
    limiter.queue.remove(strand);
    --limiter.waiting;
}

} // namespace plimsoll::simulate
