// Calls and jobs: every one passes a balancer.
#include "engine/simulate/machine.h"

namespace plimsoll::simulate {

Next Machine::enterCall(Strand& strand, const Op& op, std::uint32_t step) {
    Record& record = strand.top();
    record.state = op.amount == 1 ? 1 : wholeCount(op.amount, m_stepRandom[step]);
    record.c = kNone;
    return record.state == 0 ? Next::succeed() : dial(strand, op);
}

Next Machine::dial(Strand& strand, const Op& op) {
    Record& record = strand.top();
    std::uint32_t target = 0;
    record.d = kNone;
    if (!op.direct) {
        const std::uint32_t instance = instanceOf(strand, op);
        const auto picked = m_balancers.pick(op.other, instance, strand.keys);
        if (!picked) return Next::fail(flow::Cause::InstanceDown);
        target = *picked;
        record.d = instance;
    }
    const TargetEntry& entry = m_program.targets[op.first + target];
    record.a = strand.fleet;
    record.b = strand.instance;
    record.c = target;
    record.since = m_kernel.now;
    strand.fleet = entry.fleet;
    strand.instance = entry.instance;
    strand.own = 0;
    if (m_outages.isDead(entry.fleet, entry.instance)) return callDead(strand);
    return Next::enter(entry.root);
}

/// Back to where the call was made.
void Machine::comeBack(Strand& strand, const Record& call) {
    strand.fleet = call.a;
    strand.instance = call.b;
    strand.own = call.own;
}

Next Machine::leaveCall(Strand& strand, const Op& op, Outcome outcome) {
    Record& record = strand.top();
    if (record.c != kNone) {
        m_balancers.release(record, outcome.ok());
        comeBack(strand, record);
        record.c = kNone;
        if (outcome.ok() && --record.state > 0) return dial(strand, op);
    }
    return close(strand, outcome);
}

void Machine::beginCopy(Strand& copy, const Op& op, std::uint32_t target, std::uint32_t instance, bool picked) {
    const TargetEntry& entry = m_program.targets[op.first + target];
    Record& record = m_strands.push(copy);
    record.step = op.next;
    record.c = target;
    record.d = picked && m_balancers.counts(instance) ? instance : kNone;
    record.entered = record.since = m_kernel.now;
    record.own = 0;
    copy.fleet = entry.fleet;
    copy.instance = entry.instance;
    copy.where = entry.root;
    copy.waits = Waits::Start;
}

Next Machine::enterSpawn(Strand& strand, const Op& op, std::uint32_t step) {
    const std::uint32_t instance = instanceOf(strand, op);
    const std::uint32_t rounds = wholeCount(op.amount, m_stepRandom[step]);
    const bool counted = m_program.balancers[op.other].countsCalls;
    for (std::uint32_t round = 0; round < rounds; ++round) {
        if (m_halt != Halt::No) return Next::wait(); // a job started within this one found a bound passed
        if (op.everyone) {
            const std::uint32_t list = m_used.take();
            std::vector<balancer::Target>& targets = m_used[list];
            m_balancers.everyTarget(op.other, instance, strand.keys, targets);
            std::optional<flow::Cause> refused;
            for (const balancer::Target target : targets)
                if (const auto cause = spawnOne(strand, op, balancer::indexOf(target), instance, counted))
                    refused = cause;
            m_used.giveBack(list);
            if (refused) return Next::fail(*refused);
        } else if (const auto target = m_balancers.pick(op.other, instance, strand.keys)) {
            if (const auto cause = spawnOne(strand, op, *target, instance, true)) return Next::fail(*cause);
        }
    }
    return Next::succeed();
}

/// Starts a job, unless what comes first in it refuses at once: then the cause, for the caller.
std::optional<flow::Cause> Machine::spawnOne(Strand& strand, const Op& op, std::uint32_t target, std::uint32_t instance,
                                             bool picked) {
    const TargetEntry& entry = m_program.targets[op.first + target];
    if (entry.leaf != kNone) {
        if (const auto cause = refusedAtOnce(entry)) {
            if (picked && m_balancers.counts(instance)) m_balancers.release(instance, target, m_kernel.now, false);
            return cause;
        }
    }
    Strand& job = m_strands.take();
    job.kind = StrandKind::Job;
    setFlow(job, strand.flow | 1u);
    job.started = m_kernel.now;
    job.keys = strand.keys;
    m_keys.share(job.keys);
    ++m_flows[job.flow].offered;
    beginCopy(job, op, target, instance, picked);
    // It runs before the caller goes on, so that the next job sees the place that this one has taken.
    if (m_nested < kNestedSpawns) {
        ++m_nested;
        resume(job);
        --m_nested;
    } else {
        m_kernel.wake(job, Outcome());
    }
    return std::nullopt;
}

std::optional<flow::Cause> Machine::refusedAtOnce(const TargetEntry& entry) {
    const Op& op = m_program.ops[entry.leaf];
    if (op.dead) return flow::Cause::InstanceDown;
    const std::uint32_t instance = op.alone ? op.resource : op.resource + entry.instance;
    if (op.kind == OpKind::Hold) return m_resources.pools.refusesNow(instance);
    if (m_resources.limiters.refusesNow(instance)) return flow::Cause::Throttled;
    return std::nullopt;
}

} // namespace plimsoll::simulate
