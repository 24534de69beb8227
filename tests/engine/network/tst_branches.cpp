// Forks, retries, bad states that keep themselves up, pools in pools: against sums written out, limits, both ends.
#include "engine/network/fork_join.h"
#include "engine/network/layered_pools.h"
#include "engine/network/retries.h"
#include "engine/queueing/mmc.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace plimsoll;
using namespace plimsoll::network;

namespace {
bool close(double actual, double expected, double relative = 1e-10) {
    if (std::abs(actual - expected) <= relative * std::abs(expected)) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}
} // namespace

class TestBranches : public QObject {
    Q_OBJECT
private slots:
    void twoBranchesAreExact() {
        // (12 - rho) / (8 (mu - lambda)), independent ones 1.5 / (mu - lambda) (Flatto and Hahn 1984).
        for (const double rho : {0.0, 0.3, 0.9}) {
            QVERIFY(close(joinMeanRatio({2, 1, rho}), (12 - rho) / 12));
            QCOMPARE(joinMeanRatio({1, 1, rho}), 1.0);
            QCOMPARE(joinMeanRatio({20, 8, rho}), 1.0);
        }
        QVERIFY(close(joinMeanRatio({8, 2, 0.6}), 0.926, 5e-4)); // simulated: 0.931
        double before = 1;
        for (const double branches : {2.0, 4.0, 32.0, 1e9}) {
            const double now = joinMeanRatio({branches, 1, 0.7});
            QVERIFY(now > 0 && now < before);
            before = now;
        }
    }
    void correctionFades() {
        QCOMPARE(joinFactor(0.8, 0.2), 0.8);
        QCOMPARE(joinFactor(0.8, 0.5), 0.8);
        QCOMPARE(joinFactor(0.8, 0.99), 1.0);
        const auto independent = distribution::tabulate([](double t) { return std::exp(-t); }, 0, 1);
        const auto corrected = correctedJoin(independent, 0.8);
        QVERIFY(std::ranges::is_sorted(corrected.time_s));
        QVERIFY(
            close(distribution::quantile_s(corrected, 0.4), 0.8 * distribution::quantile_s(independent, 0.4), 0.01));
        QVERIFY(close(distribution::quantile_s(corrected, 0.999), distribution::quantile_s(independent, 0.999), 1e-6));
    }

    void retriesAgainstSums() {
        for (const double p : {0.0, 1e-12, 0.02, 0.5, 0.999, 1 - 1e-12, 1.0})
            for (const int most : {1, 2, 5, 40}) {
                double attempts = 0, power = 1, mean = 0;
                for (int j = 1; j <= most; ++j) {
                    attempts += power;
                    mean += j * power * (1 - p);
                    power *= p;
                }
                const auto figures = retries({p, double(most)});
                QVERIFY(figures.has_value());
                QVERIFY(close(figures->attempts, attempts));
                QVERIFY(close(figures->errorShare, power));
                if (p < 1) QVERIFY(close(figures->attemptsOfSuccess, mean / (1 - power), 1e-3));
                QVERIFY(figures->attemptsOfSuccess >= 1 && figures->attemptsOfSuccess <= most);
            }
        QVERIFY(close(retries({0.75, std::nullopt})->attempts, 4));
        QVERIFY(!retries({1, std::nullopt}));
        QCOMPARE(retries({1, 4e9})->attempts, 4e9);
    }

    /// The failing share from the states one by one.
    void fixedPointsAgainstStates_data() {
        QTest::addColumn<double>("servers");
        QTest::addColumn<double>("capacity");
        QTest::addColumn<double>("timeout");
        QTest::addColumn<double>("fresh");
        for (const double servers : {1.0, 2.0, 8.0})
            for (const double capacity : {8.0, 40.0, 150.0})
                for (const double timeout : {0.5, 10.0})
                    for (const double share : {0.3, 0.9, 1.2})
                        QTest::addRow("%g servers, %g places, %g s, %g", servers, capacity, timeout, share)
                            << servers << capacity << timeout << share * servers;
    }
    void fixedPointsAgainstStates() {
        QFETCH(double, servers);
        QFETCH(double, capacity);
        QFETCH(double, timeout);
        QFETCH(double, fresh);
        const auto points = retryFixedPoints({servers, 1, capacity, fresh, timeout, 3});
        QVERIFY(points.has_value());
        QVERIFY(points->size() % 2 == 1);
        for (std::size_t i = 0; i < points->size(); ++i) {
            const auto& [rate, attemptFailure, requestFailure, stable] = points->at(i);
            QCOMPARE(stable, i % 2 == 0);
            // P(late | k ahead to be finished, then one's own): the integral over one's own service.
            const auto late = [&](int k) {
                const auto erlangTail = [&](double x) { // P(Erlang(k, servers) > x)
                    double term = std::exp(-servers * x), sum = 0;
                    for (int j = 0; j < k; ++j) sum += term, term *= servers * x / (j + 1);
                    return sum;
                };
                if (k == 0) return std::exp(-timeout);
                constexpr int kSteps = 200; // Simpson
                double sum = 0;
                for (int s = 0; s <= kSteps; ++s) {
                    const double x = timeout * s / kSteps;
                    sum += (s == 0 || s == kSteps ? 1 : s % 2 == 1 ? 4 : 2) * std::exp(-x) * erlangTail(timeout - x);
                }
                return std::exp(-timeout) + sum * timeout / kSteps / 3;
            };
            double weight = 1, norm = 0, failed = 0;
            for (int n = 0; n <= int(capacity); ++n) {
                if (n > 0) weight *= rate / std::min(double(n), servers);
                norm += weight;
                failed += weight * (n == int(capacity) ? 1 : late(std::max(0, n - int(servers) + 1)));
            }
            const double p = failed / norm;
            QVERIFY(close(attemptFailure, p, 1e-6));
            QVERIFY(close(requestFailure, std::pow(p, 4), 1e-5));
            QVERIFY(close(rate, fresh * (1 + p + p * p + p * p * p), 1e-6));
        }
    }
    void fixedPointExtremes() {
        for (const double servers : {1.0, 8.0, 1e6, 1e9})
            for (const double waiting : {0.0, 1.0, 1e3, 1e9})
                for (const double load : {1e-9, 1.0, 3.0})
                    for (const double timeout : {1e-6, 1.0, 1e6})
                        for (const double most : {0.0, 1e6}) {
                            const auto points = retryFixedPoints(
                                {servers, 1e-3, servers + waiting, load * servers * 1e3, timeout * 1e-3, most});
                            if (!points) continue; // said to be too large
                            QVERIFY(!points->empty());
                            for (const FixedPoint& one : *points) {
                                QVERIFY(std::isfinite(one.attemptRate_per_s) && one.attemptRate_per_s > 0);
                                QVERIFY(one.attemptFailure >= 0 && one.attemptFailure <= 1);
                                QVERIFY(one.requestFailure >= 0 && one.requestFailure <= 1);
                            }
                        }
    }

    void layeredLimits() {
        // Many threads and connections: only the cores queue.
        LayeredPools system{400, 2000, 4, 0.006, 1, 1000, 4, 0.004, 0.01};
        const auto cores = [](double rate, double servers, double service) {
            return queueing::mmc({servers, perSecond(rate), seconds(service)}).responseMean.count();
        };
        QVERIFY(close(*layeredPools(system).response_s, cores(400, 4, 0.006) + cores(400, 4, 0.004) + 0.01, 1e-6));
        // Nobody calls: threads before cores, as many as cores.
        system = {400, 4, 4, 0.006, 0, 1, 1, 1, 1};
        QVERIFY(close(*layeredPools(system).response_s, cores(400, 4, 0.006), 1e-9));
        // One thread holds everything, exponential in two stages: M/G/1.
        system = {20, 1, 1, 0.01, 1, 1, 1, 0.02, 0};
        const double second = 2 * (0.01 * 0.01 + 0.01 * 0.02 + 0.02 * 0.02);
        QVERIFY(close(*layeredPools(system).response_s, 0.03 + 20 * second / (2 * (1 - 0.6)), 1e-9));
        system.arrivalRate_per_s = 34;
        QVERIFY(!layeredPools(system).response_s);
    }
};

PLIMSOLL_TEST(TestBranches);
#include "tst_branches.moc"
