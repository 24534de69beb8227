// The resources of a model, and its arrivals.
#include "engine/distribution/distribution.h"
#include "engine/flow/circular_holds.h"
#include "engine/simulate/compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

namespace plimsoll::simulate {

namespace {

std::uint32_t id(auto value) {
    return std::to_underlying(value);
}

/// The largest speed that contention leaves, with up to `servers` jobs in service.
double peakSpeed(double servers, double sigma, double kappa) {
    if (sigma == 0 && kappa == 0) return servers;
    const auto speed = [&](double n) { return n / (1 + sigma * (n - 1) + kappa * n * (n - 1)); };
    if (kappa == 0) return std::max(speed(servers), 1.0);
    const double best = std::clamp(std::sqrt(std::max(0.0, 1 - sigma) / kappa), 1.0, servers);
    return std::max(speed(std::floor(best)), speed(std::min(std::ceil(best), servers)));
}

} // namespace

std::expected<Program, flow::Error> compile(const flow::Model& model, const flow::SolveOptions& options,
                                            bool timeline) {
    return Compiler(model, options, timeline).run();
}

std::expected<Program, flow::Error> Compiler::run() {
    if (auto holds = flow::checkHolds(m_model); !holds) return std::unexpected(std::move(holds).error());
    fleets();
    if (!m_error) {
        priorities();
        stations();
        pools();
        limiters();
        keysAndCaches();
        balancers();
    }
    if (m_error) return std::unexpected(std::move(*m_error));
    steps();
    arrivals();
    memory();
    alike();
    if (m_error) return std::unexpected(std::move(*m_error));
    return std::move(m_program);
}

void Compiler::fail(flow::Error::Kind kind, std::string element, std::string field, std::string message) {
    if (!m_error) m_error = {kind, std::move(element), std::move(field), std::move(message)};
}

void Compiler::fleets() {
    std::uint32_t instances = 0;
    for (const flow::Fleet& fleet : m_model.fleets) {
        std::uint32_t size = 0;
        for (const flow::Member& member : fleet.members) size += member.count;
        m_program.fleetFirst.push_back(instances);
        m_program.fleetSizes.push_back(size);
        instances += size;
        OutagePlan outage;
        if (fleet.failures) {
            outage.meanTimeBetween = toSeconds(fleet.failures->meanTimeBetween);
            outage.repair = Sampler(fleet.failures->repair);
            outage.hangs = fleet.failures->looks == flow::DownAs::Hangs;
        }
        m_program.outages.push_back(std::move(outage));
    }
    m_program.fleetFirst.push_back(instances);
    m_program.fleetDown.resize(m_model.fleets.size());
    for (std::size_t i = 0; i < m_options.down.size(); ++i) {
        const flow::Down& down = m_options.down[i];
        if (id(down.fleet) >= m_model.fleets.size())
            fail(flow::Error::Invalid, fmt::format("options.down[{}]", i), "fleet",
                 fmt::format("fleet is {}, but there are {} of them", id(down.fleet), m_model.fleets.size()));
        else
            m_program.fleetDown[id(down.fleet)] = std::min(down.instances, fleetSize(down.fleet));
    }
    if (!(m_options.loadFactor >= 0) || !std::isfinite(m_options.loadFactor))
        fail(flow::Error::Invalid, "options", "load_factor",
             fmt::format("load_factor is {}, must be finite and at least 0", m_options.loadFactor));
}

/// Priorities in use at each resource, numbered from 0 without gaps.
void Compiler::priorities() {
    m_stationRanks.resize(m_model.stations.size());
    m_poolRanks.resize(m_model.pools.size());
    for (const flow::Step& step : m_model.steps) {
        if (const auto* serve = std::get_if<flow::Serve>(&step.body)) {
            const flow::Discipline discipline = m_model.stations[id(serve->station)].discipline;
            if (discipline == flow::Discipline::PriorityNonPreemptive ||
                discipline == flow::Discipline::PriorityPreemptiveResume)
                m_stationRanks[id(serve->station)][serve->priority] = 0;
        } else if (const auto* hold = std::get_if<flow::Hold>(&step.body)) {
            m_poolRanks[id(hold->pool)][hold->priority] = 0;
        }
    }
    for (auto* table : {&m_stationRanks, &m_poolRanks})
        for (auto& ranks : *table) {
            std::uint8_t next = 0;
            for (auto& [priority, rank] : ranks) rank = next++;
        }
}

void Compiler::stations() {
    for (std::size_t i = 0; i < m_model.stations.size(); ++i) {
        const flow::Station& station = m_model.stations[i];
        StationPlan plan;
        plan.sigma = station.contention.sigma;
        plan.kappa = station.contention.kappa;
        plan.servers = station.servers.value_or(kNone);
        plan.places = station.capacity.value_or(kNone);
        plan.preemptive = station.discipline == flow::Discipline::PriorityPreemptiveResume;
        plan.ranks = std::uint32_t(std::max<std::size_t>(m_stationRanks[i].size(), 1));
        plan.inService = station.discipline == flow::Discipline::ProcessorSharing ? kNone : plan.servers;
        plan.contended = plan.sigma != 0 || plan.kappa != 0;
        if (!station.servers)
            plan.kind = StationKind::Delay;
        else if (plan.contended || plan.preemptive || plan.inService == kNone)
            plan.kind = StationKind::Shared;
        plan.capacity = peakSpeed(double(plan.servers), plan.sigma, plan.kappa);
        m_program.stationPlans.push_back(plan);
        m_program.stationFleets.push_back(id(station.fleet));
        m_program.stationFirst.push_back(std::uint32_t(m_program.stationSpeeds.size()));
        for (const flow::Member& member : m_model.fleets[id(station.fleet)].members)
            m_program.stationSpeeds.insert(m_program.stationSpeeds.end(), member.count, member.speed);
    }
    m_program.stationFirst.push_back(std::uint32_t(m_program.stationSpeeds.size()));
}

void Compiler::pools() {
    std::uint32_t instances = 0;
    for (const flow::Pool& pool : m_model.pools) {
        m_program.poolFirst.push_back(instances);
        instances += fleetSize(pool.fleet);
    }
    m_program.poolFirst.push_back(instances);
    for (std::size_t i = 0; i < m_model.pools.size(); ++i) {
        const flow::Pool& pool = m_model.pools[i];
        PoolPlan plan;
        plan.tokens = pool.tokens;
        plan.queueLimit = pool.queueLimit.value_or(kNone);
        plan.ranks = std::uint32_t(std::max<std::size_t>(m_poolRanks[i].size(), 1));
        if (pool.maxWait) {
            plan.maxWait = toSeconds(*pool.maxWait);
            plan.lane = m_program.lanes++;
        }
        if (pool.onDemand) {
            plan.onDemand = true;
            plan.provisioned = pool.onDemand->provisioned;
            plan.boot = Sampler(pool.onDemand->boot);
            plan.keepAlive = toSeconds(pool.onDemand->keepAlive);
            if (const auto& limit = pool.onDemand->bootLimit)
                plan.bootLimit = TokenBucket(toPerSecond(limit->rate), limit->burst);
            if (const auto& attached = pool.onDemand->attaches) {
                plan.attaches = m_program.poolFirst[id(*attached)];
                plan.attachesAlone = fleetSize(m_model.pools[id(*attached)].fleet) == 1;
            }
        }
        m_program.poolPlans.push_back(std::move(plan));
    }
}

void Compiler::limiters() {
    std::uint32_t instances = 0;
    for (const flow::Limiter& limiter : m_model.limiters) {
        m_program.limiterFirst.push_back(instances);
        instances += fleetSize(limiter.fleet);
        m_program.limiterPlans.push_back(
            {toPerSecond(limiter.rate), limiter.burst, limiter.over == flow::OverLimit::Delay});
    }
    m_program.limiterFirst.push_back(instances);
}

void Compiler::keysAndCaches() {
    for (const flow::KeySpace& space : m_model.keySpaces)
        m_program.keySpaces.push_back(
            {Zipf(space.keys, space.zipf),
             Sampler(distribution::fromMeanScv(Seconds{space.meanSize.value}, space.sizeScv))});
    for (std::size_t i = 0; i < m_model.caches.size(); ++i) {
        const flow::Cache& cache = m_model.caches[i];
        if (!cache.fixedHitRatio && cache.eviction != flow::Eviction::Lru)
            fail(flow::Error::NotSolvedYet, fmt::format("caches[{}]", i), "eviction",
                 "the simulator knows the eviction policy lru and fixed hit ratios only, not the other policies yet");
        CachePlan plan;
        plan.first = m_program.cacheInstances;
        plan.instances = fleetSize(cache.fleet);
        for (std::uint32_t k = m_program.fleetDown[id(cache.fleet)]; k < plan.instances; ++k) plan.up.push_back(k);
        plan.keySpace = cache.keySpace ? id(*cache.keySpace) : kNone;
        plan.capacity = cache.capacity.value;
        plan.ttl = cache.ttl ? toSeconds(*cache.ttl) : 0;
        plan.fixedHitRatio = cache.fixedHitRatio ? cache.fixedHitRatio->value : -1;
        plan.coalesce = cache.coalesce;
        m_program.cacheInstances += plan.instances;
        m_program.caches.push_back(std::move(plan));
    }
}

void Compiler::balancers() {
    for (const flow::Balancer& balancer : m_model.balancers) {
        BalancerPlan plan;
        plan.settings.policy = balancer.policy;
        plan.settings.health = balancer.health;
        plan.settings.signalAge = balancer.signalAge;
        plan.settings.slowStart = balancer.slowStart;
        plan.first = m_program.balancerInstances;
        plan.instances = fleetSize(balancer.fleet);
        plan.keySpace = balancer.keySpace ? id(*balancer.keySpace) : kNone;
        for (std::uint32_t backend = 0; backend < balancer.backends.size(); ++backend) {
            const flow::Backend& target = balancer.backends[backend];
            std::uint32_t instance = 0;
            for (const flow::Member& member : m_model.fleets[id(target.fleet)].members)
                for (std::uint32_t k = 0; k < member.count; ++k, ++instance)
                    if (instance >= m_program.fleetDown[id(target.fleet)])
                        plan.candidates.push_back({backend, id(target.fleet), instance, member.weight * target.weight});
        }
        checkCandidates(plan);
        plan.single = !m_timeline && plan.candidates.size() == 1 && plan.candidates.front().weight > 0;
        plan.countsCalls = balancer.policy != flow::Policy::Random && balancer.policy != flow::Policy::RoundRobin &&
                           balancer.policy != flow::Policy::WeightedRoundRobin &&
                           balancer.policy != flow::Policy::KeyHash && balancer.policy != flow::Policy::KeyRange;
        m_program.balancerInstances += plan.instances;
        m_program.balancers.push_back(std::move(plan));
    }
}

/// What the balancer core takes: weights are products, which validation has not seen.
void Compiler::checkCandidates(const BalancerPlan& plan) {
    const std::string element = fmt::format("balancers[{}]", m_program.balancers.size());
    if (plan.candidates.size() > balancer::kTargetLimit)
        fail(flow::Error::Invalid, element, "backends",
             fmt::format("{} instances, a balancer takes up to {}", plan.candidates.size(), balancer::kTargetLimit));
    for (const Candidate& candidate : plan.candidates)
        if (candidate.weight != 0 &&
            !(candidate.weight >= balancer::kLeastWeight && candidate.weight <= balancer::kMostWeight))
            return fail(flow::Error::Invalid, element, "backends.weight",
                        fmt::format("weight of a backend times that of a member is {:.6g}, must be 0 or lie in {:.6g} "
                                    "to {:.6g}",
                                    candidate.weight, balancer::kLeastWeight, balancer::kMostWeight));
}

void Compiler::arrivals() {
    for (const flow::RequestClass& cls : m_model.classes) {
        ClassPlan plan;
        plan.root = id(cls.root);
        if (const auto* open = std::get_if<flow::Open>(&cls.arrivals)) {
            plan.batch = open->batch;
            plan.rate = toPerSecond(open->rate) * m_options.loadFactor / open->batch;
            plan.gap = Sampler(distribution::fromMeanScv(Seconds{1}, open->scv));
        } else {
            const auto& closed = std::get<flow::Closed>(cls.arrivals);
            plan.closed = true;
            plan.think = Sampler(closed.think);
            if (closed.users > 0) {
                const double users = std::max(1.0, std::round(double(closed.users) * m_options.loadFactor));
                if (users > double(Event::kNumberMask))
                    fail(flow::Error::Invalid, fmt::format("classes[{}]", m_program.classes.size()), "arrivals.users",
                         fmt::format("{:.0f} users, the simulator takes up to {}", users, Event::kNumberMask));
                else
                    plan.users = std::uint32_t(users);
            }
        }
        m_program.classes.push_back(std::move(plan));
    }
}

/// Equal members are alike, unless keys decide who is called: a hot key makes a hot instance.
void Compiler::alike() {
    std::vector<std::uint8_t> keyed(m_model.fleets.size());
    for (const flow::Balancer& balancer : m_model.balancers)
        if (balancer.policy == flow::Policy::KeyHash || balancer.policy == flow::Policy::KeyRange)
            for (const flow::Backend& backend : balancer.backends) keyed[id(backend.fleet)] = 1;
    for (std::size_t fleet = 0; fleet < m_model.fleets.size(); ++fleet) {
        std::vector<std::vector<std::uint32_t>>& groups = m_program.alike.emplace_back();
        std::vector<std::pair<flow::Member, std::size_t>> known; // with their groups; up or down apart
        std::uint32_t instance = 0;
        for (const flow::Member& member : m_model.fleets[fleet].members)
            for (std::uint32_t k = 0; k < member.count; ++k, ++instance) {
                const bool down = instance < m_program.fleetDown[fleet];
                const flow::Member kind{down ? 0u : 1u, member.speed, member.weight};
                const auto found = std::ranges::find(known, kind, &std::pair<flow::Member, std::size_t>::first);
                if (found != known.end()) {
                    groups[found->second].push_back(instance);
                    continue;
                }
                if (!keyed[fleet]) known.emplace_back(kind, groups.size());
                groups.push_back({instance});
            }
    }
}

/// The longest time over which a part of the model remembers: warm-up has to outlast it.
void Compiler::memory() {
    double& longest = m_program.longestMemory;
    for (const CachePlan& cache : m_program.caches)
        if (cache.fixedHitRatio < 0) longest = std::max(longest, cache.ttl);
    for (const PoolPlan& pool : m_program.poolPlans)
        if (pool.onDemand) longest = std::max(longest, pool.keepAlive);
    for (const ClassPlan& cls : m_program.classes)
        if (cls.closed && cls.users > 0) longest = std::max(longest, cls.think.mean_s());
}

} // namespace plimsoll::simulate
