// What ends before its time: timeouts, and work that is stopped from above.
#include "engine/simulate/machine.h"

#include <cassert>

namespace plimsoll::simulate {

void Machine::timeoutDue(Strand& strand, std::uint32_t place) {
    strand.records[place].a = kNone; // the timer has ended
    const Op& op = m_program.ops[strand.records[place].step];
    if (op.cancel) {
        unblock(strand);
        unwind(strand, place + 1);
        run(strand, Next::fail(op.cause));
    } else {
        run(splitBelow(strand, place), Next::fail(op.cause));
    }
}

/// Cuts a strand above the record at `place`. What is above stays where it is, waits for what it waited for and goes on
/// for nobody; what is below becomes a new strand in the place of the old one.
Strand& Machine::splitBelow(Strand& strand, std::uint32_t place) {
    const std::uint32_t kept = place + 1;
    Strand& below = m_strands.take();
    for (std::uint32_t i = 0; i < kept; ++i) m_strands.push(below) = strand.records[i];
    below.kind = strand.kind;
    setFlow(below, strand.flow);
    below.started = strand.started;
    below.fleet = strand.fleet;
    below.instance = strand.instance;
    below.keys = strand.keys;
    below.own = strand.own;
    const bool ownWait = strand.waits == Waits::Queue || strand.waits == Waits::Service ||
                         strand.waits == Waits::Token || strand.waits == Waits::Limiter || strand.waits == Waits::Boot;
    if (ownWait && !strand.ready && m_program.ops[strand.top().step].fleet == strand.fleet)
        below.own += m_kernel.now - strand.since;
    // Where it was at the cut: what the calls and rounds above have put aside, the lowest one last.
    for (std::uint32_t i = strand.depth; i-- > kept;) {
        const Record& record = strand.records[i];
        const Op& op = m_program.ops[record.step];
        if (op.kind == OpKind::Call && record.c != kNone) {
            comeBack(below, record);
        } else if (op.kind == OpKind::Repeat && op.fresh && record.state > 0) {
            below.keys = record.a;
        }
    }
    m_keys.share(below.keys);
    for (std::uint32_t i = 0; i < strand.depth; ++i) {
        const Record& record = strand.records[i];
        if (m_program.ops[record.step].kind != OpKind::Timeout || record.a == kNone) continue;
        Timer& timer = m_kernel.timers[record.a];
        if (i < kept)
            timer.strand = &below;
        else
            timer.depth -= kept;
    }
    below.parent = strand.parent;
    if (strand.parent) {
        below.previousSibling = strand.previousSibling;
        below.nextSibling = strand.nextSibling;
        (below.previousSibling ? below.previousSibling->nextSibling : below.parent->firstChild) = &below;
        if (below.nextSibling) below.nextSibling->previousSibling = &below;
    }
    strand.parent = strand.previousSibling = strand.nextSibling = nullptr;
    strand.kind = StrandKind::Detached;
    std::copy(strand.records + kept, strand.records + strand.depth, strand.records);
    strand.depth -= kept;
    return below;
}

/// Takes a strand away from what it waits for.
void Machine::unblock(Strand& strand) {
    const Waits waits = strand.waits;
    if (strand.ready) {
        m_kernel.unwake(strand); // it has been answered already
        if (waits == Waits::Fetch && strand.top().state == kFetches) strand.outcome = Outcome();
    } else {
        switch (waits) {
        case Waits::Queue:
        case Waits::Service: m_resources.stations.leave(strand); break;
        case Waits::Token:
        case Waits::Boot: m_resources.pools.leave(strand); break;
        case Waits::Limiter: m_resources.limiters.leave(strand); break;
        case Waits::Join:
            if (m_program.ops[strand.top().step].kind == OpKind::FanOut) forgetUsed(strand.top());
            releaseLeftover(strand, true);
            break;
        case Waits::Time:
            if (strand.timer != kNone) m_kernel.timers.takeBack(strand.timer);
            break;
        case Waits::Fetch: m_caches.leave(strand); break;
        case Waits::Nothing:
        case Waits::Start:
        case Waits::Hung: break;
        }
    }
    strand.waits = Waits::Nothing;
    strand.timer = kNone;
    strand.ticket = kNoTicket;
}

void Machine::unwind(Strand& strand, std::uint32_t depth) {
    while (strand.depth > depth) {
        undo(strand, strand.top());
        close(strand, Outcome(flow::Cause::Timeout));
    }
}

/// Gives back what a step holds.
void Machine::undo(Strand& strand, Record& record) {
    const Op& op = m_program.ops[record.step];
    switch (op.kind) {
    case OpKind::Hold:
        if (record.state != 0) m_resources.pools.giveBack(instanceOf(strand, op), TokenKind(record.state));
        break;
    case OpKind::Timeout:
        if (record.a != kNone) m_kernel.timers.takeBack(record.a);
        break;
    case OpKind::Copy: m_balancers.release(record, false); break;
    case OpKind::Call:
        if (record.c == kNone) break;
        m_balancers.release(record, false);
        comeBack(strand, record);
        break;
    case OpKind::Lookup: undoLookup(record, op); break;
    case OpKind::Repeat:
        if (!op.fresh || record.state == 0) break;
        m_keys.drop(strand.keys);
        strand.keys = record.a;
        break;
    default: break;
    }
}

/// Stops a strand for good; its parent, if it had one, does not hear of it.
void Machine::cancelStrand(Strand& strand) {
    assert(strand.live && strand.parent == nullptr);
    unblock(strand);
    unwind(strand, 0);
    m_keys.drop(strand.keys);
    m_strands.giveBack(strand);
}

} // namespace plimsoll::simulate
