// Requests that can wait for each other for ever: refused by the simulator as by the solver (DESIGN.md 3.1, rule 9).
#include "engine/simulate/timeline.h"
#include "engine/solve/solve.h"
#include "tests/engine/simulate/builder.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

namespace {

enum Shape { OppositeOrders, OneInItself, ThroughCalls, ThroughAFallback, SameOrder, AskedAgain, Spawned };

Model holding(Shape shape) {
    Builder b;
    const PoolId first = b.pool(2), second = b.pool(2);
    const StepId work = b.delay(exponential(0.01));
    const auto both = [&](PoolId outer, PoolId inner) { return b.hold(outer, b.hold(inner, work)); };
    const FleetId fleet = b.fleet({Member{1}});
    const BalancerId balancer = b.balancer(fleet, Policy::Random), back = b.balancer(fleet, Policy::Random, fleet);
    StepId one = both(first, second), other = work;
    switch (shape) {
    case OppositeOrders: other = both(second, first); break;
    case OneInItself: other = both(first, first); break;
    case ThroughCalls: {
        b.model.pools[1].fleet = fleet;
        const EntryId inner = b.entry(fleet, b.hold(second, work));
        const EntryId outer = b.entry(fleet, b.hold(second, b.call(back, inner)));
        one = b.hold(first, b.call(balancer, outer));
        break;
    }
    case ThroughAFallback: {
        Attempt attempt = Builder::attempt(b.fail(0.1), 1);
        attempt.fallback = b.hold(first, work);
        other = b.hold(second, b.step(attempt));
        break;
    }
    case SameOrder: other = both(first, second); break;
    case AskedAgain: other = b.sequence({b.hold(second, work), b.hold(first, work), b.hold(second, work)}); break;
    case Spawned: { // a job holds nothing of its caller's
        b.model.pools[1].fleet = fleet;
        const EntryId job = b.entry(fleet, b.hold(second, work));
        const EntryId caller = b.entry(fleet, b.hold(second, b.step(Spawn{back, {job}, 1, false, false})));
        one = b.call(balancer, caller);
        break;
    }
    }
    b.open(10, one, "one");
    b.open(10, other, "other");
    return b.model;
}

} // namespace

class TestSimulatedHolds : public QObject {
    Q_OBJECT
private slots:
    void loopsAreRefusedLikeTheSolver_data();
    void loopsAreRefusedLikeTheSolver();
    void whatCannotLoopIsSimulated_data();
    void whatCannotLoopIsSimulated();
};

void TestSimulatedHolds::loopsAreRefusedLikeTheSolver_data() {
    QTest::addColumn<int>("shape");
    QTest::newRow("two pools in opposite orders") << int(OppositeOrders);
    QTest::newRow("a pool within itself") << int(OneInItself);
    QTest::newRow("through calls") << int(ThroughCalls);
    QTest::newRow("through a fallback") << int(ThroughAFallback);
}

void TestSimulatedHolds::loopsAreRefusedLikeTheSolver() {
    QFETCH(int, shape);
    const Model model = holding(Shape(shape));
    const auto solution = simulated(model, 1000);
    const auto series = simulateTimeline(model, {}, {});
    const auto solved = solve(model);
    QVERIFY(!solution && !series && !solved);
    QCOMPARE(solution.error().kind, Error::CircularHold);
    for (const Error& error : {solution.error(), series.error()}) {
        QCOMPARE(error.kind, solved.error().kind);
        QCOMPARE(error.element, solved.error().element);
        QCOMPARE(error.field, solved.error().field);
        QCOMPARE(error.message, solved.error().message);
    }
}

void TestSimulatedHolds::whatCannotLoopIsSimulated_data() {
    QTest::addColumn<int>("shape");
    QTest::newRow("two pools in one order") << int(SameOrder);
    QTest::newRow("asked for again when given back") << int(AskedAgain);
    QTest::newRow("by a job") << int(Spawned);
}

void TestSimulatedHolds::whatCannotLoopIsSimulated() {
    QFETCH(int, shape);
    const auto solution = simulated(holding(Shape(shape)), 2000);
    QVERIFY2(solution, solution ? "" : solution.error().message.c_str());
    for (const ClassResult& result : solution->classes) QVERIFY(result.errors.empty());
}

PLIMSOLL_TEST(TestSimulatedHolds);
#include "tst_holds.moc"
