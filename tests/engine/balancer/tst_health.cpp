// Health checks: scenarios by table, detection times, ejection and return as picks see them.
#include "tests/engine/balancer/policy_names.h"
#include "tests/support/test_registry.h"

#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <functional>

using namespace plimsoll;
using namespace plimsoll::balancer;

namespace {

enum class Answer { Good, Refused, Silent };

Balancer make(flow::HealthCheck check, std::uint32_t targets, std::uint64_t seed = 1) {
    Settings settings;
    settings.policy = flow::Policy::RoundRobin;
    settings.health = check;
    settings.seed = seed;
    std::vector<Member> members;
    for (std::uint32_t i = 0; i < targets; ++i) members.push_back({Target{i}, 1});
    return *Balancer::make(settings, members);
}

// Runs the checks until `end`; `answer(target, time)` is how a check that starts then goes. `seen(time)` after each.
void run(
    Balancer& balancer, double end, const std::function<Answer(std::uint32_t, double)>& answer,
    const std::function<void(double)>& seen = [](double) {}) {
    while (const auto next = balancer.nextHealthEvent()) {
        if (next->count() > end) break;
        while (const auto check = balancer.startCheck(*next)) {
            const Answer outcome = answer(indexOf(check->target), check->startedAt.count());
            if (outcome != Answer::Silent) QVERIFY(balancer.endCheck(*check, *next, outcome == Answer::Good));
        }
        seen(next->count());
    }
}

} // namespace

class BalancerHealthTest : public QObject {
    Q_OBJECT
private slots:
    // One letter a check: + good, - refused, . silent. Expected: whether the target is in after each verdict.
    void scenarios_data() {
        QTest::addColumn<int>("fall");
        QTest::addColumn<int>("rise");
        QTest::addColumn<QString>("checks");
        QTest::addColumn<QString>("inside");
        QTest::newRow("third failure ejects") << 3 << 2 << "+---++" << "iiiooi";
        QTest::newRow("first failure ejects") << 1 << 1 << "+-+-+" << "ioioi";
        QTest::newRow("flapping never ejects") << 3 << 2 << "--+--+--+" << "iiiiiiiii";
        QTest::newRow("flapping never returns") << 2 << 2 << "--+-+-+-" << "iooooooo";
        QTest::newRow("silent counts as failed") << 2 << 2 << ".-++" << "iooi";
        QTest::newRow("silent all the time") << 3 << 2 << "......" << "iioooo";
        QTest::newRow("failures after ejection do not add up") << 2 << 1 << "-----+"
                                                               << "ioooo"
                                                                  "i";
        QTest::newRow("good ones before do not add up") << 1 << 3 << "+++-++-+++" << "iiiooooooi";
    }
    void scenarios() {
        QFETCH(int, fall);
        QFETCH(int, rise);
        QFETCH(QString, checks);
        QFETCH(QString, inside);
        Balancer balancer = make({seconds(10), seconds(4), std::uint32_t(fall), std::uint32_t(rise)}, 1);
        QString seen;
        for (const QChar letter : checks) {
            auto next = balancer.nextHealthEvent();
            auto check = balancer.startCheck(*next);
            QVERIFY(check.has_value());
            if (letter != '.') QVERIFY(balancer.endCheck(*check, *next, letter == '+'));
            const Seconds later = *next + seconds(5); // after the timeout, before the next check
            const bool picked = balancer.pick(later).has_value();
            QCOMPARE(picked, balancer.available(Target{0}));
            QCOMPARE(!picked, balancer.ejected(Target{0}));
            seen += picked ? 'i' : 'o';
        }
        QCOMPARE(seen, inside);
    }

    // A fault at a random moment against checks in a random phase: theory/balancing.md 12, DESIGN.md 3.1 rule 11.
    void detectionTime_data() {
        QTest::addColumn<double>("interval");
        QTest::addColumn<double>("timeout");
        QTest::addColumn<int>("fall");
        QTest::addColumn<int>("rise");
        QTest::addColumn<double>("mean");
        QTest::addColumn<double>("earliest");
        QTest::addColumn<double>("latest");
        QTest::addColumn<double>("readmit");
        std::ifstream file(PLIMSOLL_TEST_DATA "/balancer/oracle.json");
        const nlohmann::json oracle = nlohmann::json::parse(file);
        for (const auto& row : oracle.at("cases")) {
            if (row.at("topic") != "health-detection" || !row.at("inputs").contains("check_interval_s")) continue;
            const auto& in = row.at("inputs");
            const auto& out = row.at("expected");
            if (!out.contains("readmit_mean_s")) continue; // another schedule: the next check after the last one's end
            QTest::newRow(row.at("id").get<std::string>().c_str())
                << in.at("check_interval_s").get<double>() << in.at("check_timeout_s").get<double>()
                << in.at("fall").get<int>() << in.at("rise").get<int>() << out.at("detect_mean_s").get<double>()
                << out.at("detect_min_s").get<double>() << out.at("detect_max_s").get<double>()
                << out.at("readmit_mean_s").get<double>();
        }
        QTest::newRow("timeout above interval") << 1.0 << 2.5 << 3 << 2 << 5.0 << 4.5 << 5.5 << 1.5;
    }
    void detectionTime() {
        QFETCH(double, interval);
        QFETCH(double, timeout);
        QFETCH(int, fall);
        QFETCH(int, rise);
        QFETCH(double, mean);
        QFETCH(double, earliest);
        QFETCH(double, latest);
        QFETCH(double, readmit);
        const flow::HealthCheck check{seconds(interval), seconds(timeout), std::uint32_t(fall), std::uint32_t(rise)};
        for (const Answer fault : {Answer::Silent, Answer::Refused}) {
            const int runs = 4000;
            double detected = 0, readmitted = 0;
            double shortest = 1e9, longest = 0;
            for (int i = 0; i < runs; ++i) {
                Balancer balancer = make(check, 1, std::uint64_t(i) + 1);
                const double faultAt = 3 * interval, mendedAt = faultAt + (fall + 3) * interval + timeout;
                double ejectedAt = 0, backAt = 0;
                run(
                    balancer, mendedAt + (rise + 2) * interval,
                    [&](std::uint32_t, double at) { return at < faultAt || at >= mendedAt ? Answer::Good : fault; },
                    [&](double at) {
                        balancer.release(Target{9}, Seconds{at}, Seconds{0}); // lets time pass
                        if (ejectedAt == 0 && balancer.ejected(Target{0})) ejectedAt = at;
                        if (ejectedAt > 0 && backAt == 0 && !balancer.ejected(Target{0})) backAt = at;
                    });
                detected += (ejectedAt - faultAt) / runs;
                readmitted += (backAt - mendedAt) / runs;
                shortest = std::min(shortest, ejectedAt - faultAt);
                longest = std::max(longest, ejectedAt - faultAt);
            }
            const double silence = fault == Answer::Silent ? timeout : 0;
            const double expected = mean - timeout + silence;
            QVERIFY(std::abs(expected - ((fall - 0.5) * interval + silence)) < 1e-9);
            const double tolerance = 5 * interval / std::sqrt(12.0 * runs); // five standard errors of a uniform phase
            QVERIFY2(std::abs(detected - expected) < tolerance, qPrintable(QString::number(detected)));
            // Silent checks under way when the target is mended still fail, with a timeout above the interval.
            if (timeout < interval || fault == Answer::Refused) QVERIFY(std::abs(readmitted - readmit) < tolerance);
            QVERIFY(shortest >= earliest - timeout + silence - 1e-9);
            QVERIFY(longest <= latest - timeout + silence + 1e-9);
        }
    }

    void allEjectedAndBack() {
        Balancer balancer = make({seconds(1), seconds(0.5), 2, 2}, 5);
        bool broken = true;
        run(balancer, 10, [&](std::uint32_t, double) { return broken ? Answer::Refused : Answer::Good; });
        QCOMPARE(balancer.availableCount(), std::size_t(0));
        QVERIFY(!balancer.pick(seconds(10)).has_value());
        broken = false; // checks of ejected targets go on
        run(balancer, 20, [&](std::uint32_t, double) { return broken ? Answer::Refused : Answer::Good; });
        QCOMPARE(balancer.availableCount(), std::size_t(5));
        QVERIFY(balancer.pick(seconds(20)).has_value());
    }

    void phasesAreSpread() {
        Balancer balancer = make({seconds(1), seconds(0.5), 2, 2}, 1000);
        double sum = 0;
        int starts = 0;
        run(balancer, 1 - 1e-9, [&](std::uint32_t, double at) {
            sum += at;
            ++starts;
            return Answer::Good;
        });
        QCOMPARE(starts, 1000);
        QVERIFY(std::abs(sum / 1000 - 0.5) < 0.05);
    }

    void falseEjectionStaysRare() { // mean checks to ejection (1 - p^F) / ((1 - p) p^F), theory/balancing.md 12
        const double p = 0.3;
        Generator generator(4);
        double checks = 0;
        const int runs = 3000;
        for (int i = 0; i < runs; ++i) {
            Balancer balancer = make({seconds(1), seconds(0.5), 3, 2}, 1, std::uint64_t(i));
            while (!balancer.ejected(Target{0})) {
                const auto check = balancer.startCheck(*balancer.nextHealthEvent());
                balancer.endCheck(*check, check->startedAt, generator.unit() >= p);
                checks += 1.0 / runs;
            }
        }
        const double expected = (1 - p * p * p) / ((1 - p) * p * p * p);
        QVERIFY2(std::abs(checks / expected - 1) < 0.08, qPrintable(QString::number(checks)));
    }

    void answersThatDoNotCount() {
        Balancer balancer = make({seconds(1), seconds(0.5), 1, 1}, 2);
        const auto check = balancer.startCheck(*balancer.nextHealthEvent());
        QVERIFY(balancer.endCheck(*check, check->startedAt, true));
        QVERIFY(!balancer.endCheck(*check, check->startedAt, false)); // twice
        const auto other = balancer.startCheck(check->startedAt + seconds(1));
        QVERIFY(!balancer.endCheck(*other, other->startedAt + seconds(0.5), true)); // it has hung by then
        QVERIFY(balancer.ejected(other->target));
        const auto third = balancer.startCheck(other->startedAt + seconds(2));
        QVERIFY(balancer.remove(third->target, third->startedAt).has_value());
        QVERIFY(!balancer.endCheck(*third, third->startedAt, true));
        QVERIFY(balancer.add({third->target, 1}, third->startedAt).has_value());
        QVERIFY(!balancer.endCheck(*third, third->startedAt, true));
        QVERIFY(!balancer.endCheck({Target{77}, 0, seconds(0)}, third->startedAt, true));
    }

    void missedStartsAreNotMadeUp() {
        Balancer balancer = make({seconds(1e-6), seconds(1e-6), 3, 2}, 3);
        for (const double now : {1.0, 1e9, 1e300}) {
            int starts = 0;
            while (balancer.startCheck(Seconds{now})) ++starts;
            QCOMPARE(starts, 3);
        }
    }

    void outByDecreeWhateverTheChecksSay() {
        Balancer balancer = make({seconds(1), seconds(0.5), 1, 1}, 1);
        QVERIFY(balancer.setDown(Target{0}, true, seconds(0)).has_value());
        run(balancer, 5, [](std::uint32_t, double) { return Answer::Good; });
        QVERIFY(!balancer.pick(seconds(5)).has_value());
        QVERIFY(!balancer.ejected(Target{0}));
        QVERIFY(balancer.setDown(Target{0}, false, seconds(5)).has_value());
        QVERIFY(balancer.pick(seconds(5)).has_value());
    }
};

PLIMSOLL_TEST(BalancerHealthTest);
#include "tst_health.moc"
