// The balancers of a simulated system: the real core, with the keys, signals and health checks that it asks for.
#pragma once
#include "engine/balancer/balancer.h"
#include "engine/simulate/key_sets.h"
#include "engine/simulate/outages.h"

#include <optional>

namespace plimsoll::simulate {

/// `balancer` is a BalancerId, `instance` one of all instances of all balancers.
class Balancers {
public:
    Balancers(const Program& program, Kernel& kernel, Stations& stations, KeySets& keys, std::uint64_t seed);

    /// The target of one call of a strand with these keys; none if there is none to pick.
    std::optional<std::uint32_t> pick(std::uint32_t balancer, std::uint32_t instance, std::uint32_t keys,
                                      std::span<const balancer::Target> excluded = {});
    /// The call of this record has been answered.
    void release(const Record& record, bool success) {
        if (record.d != kNone) release(record.d, record.c, record.since, success);
    }
    void release(std::uint32_t instance, std::uint32_t target, double since, bool success);
    /// Calls to its targets are counted, so that each has to be released.
    bool counts(std::uint32_t instance) const { return m_balancers[instance].has_value(); }
    std::uint32_t availableCount(std::uint32_t balancer, std::uint32_t instance) const;
    /// The targets that a call to everyone goes to. Where nothing depends on the calls counted, they are not counted.
    void everyTarget(std::uint32_t balancer, std::uint32_t instance, std::uint32_t keys,
                     std::vector<balancer::Target>& targets);

    /// Every balancer takes an instance out of its choice, or back in.
    void setMember(std::uint32_t fleet, std::uint32_t instance, bool out);
    void startChecks();
    /// Checks are answered at once by who is alive or refuses, never by who hangs.
    void checkDue(std::uint32_t instance, const Outages& outages);
    void pollDue(std::uint32_t instance);

private:
    std::uint64_t keyFor(const BalancerPlan& plan, std::uint32_t instance, std::uint32_t keys);
    void observeAll(std::uint32_t instance, bool average);
    void schedulePoll(std::uint32_t instance);
    void scheduleCheck(std::uint32_t instance);
    Seconds now() const { return Seconds{m_kernel.now}; }
    const BalancerPlan& planOf(std::uint32_t instance) const { return m_program.balancers[m_of[instance]]; }

    const Program& m_program;
    Kernel& m_kernel;
    Stations& m_stations;
    KeySets& m_keys;
    std::vector<std::optional<balancer::Balancer>> m_balancers; ///< none where there is nothing to pick
    std::vector<Random> m_random;                               ///< for keys where the model has none
    std::vector<std::uint32_t> m_of;                            ///< BalancerId
    std::vector<std::vector<double>> m_before;                  ///< busy integrals at the last poll
    std::vector<double> m_polledAt;
};

} // namespace plimsoll::simulate
