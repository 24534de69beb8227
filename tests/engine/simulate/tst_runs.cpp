// A run as a whole: seeds and threads, stopping, intervals, overload.
#include "tests/engine/simulate/builder.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <algorithm>
#include <atomic>

using namespace plimsoll::tests;

namespace {

/// A bit of everything that is random.
Model mixedModel() {
    Builder b;
    const FleetId fleet = b.fleet({Member{4}});
    const StationId station = b.station(2, Discipline::ProcessorSharing, fleet);
    const EntryId entry = b.entry(fleet, b.hold(b.pool(30), b.serve(station, exponential(0.02))));
    const StepId call = b.call(b.balancer(fleet, Policy::PowerOfTwo), entry, 1.5);
    Attempt attempt = b.attempt(b.timeout(0.1, call), 3);
    attempt.backoff = Seconds{0.01};
    b.open(120, b.step(attempt));
    b.closed(10, exponential(0.5), call);
    return b.model;
}

Model singleServer(double rate) {
    Builder b;
    b.open(rate, b.serve(b.station(), exponential(1)));
    return b.model;
}

std::expected<Solution, Error> withThreads(unsigned threads, std::uint64_t seed) {
    SimulateOptions simulation;
    simulation.requests = 260'000;
    simulation.seed = seed;
    SimulateRun run;
    run.threads = threads;
    return flow::simulate(mixedModel(), {}, simulation, {}, run);
}

} // namespace

class TestSimulatorRuns : public QObject {
    Q_OBJECT
private slots:
    void sameSeedSameResult();
    void intervalsHoldTheMean();
    void intervalsCoverTheBucket_data();
    void intervalsCoverTheBucket();
    void oneBatchHasNoInterval();
    void stopsAtPrecision();
    void stopsWhenAsked();
    void reportsProgress();
    void progressMovesFromTheStart_data();
    void progressMovesFromTheStart();
    void overloadIsAnAnswer();
    void overloadBelowForks();
    void carriesTheSameShareOfEveryClass();
    void sharedProcessorCarriesShortWorkFirst();
    void boundedQueueIsOverloadedToo();
    void closedClassesEnd();
    void nothingArrives();
};

void TestSimulatorRuns::sameSeedSameResult() {
    const auto one = withThreads(1, 5), two = withThreads(2, 5), other = withThreads(2, 6);
    QVERIFY(one && two && other);
    for (const ClassResult& result : one->classes) QVERIFY(result.latency);
    for (std::size_t i = 0; i < one->classes.size(); ++i) {
        const ClassResult &a = one->classes[i], &b = two->classes[i];
        QVERIFY(a.succeeded == b.succeeded && a.attemptsPerRequest == b.attemptsPerRequest);
        QVERIFY(a.latency->mean == b.latency->mean && a.latency->quantile == b.latency->quantile);
        QVERIFY(a.latency->meanInterval->high == b.latency->meanInterval->high);
    }
    QVERIFY(one->classes[0].latency->mean != other->classes[0].latency->mean);
}

void TestSimulatorRuns::intervalsHoldTheMean() {
    int mean = 0, tail = 0;
    constexpr int kSeeds = 20;
    for (int seed = 1; seed <= kSeeds; ++seed) {
        const auto solution = simulated(singleServer(0.7), 40'000, std::uint64_t(seed));
        QVERIFY(solution);
        const Latency& latency = *solution->classes[0].latency;
        const double exact = 1 / 0.3, p99 = std::log(100) / 0.3;
        mean += latency.meanInterval->low <= exact && exact <= latency.meanInterval->high;
        tail += (*latency.quantileInterval)[3].low <= p99 && p99 <= (*latency.quantileInterval)[3].high;
    }
    QVERIFY2(mean >= 16, qPrintable(QString::number(mean)));
    QVERIFY2(tail >= 16, qPrintable(QString::number(tail)));
}

void TestSimulatorRuns::intervalsCoverTheBucket_data() {
    QTest::addColumn<double>("latency_s");
    for (const double latency_s : {1e-9, 0.1, 0.3, 0.7, 1.0, 1.0001, 1.0009, 123.456})
        QTest::addRow("%g s", latency_s) << latency_s;
}

/// Every latency is the same, so that chance adds nothing: what is left is the bucket that it was counted in.
void TestSimulatorRuns::intervalsCoverTheBucket() {
    QFETCH(double, latency_s);
    Builder b;
    b.open(0.1 / latency_s, b.delay(constant(latency_s)));
    const auto solution = simulated(b.model, 2000);
    QVERIFY(solution);
    const Latency& latency = *solution->classes[0].latency;
    for (std::size_t i = 0; i < kLevels.size(); ++i) {
        const Interval& interval = (*latency.quantileInterval)[i];
        const double value = toSeconds(latency.quantile[i]);
        QVERIFY(interval.low <= value && value <= interval.high);
        // Clocks round.
        QVERIFY2(interval.low <= latency_s * (1 + 1e-9) && latency_s * (1 - 1e-9) <= interval.high,
                 qPrintable(QString("%1 to %2").arg(interval.low, 0, 'g', 12).arg(interval.high, 0, 'g', 12)));
        QVERIFY(interval.high - interval.low <= latency_s / 1024);
    }
}

void TestSimulatorRuns::oneBatchHasNoInterval() {
    const auto solution = simulated(singleServer(0.5), 1);
    QVERIFY(solution);
    QVERIFY(solution->classes[0].latency && !solution->classes[0].latency->meanInterval);
    QVERIFY(!solution->classes[0].latency->quantileInterval);
    QVERIFY(!solution->stations[0].wait || !solution->stations[0].wait->meanInterval);
}

void TestSimulatorRuns::stopsAtPrecision() {
    SimulateOptions simulation;
    simulation.requests = 2'000'000;
    simulation.precision = 0.05;
    double last = 0;
    SimulateRun run;
    run.progress = [&](plimsoll::Probability share) { last = share.value; };
    const auto solution = flow::simulate(singleServer(0.5), {}, simulation, {}, run);
    QVERIFY(solution);
    QVERIFY2(last < 0.5, qPrintable(QString::number(last)));
    const Latency& latency = *solution->classes[0].latency;
    QVERIFY(latency.meanInterval->high - toSeconds(latency.mean) < 0.05 * toSeconds(latency.mean));
}

void TestSimulatorRuns::stopsWhenAsked() {
    std::stop_source source;
    SimulateOptions simulation;
    simulation.requests = 100'000'000;
    SimulateRun run;
    run.progress = [&](plimsoll::Probability) { source.request_stop(); };
    const auto solution = flow::simulate(singleServer(0.5), {}, simulation, source.get_token(), run);
    QVERIFY(!solution);
    QCOMPARE(solution.error().kind, Error::Stopped);
    source.request_stop();
    QCOMPARE(flow::simulate(singleServer(0.5), {}, simulation, source.get_token()).error().kind, Error::Stopped);
}

void TestSimulatorRuns::reportsProgress() {
    SimulateOptions simulation;
    simulation.requests = 300'000;
    std::atomic<int> inside = 0;
    double last = 0;
    bool rises = true, alone = true;
    SimulateRun run;
    run.threads = 4;
    run.progress = [&](plimsoll::Probability share) {
        alone = alone && ++inside == 1;
        rises = rises && share.value >= last && share.value <= 1;
        last = share.value;
        --inside;
    };
    QVERIFY(flow::simulate(singleServer(0.5), {}, simulation, {}, run));
    QVERIFY(rises && alone);
    QVERIFY(last > 0.99);
}

void TestSimulatorRuns::progressMovesFromTheStart_data() {
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("ttl_s");
    QTest::addColumn<quint64>("requests");
    QTest::newRow("warm-up a tenth of the run") << 0.5 << 0.0 << quint64{120'000};
    QTest::newRow("warm-up longer than the run, for a time to live") << 0.5 << 60'000.0 << quint64{20'000};
    QTest::newRow("a queue that grows ends it") << 3.0 << 0.0 << quint64{120'000};
}

void TestSimulatorRuns::progressMovesFromTheStart() {
    QFETCH(double, rate);
    QFETCH(double, ttl_s);
    QFETCH(quint64, requests);
    Builder b;
    b.open(rate, b.serve(b.station(), exponential(1)));
    if (ttl_s > 0) {
        KeySpace space;
        space.keys = 10;
        b.model.keySpaces.push_back(space);
        Cache cache;
        cache.keySpace = KeySpaceId{0};
        cache.capacity = plimsoll::Bytes{5};
        cache.ttl = Seconds{ttl_s};
        b.model.caches.push_back(cache);
    }
    SimulateOptions simulation;
    simulation.requests = requests;
    std::vector<double> shares{0};
    SimulateRun run;
    run.threads = 1;
    run.progress = [&](plimsoll::Probability share) { shares.push_back(share.value); };
    QVERIFY(flow::simulate(b.model, {}, simulation, {}, run));
    QVERIFY(std::ranges::is_sorted(shares));
    double widest = 0;
    const std::size_t end = rate < 1 ? shares.size() : 5; // what grows jumps to the end when that is clear
    for (std::size_t i = 1; i < end; ++i) widest = std::max(widest, shares[i] - shares[i - 1]);
    QVERIFY2(shares[1] > 0 && widest < 0.03, qPrintable(QString::number(widest)));
    QCOMPARE(shares.back(), 1.0);
}

void TestSimulatorRuns::overloadIsAnAnswer() {
    const auto solution = simulated(singleServer(1.25), 100'000);
    QVERIFY(solution);
    QCOMPARE(solution->regime, Regime::Overloaded);
    QVERIFY(!solution->classes[0].latency);
    QVERIFY(solution->classes[0].errors.empty());
    COMPARE_NEAR(toPerSecond(solution->classes[0].offered), 1.25, 0.02);
    COMPARE_NEAR(toPerSecond(solution->classes[0].succeeded), 1, 0.02);
    COMPARE_NEAR(toPerSecond(solution->stations[0].growth), 0.25, 0.1);
    COMPARE_NEAR(solution->stations[0].demand, 1.25, 0.02);
    COMPARE_NEAR(solution->stations[0].utilisation.value, 1, 0.001);
    QVERIFY(!solution->stations[0].wait);
    QVERIFY(!solution->steps[0].steady);
    const auto told = [&](const char* code, const char* element) {
        return std::ranges::any_of(solution->problems, [&](const Problem& problem) {
            return problem.severity == Severity::Warning && problem.code == code && problem.element == element;
        });
    };
    QVERIFY(told("overloaded", "stations[0]") && told("no_steady_state", "classes[0]"));
    QVERIFY(std::ranges::none_of(solution->problems, [](const Problem& p) { return p.severity == Severity::Error; }));
}

/// Each request that waits keeps three more strands, which wait for it.
void TestSimulatorRuns::overloadBelowForks() {
    Builder b;
    StepId step = b.serve(b.station(), exponential(1));
    for (int i = 0; i < 3; ++i) step = b.step(Parallel{{step, b.delay(constant(0.01))}, 0, Leftover::Abandon});
    b.open(2, step);
    SimulateOptions simulation;
    simulation.requests = 200'000;
    SimulateRun run;
    run.bytes = std::size_t{256} << 20;
    const auto solution = flow::simulate(b.model, {}, simulation, {}, run);
    QVERIFY2(solution, solution ? "" : solution.error().message.c_str());
    QCOMPARE(solution->regime, Regime::Overloaded);
    QVERIFY(!solution->classes[0].latency);
}

void TestSimulatorRuns::carriesTheSameShareOfEveryClass() {
    Builder b;
    const StationId first = b.station(2), second = b.station();
    b.open(50, b.sequence({b.serve(first, exponential(0.03)), b.serve(second, exponential(0.004))}), "big");
    b.open(100, b.serve(first, exponential(0.01)), "small");
    b.open(10, b.serve(second, exponential(0.001)), "aside");
    const auto solution = simulated(b.model, 150'000);
    QVERIFY(solution);
    COMPARE_NEAR(toPerSecond(solution->classes[0].succeeded), 40, 0.03);
    COMPARE_NEAR(toPerSecond(solution->classes[1].succeeded), 80, 0.03);
    QVERIFY(!solution->classes[0].latency && !solution->classes[1].latency && solution->classes[2].latency);
    QCOMPARE(toPerSecond(solution->stations[1].growth), 0.0);
}

/// An overloaded processor, shared: the number present grows like n t, and of exponential demands of mean m the share
/// 1 / (1 + m n) is carried, where n makes the work carried one (fluid limit: Jean-Marie and Robert 1994).
void TestSimulatorRuns::sharedProcessorCarriesShortWorkFirst() {
    constexpr double kShort = 1, kLong = 4, kRateShort = 0.7, kRateLong = 0.2;
    Builder b;
    const StationId station = b.station(1, Discipline::ProcessorSharing);
    b.open(kRateShort, b.serve(station, exponential(kShort)), "short");
    b.open(kRateLong, b.serve(station, exponential(kLong)), "long");
    double low = 0, high = 10;
    for (int i = 0; i < 60; ++i) {
        const double n = (low + high) / 2;
        const double work = kRateShort * kShort / (1 + kShort * n) + kRateLong * kLong / (1 + kLong * n);
        (work > 1 ? low : high) = n;
    }
    const auto solution = simulated(b.model, 60'000);
    QVERIFY(solution);
    QCOMPARE(solution->regime, Regime::Overloaded);
    COMPARE_NEAR(toPerSecond(solution->classes[0].succeeded), kRateShort / (1 + kShort * low), 0.03);
    COMPARE_NEAR(toPerSecond(solution->classes[1].succeeded), kRateLong / (1 + kLong * low), 0.05);
    COMPARE_NEAR(toPerSecond(solution->stations[0].growth), low, 0.1);
}

void TestSimulatorRuns::boundedQueueIsOverloadedToo() {
    Builder b;
    b.model.stations.push_back({});
    b.model.stations[0].capacity = 5;
    b.open(1.5, b.serve(StationId{0}, exponential(1)));
    const auto solution = simulated(b.model, 50'000);
    QVERIFY(solution);
    QCOMPARE(solution->regime, Regime::Overloaded);
    QVERIFY(solution->classes[0].latency);
    const double loss = std::pow(1.5, 5) * (1 - 1.5) / (1 - std::pow(1.5, 6));
    COMPARE_NEAR(shareOf(solution->classes[0], Cause::QueueFull), loss, 0.05);
}

void TestSimulatorRuns::closedClassesEnd() {
    Builder b;
    b.closed(30, exponential(1), b.serve(b.station(2), exponential(0.05)));
    const auto solution = simulated(b.model, 100'000);
    QVERIFY(solution);
    COMPARE_NEAR(toPerSecond(solution->classes[0].succeeded), 27.6806324953, 0.02);
    COMPARE_NEAR(toSeconds(solution->classes[0].latency->mean), 0.0837902640071, 0.03);
    QCOMPARE(solution->regime, Regime::Steady);
}

void TestSimulatorRuns::nothingArrives() {
    Builder b;
    b.open(0, b.delay(constant(1)));
    b.closed(0, exponential(1), StepId{0});
    const auto solution = simulated(b.model, 1000);
    QVERIFY(solution);
    QCOMPARE(toPerSecond(solution->classes[0].offered), 0.0);
    QVERIFY(!solution->classes[0].latency && !solution->classes[1].latency);
    QVERIFY(!solution->problems.empty());
}

PLIMSOLL_TEST(TestSimulatorRuns);
#include "tst_runs.moc"
