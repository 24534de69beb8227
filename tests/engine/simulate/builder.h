// Models in a few words, for tests.
#pragma once
#include "engine/distribution/distribution.h"
#include "engine/simulate/simulate.h"

namespace plimsoll::tests {

using namespace plimsoll;
using namespace plimsoll::flow;

inline Distribution exponential(double mean) {
    return distribution::exponential(Seconds{mean});
}
inline Distribution constant(double value) {
    return distribution::constant(Seconds{value});
}

struct Builder {
    Model model;

    StepId step(Body body) {
        model.steps.push_back({{}, std::move(body)});
        return StepId(model.steps.size() - 1);
    }
    StepId sequence(std::vector<StepId> steps) { return step(Sequence{std::move(steps)}); }
    StepId nothing() { return sequence({}); }
    StepId serve(StationId station, Distribution demand, std::uint8_t priority = 0) {
        return step(Serve{station, std::move(demand), priority});
    }
    StepId delay(Distribution duration) { return step(Delay{std::move(duration)}); }
    FleetId fleet(std::vector<Member> members) {
        Fleet fleet;
        fleet.members = std::move(members);
        model.fleets.push_back(std::move(fleet));
        return FleetId(model.fleets.size() - 1);
    }
    StationId station(std::optional<std::uint32_t> servers = 1, Discipline discipline = Discipline::Fcfs,
                      FleetId fleet = FleetId{0}) {
        Station station;
        station.fleet = fleet;
        station.servers = servers;
        station.discipline = discipline;
        model.stations.push_back(station);
        return StationId(model.stations.size() - 1);
    }
    PoolId pool(std::uint32_t tokens, std::optional<std::uint32_t> queueLimit = {},
                std::optional<Seconds> maxWait = {}) {
        Pool pool;
        pool.tokens = tokens;
        pool.queueLimit = queueLimit;
        pool.maxWait = maxWait;
        model.pools.push_back(pool);
        return PoolId(model.pools.size() - 1);
    }
    /// `tries` in all, at once after each other.
    static Attempt attempt(StepId body, std::uint32_t tries) {
        Attempt attempt;
        attempt.body = body;
        attempt.maxAttempts = tries;
        return attempt;
    }
    StepId timeout(double after, StepId body, Leftover leftover = Leftover::Abandon, Cause cause = Cause::Timeout) {
        return step(Timeout{Seconds{after}, body, leftover, cause});
    }
    StepId fail(double probability, Cause cause = Cause::Application) {
        return step(Fail{Probability{probability}, cause});
    }
    StepId hold(PoolId pool, StepId body) { return step(Hold{pool, body}); }
    BalancerId balancer(FleetId target, Policy policy = Policy::Random, FleetId from = FleetId{0}) {
        Balancer balancer;
        balancer.fleet = from;
        balancer.policy = policy;
        balancer.backends = {{target}};
        model.balancers.push_back(balancer);
        return BalancerId(model.balancers.size() - 1);
    }
    EntryId entry(FleetId fleet, StepId root) {
        model.entries.push_back({{}, fleet, root});
        return EntryId(model.entries.size() - 1);
    }
    StepId call(BalancerId via, EntryId entry, double count = 1) { return step(Call{via, {entry}, count, {}}); }
    void open(double rate, StepId root, std::string name = "request") {
        model.classes.push_back({std::move(name), {}, Open{perSecond(rate)}, root});
    }
    void closed(std::uint32_t users, Distribution think, StepId root, std::string name = "user") {
        model.classes.push_back({std::move(name), {}, Closed{users, std::move(think)}, root});
    }
};

/// The answer to so many requests; an error fails the test that asks `ok`.
inline std::expected<Solution, Error> simulated(const Model& model, std::uint64_t requests, std::uint64_t seed = 1) {
    SimulateOptions simulation;
    simulation.requests = requests;
    simulation.seed = seed;
    SimulateRun run;
    run.threads = 1;
    return flow::simulate(model, {}, simulation, {}, run);
}

inline double shareOf(const ClassResult& result, Cause cause) {
    for (const Share& share : result.errors)
        if (share.cause == cause) return share.share.value;
    return 0;
}

} // namespace plimsoll::tests

/// Fails the test function unless `actual` is within `relative` of `expected`; says both.
#define COMPARE_NEAR(actual, expected, relative)                                                                       \
    do {                                                                                                               \
        const double value_ = (actual), expected_ = (expected);                                                        \
        QVERIFY2(std::abs(value_ - expected_) <= (relative) * std::abs(expected_),                                     \
                 qPrintable(QString("%1 is %2, expected %3").arg(#actual).arg(value_).arg(expected_)));                \
    } while (false)
