// Tables of laws and order statistics: against laws that are known, alone and inside a sum.
#include "engine/distribution/distribution.h"
#include "engine/distribution/euler.h"
#include "engine/distribution/inversion.h"
#include "engine/distribution/order_statistics.h"
#include "engine/distribution/survival_integral.h"
#include "engine/distribution/tabulated.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace plimsoll;
using namespace plimsoll::distribution;

namespace {
bool close(double actual, double expected, double relative = 1e-10) {
    if (std::abs(actual - expected) <= relative * std::abs(expected)) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}
Distribution gammaOf(double shape) {
    return {{{.shape = shape, .scale = Seconds{1 / shape}}}};
}
} // namespace

class TestTabulated : public QObject {
    Q_OBJECT
private slots:
    void follows_data() {
        QTest::addColumn<double>("shape");
        for (const double shape : {0.3, 1.0, 4.0, 64.0, 2000.0}) QTest::addRow("gamma %g", shape) << shape;
    }
    void follows() {
        QFETCH(double, shape);
        const Distribution law = gammaOf(shape);
        const auto table = tabulate([&](double t) { return survival(law, t); }, 0, 1);
        const double loose = shape < 1 ? 0.012 : 0.002;
        for (const double level : {0.5, 0.9, 0.95, 0.99, 0.999})
            QVERIFY(close(quantile_s(table, level), quantile(law, level).count(), loose));
        const Cumulants expected = cumulants(law), found = table.cumulants;
        QVERIFY(close(found.mean, expected.mean, 0.003));
        QVERIFY(close(found.variance, expected.variance, 0.02));
        QVERIFY(close(found.third, expected.third, 0.05));
        // In a sum with an exponential of mean 0.3, by inversion.
        for (const double level : {0.5, 0.95, 0.99, 0.999}) {
            const auto sum = [&](const auto& part) {
                return quantileOfSurvival(
                    [&](double t) {
                        if (t <= 0) return 1.0;
                        return survivalFromTransform([&](std::complex<double> s) { return part(s) / (1.0 + 0.3 * s); },
                                                     t);
                    },
                    level, 1);
            };
            const double exact = sum([&](std::complex<double> s) { return transform(law, s); });
            QVERIFY(close(sum([&](std::complex<double> s) { return transform(table, s); }), exact, loose));
        }
    }

    void isExactForExponentials() {
        const auto table = fromPoints({0, 1, 3}, {1, std::exp(-2), std::exp(-6)});
        QVERIFY(close(table.cumulants.mean, 0.5));
        QVERIFY(close(table.cumulants.variance, 0.25));
        QVERIFY(close(table.cumulants.third, 0.25));
        for (const auto s :
             {std::complex<double>(0.1, 0), std::complex<double>(3, 7), std::complex<double>(1e-6, 1e-6)})
            QVERIFY(std::abs(transform(table, s) - 2.0 / (2.0 + s)) < 1e-14);
        QVERIFY(close(quantile_s(table, 0.9999999), -std::log(1e-7) / 2, 1e-8));
        QVERIFY(close(survival(table, 10), std::exp(-20)));
    }

    void startsAndAtoms() {
        // 0.5 with probability 0.7, else 0.5 and an exponential.
        const auto tail = [](double t) { return t < 0.5 ? 1 : 0.3 * std::exp(-(t - 0.5)); };
        const auto table = tabulate(tail, 0.5, 1);
        QCOMPARE(quantile_s(table, 0.6), 0.5);
        QVERIFY(close(quantile_s(table, 0.99), 0.5 + std::log(30), 1e-3));
        QVERIFY(close(table.cumulants.mean, 0.8, 1e-3));
        QVERIFY(std::abs(transform(table, {2, 1}) -
                         std::exp(std::complex<double>(-1, -0.5)) * (0.7 + 0.3 / std::complex<double>(3, 1))) < 1e-4);
        for (const auto& constant :
             {tabulate([](double t) { return t < 2 ? 1.0 : 0.0; }, 2, 1), fromPoints({2}, {1})}) {
            QCOMPARE(quantile_s(constant, 0.9), 2.0);
            QCOMPARE(constant.cumulants, (Cumulants{2, 0, 0}));
            QVERIFY(std::abs(transform(constant, {1, 0}) - std::exp(-2)) < 1e-12);
        }
    }

    void truncatedAtATimeout() {
        const auto table = tabulate([](double t) { return std::exp(-t); }, 0, 1);
        for (const double end : {0.01, 1.0, 8.0}) {
            const auto cut = truncated(table, end);
            const double inside = -std::expm1(-end);
            QVERIFY(close(cut.cumulants.mean, 1 - end * std::exp(-end) / inside, 0.004));
            for (const double level : {0.5, 0.95, 0.999})
                QVERIFY(close(quantile_s(cut, level), -std::log1p(-level * inside), 0.004));
        }
    }

    void orderStatistics() {
        const std::vector<double> tails{0.3, 0.9, 0.01, 0.5, 0.5};
        for (std::size_t need = 1; need <= 5; ++need) {
            double expected = 0;
            for (unsigned done = 0; done < 32; ++done) {
                double chance = 1;
                std::size_t count = 0;
                for (unsigned i = 0; i < 5; ++i) {
                    const bool over = (done >> i) % 2 == 1;
                    chance *= over ? 1 - tails[i] : tails[i];
                    count += over ? 1 : 0;
                }
                if (count < need) expected += chance;
            }
            QVERIFY(close(orderSurvival(tails, need), expected));
            const std::vector<double> equal(7, 0.2);
            QVERIFY(close(orderSurvival(equal, need), orderSurvival(0.2, 7, need)));
        }
        QVERIFY(close(orderSurvival(1e-200, 100, 100), 1e-198));
        QVERIFY(close(orderSurvival(1e-60, 100, 99), 4950e-120, 1e-6));
        for (const double tail : {0.0, 1.0})
            for (const std::uint64_t count : {std::uint64_t{1}, std::uint64_t{1'000'000'000}})
                QCOMPARE(orderSurvival(tail, count, 1), tail);
        QCOMPARE(orderSurvival(0.5, 3, 4), 1.0);
    }

    void meansByQuadrature() {
        const auto exponential = [](double t) { return std::exp(-t); };
        for (const double end : {0.0, 1e-9, 1.0, 50.0})
            for (const double size : {1e-3, 1.0, 300.0})
                QVERIFY(close(survivalIntegral(exponential, 0, end, size), -std::expm1(-end)));
        for (const double shape : {0.3, 1.0, 64.0}) {
            const Distribution law = gammaOf(shape);
            for (const double size : {1e-3, 1.0, 300.0})
                QVERIFY(
                    close(survivalIntegral([&](double t) { return survival(law, t); }, 0, INFINITY, size), 1, 1e-6));
        }
    }
};

PLIMSOLL_TEST(TestTabulated);
#include "tst_tabulated.moc"
