// The steps, one after the other. A record's fields by kind of step:
//   Sequence   state: place of the child under way
//   Repeat     state: rounds left, with the one under way; a: the key set outside, where keys are fresh
//   Call       state: calls left, with the one under way; a, b: fleet and instance of the caller; c: target, none when
//              no call is under way; d: instance of the balancer that picked it, if one did; since: when
//   fan-out    state: copies under way; a: successes; b: needed; c: copies still to be started; d: targets used
//   Parallel   state, a, b as fan-out; c = 0
//   Lookup     state: 1 hit, 2 fetches, 3 waits for a fetch; d: instance of the cache; key
//   Hold       state: the kind of token held, 0 for none
//   Attempt    state: tries so far; a: 1 in the fallback
//   Timeout    a: its timer
//   Copy       c, d, since as Call
#include "engine/simulate/machine.h"

namespace plimsoll::simulate {

Next Machine::enter(Strand& strand, std::uint32_t step) {
    const Op& op = m_program.ops[step];
    if (++m_stepsEntered % kStepsBetweenChecks == 0 && mustStop(strand)) [[unlikely]]
        return Next::wait();
    Record& record = m_strands.push(strand);
    record.step = step;
    record.state = 0;
    record.entered = m_kernel.now;
    record.own = strand.own;
    ++strand.tallies[step].entered;
    switch (op.kind) {
    case OpKind::Sequence: return op.count == 0 ? Next::succeed() : Next::enter(m_program.children[op.first]);
    case OpKind::Serve: return enterServe(strand, op, step);
    case OpKind::Delay: return pauseFor(strand, op.law(m_stepRandom[step]), op.lane);
    case OpKind::Call: return enterCall(strand, op, step);
    case OpKind::FanOut: return enterFanOut(strand, op);
    case OpKind::Hold: return enterHold(strand, op);
    case OpKind::Choice: return choose(op, step);
    case OpKind::Lookup: return enterLookup(strand, op, step);
    case OpKind::Timeout: return enterTimeout(strand, op);
    case OpKind::Attempt: return enterAttempt(strand, op, step);
    case OpKind::Repeat: return enterRepeat(strand, op, step);
    case OpKind::Spawn: return enterSpawn(strand, op, step);
    case OpKind::Parallel: return enterParallel(strand, op);
    case OpKind::Invalidate: return invalidate(strand, op, step);
    case OpKind::Limit: return enterLimit(strand, op);
    case OpKind::Fail: return m_stepRandom[step].happens(op.amount) ? Next::fail(op.cause) : Next::succeed();
    case OpKind::Copy: break; // begun by beginCopy()
    }
    return Next::succeed();
}

Next Machine::leave(Strand& strand, Outcome outcome) {
    Record& record = strand.top();
    const Op& op = m_program.ops[record.step];
    switch (op.kind) {
    case OpKind::Sequence:
        if (outcome.ok() && ++record.state < op.count) return Next::enter(m_program.children[op.first + record.state]);
        break;
    case OpKind::Call: return leaveCall(strand, op, outcome);
    case OpKind::Hold:
        if (record.state != 0) m_resources.pools.giveBack(instanceOf(strand, op), TokenKind(record.state));
        break;
    case OpKind::Timeout:
        if (record.a != kNone) m_kernel.timers.takeBack(record.a);
        break;
    case OpKind::Attempt: return leaveAttempt(strand, op, record.step, outcome);
    case OpKind::Repeat: return leaveRepeat(strand, op, outcome);
    case OpKind::Lookup: leaveLookup(record, op, outcome); break;
    case OpKind::Copy: m_balancers.release(record, outcome.ok()); break;
    default: break;
    }
    return close(strand, outcome);
}

void Machine::run(Strand& strand, Next next) {
    for (;;) {
        while (next.enters()) next = enter(strand, next.step());
        if (next.waits()) return;
        if (strand.depth == 0) return finish(strand, next.outcome());
        next = leave(strand, next.outcome());
    }
}

/// A service has ended.
void Machine::served(Strand& strand) {
    strand.waits = Waits::Nothing;
    addOwn(strand, m_program.ops[strand.top().step]);
    run(strand, close(strand, Outcome()));
}

void Machine::resume(Strand& strand) {
    const Waits why = strand.waits;
    const Outcome outcome = strand.outcome;
    strand.waits = Waits::Nothing;
    if (why == Waits::Start) {
        const bool dead = m_outages.isDead(strand.fleet, strand.instance);
        return run(strand, dead ? callDead(strand) : Next::enter(strand.where));
    }
    const Op& op = m_program.ops[strand.top().step];
    switch (why) {
    case Waits::Limiter: addOwn(strand, op); return run(strand, Next::leave(outcome));
    case Waits::Token:
    case Waits::Boot: addOwn(strand, op); return run(strand, outcome.ok() ? Next::enter(op.next) : Next::leave(outcome));
    case Waits::Time: return run(strand, op.kind == OpKind::Attempt ? Next::enter(op.next) : Next::leave(outcome));
    case Waits::Fetch: return run(strand, resumeLookup(strand, op, outcome));
    default: return run(strand, Next::leave(outcome));
    }
}

/// Bounds on what one instant may do; a strand that finds one passed is left as it is.
bool Machine::mustStop(const Strand& strand) {
    if (m_strands.bytes() > m_limits.bytes) m_halt = Halt::Memory;
    if (strand.depth > kDeepest || m_stepsEntered / m_limits.stepsPerRequest > m_requests + kRequestsInAdvance)
        m_halt = Halt::Steps;
    if (m_stop.stop_requested()) m_halt = Halt::Stopped;
    return m_halt != Halt::No;
}

Next Machine::pauseFor(Strand& strand, double duration, std::uint32_t lane) {
    if (duration <= 0) return Next::succeed();
    strand.waits = Waits::Time;
    if (lane != kNone)
        strand.timer = m_kernel.timers.set(lane, m_kernel.now + duration, strand);
    else
        strand.ticket = m_kernel.events.push(m_kernel.now + duration, Rank::End, EventKind::Strand, strand.id);
    return Next::wait();
}

Next Machine::enterServe(Strand& strand, const Op& op, std::uint32_t step) {
    if (op.dead) return Next::fail(flow::Cause::InstanceDown);
    const double demand = op.law(m_stepRandom[step]);
    return m_resources.stations.arrive(instanceOf(strand, op), strand, demand, op.rank) ? Next::wait()
                                                                              : Next::fail(flow::Cause::QueueFull);
}

Next Machine::enterHold(Strand& strand, const Op& op) {
    if (op.dead) return Next::fail(flow::Cause::InstanceDown);
    const std::uint32_t pool = instanceOf(strand, op);
    switch (m_resources.pools.ask(pool, strand, strand.top(), op.rank)) {
    case Pools::Answer::Granted: return Next::enter(op.next);
    case Pools::Answer::Waits: return Next::wait();
    case Pools::Answer::Unattached: return Next::fail(flow::Cause::Refused);
    case Pools::Answer::Refused: break;
    }
    return Next::fail(m_resources.pools.all()[pool].plan->refusal());
}

Next Machine::enterLimit(Strand& strand, const Op& op) {
    if (op.dead) return Next::fail(flow::Cause::InstanceDown);
    switch (m_resources.limiters.ask(instanceOf(strand, op), strand)) {
    case Limiters::Answer::Passed: return Next::succeed();
    case Limiters::Answer::Waits: return Next::wait();
    case Limiters::Answer::Refused: break;
    }
    return Next::fail(flow::Cause::Throttled);
}

Next Machine::choose(const Op& op, std::uint32_t step) {
    const auto* branch = &m_program.branches[op.first];
    const auto* last = branch + op.count - 1;
    const double drawn = m_stepRandom[step].uniform() * last->first;
    while (branch != last && drawn >= branch->first) ++branch;
    return Next::enter(branch->second);
}

Next Machine::leaveAttempt(Strand& strand, const Op& op, std::uint32_t step, Outcome outcome) {
    Record& record = strand.top();
    if (outcome.ok() || record.a == 1 || (op.causes >> std::uint32_t(outcome.cause()) & 1u) == 0)
        return close(strand, outcome);
    if (record.state < op.copies && retryAllowed(op, step, strand.flow / 2)) {
        ++m_flows[strand.flow].retries;
        double pause = std::min(op.cap, op.pause * std::pow(op.factor, double(record.state) - 1));
        if (op.jitter) pause *= m_stepRandom[step].uniform();
        ++record.state;
        const Next next = pauseFor(strand, pause, kNone);
        return next.waits() ? next : Next::enter(op.next);
    }
    if (op.other == kNone) return close(strand, outcome);
    record.a = 1;
    return Next::enter(op.other);
}

/// Allowed with the probability that keeps retries / first attempts of the class at the budget: budget x firsts /
/// retries wanted, both counted so far and slowly forgotten.
bool Machine::retryAllowed(const Op& op, std::uint32_t step, std::uint32_t cls) {
    if (op.budget < 0) return true;
    constexpr double kForgetAfter = 1e6; // first attempts: what is older counts half
    Budget& budget = m_budgets[step * m_program.classes.size() + cls];
    budget.wanted += 1;
    const double probability = op.budget * budget.firsts / budget.wanted;
    if (budget.firsts > kForgetAfter) {
        budget.firsts /= 2;
        budget.wanted /= 2;
    }
    return m_stepRandom[step].happens(probability);
}

Next Machine::enterTimeout(Strand& strand, const Op& op) {
    strand.top().a = m_kernel.timers.set(op.lane, m_kernel.now + op.amount, strand, strand.depth);
    return Next::enter(op.next);
}

Next Machine::enterAttempt(Strand& strand, const Op& op, std::uint32_t step) {
    strand.top().state = 1;
    strand.top().a = 0;
    if (op.budget >= 0) m_budgets[step * m_program.classes.size() + strand.flow / 2].firsts += 1;
    return Next::enter(op.next);
}

Next Machine::enterRepeat(Strand& strand, const Op& op, std::uint32_t step) {
    Record& record = strand.top();
    record.state = wholeCount(op.amount, m_stepRandom[step]);
    record.a = kNone;
    if (record.state == 0) return Next::succeed();
    if (op.fresh) {
        record.a = strand.keys;
        strand.keys = m_keys.take();
    }
    return Next::enter(op.next);
}

Next Machine::leaveRepeat(Strand& strand, const Op& op, Outcome outcome) {
    Record& record = strand.top();
    const bool began = record.state > 0;
    if (outcome.ok() && began && --record.state > 0) {
        if (op.fresh) {
            m_keys.drop(strand.keys);
            strand.keys = m_keys.take();
        }
        return Next::enter(op.next);
    }
    if (op.fresh && began) {
        m_keys.drop(strand.keys);
        strand.keys = record.a;
    }
    return close(strand, outcome);
}

std::uint32_t Machine::wholeCount(double count, Random& random) {
    if (count == 1) return 1;
    const double whole = std::floor(count), rest = count - whole;
    return std::uint32_t(std::min(whole, double(kNone - 2))) + (rest > 0 && random.happens(rest) ? 1 : 0);
}

} // namespace plimsoll::simulate
