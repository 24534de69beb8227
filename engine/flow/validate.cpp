#include "engine/flow/validate.h"

#include "engine/flow/check.h"

#include <string_view>
#include <unordered_set>

namespace plimsoll::flow {
namespace {

/// Above this a count of instances or servers is a slip of the pen: the formulas take 1e9.
constexpr double kMostInstances = 1e9;
/// Shapes that the incomplete gamma function takes: scv 1e3 to 1e-12.
constexpr double kSmallestShape = 1e-3, kLargestShape = 1e12;

std::uint64_t instances(const Fleet& fleet) {
    std::uint64_t total = 0;
    for (const Member& member : fleet.members) total += member.count;
    return total;
}

void checkFleets(const Model& model, Check& check) {
    check.require(!model.fleets.empty(), "fleets", "a model has at least one fleet, number 0, the outside");
    for (std::size_t i = 0; i < model.fleets.size() && !check.failed(); ++i) {
        check.enter("fleets", i);
        const Fleet& fleet = model.fleets[i];
        for (const Member& member : fleet.members) {
            check.above(member.speed, 0, "members.speed");
            check.atLeast(member.weight, 0, "members.weight");
        }
        const double total = double(instances(fleet));
        check.within(total, 1, kMostInstances, "members");
        if (i == 0) check.require(total == 1, "members", "fleet 0 is the outside and has exactly one instance");
        if (fleet.failures) {
            check.above(fleet.failures->meanTimeBetween.count(), 0, "failures.mean_time_between_s");
            check.distribution(fleet.failures->repair, "failures.repair");
            check.enumerator(fleet.failures->looks, DownAs::Hangs, "failures.looks");
        }
    }
}

void checkStations(const Model& model, Check& check) {
    for (std::size_t i = 0; i < model.stations.size() && !check.failed(); ++i) {
        check.enter("stations", i);
        const Station& station = model.stations[i];
        check.id(station.fleet, model.fleets.size(), "fleet");
        if (station.servers) check.within(*station.servers, 1, kMostInstances, "servers");
        check.enumerator(station.discipline, Discipline::PriorityPreemptiveResume, "discipline");
        check.atLeast(station.contention.sigma, 0, "contention.sigma");
        check.atLeast(station.contention.kappa, 0, "contention.kappa");
        if (station.capacity) {
            check.require(station.servers.has_value(), "capacity", "a pure delay (servers null) has no capacity");
            if (station.servers && *station.capacity < *station.servers)
                check.fail("capacity", fmt::format("capacity is {}, must be at least the servers ({})",
                                                   *station.capacity, *station.servers));
        }
    }
}

void checkOnDemand(const Model& model, const Pool& pool, Check& check) {
    const OnDemand& onDemand = *pool.onDemand;
    check.within(onDemand.provisioned, 0, pool.tokens, "on_demand.provisioned");
    check.distribution(onDemand.boot, "on_demand.boot");
    check.atLeast(onDemand.keepAlive.count(), 0, "on_demand.keep_alive_s");
    if (onDemand.bootLimit) {
        check.above(onDemand.bootLimit->rate.value, 0, "on_demand.boot_limit.rate_per_s");
        check.atLeast(onDemand.bootLimit->burst, 1, "on_demand.boot_limit.burst");
    }
    if (onDemand.attaches) check.id(*onDemand.attaches, model.pools.size(), "on_demand.attaches");
}

void checkPoolsAndLimiters(const Model& model, Check& check) {
    for (std::size_t i = 0; i < model.pools.size() && !check.failed(); ++i) {
        check.enter("pools", i);
        const Pool& pool = model.pools[i];
        check.id(pool.fleet, model.fleets.size(), "fleet");
        check.within(pool.tokens, 1, kMostInstances, "tokens");
        if (pool.maxWait) check.atLeast(pool.maxWait->count(), 0, "max_wait_s");
        if (pool.onDemand) checkOnDemand(model, pool, check);
    }
    for (std::size_t i = 0; i < model.limiters.size() && !check.failed(); ++i) {
        check.enter("limiters", i);
        const Limiter& limiter = model.limiters[i];
        check.id(limiter.fleet, model.fleets.size(), "fleet");
        check.above(limiter.rate.value, 0, "rate_per_s");
        check.atLeast(limiter.burst, 1, "burst");
        check.enumerator(limiter.over, OverLimit::Delay, "over");
    }
}

void checkCaches(const Model& model, Check& check) {
    for (std::size_t i = 0; i < model.keySpaces.size() && !check.failed(); ++i) {
        check.enter("key_spaces", i);
        const KeySpace& space = model.keySpaces[i];
        check.require(space.keys >= 1, "keys", "keys is 0, must be at least 1");
        check.atLeast(space.zipf, 0, "zipf");
        check.above(space.meanSize.value, 0, "mean_size_bytes");
        check.atLeast(space.sizeScv, 0, "size_scv");
    }
    for (std::size_t i = 0; i < model.caches.size() && !check.failed(); ++i) {
        check.enter("caches", i);
        const Cache& cache = model.caches[i];
        check.id(cache.fleet, model.fleets.size(), "fleet");
        if (cache.keySpace) check.id(*cache.keySpace, model.keySpaces.size(), "key_space");
        check.enumerator(cache.eviction, Eviction::WTinyLfu, "eviction");
        if (cache.ttl) check.above(cache.ttl->count(), 0, "ttl_s");
        if (cache.fixedHitRatio) {
            check.within(cache.fixedHitRatio->value, 0, 1, "fixed_hit_ratio");
            check.atLeast(cache.capacity.value, 0, "capacity_bytes");
        } else {
            check.require(cache.keySpace.has_value(), "key_space", "a cache needs a key_space or a fixed_hit_ratio");
            check.above(cache.capacity.value, 0, "capacity_bytes");
        }
    }
}

void checkBalancer(const Model& model, const Balancer& balancer, Check& check) {
    check.id(balancer.fleet, model.fleets.size(), "fleet");
    check.enumerator(balancer.policy, Policy::KeyRange, "policy");
    check.require(!balancer.backends.empty(), "backends", "a balancer needs at least one backend");
    for (std::size_t b = 0; b < balancer.backends.size() && !check.failed(); ++b) {
        check.id(balancer.backends[b].fleet, model.fleets.size(), "backends.fleet");
        check.atLeast(balancer.backends[b].weight, 0, "backends.weight");
    }
    if (balancer.keySpace) check.id(*balancer.keySpace, model.keySpaces.size(), "key_space");
    const bool byKey = balancer.policy == Policy::KeyHash || balancer.policy == Policy::KeyRange;
    check.require(!byKey || balancer.keySpace, "key_space", "key_hash and key_range need a key_space");
    if (balancer.health) {
        check.above(balancer.health->interval.count(), 0, "health.interval_s");
        check.atLeast(balancer.health->timeout.count(), 0, "health.timeout_s");
        check.require(balancer.health->fall >= 1, "health.fall", "fall is 0, must be at least 1");
        check.require(balancer.health->rise >= 1, "health.rise", "rise is 0, must be at least 1");
    }
    check.atLeast(balancer.signalAge.count(), 0, "signal_age_s");
    check.atLeast(balancer.slowStart.count(), 0, "slow_start_s");
}

void checkClasses(const Model& model, Check& check) {
    std::unordered_set<std::string_view> names;
    check.require(!model.classes.empty(), "classes", "a model has at least one class");
    for (std::size_t i = 0; i < model.classes.size() && !check.failed(); ++i) {
        check.enter("classes", i);
        const RequestClass& cls = model.classes[i];
        check.require(!cls.name.empty(), "name", "name is empty");
        if (!names.insert(cls.name).second) check.fail("name", fmt::format("name \"{}\" occurs twice", cls.name));
        check.id(cls.root, model.steps.size(), "root");
        if (const auto* open = std::get_if<Open>(&cls.arrivals)) {
            check.atLeast(open->rate.value, 0, "arrivals.open.rate_per_s");
            check.atLeast(open->scv, 0, "arrivals.open.scv");
            check.atLeast(open->batch, 1, "arrivals.open.batch");
        } else {
            check.distribution(std::get<Closed>(cls.arrivals).think, "arrivals.closed.think");
        }
    }
}

} // namespace

std::string elementName(std::string_view array, std::size_t index) {
    return fmt::format("{}[{}]", array, index);
}

void Check::distribution(const Distribution& law, std::string_view field) {
    if (law.phases.empty()) return fail(fmt::format("{}.phases", field), "a distribution has at least one phase");
    double sum = 0;
    for (std::size_t i = 0; i < law.phases.size(); ++i) {
        const Phase& phase = law.phases[i];
        const double offset = phase.offset.count(), scale = phase.scale.count();
        const auto time = [](double t) { return t == 0 || (t >= kSmallest && t <= kLargest); };
        const bool good = phase.weight.value >= 0 && phase.weight.value <= 1 + kWeightTolerance && time(offset) &&
                          phase.shape >= kSmallestShape && phase.shape <= kLargestShape && time(scale) &&
                          time(phase.shape * scale);
        if (!good)
            return fail(
                fmt::format("{}.phases[{}]", field, i),
                fmt::format("weight {:.6g}, offset_s {:.6g}, shape {:.6g}, scale_s {:.6g}: the weight must lie in "
                            "0 to 1, the shape in {:.0e} to {:.0e}, times be 0 or {:.0e} to {:.0e}",
                            phase.weight.value, offset, phase.shape, scale, kSmallestShape, kLargestShape, kSmallest,
                            kLargest));
        sum += phase.weight.value;
    }
    if (std::abs(sum - 1) > kWeightTolerance * double(law.phases.size()))
        fail(fmt::format("{}.phases", field), fmt::format("the weights sum to {:.15g}, must sum to 1", sum));
}

void checkResources(const Model& model, Check& check) {
    checkFleets(model, check);
    checkStations(model, check);
    checkPoolsAndLimiters(model, check);
    checkCaches(model, check);
    for (std::size_t i = 0; i < model.balancers.size() && !check.failed(); ++i) {
        check.enter("balancers", i);
        checkBalancer(model, model.balancers[i], check);
    }
    for (std::size_t i = 0; i < model.entries.size() && !check.failed(); ++i) {
        check.enter("entries", i);
        check.id(model.entries[i].fleet, model.fleets.size(), "fleet");
        check.id(model.entries[i].root, model.steps.size(), "root");
    }
}

std::expected<void, Error> validate(const Model& model) {
    Check check;
    checkResources(model, check);
    if (!check.failed()) checkSteps(model, check);
    if (!check.failed()) {
        check.enter("", 0);
        checkClasses(model, check);
    }
    if (check.failed()) return std::unexpected(check.error());
    return {};
}

} // namespace plimsoll::flow
