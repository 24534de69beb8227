// What a timeline does to a running machine: rates that change, instances that die, come back, leave and join.
#include "engine/simulate/machine.h"

namespace plimsoll::simulate {

void Machine::prepareOutages(bool drawFailures) {
    m_balancers.startChecks();
    if (drawFailures) m_outages.drawFailures();
}

void Machine::changeDue(std::uint32_t number) {
    const Control control = m_outages.due(number);
    switch (control.kind) {
    case Control::Rate: m_arrivals.setRate(control.subject, control.value, m_kernel.now); return;
    case Control::Leaves: return setMember(control.subject, control.instance, true);
    case Control::Joins: return setMember(control.subject, control.instance, false);
    case Control::Dies:
    case Control::DrawnDeath: return kill(control.subject, control.instance);
    case Control::Recovers:
    case Control::DrawnRepair: return revive(control.subject, control.instance);
    }
}

void Machine::setMember(std::uint32_t fleet, std::uint32_t instance, bool out) {
    m_outages.setLeft(fleet, instance, out);
    m_balancers.setMember(fleet, instance, out);
}

/// The record above which a strand runs on an instance, or kNone: the lowest call to it.
std::uint32_t Machine::callTo(const Strand& strand, std::uint32_t fleet, std::uint32_t instance) const {
    for (std::uint32_t i = 0; i < strand.depth; ++i) {
        const Record& record = strand.records[i];
        const Op& op = m_program.ops[record.step];
        const bool call = op.kind == OpKind::Call && record.c != kNone;
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
    if (!m_outages.setDead(fleet, instance, true)) return;
    for (const std::uint32_t id : strandsOn(fleet, instance)) {
        Strand& strand = m_strands[id];
        const std::uint32_t place = strand.live ? callTo(strand, fleet, instance) : kNone;
        if (place == kNone) continue; // it ended with another one
        unblock(strand);
        unwind(strand, place + 1);
        if (m_outages.hangs(fleet))
            strand.waits = Waits::Hung;
        else
            run(strand, Next::fail(flow::Cause::InstanceDown));
    }
    for (std::uint32_t id = 0; id < m_strands.ids(); ++id) {
        Strand& strand = m_strands[id];
        const bool here = strand.live && strand.fleet == fleet && strand.instance == instance;
        if (here && strand.kind == StrandKind::Detached && strand.waits != Waits::Hung) cancelStrand(strand);
    }
}

/// It answers again, with nothing left of what ran there: calls that still hang end now.
void Machine::revive(std::uint32_t fleet, std::uint32_t instance) {
    if (!m_outages.setDead(fleet, instance, false)) return;
    for (const std::uint32_t id : strandsOn(fleet, instance)) {
        Strand& strand = m_strands[id];
        if (!strand.live || strand.waits != Waits::Hung || callTo(strand, fleet, instance) == kNone) continue;
        strand.waits = Waits::Nothing;
        run(strand, Next::fail(flow::Cause::InstanceDown));
    }
}

/// Who is called here is dead: it fails, or waits for ever.
Next Machine::callDead(Strand& strand) {
    if (!m_outages.hangs(strand.fleet)) return Next::fail(flow::Cause::InstanceDown);
    strand.waits = Waits::Hung;
    return Next::wait();
}

} // namespace plimsoll::simulate
