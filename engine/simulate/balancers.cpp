#include "engine/simulate/balancers.h"

#include <tuple>

namespace plimsoll::simulate {

Balancers::Balancers(const Program& program, Kernel& kernel, Stations& stations, KeySets& keys, std::uint64_t seed)
    : m_program(program), m_kernel(kernel), m_stations(stations), m_keys(keys) {
    for (std::uint32_t i = 0; i < program.balancers.size(); ++i) {
        const BalancerPlan& plan = program.balancers[i];
        std::vector<balancer::Member> members;
        for (std::uint32_t k = 0; k < plan.candidates.size(); ++k)
            members.push_back({balancer::Target(k), plan.candidates[k].weight});
        for (std::uint32_t k = plan.first; k < plan.first + plan.instances; ++k) {
            m_of.push_back(i);
            m_random.emplace_back(seedOf(seed, kBalancerKeys, k));
            m_balancers.emplace_back();
            if (plan.single || members.empty()) continue;
            balancer::Settings settings = plan.settings;
            settings.seed = seedOf(seed, kBalancing, k);
            auto made = balancer::Balancer::make(settings, members);
            if (made) m_balancers.back().emplace(std::move(*made)); // validation has seen to it
        }
    }
    m_before.resize(m_balancers.size());
    m_polledAt.resize(m_balancers.size());
    for (std::uint32_t i = 0; i < m_balancers.size(); ++i) {
        if (planOf(i).settings.policy != flow::Policy::ResourceBased || !m_balancers[i]) continue;
        m_before[i].resize(planOf(i).candidates.size() * program.stationPlans.size());
        schedulePoll(i);
    }
}

std::optional<std::uint32_t> Balancers::pick(std::uint32_t balancer, std::uint32_t instance, std::uint32_t keys,
                                             std::span<const balancer::Target> excluded) {
    const BalancerPlan& plan = m_program.balancers[balancer];
    if (!m_balancers[instance])
        return plan.single && excluded.empty() ? std::optional<std::uint32_t>(0) : std::nullopt;
    if (plan.settings.policy == flow::Policy::ResourceBased && toSeconds(plan.settings.signalAge) == 0)
        observeAll(instance, false);
    const auto target = m_balancers[instance]->pick(now(), keyFor(plan, instance, keys), excluded);
    if (!target) return std::nullopt;
    return balancer::indexOf(*target);
}

std::uint64_t Balancers::keyFor(const BalancerPlan& plan, std::uint32_t instance, std::uint32_t keys) {
    const bool hashed = plan.settings.policy == flow::Policy::KeyHash;
    if (!hashed && plan.settings.policy != flow::Policy::KeyRange) return 0;
    if (plan.keySpace == kNone) return m_random[instance].bits();
    const std::uint64_t key = m_keys.key(keys, plan.keySpace);
    return hashed ? mixed(key) : balancer::keyAt(m_program.keySpaces[plan.keySpace].keys.place(key));
}

void Balancers::release(std::uint32_t instance, std::uint32_t target, double since, bool success) {
    m_balancers[instance]->release(balancer::Target(target), now(), Seconds{m_kernel.now - since}, success);
}

std::uint32_t Balancers::availableCount(std::uint32_t balancer, std::uint32_t instance) const {
    return std::uint32_t(m_balancers[instance] ? m_balancers[instance]->availableCount()
                                               : m_program.balancers[balancer].candidates.size());
}

void Balancers::everyTarget(std::uint32_t balancer, std::uint32_t instance, std::uint32_t keys,
                            std::vector<balancer::Target>& targets) {
    const BalancerPlan& plan = m_program.balancers[balancer];
    targets.clear();
    if (plan.countsCalls && m_balancers[instance]) {
        while (const auto target = pick(balancer, instance, keys, targets)) targets.push_back(balancer::Target(*target));
        return;
    }
    for (std::uint32_t i = 0; i < plan.candidates.size(); ++i)
        if (plan.candidates[i].weight > 0 &&
            (!m_balancers[instance] || m_balancers[instance]->available(balancer::Target(i))))
            targets.push_back(balancer::Target(i));
}

void Balancers::setMember(std::uint32_t fleet, std::uint32_t instance, bool out) {
    for (std::uint32_t i = 0; i < m_balancers.size(); ++i) {
        const BalancerPlan& plan = planOf(i);
        for (std::uint32_t k = 0; k < plan.candidates.size(); ++k)
            if (m_balancers[i] && plan.candidates[k].fleet == fleet && plan.candidates[k].instance == instance)
                std::ignore = m_balancers[i]->setDown(balancer::Target(k), out, now());
    }
}

void Balancers::startChecks() {
    for (std::uint32_t i = 0; i < m_balancers.size(); ++i) scheduleCheck(i);
}

void Balancers::scheduleCheck(std::uint32_t instance) {
    if (!m_balancers[instance]) return;
    if (const auto time = m_balancers[instance]->nextHealthEvent())
        m_kernel.events.push(std::max(toSeconds(*time), m_kernel.now), Rank::End, EventKind::Health, instance);
}

void Balancers::checkDue(std::uint32_t instance, const Outages& outages) {
    const BalancerPlan& plan = planOf(instance);
    while (const auto check = m_balancers[instance]->startCheck(now())) {
        const Candidate& candidate = plan.candidates[balancer::indexOf(check->target)];
        const bool dead = outages.isDead(candidate.fleet, candidate.instance);
        if (dead && outages.hangs(candidate.fleet)) continue;
        m_balancers[instance]->endCheck(*check, now(), !dead);
    }
    scheduleCheck(instance);
}

void Balancers::schedulePoll(std::uint32_t instance) {
    if (const auto time = m_balancers[instance]->nextPoll())
        m_kernel.events.push(toSeconds(*time), Rank::Timer, EventKind::Poll, instance);
}

void Balancers::pollDue(std::uint32_t instance) {
    observeAll(instance, true);
    // Any call with the time moves the balancer past its poll.
    m_balancers[instance]->release(balancer::Target(balancer::kTargetLimit - 1), now(), Seconds{0}, false);
    schedulePoll(instance);
}

/// The utilisation of an instance is that of its busiest station, averaged since the last poll or as it is now.
void Balancers::observeAll(std::uint32_t instance, bool average) {
    const BalancerPlan& plan = planOf(instance);
    const double passed = m_kernel.now - m_polledAt[instance];
    for (std::uint32_t i = 0; i < plan.candidates.size(); ++i) {
        const Candidate& candidate = plan.candidates[i];
        double utilisation = 0;
        for (std::size_t k = 0; k < m_program.stationPlans.size(); ++k) {
            if (m_program.stationFleets[k] != candidate.fleet) continue;
            Station& station = m_stations[m_program.stationFirst[k] + candidate.instance];
            const double servers = m_program.stationPlans[k].servers;
            station.integrate(m_kernel.now);
            double& before = m_before[instance][i * m_program.stationPlans.size() + k];
            const double busy = average && passed > 0 ? (station.busyEver() - before) / passed : station.busyServers();
            if (average) before = station.busyEver();
            utilisation = std::max(utilisation, busy / servers);
        }
        m_balancers[instance]->observe(balancer::Target(i), utilisation, now());
    }
    if (average) m_polledAt[instance] = m_kernel.now;
}

} // namespace plimsoll::simulate
