// Calls and jobs: every one passes a balancer.
#include "engine/simulate/machine.h"

namespace plimsoll::simulate {

Machine::Next Machine::enterCall(Strand& strand, const Op& op, std::uint32_t step) {
    if (op.copies > 0 || op.everyone) return enterFanOut(strand, op, step);
    Record& record = strand.top();
    record.state = wholeCount(op.amount, m_stepRandom[step]);
    record.c = kNone;
    return record.state == 0 ? leaveWith(Outcome()) : dial(strand, op);
}

Machine::Next Machine::dial(Strand& strand, const Op& op) {
    Record& record = strand.top();
    const std::uint32_t instance = instanceOf(strand, op);
    const auto target = pick(strand, op, instance, {});
    if (!target) return failWith(flow::Cause::InstanceDown);
    const TargetEntry& entry = m_program.targets[op.first + *target];
    record.a = strand.fleet;
    record.b = strand.instance;
    record.c = *target;
    record.d = m_balancers[instance] ? instance : kNone;
    record.since = m_kernel.now;
    strand.fleet = entry.fleet;
    strand.instance = entry.instance;
    strand.own = 0;
    if (isDead(entry.fleet, entry.instance)) return callDead(strand);
    return enterStep(entry.root);
}

Machine::Next Machine::leaveCall(Strand& strand, const Op& op, Outcome outcome) {
    Record& record = strand.top();
    if (record.c != kNone) {
        hangUp(record, outcome);
        strand.fleet = record.a;
        strand.instance = record.b;
        strand.own = record.own;
        record.c = kNone;
        if (outcome.ok() && --record.state > 0) return dial(strand, op);
    }
    return close(strand, outcome);
}

std::optional<std::uint32_t> Machine::pick(Strand& strand, const Op& op, std::uint32_t instance,
                                           std::span<const balancer::Target> excluded) {
    const BalancerPlan& plan = m_program.balancers[op.other];
    if (!m_balancers[instance]) {
        if (!plan.single || !excluded.empty()) return std::nullopt;
        return 0;
    }
    if (plan.settings.policy == flow::Policy::ResourceBased && toSeconds(plan.settings.signalAge) == 0)
        observeAll(instance, false);
    const auto target =
        m_balancers[instance]->pick(Seconds{m_kernel.now}, balancerKey(strand, plan, instance), excluded);
    if (!target) return std::nullopt;
    return balancer::indexOf(*target);
}

std::uint64_t Machine::balancerKey(Strand& strand, const BalancerPlan& plan, std::size_t instance) {
    if (plan.settings.policy == flow::Policy::KeyHash) {
        if (plan.keySpace == kNone) return m_balancerRandom[instance].bits();
        return mixed(keyOf(strand, plan.keySpace));
    }
    if (plan.settings.policy == flow::Policy::KeyRange) {
        if (plan.keySpace == kNone) return m_balancerRandom[instance].bits();
        return balancer::keyAt(m_program.keySpaces[plan.keySpace].keys.place(keyOf(strand, plan.keySpace)));
    }
    return 0;
}

/// The call of this record has been answered.
void Machine::hangUp(const Record& record, Outcome outcome) {
    if (record.d == kNone) return;
    m_balancers[record.d]->release(balancer::Target(record.c), Seconds{m_kernel.now},
                                   Seconds{m_kernel.now - record.since}, outcome.ok());
}

/// The targets that a call to everyone goes to. Where nothing depends on the calls counted, they are not counted.
void Machine::everyTarget(Strand& strand, const Op& op, std::uint32_t instance,
                          std::vector<balancer::Target>& targets) {
    const BalancerPlan& plan = m_program.balancers[op.other];
    targets.clear();
    if (plan.countsCalls && m_balancers[instance]) {
        while (const auto target = pick(strand, op, instance, targets)) targets.push_back(balancer::Target(*target));
        return;
    }
    for (std::uint32_t i = 0; i < op.count; ++i)
        if (plan.candidates[i].weight > 0 &&
            (!m_balancers[instance] || m_balancers[instance]->available(balancer::Target(i))))
            targets.push_back(balancer::Target(i));
}

void Machine::beginCopy(Strand& copy, const Op& op, std::uint32_t target, std::uint32_t instance, bool picked) {
    const TargetEntry& entry = m_program.targets[op.first + target];
    Record& record = m_strands.push(copy);
    record.step = op.next;
    record.c = target;
    record.d = picked && m_balancers[instance] ? instance : kNone;
    record.entered = record.since = m_kernel.now;
    record.own = 0;
    copy.fleet = entry.fleet;
    copy.instance = entry.instance;
    copy.where = entry.root;
    copy.waits = Waits::Start;
}

Machine::Next Machine::enterSpawn(Strand& strand, const Op& op, std::uint32_t step) {
    const std::uint32_t instance = instanceOf(strand, op);
    const std::uint32_t rounds = wholeCount(op.amount, m_stepRandom[step]);
    const bool counted = m_program.balancers[op.other].countsCalls;
    for (std::uint32_t round = 0; round < rounds; ++round) {
        if (m_halt != Halt::No) return wait(); // a job started within this one found a bound passed
        if (op.everyone) {
            const std::uint32_t list = m_used.take();
            std::vector<balancer::Target>& targets = m_used[list];
            everyTarget(strand, op, instance, targets);
            std::optional<flow::Cause> refused;
            for (const balancer::Target target : targets)
                if (const auto cause = spawnOne(strand, op, balancer::indexOf(target), instance, counted))
                    refused = cause;
            m_used.giveBack(list);
            if (refused) return failWith(*refused);
        } else if (const auto target = pick(strand, op, instance, {})) {
            if (const auto cause = spawnOne(strand, op, *target, instance, true)) return failWith(*cause);
        }
    }
    return leaveWith(Outcome());
}

/// Starts a job, unless what comes first in it refuses at once: then the cause, for the caller.
std::optional<flow::Cause> Machine::spawnOne(Strand& strand, const Op& op, std::uint32_t target, std::uint32_t instance,
                                             bool picked) {
    const TargetEntry& entry = m_program.targets[op.first + target];
    if (entry.leaf != kNone) {
        if (const auto cause = refusedAtOnce(entry)) {
            if (picked && m_balancers[instance])
                m_balancers[instance]->release(balancer::Target(target), Seconds{m_kernel.now}, Seconds{0}, false);
            return cause;
        }
    }
    Strand& job = m_strands.take();
    job.kind = StrandKind::Job;
    job.flow = strand.flow | 1u;
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
    if (op.kind == OpKind::Hold) return m_pools.refusesNow(instance);
    if (m_limiters.refusesNow(instance)) return flow::Cause::Throttled;
    return std::nullopt;
}

} // namespace plimsoll::simulate
