#include "engine/network/pool.h"

#include "engine/network/pool_laws.h"
#include "engine/queueing/erlang.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace plimsoll::network {
namespace {

PoolFigures growing(const PoolQueue& pool) {
    PoolFigures figures;
    figures.steady = false;
    figures.waitProbability = 1;
    figures.carried_per_s = pool.rates_per_s.back();
    figures.busy = pool.tokens;
    figures.hold_s = figures.busy / figures.carried_per_s;
    return figures;
}

PoolMasses massesOf(const PoolQueue& pool, const FreeStates& free) {
    if (pool.queueLimit && pool.maxWait_s) return massesWithBoth(pool, free);
    if (pool.queueLimit) return massesWithLimit(pool, free);
    if (pool.maxWait_s) return massesWithDeadline(pool, free);
    return massesWithoutLimit(pool, free);
}

} // namespace

PoolFigures poolQueue(const PoolQueue& pool) {
    assert(!pool.rates_per_s.empty() && pool.tokens >= double(pool.rates_per_s.size()));
    const double rate = pool.arrivalRate_per_s, last = pool.rates_per_s.back();
    if (rate >= last && !pool.queueLimit && !pool.maxWait_s) return growing(pool);
    PoolFigures figures;
    if (!(rate > 0)) {
        figures.hold_s = 1 / pool.rates_per_s.front();
        return figures;
    }
    const FreeStates free = freeStates(pool);
    const PoolMasses masses = massesOf(pool, free);
    const double got = masses.below + masses.served, above = masses.served + masses.refused + masses.timedOut;
    const double total = masses.below + above;
    figures.waitProbability = above / total;
    figures.refused = masses.refused / total;
    figures.timedOut = masses.timedOut / total;
    figures.carried_per_s = rate * (got / total);
    figures.busy = (masses.below * free.mean + above * pool.tokens) / total;
    figures.hold_s = figures.busy > 0 && figures.carried_per_s > 0 ? figures.busy / figures.carried_per_s
                                                                   : 1 / pool.rates_per_s.front();
    figures.waiting = rate * (masses.served / total) * masses.wait.mean;
    if (pool.maxWait_s) figures.waiting += rate * figures.timedOut * *pool.maxWait_s;
    if (masses.served > 0)
        figures.wait = queueing::waitFrom(masses.served / got, masses.wait, !(pool.queueLimit && pool.maxWait_s));
    return figures;
}

void priorityWaits(std::span<const double> arrivalRate_per_s, double lastRate_per_s, double waitProbability,
                   std::span<std::optional<double>> wait_s) {
    assert(wait_s.size() == arrivalRate_per_s.size());
    double above = 0; // arrival rate of the classes before
    double total = 0;
    for (const double rate : arrivalRate_per_s) total += rate;
    const double meets = total < lastRate_per_s ? waitProbability : 1; // all tokens in use
    for (std::size_t k = 0; k < arrivalRate_per_s.size(); ++k) {
        const double free = lastRate_per_s - above;
        above += arrivalRate_per_s[k];
        const double left = lastRate_per_s - above;
        wait_s[k] = left > 0 ? std::optional(meets / free * (lastRate_per_s / left)) : std::nullopt;
    }
}

double innerHoldCorrection(const InnerPool& inner) {
    const double rate = inner.visitProbability * inner.arrivalRate_per_s, load = rate * inner.hold_s;
    if (!(load < inner.tokens)) return 0;
    const double wait = queueing::erlangC(inner.tokens, load) * inner.hold_s / (inner.tokens - load);
    return -inner.visitProbability * std::min(wait, inner.waitLimit_s) * (1 - inner.holdScv) / 2;
}

} // namespace plimsoll::network
