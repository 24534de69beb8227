// Which instance a resource's figures are about.
#include "tests/engine/simulate/builder.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

class TestBusiest : public QObject {
    Q_OBJECT
private slots:
    void alikeInstancesAreAveraged();
    void slowerMembersAreShown();
    void hotKeysAreShown();
    void alikeInstancesGrowTogether();
};

namespace {

Model behind(Policy policy, std::vector<Member> members, double rate) {
    Builder b;
    const FleetId fleet = b.fleet(std::move(members));
    const StationId station = b.station(1, Discipline::Fcfs, fleet);
    const EntryId entry = b.entry(fleet, b.serve(station, exponential(0.01)));
    b.open(rate, b.call(b.balancer(fleet, policy), entry));
    return b.model;
}

} // namespace

/// The busiest of 64 by luck alone would show 10 % more in so short a run.
void TestBusiest::alikeInstancesAreAveraged() {
    const auto solution = simulated(behind(Policy::Random, {Member{32}, Member{32}}, 64 * 50), 60'000);
    QVERIFY(solution);
    COMPARE_NEAR(solution->stations[0].utilisation.value, 0.5, 0.02);
    COMPARE_NEAR(solution->stations[0].demand, 0.5, 0.02);
    COMPARE_NEAR(toPerSecond(solution->stations[0].offered), 50, 0.02);
    COMPARE_NEAR(solution->stations[0].meanWaiting, 0.5, 0.1);
    COMPARE_NEAR(toSeconds(solution->stations[0].wait->mean), 0.01, 0.1);
}

void TestBusiest::slowerMembersAreShown() {
    const auto solution = simulated(behind(Policy::Random, {Member{3}, Member{2, 0.5}}, 5 * 30), 100'000);
    QVERIFY(solution);
    COMPARE_NEAR(solution->stations[0].utilisation.value, 0.6, 0.03);
}

void TestBusiest::hotKeysAreShown() {
    Model model = behind(Policy::KeyRange, {Member{4}}, 200);
    model.keySpaces.push_back({{}, 4, 1.5}); // shares 0.5990, 0.2118, 0.1153, 0.0749
    model.balancers[0].keySpace = KeySpaceId{0};
    model.balancers[0].policy = Policy::KeyHash;
    const auto solution = simulated(model, 100'000);
    QVERIFY(solution);
    // At least the instance of the hottest key: the average of the four would be 0.5.
    QVERIFY2(solution->stations[0].demand > 1.15, qPrintable(QString::number(solution->stations[0].demand)));
    QCOMPARE(solution->regime, Regime::Overloaded);
}

void TestBusiest::alikeInstancesGrowTogether() {
    const auto solution = simulated(behind(Policy::Random, {Member{4}}, 480), 200'000);
    QVERIFY(solution);
    QCOMPARE(solution->regime, Regime::Overloaded);
    COMPARE_NEAR(toPerSecond(solution->stations[0].growth), 20, 0.1);
    QVERIFY(!solution->stations[0].wait);
}

PLIMSOLL_TEST(TestBusiest);
#include "tst_busiest.moc"
