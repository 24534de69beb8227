// Bad input and models that can never end: refused by name, or an answer; no crash, no hang, memory bounded.
#include "tests/engine/simulate/builder.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

class TestSimulatorInput : public QObject {
    Q_OBJECT
private slots:
    void timeStandsStill();
    void workWithoutEnd_data();
    void workWithoutEnd();
    void refuses_data();
    void refuses();
    void nobodyHasWeight();
};

void TestSimulatorInput::timeStandsStill() {
    Builder b;
    b.closed(3, constant(0), b.delay(constant(0)));
    const auto solution = simulated(b.model, 1000);
    QVERIFY(!solution);
    QCOMPARE(solution.error().kind, Error::Unbounded);
}

void TestSimulatorInput::workWithoutEnd_data() {
    QTest::addColumn<int>("which");
    QTest::newRow("a call that calls itself") << 0;
    QTest::newRow("jobs that make jobs") << 1;
    QTest::newRow("rounds without end") << 2;
}

void TestSimulatorInput::workWithoutEnd() {
    QFETCH(int, which);
    Builder b;
    const FleetId fleet = b.fleet({Member{1}});
    const BalancerId balancer = b.balancer(fleet);
    const StepId again = which == 0   ? b.call(balancer, EntryId{0})
                         : which == 1 ? b.step(Spawn{balancer, {EntryId{0}}, 2, false, true})
                                      : b.step(Repeat{b.nothing(), 1e9});
    b.entry(fleet, again);
    b.open(1, again);
    SimulateOptions simulation;
    simulation.requests = 1000;
    SimulateRun run;
    run.bytes = std::size_t{32} << 20;
    run.stepsPerRequest = 1000;
    const auto solution = flow::simulate(b.model, {}, simulation, {}, run);
    QVERIFY(!solution);
    QCOMPARE(solution.error().kind, Error::Unbounded);
    QVERIFY(!solution.error().message.empty());
}

void TestSimulatorInput::refuses_data() {
    QTest::addColumn<int>("which");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("element");
    QTest::addColumn<QString>("field");
    QTest::newRow("no requests") << 0 << int(Error::Invalid) << "simulate" << "requests";
    QTest::newRow("too many requests") << 1 << int(Error::Invalid) << "simulate" << "requests";
    QTest::newRow("no precision") << 2 << int(Error::Invalid) << "simulate" << "precision";
    QTest::newRow("load factor") << 3 << int(Error::Invalid) << "options" << "load_factor";
    QTest::newRow("unknown fleet down") << 4 << int(Error::Invalid) << "options.down[0]" << "fleet";
    QTest::newRow("invalid model") << 5 << int(Error::Invalid) << "steps[0]" << "station";
    QTest::newRow("no backends") << 7 << int(Error::Invalid) << "balancers[0]" << "backends";
    QTest::newRow("negative weight") << 8 << int(Error::Invalid) << "balancers[0]" << "backends.weight";
    QTest::newRow("weights whose product is too small") << 9 << int(Error::Invalid) << "balancers[0]"
                                                        << "backends.weight";
    QTest::newRow("eviction") << 6 << int(Error::NotSolvedYet) << "caches[0]" << "eviction";
}

void TestSimulatorInput::refuses() {
    QFETCH(int, which);
    QFETCH(int, kind);
    QFETCH(QString, element);
    QFETCH(QString, field);
    Builder b;
    b.open(0.5, b.serve(b.station(), exponential(1)));
    Model& model = b.model;
    SimulateOptions simulation;
    SolveOptions options;
    if (which == 0) simulation.requests = 0;
    if (which == 1) simulation.requests = kMostRequests + 1;
    if (which == 2) simulation.precision = 0;
    if (which == 3) options.loadFactor = -1;
    if (which == 4) options.down = {{FleetId{9}, 1}};
    if (which == 5) model.stations.clear();
    if (which == 6) {
        model.keySpaces.push_back({{}, 10});
        Cache cache;
        cache.keySpace = KeySpaceId{0};
        cache.capacity = plimsoll::Bytes{1};
        cache.eviction = Eviction::Sieve;
        model.caches.push_back(cache);
    }
    if (which >= 7) {
        const double weight = which == 8 ? -1 : which == 9 ? 1e-60 : 1;
        model.fleets.push_back({{}, {Member{2, 1, which == 8 ? 1 : weight}}, {}});
        Balancer balancer;
        balancer.backends = {{FleetId{1}, weight}};
        if (which == 7) balancer.backends.clear();
        model.balancers.push_back(balancer);
    }
    const auto solution = flow::simulate(model, options, simulation);
    QVERIFY(!solution);
    QCOMPARE(int(solution.error().kind), kind);
    QCOMPARE(QString::fromStdString(solution.error().element), element);
    QCOMPARE(QString::fromStdString(solution.error().field), field);
    QVERIFY(!solution.error().message.empty());
}

/// Weights of zero everywhere: nobody may be picked.
void TestSimulatorInput::nobodyHasWeight() {
    Builder b;
    const FleetId fleet = b.fleet({Member{2}});
    const BalancerId balancer = b.balancer(fleet);
    b.model.balancers[0].backends[0].weight = 0;
    b.open(1, b.call(balancer, b.entry(fleet, b.nothing())));
    const auto solution = simulated(b.model, 1000);
    QVERIFY(solution);
    QCOMPARE(shareOf(solution->classes[0], Cause::InstanceDown), 1.0);
}

PLIMSOLL_TEST(TestSimulatorInput);
#include "tst_input.moc"
