// What instances report to the balancers that choose by their utilisation.
#include "engine/simulate/machine.h"

namespace plimsoll::simulate {

void Machine::prepareSignals() {
    m_signalsBefore.resize(m_balancers.size());
    m_polledAt.resize(m_balancers.size());
    for (std::uint32_t i = 0; i < m_balancers.size(); ++i) {
        const BalancerPlan& plan = m_program.balancers[m_balancerOf[i]];
        if (plan.settings.policy != flow::Policy::ResourceBased || !m_balancers[i]) continue;
        m_signalsBefore[i].resize(plan.candidates.size() * m_program.stationPlans.size());
        schedulePoll(i);
    }
}

void Machine::schedulePoll(std::uint32_t balancer) {
    if (const auto time = m_balancers[balancer]->nextPoll())
        m_kernel.events.push(toSeconds(*time), Rank::Timer, EventKind::Poll, balancer);
}

void Machine::pollDue(std::uint32_t balancer) {
    observeAll(balancer, true);
    // Any call with the time moves the balancer past its poll.
    m_balancers[balancer]->release(balancer::Target(balancer::kTargetLimit - 1), Seconds{m_kernel.now}, Seconds{0},
                                   false);
    schedulePoll(balancer);
}

/// The utilisation of an instance is that of its busiest station, averaged since the last poll or as it is now.
void Machine::observeAll(std::uint32_t balancer, bool average) {
    const BalancerPlan& plan = m_program.balancers[m_balancerOf[balancer]];
    const double passed = m_kernel.now - m_polledAt[balancer];
    for (std::uint32_t i = 0; i < plan.candidates.size(); ++i) {
        const Candidate& candidate = plan.candidates[i];
        double utilisation = 0;
        for (std::size_t k = 0; k < m_program.stationPlans.size(); ++k) {
            if (m_program.stationFleets[k] != candidate.fleet) continue;
            Station& station = m_stations[m_program.stationFirst[k] + candidate.instance];
            const double servers = m_program.stationPlans[k].servers;
            station.integrate(m_kernel.now);
            double& before = m_signalsBefore[balancer][i * m_program.stationPlans.size() + k];
            const double busy = average && passed > 0 ? (station.busyEver() - before) / passed : station.busyServers();
            if (average) before = station.busyEver();
            utilisation = std::max(utilisation, busy / servers);
        }
        m_balancers[balancer]->observe(balancer::Target(i), utilisation, Seconds{m_kernel.now});
    }
    if (average) m_polledAt[balancer] = m_kernel.now;
}

} // namespace plimsoll::simulate
