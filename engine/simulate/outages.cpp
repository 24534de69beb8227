// What a timeline does to a running machine: rates, deaths, recoveries, health checks.
#include "engine/simulate/machine.h"

namespace plimsoll::simulate {

void Machine::schedule(double time, const Control& control) {
    m_controls.push_back(control);
    m_kernel.events.push(time, Rank::End, EventKind::Control, std::uint32_t(m_controls.size() - 1));
}

void Machine::controlDue(std::uint32_t number) {
    const Control control = m_controls[number];
    switch (control.kind) {
    case Control::Rate: m_arrivals.setRate(control.subject, control.value, m_kernel.now); return;
    case Control::Dies: return kill(control.subject, control.instance);
    case Control::Recovers: return revive(control.subject, control.instance);
    case Control::Leaves: return setMember(control.subject, control.instance, true);
    case Control::Joins: return setMember(control.subject, control.instance, false);
    case Control::DrawnDeath:
    case Control::DrawnRepair: return drawnDue(number);
    }
}

void Machine::prepareOutages(bool drawFailures) {
    for (std::uint32_t i = 0; i < m_balancers.size(); ++i) scheduleHealth(i);
    if (!drawFailures) return;
    for (std::uint32_t fleet = 0; fleet < m_program.outages.size(); ++fleet) {
        if (m_program.outages[fleet].meanTimeBetween <= 0) continue;
        for (std::uint32_t k = 0; k < m_program.fleetSizes[fleet]; ++k)
            schedule(m_program.outages[fleet].meanTimeBetween * m_outageRandom.exponential(),
                     {Control::DrawnDeath, fleet, k, 0});
    }
}

/// An instance dies or has been repaired, and the next such event of it is drawn.
void Machine::drawnDue(std::uint32_t number) {
    Control& control = m_controls[number];
    const OutagePlan& plan = m_program.outages[control.subject];
    const bool dies = control.kind == Control::DrawnDeath;
    const double next = dies ? plan.repair(m_outageRandom) : plan.meanTimeBetween * m_outageRandom.exponential();
    control.kind = dies ? Control::DrawnRepair : Control::DrawnDeath;
    m_kernel.events.push(m_kernel.now + next, Rank::End, EventKind::Control, number);
    const std::uint32_t fleet = control.subject, instance = control.instance;
    if (dies)
        kill(fleet, instance);
    else
        revive(fleet, instance);
}

/// The record above which a strand runs on an instance, or kNone: the lowest call to it.
std::uint32_t Machine::callTo(const Strand& strand, std::uint32_t fleet, std::uint32_t instance) const {
    for (std::uint32_t i = 0; i < strand.depth; ++i) {
        const Record& record = strand.records[i];
        const Op& op = m_program.ops[record.step];
        const bool call = op.kind == OpKind::Call && op.copies == 0 && !op.everyone && record.c != kNone;
        if (!call && op.kind != OpKind::Copy) continue;
        const TargetEntry& entry = m_program.targets[op.first + record.c];
        if (entry.fleet == fleet && entry.instance == instance) return i;
    }
    return kNone;
}

std::vector<std::uint32_t> Machine::strandsOn(std::uint32_t fleet, std::uint32_t instance) {
    std::vector<std::uint32_t> found;
    for (std::uint32_t id = 0; id < m_strands.ids(); ++id)
        if (m_strands[id].live && callTo(m_strands[id], fleet, instance) != kNone) found.push_back(id);
    return found;
}

void Machine::kill(std::uint32_t fleet, std::uint32_t instance) {
    std::uint8_t& dead = m_dead[m_program.fleetFirst[fleet] + instance];
    if (dead) return;
    dead = 1;
    ++m_deadCount;
    for (const std::uint32_t id : strandsOn(fleet, instance)) {
        Strand& strand = m_strands[id];
        const std::uint32_t place = strand.live ? callTo(strand, fleet, instance) : kNone;
        if (place == kNone) continue; // it ended with another one
        unblock(strand);
        unwind(strand, place + 1);
        if (m_program.outages[fleet].hangs)
            strand.waits = Waits::Hung;
        else
            run(strand, failWith(flow::Cause::InstanceDown));
    }
    for (std::uint32_t id = 0; id < m_strands.ids(); ++id) {
        Strand& strand = m_strands[id];
        const bool here = strand.live && strand.fleet == fleet && strand.instance == instance;
        if (here && strand.kind == StrandKind::Detached && strand.waits != Waits::Hung) cancelStrand(strand);
    }
}

/// It answers again, with nothing left of what ran there: calls that still hang end now.
void Machine::revive(std::uint32_t fleet, std::uint32_t instance) {
    std::uint8_t& dead = m_dead[m_program.fleetFirst[fleet] + instance];
    if (!dead) return;
    dead = 0;
    --m_deadCount;
    for (const std::uint32_t id : strandsOn(fleet, instance)) {
        Strand& strand = m_strands[id];
        if (!strand.live || strand.waits != Waits::Hung || callTo(strand, fleet, instance) == kNone) continue;
        strand.waits = Waits::Nothing;
        run(strand, failWith(flow::Cause::InstanceDown));
    }
}

/// Every balancer takes the instance out of its choice, or back in.
void Machine::setMember(std::uint32_t fleet, std::uint32_t instance, bool out) {
    std::uint8_t& left = m_left[m_program.fleetFirst[fleet] + instance];
    left = out;
    for (std::uint32_t i = 0; i < m_balancers.size(); ++i) {
        const BalancerPlan& plan = m_program.balancers[m_balancerOf[i]];
        for (std::uint32_t k = 0; k < plan.candidates.size(); ++k)
            if (m_balancers[i] && plan.candidates[k].fleet == fleet && plan.candidates[k].instance == instance)
                std::ignore = m_balancers[i]->setDown(balancer::Target(k), out, Seconds{m_kernel.now});
    }
}

/// Who is called here is dead: it fails, or waits for ever.
Machine::Next Machine::callDead(Strand& strand) {
    if (!m_program.outages[strand.fleet].hangs) return failWith(flow::Cause::InstanceDown);
    strand.waits = Waits::Hung;
    return wait();
}

void Machine::scheduleHealth(std::uint32_t balancer) {
    if (!m_balancers[balancer]) return;
    if (const auto time = m_balancers[balancer]->nextHealthEvent())
        m_kernel.events.push(std::max(toSeconds(*time), m_kernel.now), Rank::End, EventKind::Health, balancer);
}

/// Checks are answered at once by who is alive or refuses, never by who hangs.
void Machine::healthDue(std::uint32_t balancer) {
    const BalancerPlan& plan = m_program.balancers[m_balancerOf[balancer]];
    while (const auto check = m_balancers[balancer]->startCheck(Seconds{m_kernel.now})) {
        const Candidate& candidate = plan.candidates[balancer::indexOf(check->target)];
        const bool dead = isDead(candidate.fleet, candidate.instance);
        if (dead && m_program.outages[candidate.fleet].hangs) continue;
        m_balancers[balancer]->endCheck(*check, Seconds{m_kernel.now}, !dead);
    }
    scheduleHealth(balancer);
}

double Machine::upInstances(std::uint32_t fleet) const {
    double up = 0;
    for (std::uint32_t k = 0; k < m_program.fleetSizes[fleet]; ++k)
        up += !isDead(fleet, k) && m_left[m_program.fleetFirst[fleet] + k] == 0;
    return up;
}

} // namespace plimsoll::simulate
