#include "engine/simulate/resources.h"

#include "engine/simulate/machine_settings.h"

namespace plimsoll::simulate {

Resources::Resources(const Program& program, Kernel& kernel, std::uint64_t seed)
    : stations(kernel), pools(kernel), limiters(kernel) {
    for (std::size_t i = 0; i < program.stationPlans.size(); ++i)
        for (std::uint32_t k = program.stationFirst[i]; k < program.stationFirst[i + 1]; ++k)
            stations.add(program.stationPlans[i], program.stationSpeeds[k]);
    for (std::size_t i = 0; i < program.poolPlans.size(); ++i)
        for (std::uint32_t k = program.poolFirst[i]; k < program.poolFirst[i + 1]; ++k)
            pools.add(program.poolPlans[i], k - program.poolFirst[i], seedOf(seed, kBoots, k));
    pools.provision();
    for (std::size_t i = 0; i < program.limiterPlans.size(); ++i)
        for (std::uint32_t k = program.limiterFirst[i]; k < program.limiterFirst[i + 1]; ++k)
            limiters.add(program.limiterPlans[i]);
}

void Resources::restart(double now) {
    settle(now);
    for (Station& station : stations.all()) station.tally.restart(now, station.waiting());
    for (Pool& pool : pools.all()) pool.tally.restart(now, pool.queue.size());
    for (LimiterInstance& limiter : limiters.all()) limiter.tally.restart(now, limiter.waiting);
}

void Resources::closeBatch() {
    for (Station& station : stations.all()) station.tally.closeBatch();
    for (Pool& pool : pools.all()) pool.tally.closeBatch();
    for (LimiterInstance& limiter : limiters.all()) limiter.tally.closeBatch();
}

void Resources::settle(double now) {
    for (Station& station : stations.all()) station.integrate(now);
    for (Pool& pool : pools.all()) pool.integrate(now);
    for (LimiterInstance& limiter : limiters.all()) limiter.tally.integrate(now, 0, limiter.waiting);
}

std::size_t Resources::waitingWithoutLimit() const {
    std::size_t count = 0;
    for (const Station& station : stations.all())
        if (station.plan->places == kNone) count += station.waiting();
    for (const Pool& pool : pools.all())
        if (pool.plan->queueLimit == kNone) count += pool.queue.size();
    for (const LimiterInstance& limiter : limiters.all()) count += limiter.waiting;
    return count;
}

} // namespace plimsoll::simulate
