// Calls that come back to where they started: exact where the network is Jackson's, refused where they never end.
#include "engine/simulate/simulate.h"
#include "tests/engine/solve/models.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace plimsoll;
using namespace plimsoll::flow;
using namespace plimsoll::tests;

namespace {

constexpr double kRate = 100;

struct Cycle {
    Model model;

    /// A plain call of an entry on an instance of its own.
    StepId call(EntryId entry, double count = 1) {
        Balancer balancer;
        balancer.backends = {{model.entries[std::size_t(entry)].fleet, 1}};
        model.balancers.push_back(balancer);
        return addStep(model, Call{BalancerId(model.balancers.size() - 1), {entry}, count, {}});
    }
    EntryId entry() {
        model.fleets.emplace_back();
        model.entries.push_back({{}, FleetId(model.fleets.size() - 1), {}});
        return EntryId(model.entries.size() - 1);
    }
    /// `step`, or nothing.
    StepId maybe(double probability, StepId step) {
        const StepId nothing = addStep(model, Sequence{});
        return addStep(model, Choice{{{{probability}, step}, {{1 - probability}, nothing}}});
    }
    void define(EntryId entry, std::vector<StepId> steps) {
        model.entries[std::size_t(entry)].root = addStep(model, Sequence{std::move(steps)});
    }
    StepId serve(EntryId entry, double mean_s) {
        Station station;
        station.fleet = model.entries[std::size_t(entry)].fleet;
        return addServe(model, station, exponential(mean_s));
    }
};

/// An entry that works and then, with the probability `gain`, calls itself.
Model selfCalling(double gain, double utilisation) {
    Cycle cycle;
    cycle.model.fleets.emplace_back();
    const EntryId again = cycle.entry();
    const StepId work = cycle.serve(again, utilisation * (1 - gain) / kRate);
    cycle.define(again, {work, cycle.maybe(gain, cycle.call(again))});
    addClass(cycle.model, "request", kRate, cycle.call(again));
    return cycle.model;
}

/// Two entries that call each other: the first calls the second `calls` times, which comes back with `back`.
Model inTurn(double calls, double back, bool twoWays = false) {
    Cycle cycle;
    cycle.model.fleets.emplace_back();
    const EntryId first = cycle.entry(), second = cycle.entry();
    const double visits = 1 / (1 - calls * back);
    const StepId work = cycle.serve(first, 0.6 / visits / kRate),
                 other = cycle.serve(second, 0.5 / visits / calls / kRate);
    cycle.define(second, {other, cycle.maybe(back, cycle.call(first))});
    if (twoWays) // the same number of calls, through two steps
        cycle.define(first, {work, cycle.call(second, calls / 2), cycle.call(second, calls / 2)});
    else
        cycle.define(first, {work, cycle.call(second, calls)});
    addClass(cycle.model, "request", kRate, cycle.call(first));
    return cycle.model;
}

bool isNear(double got, double wanted, double relative) {
    return std::abs(got - wanted) <= relative * std::abs(wanted);
}

} // namespace

class TestCycles : public QObject {
    Q_OBJECT
private slots:
    void feedbackIsJacksons_data() {
        QTest::addColumn<double>("gain");
        for (const double gain : {0.0, 1e-6, 0.3, 0.5, 0.9, 0.99, 0.997}) QTest::addRow("%g", gain) << gain;
    }
    void feedbackIsJacksons() {
        QFETCH(double, gain);
        constexpr double kUtilisation = 0.6;
        const auto answer = solve(selfCalling(gain, kUtilisation));
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        const double visits = 1 / (1 - gain), service = kUtilisation * (1 - gain) / kRate;
        const auto& station = answer->stations.at(0);
        QVERIFY2(isNear(station.utilisation.value, kUtilisation, 1e-9),
                 qPrintable(QString::number(station.utilisation.value)));
        const double mean = answer->classes.at(0).latency->mean.count();
        QVERIFY2(isNear(mean, visits * service / (1 - kUtilisation), 1e-9), qPrintable(QString::number(mean)));
    }

    void callsInTurn_data() {
        QTest::addColumn<double>("calls");
        QTest::addColumn<double>("back");
        QTest::addColumn<bool>("twoWays");
        QTest::addRow("once") << 1.0 << 0.5 << false;
        QTest::addRow("often") << 4.0 << 0.2 << false;
        QTest::addRow("seldom") << 0.5 << 0.9 << false;
        QTest::addRow("in two steps") << 4.0 << 0.2 << true;
    }
    void callsInTurn() {
        QFETCH(double, calls);
        QFETCH(double, back);
        QFETCH(bool, twoWays);
        const auto answer = solve(inTurn(calls, back, twoWays));
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        const double visits = 1 / (1 - calls * back);
        QVERIFY(isNear(answer->stations.at(0).utilisation.value, 0.6, 1e-9));
        QVERIFY(isNear(answer->stations.at(1).utilisation.value, 0.5, 1e-9));
        const double wanted = (0.6 / 0.4 + 0.5 / 0.5) / kRate; // Little: jobs at both stations
        const double mean = answer->classes.at(0).latency->mean.count();
        QVERIFY2(isNear(mean, wanted, 1e-9), qPrintable(QString("%1 %2 %3").arg(mean).arg(wanted).arg(visits)));
    }

    /// A geometric number of exponential delays is exponential.
    void theLawOfRounds_data() {
        QTest::addColumn<double>("gain");
        for (const double gain : {0.3, 0.5, 0.8, 0.95}) QTest::addRow("%g", gain) << gain;
    }
    void theLawOfRounds() {
        QFETCH(double, gain);
        constexpr double kMean_s = 0.01;
        Cycle cycle;
        cycle.model.fleets.emplace_back();
        const EntryId again = cycle.entry();
        const StepId wait = addStep(cycle.model, Delay{exponential(kMean_s * (1 - gain))});
        cycle.define(again, {wait, cycle.maybe(gain, cycle.call(again))});
        addClass(cycle.model, "request", kRate, cycle.call(again));
        const auto answer = solve(cycle.model);
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        const auto& latency = *answer->classes.at(0).latency;
        QVERIFY(isNear(latency.mean.count(), kMean_s, 1e-9));
        for (std::size_t i = 0; i < kLevels.size(); ++i) {
            const double wanted = -kMean_s * std::log(1 - kLevels[i]);
            QVERIFY2(
                isNear(latency.quantile[i].count(), wanted, 0.02),
                qPrintable(
                    QString("p%1: %2, exact %3").arg(100 * kLevels[i]).arg(latency.quantile[i].count()).arg(wanted)));
        }
    }

    void simulatedAlike() {
        const Model model = inTurn(4, 0.2);
        const auto solved = solve(model);
        QVERIFY(solved);
        SimulateOptions options;
        options.requests = 60'000;
        options.seed = 3;
        const auto simulated = simulate(model, {}, options);
        QVERIFY2(simulated, simulated ? "" : simulated.error().message.c_str());
        const double a = solved->classes[0].latency->mean.count(), b = simulated->classes[0].latency->mean.count();
        QVERIFY2(isNear(a, b, 0.05), qPrintable(QString("%1 %2").arg(a).arg(b)));
        QVERIFY(isNear(solved->stations[1].utilisation.value, simulated->stations[1].utilisation.value, 0.05));
    }

    void whatNeverEndsIsNamed_data() {
        QTest::addColumn<double>("calls");
        QTest::addColumn<double>("back");
        QTest::addRow("exactly one") << 2.0 << 0.5;
        QTest::addRow("more") << 5.0 << 0.5;
        QTest::addRow("nearly one") << 1.0 << 0.9999999;
    }
    void whatNeverEndsIsNamed() {
        QFETCH(double, calls);
        QFETCH(double, back);
        Cycle cycle;
        cycle.model.fleets.emplace_back();
        const EntryId first = cycle.entry(), second = cycle.entry();
        cycle.define(second, {cycle.serve(second, 1e-9), cycle.maybe(back, cycle.call(first))});
        cycle.define(first, {cycle.serve(first, 1e-9), cycle.call(second, calls)});
        addClass(cycle.model, "request", kRate, cycle.call(first));
        const auto answer = solve(cycle.model);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Unbounded);
        QCOMPARE(QString::fromStdString(answer.error().element), QStringLiteral("entries[0]"));
        QVERIFY2(answer.error().message.find("must be below 1") != std::string::npos, answer.error().message.c_str());
    }

    /// Each entry calls the next, the last one the first again with the probability `gain`.
    static Model ring(std::size_t entries, double gain) {
        Cycle cycle;
        cycle.model.fleets.emplace_back();
        std::vector<EntryId> all;
        for (std::size_t i = 0; i < entries; ++i) all.push_back(cycle.entry());
        const StepId wait = addStep(cycle.model, Delay{exponential(0.001)});
        for (std::size_t i = 0; i < entries; ++i) {
            const StepId next = cycle.call(all[(i + 1) % entries]);
            cycle.define(all[i], {wait, i + 1 == entries ? cycle.maybe(gain, next) : next});
        }
        addClass(cycle.model, "request", kRate, cycle.call(all[0]));
        return cycle.model;
    }
    void longWaysRound() {
        const auto answer = solve(ring(20, 0.5));
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QVERIFY(isNear(answer->classes[0].latency->mean.count(), 20 * 0.001 / (1 - 0.5), 1e-9));
        for (const std::size_t entries :
             {std::size_t(2'000), std::size_t(300'000)}) { // at once, not after a long search
            const auto refused = solve(ring(entries, 0.5));
            QVERIFY(!refused);
            QCOMPARE(refused.error().kind, Error::NotSolvedYet);
            QVERIFY2(refused.error().element.starts_with("entries["), refused.error().element.c_str());
            QVERIFY2(refused.error().message.find("too many") != std::string::npos, refused.error().message.c_str());
        }
    }

    /// Every try fails half of the time and calls again: with four tries a request makes 1.875 of what it would make.
    void retriesMakeACycleGrow() {
        Cycle cycle;
        cycle.model.fleets.emplace_back();
        const EntryId again = cycle.entry();
        const StepId fail = addStep(cycle.model, Fail{{0.5}, Cause::Application});
        const StepId both = addStep(cycle.model, Sequence{{cycle.maybe(0.8, cycle.call(again)), fail}});
        Attempt attempt;
        attempt.body = both;
        attempt.maxAttempts = 4;
        const StepId tries = addStep(cycle.model, attempt);
        cycle.define(again, {cycle.serve(again, 1e-9), tries});
        addClass(cycle.model, "request", kRate, cycle.call(again));
        const auto answer = solve(cycle.model);
        QVERIFY(!answer);
        QCOMPARE(answer.error().kind, Error::Unbounded);
        QVERIFY2(answer.error().message.find("retries included") != std::string::npos, answer.error().message.c_str());
    }
};

PLIMSOLL_TEST(TestCycles);
#include "tst_cycles.moc"
