#include "engine/simulate/machine.h"

#include <limits>

namespace plimsoll::simulate {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();
constexpr std::uint64_t kEventsBetweenChecks = 1024; // of the stop token

std::vector<Random> generators(std::uint64_t seed, Purpose purpose, std::size_t count) {
    std::vector<Random> result;
    for (std::size_t i = 0; i < count; ++i) result.emplace_back(seedOf(seed, purpose, i));
    return result;
}

} // namespace

Machine::Machine(const Program& program, std::uint64_t seed, std::stop_token stop)
    : m_program(program), m_stop(std::move(stop)), m_arrivals(program, seed), m_keys(program, seed),
      m_resources(program, m_kernel, seed), m_caches(program, m_kernel, seed),
      m_balancers(program, m_kernel, m_resources.stations, m_keys, seed), m_outages(program, m_kernel, seed),
      m_stepRandom(generators(seed, kSteps, program.ops.size())),
      m_thinkRandom(generators(seed, kThinking, program.classes.size())),
      m_budgets(program.ops.size() * program.classes.size()), m_flows(program.flows()),
      m_steps(program.flows() * program.ops.size()) {
    for (std::uint32_t i = 0; i < program.lanes; ++i) m_kernel.timers.addLane(Rank::Timer);
    for (const Op& op : program.ops)
        if (op.kind == OpKind::Delay && op.lane != kNone) m_kernel.timers.setRank(op.lane, Rank::End);
    for (std::size_t cls = 0; cls < program.classes.size(); ++cls)
        for (std::uint32_t user = 0; user < program.classes[cls].users; ++user) think(cls);
}

Halt Machine::advance(std::uint64_t arrivals, double until) {
    m_halt = Halt::No;
    while (m_requests < arrivals && m_halt == Halt::No) {
        const double nextEvent = m_kernel.events.empty() ? kNever : m_kernel.events.top().time;
        if (until < kNever && std::min(nextEvent, m_arrivals.time()) >= until) {
            m_kernel.now = until;
            return m_halt;
        }
        if (nextEvent <= m_arrivals.time() && nextEvent < kNever) {
            const Event event = m_kernel.events.pop();
            m_kernel.now = event.time;
            dispatch(event);
        } else if (m_arrivals.time() < kNever) {
            m_kernel.now = m_arrivals.time();
            arrive();
        } else {
            return m_halt = Halt::Idle;
        }
        for (Strand* strand; m_halt == Halt::No && (strand = m_kernel.takeReady());) resume(*strand);
        if (++m_eventsDone % kEventsBetweenChecks == 0 && m_stop.stop_requested()) m_halt = Halt::Stopped;
        if (m_strands.live() > m_limits.strands && m_halt == Halt::No) m_halt = Halt::Backlog;
    }
    return m_halt;
}

void Machine::arrive() {
    const std::size_t cls = m_arrivals.cls();
    m_arrivals.advance();
    do startRequest(cls);
    while (m_arrivals.anotherInBatch(cls));
}

void Machine::startRequest(std::size_t cls) {
    Strand& strand = m_strands.take();
    strand.kind = StrandKind::Request;
    setFlow(strand, std::uint32_t(2 * cls));
    strand.started = m_kernel.now;
    strand.fleet = strand.instance = 0;
    strand.keys = m_keys.take();
    ++m_requests;
    ++m_flows[strand.flow].offered;
    run(strand, Next::enter(m_program.classes[cls].root));
}

void Machine::think(std::size_t cls) {
    const double time = m_kernel.now + m_program.classes[cls].think(m_thinkRandom[cls]);
    m_kernel.events.push(time, Rank::Arrival, EventKind::User, std::uint32_t(cls));
}

void Machine::dispatch(const Event& event) {
    switch (event.kind()) {
    case EventKind::Strand: {
        Strand& strand = m_strands[event.number()];
        if (strand.ticket != event.ticket() || strand.waits == Waits::Boot) return;
        strand.ticket = kNoTicket;
        if (strand.waits == Waits::Join) return nextCopyDue(strand);
        if (strand.waits == Waits::Service) {
            m_resources.stations.finish(strand);
            return served(strand);
        }
        strand.outcome = Outcome();
        return resume(strand);
    }
    case EventKind::SharedStation:
        if (Strand* strand = m_resources.stations.sharedDue(event.number(), event.ticket())) served(*strand);
        return;
    case EventKind::Lane:
        if (const auto due = m_kernel.timers.due(event.number(), m_kernel.now); due.strand) timerDue(*due.strand, due.depth);
        return;
    case EventKind::User: return startRequest(event.number());
    case EventKind::Boot: return m_resources.pools.bootEnded(event.number());
    case EventKind::PoolTimer: return m_resources.pools.timerDue(event.number(), event.ticket());
    case EventKind::LimiterTimer: return m_resources.limiters.due(event.number());
    case EventKind::Poll: return m_balancers.pollDue(event.number());
    case EventKind::Health: return m_balancers.checkDue(event.number(), m_outages);
    case EventKind::Control: return changeDue(event.number());
    }
}

void Machine::timerDue(Strand& strand, std::uint32_t depth) {
    if (depth > 0) return timeoutDue(strand, depth - 1);
    if (strand.waits == Waits::Token) return m_resources.pools.giveUp(strand);
    strand.timer = kNone;
    strand.outcome = Outcome();
    resume(strand);
}

void Machine::finish(Strand& strand, Outcome outcome) {
    FlowTally& flow = m_flows[strand.flow];
    const StrandKind kind = strand.kind;
    const std::size_t cls = strand.flow / 2;
    Strand* const parent = strand.parent;
    if (kind == StrandKind::Request || kind == StrandKind::Job) {
        if (outcome.ok())
            flow.succeed(m_kernel.now - strand.started);
        else
            ++flow.failed[std::size_t(outcome.cause())];
    }
    if (kind == StrandKind::Child) childEnded(*parent, strand, outcome);
    m_keys.drop(strand.keys);
    m_strands.giveBack(strand);
    if (kind == StrandKind::Request && m_program.classes[cls].closed) think(cls);
}

void Machine::beginWindow() {
    m_resources.restart(m_kernel.now);
    m_caches.restart();
    for (FlowTally& flow : m_flows) flow.clear();
    m_steps.assign(m_steps.size(), StepTally());
    m_windowBegan = m_batchBegan = m_kernel.now;
    m_requestsBefore = m_requests;
}

void Machine::closeBatch() {
    for (FlowTally& flow : m_flows) flow.closeBatch(m_kernel.now - m_batchBegan);
    m_resources.closeBatch();
    m_batchBegan = m_kernel.now;
}

std::size_t Machine::strandsAtWork() {
    std::size_t count = 0;
    for (std::uint32_t id = 0; id < m_strands.ids(); ++id) {
        const Strand& strand = m_strands[id];
        count += strand.live && strand.waits != Waits::Join && strand.waits != Waits::Fetch;
    }
    return count;
}

} // namespace plimsoll::simulate
