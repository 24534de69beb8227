// Every kind of step alone, against a closed form or a computation by hand.
#include "tests/engine/simulate/builder.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

namespace {

constexpr std::uint64_t kRequests = 40'000;

double entered(const Solution& solution, StepId step) {
    double sum = 0;
    for (const StepResult& result : solution.steps)
        if (result.step == step) sum += toPerSecond(result.entered);
    return sum;
}

} // namespace

class TestSimulatedSteps : public QObject {
    Q_OBJECT
private slots:
    void sequenceAndDelayAddUp();
    void repeatRunsItsRounds();
    void choiceFollowsItsProbabilities();
    void failEndsTheRequest();
    void callReturnsTheOutcome();
    void fanOutWaitsForNeed();
    void hedgeStartsTheSecondCopyLate();
    void spawnIsAJobOfItsOwn();
    void spawnRefusesForItsCaller();
    void everyInstanceGetsACopy();
    void parallelFailsWhenNeedIsOutOfReach();
    void lookupWithFixedRatio();
    void keysAreOnePerRequest();
    void freshKeysAreDrawnAnew();
    void invalidateRemovesTheKey();
    void holdRefusesBeyondItsQueue();
    void holdGivesUpAtMaxWait();
    void limitDelays();
    void attemptTriesAgain();
    void attemptPausesBetweenTries();
    void attemptKeepsItsBudget();
    void attemptFallsBack();
    void abandonedWorkGoesOn();
    void cancelledWorkStops();
    void abandonedHoldsAreKept();
    void timeoutGivesItsCause();
    void endBeforeArrival();
    void downInstancesAreNotPicked();
    void allDownIsInstanceDown();
};

void TestSimulatedSteps::sequenceAndDelayAddUp() {
    Builder b;
    b.open(10, b.sequence({b.delay(constant(0.25)), b.delay(constant(0.5))}));
    const auto solution = simulated(b.model, 2000);
    QVERIFY(solution);
    const Latency& latency = *solution->classes[0].latency;
    COMPARE_NEAR(toSeconds(latency.mean), 0.75, 1e-9);
    COMPARE_NEAR(toSeconds(latency.quantile[0]), 0.75, 1e-3);
    COMPARE_NEAR(toSeconds(latency.quantile[5]), 0.75, 1e-3);
    QCOMPARE(solution->steps.size(), std::size_t{3});
    COMPARE_NEAR(toSeconds(solution->steps[2].inclusive), 0.75, 1e-9);
    QCOMPARE(toSeconds(solution->steps[2].own), 0.0);
}

void TestSimulatedSteps::repeatRunsItsRounds() {
    Builder b;
    b.open(10, b.step(Repeat{b.delay(constant(1)), 2.5}));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 2.5, 0.01);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->quantile[0]), 2.0, 0.51); // 2 or 3, as it falls
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->quantile[1]), 3.0, 1e-3);
}

void TestSimulatedSteps::choiceFollowsItsProbabilities() {
    Builder b;
    const StepId left = b.delay(constant(1)), right = b.delay(constant(3));
    b.open(10, b.step(Choice{{{Probability{0.2}, left}, {Probability{0.8}, right}}}));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(entered(*solution, left) / (entered(*solution, left) + entered(*solution, right)), 0.2, 0.05);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 2.6, 0.01);
}

void TestSimulatedSteps::failEndsTheRequest() {
    Builder b;
    const StepId after = b.delay(constant(1));
    b.open(10, b.sequence({b.fail(0.3, Cause::StateLost), after}));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(shareOf(solution->classes[0], Cause::StateLost), 0.3, 0.03);
    COMPARE_NEAR(entered(*solution, after), 7, 0.03);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 1, 1e-9);
}

void TestSimulatedSteps::callReturnsTheOutcome() {
    Builder b;
    const FleetId fleet = b.fleet({Member{3}});
    const EntryId entry = b.entry(fleet, b.sequence({b.delay(constant(0.1)), b.fail(0.1)}));
    b.open(10, b.call(b.balancer(fleet, Policy::RoundRobin), entry, 2));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(shareOf(solution->classes[0], Cause::Application), 0.19, 0.04);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 0.2, 1e-9);
}

void TestSimulatedSteps::fanOutWaitsForNeed() {
    Builder b;
    const FleetId fleet = b.fleet({Member{4}});
    const EntryId entry = b.entry(fleet, b.delay(exponential(1)));
    Call call{b.balancer(fleet, Policy::LeastConnections), {entry}, 1, FanOut{3, 2, {}, Leftover::Abandon}};
    b.open(1, b.step(call));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 1.0 / 3 + 1.0 / 2, 0.02); // second of three
}

void TestSimulatedSteps::hedgeStartsTheSecondCopyLate() {
    Builder b;
    const FleetId fleet = b.fleet({Member{2}});
    const StepId work = b.delay(exponential(1));
    Call call{b.balancer(fleet), {b.entry(fleet, work)}, 1, FanOut{2, 1, Seconds{0.5}, Leftover::Cancel}};
    b.open(1, b.step(call));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    // One exponential up to 0.5, the first of two from then on.
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 1 - std::exp(-0.5) + 0.5 * std::exp(-0.5), 0.02);
    COMPARE_NEAR(entered(*solution, work), 1 + std::exp(-0.5), 0.02);
}

void TestSimulatedSteps::spawnIsAJobOfItsOwn() {
    Builder b;
    const FleetId fleet = b.fleet({Member{1}});
    const EntryId job = b.entry(fleet, b.sequence({b.delay(constant(7)), b.fail(0.5)}));
    b.open(10, b.sequence({b.delay(constant(1)), b.step(Spawn{b.balancer(fleet), {job}, 1.5})}));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    QVERIFY(solution->classes[0].errors.empty());
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 1, 1e-9);
    QVERIFY(solution->classes[0].jobs);
    COMPARE_NEAR(toSeconds(solution->classes[0].jobs->mean), 7, 1e-9);
    COMPARE_NEAR(entered(*solution, StepId{0}), 15, 0.03);
}

void TestSimulatedSteps::spawnRefusesForItsCaller() {
    for (const bool failsCaller : {true, false}) {
        Builder b;
        const FleetId fleet = b.fleet({Member{1}});
        const StepId work = b.hold(b.pool(1, 0), b.delay(exponential(1)));
        const EntryId job = b.entry(fleet, b.step(b.attempt(work, 1)));
        Spawn spawn{b.balancer(fleet), {job}};
        spawn.refusalFailsCaller = failsCaller;
        b.open(1, b.step(spawn));
        const auto solution = simulated(b.model, kRequests);
        QVERIFY(solution);
        // One place without a queue, offered 1 erlang: half is refused.
        QVERIFY(std::abs(shareOf(solution->classes[0], Cause::Refused) - (failsCaller ? 0.5 : 0.0)) < 0.02);
        COMPARE_NEAR(solution->pools[0].utilisation.value, 0.5, 0.03);
    }
}

void TestSimulatedSteps::everyInstanceGetsACopy() {
    Builder b;
    const FleetId fleet = b.fleet({Member{5}});
    const StationId station = b.station(1, Discipline::Fcfs, fleet);
    const EntryId job = b.entry(fleet, b.serve(station, exponential(0.1)));
    Spawn spawn{b.balancer(fleet), {job}};
    spawn.everyInstance = true;
    b.open(5, b.step(spawn));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(toPerSecond(solution->stations[0].offered), 5, 0.03);
    COMPARE_NEAR(toSeconds(solution->classes[0].jobs->mean), 0.2, 0.05); // M/M/1 at 0.5
}

void TestSimulatedSteps::parallelFailsWhenNeedIsOutOfReach() {
    Builder b;
    const StepId bad = b.sequence({b.delay(constant(1)), b.fail(1, Cause::Refused)});
    const StepId slow = b.delay(constant(5));
    const StepId both = b.step(Parallel{{bad, slow}, 2});
    Attempt attempt = b.attempt(both, 1);
    attempt.fallback = b.nothing();
    b.open(1, b.step(attempt));
    const auto solution = simulated(b.model, 2000);
    QVERIFY(solution);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 1, 1e-9);           // known after one second
    COMPARE_NEAR(toSeconds(solution->steps[std::size_t(slow)].inclusive), 5, 0.01); // abandoned, not stopped
}

void TestSimulatedSteps::lookupWithFixedRatio() {
    Builder b;
    Cache cache;
    cache.fixedHitRatio = Probability{0.7};
    b.model.caches.push_back(cache);
    const StepId miss = b.delay(constant(1));
    b.open(1, b.step(Lookup{CacheId{0}, b.nothing(), miss}));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    QVERIFY(std::abs(solution->caches[0].hitRatio.value - 0.7) < 0.01);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 0.3, 0.05);
}

void TestSimulatedSteps::keysAreOnePerRequest() {
    Builder b;
    b.model.keySpaces.push_back({{}, 1'000'000'000, 0.5});
    Cache cache;
    cache.keySpace = KeySpaceId{0};
    cache.capacity = Bytes{1};
    b.model.caches = {cache, cache};
    // The second lookup asks for the key that the first one has just admitted.
    const auto look = [&](std::uint32_t id) { return b.step(Lookup{CacheId{id}, b.nothing(), b.nothing()}); };
    b.open(1, b.sequence({look(0), look(0), look(1)}));
    const auto solution = simulated(b.model, 10'000);
    QVERIFY(solution);
    QVERIFY(std::abs(solution->caches[0].hitRatio.value - 0.5) < 0.01);
    QVERIFY(solution->caches[1].hitRatio.value < 0.01);
}

void TestSimulatedSteps::freshKeysAreDrawnAnew() {
    for (const bool fresh : {true, false}) {
        Builder b;
        b.model.keySpaces.push_back({{}, 1'000'000, 0});
        Cache cache;
        cache.keySpace = KeySpaceId{0};
        cache.capacity = Bytes{1};
        b.model.caches = {cache};
        b.open(1, b.step(Repeat{b.step(Lookup{CacheId{0}, b.nothing(), b.nothing()}), 4, fresh}));
        const auto solution = simulated(b.model, 10'000);
        QVERIFY(solution);
        QVERIFY(std::abs(solution->caches[0].hitRatio.value - (fresh ? 0.0 : 0.75)) < 0.01);
    }
}

void TestSimulatedSteps::invalidateRemovesTheKey() {
    Builder b;
    b.model.keySpaces.push_back({{}, 1, 0});
    Cache cache;
    cache.keySpace = KeySpaceId{0};
    cache.capacity = Bytes{1};
    b.model.caches = {cache};
    const StepId look = b.step(Lookup{CacheId{0}, b.nothing(), b.nothing()});
    b.open(3, look, "read");
    b.open(1, b.step(Invalidate{CacheId{0}}), "write");
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(solution->caches[0].hitRatio.value, 0.75, 0.02); // the last event was a read
}

void TestSimulatedSteps::holdRefusesBeyondItsQueue() {
    Builder b;
    b.open(1, b.hold(b.pool(1, 1), b.delay(exponential(1))));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(shareOf(solution->classes[0], Cause::Refused), 1.0 / 3, 0.04); // M/M/1/2 at 1
    COMPARE_NEAR(toSeconds(solution->pools[0].wait->mean), 0.5, 0.04);
}

void TestSimulatedSteps::holdGivesUpAtMaxWait() {
    Builder b;
    b.open(90, b.hold(b.pool(1, {}, Seconds{0.05}), b.delay(exponential(0.01))));
    const auto solution = simulated(b.model, 200'000);
    QVERIFY(solution);
    COMPARE_NEAR(shareOf(solution->classes[0], Cause::WaitTimeout), 0.10730620904, 0.06);
}

void TestSimulatedSteps::limitDelays() {
    Builder b;
    b.model.limiters.push_back({{}, {}, perSecond(10), 1, OverLimit::Delay});
    b.open(8, b.step(Limit{LimiterId{0}}));
    const auto solution = simulated(b.model, 200'000);
    QVERIFY(solution);
    // A token takes 0.1 s to come back, like a server that is busy for so long: M/D/1 at 0.8.
    QVERIFY(solution->classes[0].errors.empty());
    COMPARE_NEAR(toSeconds(solution->limiters[0].wait->mean), 0.2, 0.05);
    COMPARE_NEAR(solution->limiters[0].utilisation.value, 0.8, 0.02);
}

void TestSimulatedSteps::attemptTriesAgain() {
    Builder b;
    const StepId body = b.sequence({b.delay(constant(1)), b.fail(0.5)});
    b.open(1, b.step(b.attempt(body, 3)));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(shareOf(solution->classes[0], Cause::Application), 0.125, 0.06);
    COMPARE_NEAR(solution->classes[0].attemptsPerRequest, 1.75, 0.02);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), (0.5 + 2 * 0.25 + 3 * 0.125) / 0.875, 0.02);
}

void TestSimulatedSteps::attemptPausesBetweenTries() {
    Builder b;
    // Always fails: the fallback shows the pauses, 1 + 2 + 4 cut to 3.
    Attempt attempt = b.attempt(b.fail(1), 4);
    attempt.backoff = Seconds{1};
    attempt.backoffCap = Seconds{3};
    attempt.fallback = b.nothing();
    attempt.fullJitter = false;
    b.open(1, b.step(attempt), "plain");
    attempt.fullJitter = true;
    b.open(1, b.step(attempt), "jitter");
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 6, 1e-9);
    COMPARE_NEAR(toSeconds(solution->classes[1].latency->mean), 3, 0.02);
}

void TestSimulatedSteps::attemptKeepsItsBudget() {
    Builder b;
    Attempt attempt = b.attempt(b.fail(0.5), 5);
    attempt.budget = 0.1;
    b.open(1, b.step(attempt));
    const auto solution = simulated(b.model, kRequests);
    QVERIFY(solution);
    COMPARE_NEAR(solution->classes[0].attemptsPerRequest, 1.1, 0.01);
}

void TestSimulatedSteps::attemptFallsBack() {
    Builder b;
    const StepId bad = b.fail(1, Cause::Refused), other = b.delay(constant(2));
    Attempt attempt = b.attempt(bad, 2);
    attempt.fallback = other;
    attempt.on = {Cause::Refused};
    b.open(1, b.step(attempt), "caught");
    attempt.on = {Cause::Timeout};
    b.open(1, b.step(attempt), "passed on");
    const auto solution = simulated(b.model, 2000);
    QVERIFY(solution);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 2, 1e-9);
    COMPARE_NEAR(solution->classes[0].attemptsPerRequest, 2, 1e-9);
    COMPARE_NEAR(shareOf(solution->classes[1], Cause::Refused), 1, 1e-9);
    COMPARE_NEAR(solution->classes[1].attemptsPerRequest, 1, 1e-9);
}

void TestSimulatedSteps::abandonedWorkGoesOn() {
    Builder b;
    b.open(70, b.timeout(0.05, b.serve(b.station(), exponential(0.01))));
    const auto solution = simulated(b.model, 200'000);
    QVERIFY(solution);
    COMPARE_NEAR(shareOf(solution->classes[0], Cause::Timeout), std::exp(-30 * 0.05), 0.05);
    COMPARE_NEAR(solution->stations[0].utilisation.value, 0.7, 0.02);
}

void TestSimulatedSteps::cancelledWorkStops() {
    Builder b;
    b.open(70, b.timeout(0.05, b.serve(b.station(), exponential(0.01)), Leftover::Cancel));
    const auto solution = simulated(b.model, 200'000);
    QVERIFY(solution);
    COMPARE_NEAR(shareOf(solution->classes[0], Cause::Timeout), 0.0793296313949, 0.05);
    COMPARE_NEAR(solution->stations[0].utilisation.value, 0.644469258024, 0.02);
}

void TestSimulatedSteps::abandonedHoldsAreKept() {
    Builder b;
    const PoolId inside = b.pool(100), outside = b.pool(100);
    const StepId body = b.hold(inside, b.delay(constant(4)));
    b.open(1, b.hold(outside, b.timeout(1, body)));
    const auto solution = simulated(b.model, 20'000);
    QVERIFY(solution);
    COMPARE_NEAR(100 * solution->pools[0].utilisation.value, 4, 0.05); // kept until the work ends
    COMPARE_NEAR(100 * solution->pools[1].utilisation.value, 1, 0.05); // given back at the timeout
}

void TestSimulatedSteps::timeoutGivesItsCause() {
    Builder b;
    b.open(1, b.timeout(1, b.delay(constant(2)), Leftover::Cancel, Cause::ExecutionLimit));
    const auto solution = simulated(b.model, 1000);
    QVERIFY(solution);
    COMPARE_NEAR(shareOf(solution->classes[0], Cause::ExecutionLimit), 1, 1e-9);
    QVERIFY(!solution->classes[0].latency);
}

void TestSimulatedSteps::endBeforeArrival() {
    // One arrival a second, one second of work, no queue: the place is free again when the next one comes.
    Builder b;
    b.model.stations.push_back({});
    b.model.stations[0].capacity = 1;
    b.open(1, b.serve(StationId{0}, constant(1)));
    std::get<Open>(b.model.classes[0].arrivals).scv = 0;
    const auto solution = simulated(b.model, 5000);
    QVERIFY(solution);
    QVERIFY(solution->classes[0].errors.empty());
}

void TestSimulatedSteps::downInstancesAreNotPicked() {
    Builder b;
    const FleetId fleet = b.fleet({Member{4}});
    const StationId station = b.station(1, Discipline::Fcfs, fleet);
    const EntryId entry = b.entry(fleet, b.serve(station, exponential(0.01)));
    b.open(240, b.call(b.balancer(fleet, Policy::RoundRobin), entry));
    SimulateOptions simulation;
    simulation.requests = 100'000;
    SolveOptions options;
    options.down = {{fleet, 1}};
    const auto solution = flow::simulate(b.model, options, simulation);
    QVERIFY(solution);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 0.0345942284843, 0.05);
    COMPARE_NEAR(toPerSecond(solution->stations[0].offered), 80, 0.02);
}

void TestSimulatedSteps::allDownIsInstanceDown() {
    Builder b;
    const FleetId fleet = b.fleet({Member{2}});
    b.open(1, b.call(b.balancer(fleet), b.entry(fleet, b.nothing())));
    SimulateOptions simulation;
    simulation.requests = 1000;
    SolveOptions options;
    options.down = {{fleet, 2}};
    const auto solution = flow::simulate(b.model, options, simulation);
    QVERIFY(solution);
    COMPARE_NEAR(shareOf(solution->classes[0], Cause::InstanceDown), 1, 1e-9);
}

PLIMSOLL_TEST(TestSimulatedSteps);
#include "tst_steps.moc"
