// The simulator in time: bursts, deaths, health checks, tokens that stay alive.
#include "engine/simulate/timeline.h"
#include "tests/engine/simulate/builder.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

namespace {

/// Four single servers of 10 ms behind a balancer.
struct Balanced {
    Builder builder;
    FleetId fleet;
    Balanced(Policy policy, std::optional<HealthCheck> health = {}, DownAs looks = DownAs::RefusesAtOnce) {
        fleet = builder.fleet({Member{4}});
        builder.model.fleets[1].failures = Failures{Seconds{1e9}, constant(1), looks};
        const StationId station = builder.station(1, Discipline::Fcfs, fleet);
        const EntryId entry = builder.entry(fleet, builder.serve(station, exponential(0.01)));
        const BalancerId balancer = builder.balancer(fleet, policy);
        builder.model.balancers[0].health = health;
        builder.open(200, builder.call(balancer, entry));
    }
};

TimelineOptions seconds(double length, double step) {
    TimelineOptions timeline;
    timeline.length = Seconds{length};
    timeline.step = Seconds{step};
    return timeline;
}

double mean(const Timeline& timeline, std::size_t first, std::size_t last, auto figure) {
    double sum = 0;
    for (std::size_t i = first; i < last; ++i) sum += figure(timeline.points[i]);
    return sum / double(last - first);
}

double failedShare(const TimelinePoint& point) {
    return toPerSecond(point.classes[0].failed) /
           (toPerSecond(point.classes[0].failed) + toPerSecond(point.classes[0].succeeded));
}

} // namespace

class TestTimeline : public QObject {
    Q_OBJECT
private slots:
    void progressCountsSteps();
    void ratesChange();
    void deadInstanceGetsItsShare_data();
    void deadInstanceGetsItsShare();
    void healthChecksEjectAndTakeBack();
    void hangingCallsWaitForTheirTimeout();
    void leavingInstancesFinishTheirWork();
    void breakdownsOfOneServer();
    void retryStormAfterABurst();
    void warmInstancesOutlastABurst();
    void sameOnAnyNumberOfThreads();
    void refuses();
};

void TestTimeline::ratesChange() {
    Builder b;
    b.open(10, b.delay(constant(0.1)));
    TimelineOptions timeline = seconds(300, 100);
    timeline.rates = {{Seconds{100}, ClassId{0}, plimsoll::perSecond(50)},
                      {Seconds{200}, ClassId{0}, plimsoll::perSecond(0)}};
    timeline.runs = 4;
    const auto series = simulateTimeline(b.model, {}, timeline);
    QVERIFY(series);
    QCOMPARE(series->points.size(), std::size_t{3});
    COMPARE_NEAR(toPerSecond(series->points[0].classes[0].offered), 10, 0.1);
    COMPARE_NEAR(toPerSecond(series->points[1].classes[0].offered), 50, 0.05);
    QCOMPARE(toPerSecond(series->points[2].classes[0].offered), 0.0);
    COMPARE_NEAR(toSeconds(*series->points[1].classes[0].mean), 0.1, 1e-6);
}

void TestTimeline::progressCountsSteps() {
    const Balanced system{Policy::Random};
    TimelineOptions timeline = seconds(20, 10);
    timeline.runs = 2;
    std::vector<double> shares;
    SimulateRun run;
    run.threads = 2;
    run.progress = [&](plimsoll::Probability share) { shares.push_back(share.value); };
    QVERIFY(simulateTimeline(system.builder.model, {}, timeline, {}, run));
    QCOMPARE(shares, (std::vector{0.25, 0.5, 0.75, 1.0}));
}

void TestTimeline::deadInstanceGetsItsShare_data() {
    QTest::addColumn<int>("policy");
    QTest::addColumn<double>("share");
    // balancing.json, health-lost-requests: 200/s over four servers of 10 ms, one refuses at once.
    QTest::newRow("round robin") << int(Policy::RoundRobin) << 0.25;
    QTest::newRow("random") << int(Policy::Random) << 0.25;
    QTest::newRow("least connections") << int(Policy::LeastConnections) << 0.413043478261;
}

void TestTimeline::deadInstanceGetsItsShare() {
    QFETCH(int, policy);
    QFETCH(double, share);
    const Balanced system{Policy(policy)};
    TimelineOptions timeline = seconds(200, 10);
    timeline.instances = {{Seconds{10}, system.fleet, 2, InstanceEvent::Dies}};
    const auto series = simulateTimeline(system.builder.model, {}, timeline);
    QVERIFY(series);
    QCOMPARE(failedShare(series->points[0]), 0.0);
    QCOMPARE(series->points[1].up[1], 3.0);
    COMPARE_NEAR(mean(*series, 2, 20, failedShare), share, 0.04);
}

void TestTimeline::healthChecksEjectAndTakeBack() {
    // Found after (3 - 1/2) x 2 s on average, back after (2 - 1/2) x 2 s.
    const Balanced system{Policy::RoundRobin, HealthCheck{Seconds{2}, Seconds{1}, 3, 2}};
    TimelineOptions timeline = seconds(60, 60);
    timeline.instances = {{Seconds{10}, system.fleet, 0, InstanceEvent::Dies},
                          {Seconds{30}, system.fleet, 0, InstanceEvent::Recovers}};
    timeline.runs = 60;
    const auto series = simulateTimeline(system.builder.model, {}, timeline);
    QVERIFY(series);
    COMPARE_NEAR(toPerSecond(series->points[0].classes[0].failed) * 60, 50 * 5, 0.08);
    // While it is out it serves nothing: 20 - 5 + 3 s of silence.
    COMPARE_NEAR(toPerSecond(series->points[0].stations[0].offered) * 60, 200 * 60 - 50 * 5, 0.02);
}

void TestTimeline::hangingCallsWaitForTheirTimeout() {
    Balanced system{Policy::RoundRobin, HealthCheck{Seconds{1}, Seconds{0.5}, 2, 2}, DownAs::Hangs};
    Model& model = system.builder.model;
    model.classes[0].root = system.builder.timeout(1, model.classes[0].root, Leftover::Cancel);
    TimelineOptions timeline = seconds(60, 60);
    timeline.instances = {{Seconds{10}, system.fleet, 0, InstanceEvent::Dies}};
    timeline.runs = 60;
    const auto series = simulateTimeline(model, {}, timeline);
    QVERIFY(series);
    // Ejected (2 - 1/2) x 1 s + 0.5 s after it died, and what was in progress there (L = 1) is lost too.
    COMPARE_NEAR(toPerSecond(series->points[0].classes[0].failed) * 60, 50 * 2 + 1, 0.08);
    QCOMPARE(series->points[0].classes[0].errors.size(), std::size_t{1});
    QCOMPARE(series->points[0].classes[0].errors[0].cause, Cause::Timeout);
}

void TestTimeline::leavingInstancesFinishTheirWork() {
    const Balanced system{Policy::LeastConnections};
    TimelineOptions timeline = seconds(40, 10);
    timeline.instances = {{Seconds{0}, system.fleet, 3, InstanceEvent::Leaves},
                          {Seconds{10}, system.fleet, 3, InstanceEvent::Joins},
                          {Seconds{20}, system.fleet, 3, InstanceEvent::Leaves}};
    const auto series = simulateTimeline(system.builder.model, {}, timeline);
    QVERIFY(series);
    for (const TimelinePoint& point : series->points) QCOMPARE(toPerSecond(point.classes[0].failed), 0.0);
    QCOMPARE(series->points[0].up[1], 3.0);
    QCOMPARE(series->points[1].up[1], 4.0);
    QCOMPARE(series->points[2].up[1], 3.0);
}

/// M/M/1 whose server breaks down: all that is there is lost, and all that comes until it is repaired. While it is up
/// the number in the system is geometric with the smaller root of mu x^2 - (lambda + mu + xi) x + lambda = 0.
void TestTimeline::breakdownsOfOneServer() {
    Builder b;
    const FleetId fleet = b.fleet({Member{1}});
    constexpr double kUp = 200, kRepair = 50, kArrivals = 0.8, kService = 1;
    b.model.fleets[1].failures = Failures{Seconds{kUp}, exponential(kRepair), DownAs::RefusesAtOnce};
    const StationId station = b.station(1, Discipline::Fcfs, fleet);
    b.open(kArrivals, b.call(b.balancer(fleet), b.entry(fleet, b.serve(station, exponential(kService)))));
    TimelineOptions timeline = seconds(40'000, 20'000);
    timeline.drawFailures = true;
    timeline.runs = 8;
    const auto series = simulateTimeline(b.model, {}, timeline);
    QVERIFY(series);
    const double sum = kArrivals + 1 / kService + 1 / kUp;
    const double root = (sum - std::sqrt(sum * sum - 4 * kArrivals / kService)) * kService / 2;
    const double up = kUp / (kUp + kRepair), lost = root / (1 - root);
    COMPARE_NEAR(mean(*series, 0, 2, failedShare), 1 - up + up / kUp * lost / kArrivals, 0.06);
    COMPARE_NEAR(mean(*series, 0, 2, [](const TimelinePoint& p) { return p.stations[0].busy; }), up * root, 0.04);
}

/// design/lowering.md: one server at 70 %, timeout 1 s, four attempts, abandoned work goes on: fine for ever, or, after
/// a burst of 30 s at three times the rate, every request fails for good.
void TestTimeline::retryStormAfterABurst() {
    for (const bool burst : {false, true}) {
        Builder b;
        const StepId work = b.serve(b.station(), exponential(0.01));
        b.open(70, b.step(b.attempt(b.timeout(1, work), 4)));
        TimelineOptions timeline = seconds(600, 60);
        if (burst)
            timeline.rates = {{Seconds{60}, ClassId{0}, plimsoll::perSecond(210)},
                              {Seconds{90}, ClassId{0}, plimsoll::perSecond(70)}};
        const auto series = simulateTimeline(b.model, {}, timeline);
        QVERIFY(series);
        QCOMPARE(failedShare(series->points[0]), 0.0);
        for (std::size_t i = 3; i < series->points.size(); ++i)
            QVERIFY2(std::abs(failedShare(series->points[i]) - (burst ? 1.0 : 0.0)) < 0.02, burst ? "burst" : "quiet");
        if (burst) COMPARE_NEAR(toPerSecond(series->points[9].stations[0].offered), 280, 0.05);
    }
}

/// design/lowering.md: 200/s x 120 ms and 10 minutes of keep-alive: 24 busy, 47 to 49 live and connected; 144 for ten
/// minutes after 10 s at 900/s in all.
void TestTimeline::warmInstancesOutlastABurst() {
    Builder b;
    const PoolId connections = b.pool(500), instances = b.pool(1000, 0);
    b.model.pools[1].onDemand = OnDemand{0, constant(0), Seconds{600}, {}, connections};
    b.open(200, b.hold(instances, b.delay(exponential(0.12))));
    TimelineOptions timeline = seconds(1850, 50);
    timeline.rates = {{Seconds{1000}, ClassId{0}, plimsoll::perSecond(900)},
                      {Seconds{1010}, ClassId{0}, plimsoll::perSecond(200)}};
    timeline.runs = 4;
    const auto series = simulateTimeline(b.model, {}, timeline);
    QVERIFY(series);
    const auto live = [](const TimelinePoint& point) { return point.pools[1].live; };
    COMPARE_NEAR(mean(*series, 5, 20, [](const TimelinePoint& p) { return p.pools[1].busy; }), 24, 0.05);
    COMPARE_NEAR(mean(*series, 13, 20, live), 48, 0.05);
    COMPARE_NEAR(mean(*series, 21, 31, live), 144, 0.05);
    COMPARE_NEAR(mean(*series, 21, 31, [](const TimelinePoint& p) { return p.pools[0].busy; }), 144, 0.05);
    COMPARE_NEAR(mean(*series, 34, 37, live), 48, 0.05);
}

void TestTimeline::sameOnAnyNumberOfThreads() {
    const Balanced system{Policy::PowerOfTwo, HealthCheck{}};
    TimelineOptions timeline = seconds(30, 10);
    timeline.instances = {{Seconds{5}, system.fleet, 0, InstanceEvent::Dies}};
    timeline.runs = 7;
    SimulateRun one, three;
    one.threads = 1;
    three.threads = 3;
    const auto a = simulateTimeline(system.builder.model, {}, timeline, {}, one);
    const auto b = simulateTimeline(system.builder.model, {}, timeline, {}, three);
    QVERIFY(a && b);
    for (std::size_t i = 0; i < 3; ++i) {
        QCOMPARE(toSeconds(*a->points[i].classes[0].mean), toSeconds(*b->points[i].classes[0].mean));
        QCOMPARE(a->points[i].stations[0].busy, b->points[i].stations[0].busy);
    }
}

void TestTimeline::refuses() {
    Builder b;
    b.closed(1, constant(1), b.delay(constant(1)));
    const auto field = [&](const TimelineOptions& timeline) {
        const auto series = simulateTimeline(b.model, {}, timeline);
        return series ? std::string("accepted") : series.error().field;
    };
    QCOMPARE(field(seconds(0, 1)), std::string("length_s"));
    QCOMPARE(field(seconds(10, 20)), std::string("step_s"));
    TimelineOptions timeline = seconds(10, 1);
    timeline.runs = 0;
    QCOMPARE(field(timeline), std::string("runs"));
    timeline.runs = 1;
    timeline.rates = {{Seconds{1}, ClassId{0}, plimsoll::perSecond(1)}};
    QCOMPARE(field(timeline), std::string("rates[0].class"));
    timeline.rates.clear();
    timeline.instances = {{Seconds{1}, FleetId{3}, 0, InstanceEvent::Dies}};
    QCOMPARE(field(timeline), std::string("instances[0].fleet"));
    timeline.instances = {{Seconds{1}, FleetId{0}, 4, InstanceEvent::Dies}};
    QCOMPARE(field(timeline), std::string("instances[0].instance"));
    std::stop_source source;
    source.request_stop();
    timeline.instances.clear();
    timeline.length = Seconds{1e6};
    timeline.step = Seconds{1e6};
    QCOMPARE(simulateTimeline(b.model, {}, timeline, source.get_token()).error().kind, Error::Stopped);
}

PLIMSOLL_TEST(TestTimeline);
#include "tst_timeline.moc"
