#include "engine/simulate/outages.h"

namespace plimsoll::simulate {

Outages::Outages(const Program& program, Kernel& kernel, std::uint64_t seed)
    : m_program(program), m_kernel(kernel), m_random(seedOf(seed, kOutages, 0)), m_dead(program.fleetFirst.back()),
      m_left(program.fleetFirst.back()) {}

void Outages::schedule(double time, const Control& control) {
    m_controls.push_back(control);
    m_kernel.events.push(time, Rank::End, EventKind::Control, std::uint32_t(m_controls.size() - 1));
}

void Outages::drawFailures() {
    for (std::uint32_t fleet = 0; fleet < m_program.outages.size(); ++fleet) {
        const double meanTimeBetween = m_program.outages[fleet].meanTimeBetween;
        if (meanTimeBetween <= 0) continue;
        for (std::uint32_t k = 0; k < m_program.fleetSizes[fleet]; ++k)
            schedule(meanTimeBetween * m_random.exponential(), {Control::DrawnDeath, fleet, k, 0});
    }
}

Control Outages::due(std::uint32_t number) {
    Control& control = m_controls[number];
    if (control.kind != Control::DrawnDeath && control.kind != Control::DrawnRepair) return control;
    const OutagePlan& plan = m_program.outages[control.subject];
    const bool dies = control.kind == Control::DrawnDeath;
    const double next = dies ? plan.repair(m_random) : plan.meanTimeBetween * m_random.exponential();
    control.kind = dies ? Control::DrawnRepair : Control::DrawnDeath;
    m_kernel.events.push(m_kernel.now + next, Rank::End, EventKind::Control, number);
    return {dies ? Control::Dies : Control::Recovers, control.subject, control.instance, 0};
}

bool Outages::setDead(std::uint32_t fleet, std::uint32_t instance, bool dead) {
    std::uint8_t& was = m_dead[place(fleet, instance)];
    if ((was != 0) == dead) return false;
    was = dead;
    dead ? ++m_deadCount : --m_deadCount;
    return true;
}

double Outages::up(std::uint32_t fleet) const {
    double up = 0;
    for (std::uint32_t k = 0; k < m_program.fleetSizes[fleet]; ++k) up += !isDead(fleet, k) && !m_left[place(fleet, k)];
    return up;
}

} // namespace plimsoll::simulate
