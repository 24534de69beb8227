// Health checks, availability and the ring of keys: exact values, limits, and a replay by chance.
#include "engine/balancer/model/availability.h"
#include "engine/balancer/model/health_model.h"
#include "engine/balancer/model/key_ring.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

using namespace plimsoll;
using namespace plimsoll::balancer;

namespace {

bool isNear(double value, double expected, double relative) {
    return std::abs(value - expected) <= relative * std::abs(expected);
}

} // namespace

class TestHealthModel : public QObject {
    Q_OBJECT
private slots:
    /// Both schedules replayed check by check from random moments of the fault.
    void detectionByReplay() {
        std::mt19937_64 generator(7);
        std::uniform_real_distribution<double> unit(0, 1);
        for (auto schedule : {CheckSchedule::EveryInterval, CheckSchedule::AfterTheLast})
            for (auto fault : {flow::DownAs::RefusesAtOnce, flow::DownAs::Hangs}) {
                const HealthRule rule{{Seconds{2}, Seconds{0.5}, 3, 2}, schedule, Seconds{0.7}};
                const double hangs = fault == flow::DownAs::Hangs ? 0.5 : 0;
                double sum = 0, least = 1e9, most = 0;
                constexpr int kFaults = 20000;
                for (int i = 0; i < kFaults; ++i) {
                    double time = 2 * unit(generator); // until the first check after the fault
                    for (int check = 1;; ++check) {
                        if (check == 3) break;
                        time += schedule == CheckSchedule::EveryInterval ? 2 : hangs + 0.7;
                    }
                    time += hangs;
                    sum += time;
                    least = std::min(least, time);
                    most = std::max(most, time);
                }
                const DetectionTime detected = detectionTime(rule, fault);
                QVERIFY(isNear(detected.mean.count(), sum / kFaults, 0.01));
                QVERIFY(isNear(detected.least.count(), least, 0.01) && isNear(detected.most.count(), most, 0.01));
            }
    }

    void falseEjectionByReplay() {
        std::mt19937_64 generator(8);
        std::bernoulli_distribution fails(0.2);
        double checks = 0;
        constexpr int kRuns = 4000;
        for (int i = 0; i < kRuns; ++i)
            for (int run = 0; run < 3; ++checks) run = fails(generator) ? run + 1 : 0;
        QVERIFY(isNear(checksToFalseEjection(0.2, 3), checks / kRuns, 0.05));
    }

    void shareToDead_data() {
        QTest::addColumn<double>("servers");
        QTest::addColumn<double>("offered");
        QTest::newRow("two") << 2.0 << 0.5;
        QTest::newRow("four") << 4.0 << 2.0;
        QTest::newRow("more than they do") << 4.0 << 12.0;
        QTest::newRow("fifty") << 50.0 << 30.0;
    }
    /// Live servers with at most one request each: birth-death summed plainly.
    void shareToDead() {
        QFETCH(double, servers);
        QFETCH(double, offered);
        const double live = servers - 1;
        double probability = 1, total = 0, share = 0;
        for (double b = 0; b <= live; ++b) {
            total += probability;
            share += probability / (live - b + 1);
            probability *= offered * (live - b) / (live - b + 1) / (b + 1);
        }
        DeadServer dead{flow::Policy::LeastConnections, servers, offered, flow::DownAs::RefusesAtOnce};
        QVERIFY(isNear(balancer::shareToDead(dead), share / total, 1e-12));
        dead.fault = flow::DownAs::Hangs;
        QCOMPARE(balancer::shareToDead(dead), 0.0);
        dead = {flow::Policy::RoundRobin, servers, offered, flow::DownAs::RefusesAtOnce};
        QCOMPARE(balancer::shareToDead(dead), 1 / servers);
        dead.policy = flow::Policy::PowerOfTwo;
        const double two = balancer::shareToDead(dead);
        QVERIFY(two >= 1 / servers && two <= 2 / servers);
    }

    void shareToDeadOfMany() {
        for (double servers : {1.0, 1e3, 1e6, 1e9})
            for (double offered : {0.0, 0.5, 0.5 * servers, 10 * servers}) {
                const double share = balancer::shareToDead(
                    {flow::Policy::LeastConnections, servers, offered, flow::DownAs::RefusesAtOnce});
                QVERIFY(share >= 0.999 / servers && share <= 1);
            }
    }

    void availability() {
        // Three of four at 0.99: binomial.
        const Availability some = availabilityOf(4.0, 3.0, 0.99);
        QVERIFY(isNear(some.down, 1 - std::pow(0.99, 4) - 4 * std::pow(0.99, 3) * 0.01, 1e-9));
        // One crew a server is independence.
        const Availability apart = availabilityOf({6, 4, 1000, 50, 6});
        const Availability binomial = availabilityOf(6.0, 4.0, 1000.0 / 1050);
        QVERIFY(isNear(apart.down, binomial.down, 1e-12) && isNear(apart.up, binomial.up, 1e-12));
        // theory/balancing.md 12.
        QVERIFY(isNear(availabilityOf({6, 4, 1000, 50, 1}).up, 0.98744, 1e-5));
        QVERIFY(isNear(apart.up, 0.99806, 1e-5));
        // Tiny complements keep their digits.
        QVERIFY(isNear(availabilityOf(3.0, 1.0, 1 - 1e-7).down, 1e-21, 1e-6));
        for (double needed : {0.0, 500'000.0, 1e6}) {
            const Availability many = availabilityOf({1e6, needed, 1e6, 100, 3});
            QVERIFY(many.up >= 0 && many.down >= 0 && isNear(many.up + many.down, 1, 1e-12));
        }
        QCOMPARE(availabilityOf(2.0, 3.0, 0.9).up, 0.0);
    }

    void oneLossOfServers() {
        const OneLoss loss = oneLoss(4, 0.6, 1);
        QVERIFY(isNear(loss.utilisationAfter, 0.8, 1e-12) && isNear(loss.largestBefore, 0.75, 1e-12));
        QVERIFY(std::isinf(oneLoss(1, 0.5, 1).utilisationAfter));
        QCOMPARE(oneLoss(1, 0.5, 1).largestBefore, 0.0);
    }

    /// Rings of uniform points, drawn.
    void ringByChance() {
        std::mt19937_64 generator(9);
        std::uniform_real_distribution<double> unit(0, 1);
        constexpr int kServers = 6, kPoints = 5, kRings = 4000;
        double hottest = 0, coldest = 0, squares = 0;
        for (int ring = 0; ring < kRings; ++ring) {
            std::vector<std::pair<double, int>> points;
            for (int i = 0; i < kServers * kPoints; ++i) points.emplace_back(unit(generator), i % kServers);
            std::ranges::sort(points);
            std::array<double, kServers> share{};
            for (std::size_t i = 0; i < points.size(); ++i) {
                const double before = i == 0 ? points.back().first - 1 : points[i - 1].first;
                share[std::size_t(points[i].second)] += points[i].first - before;
            }
            hottest += *std::ranges::max_element(share) * kServers / kRings;
            coldest += *std::ranges::min_element(share) * kServers / kRings;
            for (double s : share) squares += (s * kServers - 1) * (s * kServers - 1) / (kServers * kRings);
        }
        const KeyRing ring{kServers, kPoints};
        QVERIFY(isNear(ringHottest(ring), hottest, 0.02));
        QVERIFY(isNear(ringColdest(ring), coldest, 0.03));
        QVERIFY(isNear(ringVariation(ring), std::sqrt(squares), 0.02));
    }

    void ringLimits() {
        QCOMPARE(ringHottest({1, 100}), 1.0);
        QVERIFY(isNear(ringHottest({10, 1}), 2.928968253968254, 1e-12));
        QVERIFY(isNear(ringColdest({10, 1}), 0.1, 1e-12));
        // One point more or less makes little difference, so the two ways of computing meet.
        QVERIFY(ringHottest({10, 2}) < ringHottest({10, 1}) && ringHottest({10, 2}) > 2);
        for (double servers : {2.0, 100.0, 1e6, 1e9})
            for (double points : {1.0, 3.0, 1000.0, 1e9}) {
                QVERIFY(ringHottest({servers, points}) >= 1 && ringHottest({servers, points}) < 30);
                QVERIFY(ringColdest({servers, points}) >= 0 && ringColdest({servers, points}) <= 1);
            }
        const auto shares = ringShares({100, 20}, 16);
        QVERIFY(isNear(std::accumulate(shares.begin(), shares.end(), 0.0), 1, 1e-12));
        QVERIFY(std::ranges::is_sorted(shares));
    }

    void slowStart() {
        QCOMPARE(slowStartShare(3, 1, Seconds{0}, Seconds{100}), 0.0);
        QCOMPARE(slowStartShare(3, 1, Seconds{1000}, Seconds{100}), 0.25);
        QCOMPARE(slowStartShare(3, 1, Seconds{5}, Seconds{0}), 0.25);
        QCOMPARE(slowStartShare(0, 0, Seconds{5}, Seconds{1}), 0.0);
    }
};

PLIMSOLL_TEST(TestHealthModel);
#include "tst_health_model.moc"
