#include "models/validation/families.h"

#include "models/validation/sketch.h"

#include <array>

namespace plimsoll::validation {

namespace {

using namespace flow;

constexpr double kMostScv = 4, kLeastScv = 0.25;

/// The busiest takes `most`, the others less.
double share(Random& random, bool isBusiest, double most) {
    return isBusiest ? most : most * random.uniform(0.3, 0.95);
}

/// Stations in a row, `each` making one.
template <class Each> Model chain(Random& random, double utilisation, Each each) {
    Sketch sketch;
    const std::uint32_t length = random.whole(1, 5);
    std::vector<StepId> steps;
    for (std::uint32_t i = 0; i < length; ++i) steps.push_back(each(sketch, share(random, i == 0, utilisation)));
    sketch.open(sketch.sequence(steps));
    return sketch.model;
}

Model exponentialChain(Random& random, double utilisation) {
    return chain(random, utilisation,
                 [&](Sketch& sketch, double busy) { return sketch.serve(sketch.station(random.whole(1, 8)), busy); });
}

Model generalChain(Random& random, double utilisation) {
    return chain(random, utilisation, [&](Sketch& sketch, double busy) {
        return sketch.serve(sketch.station(random.whole(1, 8)), busy, random.uniform(kLeastScv, kMostScv));
    });
}

Model sharingChain(Random& random, double utilisation) {
    return chain(random, utilisation, [&](Sketch& sketch, double busy) {
        return sketch.serve(sketch.station(random.whole(1, 8), Discipline::ProcessorSharing), busy,
                            random.uniform(kLeastScv, kMostScv));
    });
}

Model revisits(Random& random, double utilisation) {
    Sketch sketch;
    const auto discipline = random.whole(0, 1) ? Discipline::ProcessorSharing : Discipline::Fcfs;
    const StationId station = sketch.station(random.whole(1, 4), discipline);
    const std::uint32_t visits = random.whole(2, 4);
    std::vector<StepId> steps;
    for (std::uint32_t i = 0; i < visits; ++i) steps.push_back(sketch.serve(station, utilisation, 1, visits));
    sketch.open(sketch.sequence(steps));
    return sketch.model;
}

/// The same with another station and a delay in between.
Model returns(Random& random, double utilisation) {
    Sketch sketch;
    const StationId station = sketch.station(random.whole(1, 4));
    const StationId other = sketch.station(random.whole(1, 4), Discipline::ProcessorSharing);
    const std::uint32_t visits = random.whole(2, 4);
    const double between_s = random.uniform(0.2, 5) / kRate_per_s;
    std::vector<StepId> steps;
    for (std::uint32_t i = 0; i < visits; ++i) {
        steps.push_back(sketch.serve(station, utilisation, 1, visits));
        steps.push_back(sketch.serve(other, utilisation * 0.7, 1, visits));
        steps.push_back(sketch.delay(between_s));
    }
    sketch.open(sketch.sequence(steps));
    return sketch.model;
}

/// An entry that calls itself again with some probability.
Model cycles(Random& random, double utilisation) {
    Sketch sketch;
    const FleetId fleet = sketch.fleet(1);
    const double gain = random.uniform(0.2, 0.7);
    const StepId serve =
        sketch.serve(sketch.station(random.whole(1, 4), Discipline::Fcfs, fleet), utilisation, 1, 1 / (1 - gain));
    const StepId call = sketch.call(fleet, serve);
    const StepId perhaps =
        sketch.step(Choice{{{Probability{gain}, call}, {Probability{1 - gain}, sketch.sequence({})}}});
    const EntryId entry = std::get<Call>(sketch.model.steps[static_cast<std::size_t>(call)].body).entries.front();
    sketch.model.entries[static_cast<std::size_t>(entry)].root = sketch.sequence({serve, perhaps});
    sketch.open(call);
    return sketch.model;
}

Model classes(Random& random, double utilisation) {
    Sketch sketch;
    const StationId first = sketch.station(random.whole(1, 4), Discipline::ProcessorSharing);
    const StationId second = sketch.station(random.whole(1, 4));
    constexpr int kClasses = 3; // each a third of the arrivals
    for (int i = 0; i < kClasses; ++i) {
        const double factor = random.uniform(0.5, 1);
        sketch.open(
            sketch.sequence({sketch.serve(first, utilisation * factor), sketch.serve(second, utilisation * 0.7)}),
            kRate_per_s / kClasses);
    }
    return sketch.model;
}

template <Policy policy> Model balanced(Random& random, double utilisation) {
    Sketch sketch;
    const FleetId fleet = sketch.fleet(random.whole(2, 8));
    const auto discipline = random.whole(0, 1) ? Discipline::ProcessorSharing : Discipline::Fcfs;
    const StepId serve = sketch.serve(sketch.station(1, discipline, fleet), utilisation);
    sketch.open(sketch.call(fleet, serve, policy));
    return sketch.model;
}

Model holds(Random& random, double utilisation) {
    Sketch sketch;
    const FleetId fleet = sketch.fleet(1);
    const std::uint32_t cores = random.whole(1, 4);
    const StepId serve = sketch.serve(sketch.station(cores, Discipline::ProcessorSharing, fleet), utilisation);
    const double service_s = utilisation * cores / kRate_per_s;
    const StepId body = sketch.sequence({serve, sketch.delay(service_s * random.uniform(0.5, 3))});
    sketch.open(sketch.call(fleet, sketch.step(Hold{sketch.pool(cores * random.whole(4, 10), fleet), body})));
    return sketch.model;
}

Model nestedHolds(Random& random, double utilisation) {
    Sketch sketch;
    const FleetId front = sketch.fleet(1), back = sketch.fleet(1);
    const std::uint32_t cores = random.whole(2, 4);
    const StepId query = sketch.serve(sketch.station(cores, Discipline::ProcessorSharing, back), utilisation);
    const StepId inner = sketch.step(Hold{sketch.pool(cores * 3, front), sketch.call(back, query)});
    const StepId serve = sketch.serve(sketch.station(cores, Discipline::ProcessorSharing, front), utilisation * 0.6);
    sketch.open(sketch.call(
        front, sketch.step(Hold{sketch.pool(cores * random.whole(6, 12), front), sketch.sequence({serve, inner})})));
    return sketch.model;
}

Model retries(Random& random, double utilisation) {
    Sketch sketch;
    const double failing = random.uniform(0.01, 0.2);
    const StepId tried = sketch.sequence({sketch.serve(sketch.station(random.whole(1, 4)), utilisation * (1 - failing)),
                                          sketch.step(Fail{Probability{failing}})});
    Attempt attempt;
    attempt.body = tried;
    attempt.maxAttempts = 3;
    attempt.backoff = Seconds{0.01};
    sketch.open(sketch.step(std::move(attempt)));
    return sketch.model;
}

Model timeouts(Random& random, double utilisation) {
    Sketch sketch;
    const std::uint32_t servers = random.whole(1, 4);
    const StepId serve = sketch.serve(sketch.station(servers), utilisation);
    const double service_s = utilisation * servers / kRate_per_s;
    sketch.open(sketch.step(Timeout{Seconds{service_s * random.uniform(5, 20)}, serve}));
    return sketch.model;
}

Model forks(Random& random, double utilisation) {
    Sketch sketch;
    Parallel fork;
    const std::uint32_t branches = random.whole(2, 4);
    for (std::uint32_t i = 0; i < branches; ++i)
        fork.branches.push_back(sketch.serve(sketch.station(random.whole(1, 3)), share(random, i == 0, utilisation)));
    sketch.open(sketch.step(std::move(fork)));
    return sketch.model;
}

Model fixedCaches(Random& random, double utilisation) {
    Sketch sketch;
    const double hits = random.uniform(0.5, 0.95);
    Cache cache;
    cache.fixedHitRatio = Probability{hits};
    sketch.model.caches.push_back(cache);
    const StepId hit = sketch.delay(0.001), miss = sketch.serve(sketch.station(2), utilisation, 1, 1 - hits);
    sketch.open(sketch.step(Lookup{CacheId{0}, hit, miss}));
    return sketch.model;
}

Model keyedCaches(Random& random, double utilisation) {
    Sketch sketch;
    KeySpace space;
    space.keys = 10'000;
    space.zipf = random.uniform(0.6, 1.1);
    sketch.model.keySpaces.push_back(space);
    Cache cache;
    cache.keySpace = KeySpaceId{0};
    cache.capacity = Bytes{random.uniform(200, 3000)};
    sketch.model.caches.push_back(cache);
    const StepId hit = sketch.delay(0.001), miss = sketch.serve(sketch.station(2), utilisation);
    sketch.open(sketch.step(Lookup{CacheId{0}, hit, miss}));
    return sketch.model;
}

Model onDemand(Random& random, double utilisation) {
    Sketch sketch;
    const double service_s = random.uniform(0.05, 0.5);
    OnDemand functions;
    functions.boot = distribution::fromMeanScv(Seconds{random.uniform(0.2, 2)}, 0.5);
    functions.keepAlive = Seconds{random.uniform(5, 60)};
    const PoolId pool = sketch.pool(static_cast<std::uint32_t>(kRate_per_s * service_s / utilisation) + 20);
    sketch.model.pools.back().onDemand = functions;
    sketch.model.pools.back().queueLimit = 0;
    sketch.open(sketch.step(Hold{pool, sketch.delay(service_s)}));
    return sketch.model;
}

template <Discipline discipline> Model priorities(Random& random, double utilisation) {
    Sketch sketch;
    const StationId station = sketch.station(1, discipline);
    const double first = random.uniform(0.2, 0.8);
    sketch.open(sketch.serve(station, utilisation, 1, 1, 0), kRate_per_s * first);
    sketch.open(sketch.serve(station, utilisation, 1, 1, 1), kRate_per_s * (1 - first));
    return sketch.model;
}

void addUsers(Sketch& sketch, Random& random, StepId root, double utilisation) {
    const std::uint32_t users = random.whole(5, 50);
    sketch.closed(root, users, users / (kRate_per_s * utilisation));
}

Model closedClasses(Random& random, double utilisation) {
    Sketch sketch;
    const StepId first = sketch.serve(sketch.station(1), utilisation);
    const StepId second =
        sketch.serve(sketch.station(random.whole(1, 3), Discipline::ProcessorSharing), utilisation / 2);
    addUsers(sketch, random, sketch.sequence({first, second}), utilisation);
    return sketch.model;
}

Model mixedClasses(Random& random, double utilisation) {
    Sketch sketch;
    const StationId station = sketch.station(1, Discipline::ProcessorSharing);
    sketch.open(sketch.serve(station, utilisation), kRate_per_s / 2);
    addUsers(sketch, random, sketch.serve(station, utilisation / 2), utilisation);
    return sketch.model;
}

Model limiters(Random& random, double utilisation) {
    Sketch sketch;
    Limiter limiter;
    limiter.rate = perSecond(kRate_per_s / utilisation);
    limiter.burst = random.uniform(1, 20);
    limiter.over = random.whole(0, 1) ? OverLimit::Delay : OverLimit::Reject;
    sketch.model.limiters.push_back(limiter);
    sketch.open(sketch.sequence({sketch.step(Limit{LimiterId{0}}), sketch.delay(0.01)}));
    return sketch.model;
}

Model finiteQueues(Random& random, double utilisation) {
    Sketch sketch;
    const std::uint32_t servers = random.whole(1, 4);
    const StationId station = sketch.station(servers);
    sketch.model.stations.back().capacity = servers + random.whole(1, 10);
    sketch.open(sketch.serve(station, utilisation));
    return sketch.model;
}

Model burstyArrivals(Random& random, double utilisation) {
    Sketch sketch;
    const StepId serve = sketch.serve(sketch.station(random.whole(1, 4)), utilisation);
    if (random.whole(0, 1))
        sketch.open(serve, kRate_per_s, random.uniform(1.5, kMostScv));
    else
        sketch.open(serve, kRate_per_s, 1, random.uniform(1.5, 4));
    return sketch.model;
}

/// Load balancer, threads, cache and database with retries around: a small system as people draw it.
Model everything(Random& random, double utilisation) {
    Sketch sketch;
    const FleetId app = sketch.fleet(random.whole(2, 4)), data = sketch.fleet(1);
    Cache cache;
    const double hits = random.uniform(0.5, 0.95);
    cache.fixedHitRatio = Probability{hits};
    sketch.model.caches.push_back(cache);
    const StepId query = sketch.call(
        data, sketch.serve(sketch.station(2, Discipline::ProcessorSharing, data), utilisation, 1, 1 - hits));
    const StepId lookup = sketch.step(Lookup{CacheId{0}, sketch.delay(0.001), query});
    const StepId work = sketch.serve(sketch.station(2, Discipline::ProcessorSharing, app), utilisation * 0.7);
    const StepId threads = sketch.step(Hold{sketch.pool(32, app), sketch.sequence({work, lookup})});
    Attempt attempt;
    attempt.body = sketch.call(app, threads, Policy::LeastConnections);
    attempt.maxAttempts = 2;
    sketch.open(sketch.step(std::move(attempt)));
    return sketch.model;
}

constexpr std::array kFamilies{
    Family{"chain", "M/M/c in a row", exponentialChain},
    Family{"general", "M/G/c in a row, SCV 0.25 to 4", generalChain},
    Family{"sharing", "processor sharing in a row, SCV 0.25 to 4", sharingChain},
    Family{"revisits", "two to four visits to one station", revisits},
    Family{"returns", "two to four visits to one station, others in between", returns},
    Family{"cycles", "an entry that calls itself with probability 0.2 to 0.7", cycles},
    Family{"classes", "three classes on two stations", classes},
    Family{"random", "random balancing", balanced<Policy::Random>},
    Family{"round_robin", "round robin", balanced<Policy::RoundRobin>},
    Family{"weighted_round_robin", "smooth weighted round robin", balanced<Policy::WeightedRoundRobin>},
    Family{"least_connections", "least connections", balanced<Policy::LeastConnections>},
    Family{"weighted_least_connections", "weighted least connections", balanced<Policy::WeightedLeastConnections>},
    Family{"least_response_time", "least response time, signal 0.1 s old", balanced<Policy::LeastResponseTime>},
    Family{"resource_based", "resource based, signal 0.1 s old", balanced<Policy::ResourceBased>},
    Family{"power_of_two", "power of two choices", balanced<Policy::PowerOfTwo>},
    Family{"key_hash", "hash of 10,000 equal keys", balanced<Policy::KeyHash>},
    Family{"holds", "threads around CPU and a wait", holds},
    Family{"nested_holds", "connections held within threads", nestedHolds},
    Family{"retries", "three tries with backoff", retries},
    Family{"timeouts", "a timeout that abandons", timeouts},
    Family{"forks", "two to four branches, all awaited", forks},
    Family{"fixed_caches", "a measured hit ratio", fixedCaches},
    Family{"keyed_caches", "LRU over 10,000 keys, Zipf 0.6 to 1.1", keyedCaches},
    Family{"on_demand", "functions that boot when needed", onDemand},
    Family{"priorities", "two classes, non-preemptive", priorities<Discipline::PriorityNonPreemptive>},
    Family{"preemption", "two classes, preemptive-resume", priorities<Discipline::PriorityPreemptiveResume>},
    Family{"closed", "users who think, two stations", closedClasses},
    Family{"mixed", "an open and a closed class", mixedClasses},
    Family{"limiters", "a token bucket", limiters},
    Family{"finite_queues", "M/M/c/K", finiteQueues},
    Family{"bursty", "renewal arrivals of SCV to 4, batches", burstyArrivals},
    Family{"everything", "balancer, threads, cache, database, retries", everything},
};

} // namespace

std::span<const Family> families() {
    return kFamilies;
}

} // namespace plimsoll::validation
