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
    : m_program(program), m_stop(std::move(stop)), m_arrivals(program, seed), m_keys(program, seed), m_seed(seed) {
    for (std::uint32_t i = 0; i < program.lanes; ++i) m_kernel.timers.addLane(Rank::Timer);
    for (const Op& op : program.ops)
        if (op.kind == OpKind::Delay && op.lane != kNone) m_kernel.timers.setRank(op.lane, Rank::End);
    m_thinkRandom = generators(seed, kThinking, program.classes.size());
    m_stepRandom = generators(seed, kSteps, program.ops.size());
    m_balancerRandom = generators(seed, kBalancerKeys, program.balancerInstances);
    m_flows.resize(program.flows());
    m_steps.resize(program.flows() * program.ops.size());
    m_cacheTallies.resize(program.caches.size() * program.classes.size());
    m_budgets.resize(program.ops.size() * program.classes.size());
    makeResources();
    makeBalancers();
    m_dead.resize(program.fleetFirst.back());
    m_left.resize(program.fleetFirst.back());
    m_outageRandom = Random(seedOf(seed, kOutages, 0));
    for (std::size_t cls = 0; cls < program.classes.size(); ++cls)
        for (std::uint32_t user = 0; user < program.classes[cls].users; ++user) think(cls);
}

void Machine::makeResources() {
    const Program& program = m_program;
    for (std::size_t i = 0; i < program.stationPlans.size(); ++i)
        for (std::uint32_t k = program.stationFirst[i]; k < program.stationFirst[i + 1]; ++k)
            m_stations.add(program.stationPlans[i], program.stationSpeeds[k]);
    for (std::size_t i = 0; i < program.poolPlans.size(); ++i)
        for (std::uint32_t k = program.poolFirst[i]; k < program.poolFirst[i + 1]; ++k)
            m_pools.add(program.poolPlans[i], k - program.poolFirst[i], seedOf(m_seed, kBoots, k));
    m_pools.provision();
    for (std::size_t i = 0; i < program.limiterPlans.size(); ++i)
        for (std::uint32_t k = program.limiterFirst[i]; k < program.limiterFirst[i + 1]; ++k)
            m_limiters.add(program.limiterPlans[i]);
    for (const CachePlan& cache : program.caches)
        for (std::uint32_t k = 0; k < cache.instances; ++k) m_caches.emplace_back(cache.capacity, cache.ttl);
    m_fetches.resize(m_caches.size());
    fillCaches();
}

void Machine::makeBalancers() {
    for (std::uint32_t i = 0; i < m_program.balancers.size(); ++i) {
        const BalancerPlan& plan = m_program.balancers[i];
        std::vector<balancer::Member> members;
        for (std::uint32_t k = 0; k < plan.candidates.size(); ++k)
            members.push_back({balancer::Target(k), plan.candidates[k].weight});
        for (std::uint32_t k = 0; k < plan.instances; ++k) {
            m_balancerOf.push_back(i);
            m_balancers.emplace_back();
            if (plan.single || members.empty()) continue;
            balancer::Settings settings = plan.settings;
            settings.seed = seedOf(m_seed, kBalancing, plan.first + k);
            auto made = balancer::Balancer::make(settings, members);
            if (made) m_balancers.back().emplace(std::move(*made)); // validation has seen to it
        }
    }
    prepareSignals();
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
    strand.flow = std::uint32_t(2 * cls);
    strand.started = m_kernel.now;
    strand.fleet = strand.instance = 0;
    strand.keys = m_keys.take();
    ++m_requests;
    ++m_flows[strand.flow].offered;
    run(strand, enterStep(m_program.classes[cls].root));
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
        if (strand.waits == Waits::Service) m_stations.finish(strand);
        strand.outcome = Outcome();
        return resume(strand);
    }
    case EventKind::SharedStation:
        if (Strand* strand = m_stations.sharedDue(event.number(), event.ticket())) {
            strand->outcome = Outcome();
            resume(*strand);
        }
        return;
    case EventKind::Lane:
        if (const auto timer = m_kernel.timers.due(event.number(), m_kernel.now)) laneDue(*timer);
        return;
    case EventKind::User: return startRequest(event.number());
    case EventKind::Boot: return m_pools.bootEnded(event.number());
    case EventKind::PoolTimer: return m_pools.timerDue(event.number(), event.ticket());
    case EventKind::LimiterTimer: return m_limiters.due(event.number());
    case EventKind::Poll: return pollDue(event.number());
    case EventKind::Health: return healthDue(event.number());
    case EventKind::Control: return controlDue(event.number());
    }
}

void Machine::laneDue(const Timer& timer) {
    if (timer.depth > 0) return timeoutDue(timer);
    Strand& strand = *timer.strand;
    if (strand.waits == Waits::Token) return m_pools.giveUp(strand);
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

std::uint32_t Machine::wholeCount(double count, Random& random) {
    if (count == 1) return 1;
    const double whole = std::floor(count), rest = count - whole;
    return std::uint32_t(std::min(whole, double(kNone - 2))) + (rest > 0 && random.happens(rest) ? 1 : 0);
}

void Machine::beginWindow() {
    settle();
    for (Station& station : m_stations.all()) station.tally.restart(m_kernel.now, station.waiting());
    for (Pool& pool : m_pools.all()) pool.tally.restart(m_kernel.now, pool.queue.size());
    for (LimiterInstance& limiter : m_limiters.all()) limiter.tally.restart(m_kernel.now, limiter.waiting);
    for (FlowTally& flow : m_flows) flow.clear();
    m_steps.assign(m_steps.size(), StepTally());
    m_cacheTallies.assign(m_cacheTallies.size(), CacheTally());
    m_windowBegan = m_batchBegan = m_kernel.now;
    m_requestsBefore = m_requests;
}

void Machine::closeBatch() {
    for (FlowTally& flow : m_flows) flow.closeBatch(m_kernel.now - m_batchBegan);
    for (Station& station : m_stations.all()) station.tally.closeBatch();
    for (Pool& pool : m_pools.all()) pool.tally.closeBatch();
    for (LimiterInstance& limiter : m_limiters.all()) limiter.tally.closeBatch();
    m_batchBegan = m_kernel.now;
}

void Machine::settle() {
    for (Station& station : m_stations.all()) station.integrate(m_kernel.now);
    for (Pool& pool : m_pools.all()) pool.integrate(m_kernel.now);
    for (LimiterInstance& limiter : m_limiters.all()) limiter.tally.integrate(m_kernel.now, 0, limiter.waiting);
}

std::size_t Machine::strandsAtWork() {
    std::size_t count = 0;
    for (std::uint32_t id = 0; id < m_strands.ids(); ++id) {
        const Strand& strand = m_strands[id];
        count += strand.live && strand.waits != Waits::Join && strand.waits != Waits::Fetch;
    }
    return count;
}

std::size_t Machine::waitingWithoutLimit() {
    std::size_t count = 0;
    for (Station& station : m_stations.all())
        if (station.plan->places == kNone) count += station.waiting();
    for (Pool& pool : m_pools.all())
        if (pool.plan->queueLimit == kNone) count += pool.queue.size();
    for (LimiterInstance& limiter : m_limiters.all()) count += limiter.waiting;
    return count;
}

} // namespace plimsoll::simulate
