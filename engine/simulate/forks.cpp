// Steps that run at the same time: branches, and copies of a call.
#include "engine/simulate/machine.h"

#include <cassert>

namespace plimsoll::simulate {

Strand& Machine::addChild(Strand& parent) {
    Strand& child = m_strands.take();
    child.kind = StrandKind::Child;
    setFlow(child, parent.flow);
    child.started = m_kernel.now;
    child.fleet = parent.fleet;
    child.instance = parent.instance;
    child.keys = parent.keys;
    m_keys.share(child.keys);
    child.parent = &parent;
    child.previousSibling = nullptr;
    child.nextSibling = parent.firstChild;
    if (parent.firstChild) parent.firstChild->previousSibling = &child;
    parent.firstChild = &child;
    return child;
}

void Machine::unlinkChild(Strand& child) {
    assert(child.parent);
    (child.previousSibling ? child.previousSibling->nextSibling : child.parent->firstChild) = child.nextSibling;
    if (child.nextSibling) child.nextSibling->previousSibling = child.previousSibling;
    child.parent = child.previousSibling = child.nextSibling = nullptr;
}

Next Machine::enterParallel(Strand& strand, const Op& op) {
    if (op.count == 0) return Next::succeed();
    Record& record = strand.top();
    record.state = op.count;
    record.a = 0;
    record.b = op.need;
    record.c = 0;
    strand.waits = Waits::Join;
    for (std::uint32_t i = 0; i < op.count; ++i) {
        Strand& child = addChild(strand);
        child.where = m_program.children[op.first + i];
        child.waits = Waits::Start;
        m_kernel.wake(child, Outcome());
    }
    return Next::wait();
}

Next Machine::enterFanOut(Strand& strand, const Op& op) {
    const std::uint32_t instance = instanceOf(strand, op);
    Record& record = strand.top();
    record.state = record.a = 0;
    record.d = m_used.take();
    std::vector<balancer::Target>& used = m_used[record.d];
    record.c = op.copies;
    const bool atOnce = op.everyone && !op.staggered;
    if (atOnce) {
        m_balancers.everyTarget(op.other, instance, strand.keys, used);
        record.c = 0;
        for (const balancer::Target target : used) {
            Strand& child = addChild(strand);
            beginCopy(child, op, balancer::indexOf(target), instance, m_program.balancers[op.other].countsCalls);
            m_kernel.wake(child, Outcome());
            ++record.state;
        }
    } else {
        if (op.everyone) record.c = m_balancers.availableCount(op.other, instance);
        while (launchCopy(strand, op) && !op.staggered) {}
    }
    const std::uint32_t copies = record.state + record.c;
    record.b = op.need == 0 ? (op.everyone ? copies : op.copies) : op.need;
    strand.waits = Waits::Join;
    if (copies >= record.b && copies > 0) return Next::wait();
    releaseLeftover(strand, op.cancel);
    forgetUsed(record);
    strand.waits = Waits::Nothing;
    return Next::fail(flow::Cause::InstanceDown);
}

/// Starts the next copy of a fan-out, to a target that none of the others has. false: there was none to start.
bool Machine::launchCopy(Strand& strand, const Op& op) {
    Record& record = strand.top();
    if (record.c == 0) return false;
    const std::uint32_t instance = instanceOf(strand, op);
    std::vector<balancer::Target>& used = m_used[record.d];
    const auto target = m_balancers.pick(op.other, instance, strand.keys, used);
    if (!target) {
        record.c = 0;
        return false;
    }
    used.push_back(balancer::Target(*target));
    Strand& child = addChild(strand);
    beginCopy(child, op, *target, instance, true);
    m_kernel.wake(child, Outcome());
    ++record.state;
    --record.c;
    if (op.staggered && record.c > 0)
        strand.ticket = m_kernel.events.push(m_kernel.now + op.pause, Rank::Timer, EventKind::Strand, strand.id);
    return true;
}

void Machine::nextCopyDue(Strand& strand) {
    Record& record = strand.top();
    const Op& op = m_program.ops[record.step];
    if (launchCopy(strand, op) || record.a + record.state >= record.b) return;
    joined(strand, Outcome(flow::Cause::InstanceDown));
}

/// The outcome of a fork is known: what still runs is let go or stopped.
void Machine::joined(Strand& strand, Outcome outcome) {
    Record& record = strand.top();
    const Op& op = m_program.ops[record.step];
    strand.ticket = kNoTicket;
    if (op.kind == OpKind::FanOut) forgetUsed(record);
    releaseLeftover(strand, op.cancel);
    m_kernel.wake(strand, outcome);
}

void Machine::childEnded(Strand& parent, Strand& child, Outcome outcome) {
    Record& record = parent.top();
    unlinkChild(child);
    if (m_program.ops[record.step].kind == OpKind::Parallel) parent.own += child.own;
    --record.state;
    record.a += outcome.ok();
    if (record.a >= record.b)
        joined(parent, Outcome());
    else if (record.a + record.state + record.c < record.b)
        joined(parent, outcome);
}

void Machine::releaseLeftover(Strand& strand, bool cancel) {
    while (Strand* child = strand.firstChild) {
        unlinkChild(*child);
        if (cancel)
            cancelStrand(*child);
        else
            child->kind = StrandKind::Detached;
    }
}

void Machine::forgetUsed(Record& record) {
    if (record.d != kNone) m_used.giveBack(record.d);
    record.d = kNone;
}

} // namespace plimsoll::simulate
