// The mixture of shifted gammas against closed forms, and the fits against the laws they stand for.
#include "engine/distribution/distribution.h"
#include "engine/distribution/euler.h"
#include "engine/distribution/fit.h"
#include "engine/distribution/quadrature.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll;
using namespace plimsoll::distribution;

namespace {
bool close(double actual, double expected, double relative = 1e-12) {
    if (std::abs(actual - expected) <= relative * std::abs(expected) + 1e-300) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}
} // namespace

class TestDistribution : public QObject {
    Q_OBJECT
private slots:
    void meanAndScv_data() {
        QTest::addColumn<double>("mean");
        QTest::addColumn<double>("scv");
        for (double mean : {1e-9, 0.01, 3.0, 1e9})
            for (double scv : {0.0, 1e-6, 0.25, 0.999, 1.0, 1.001, 4.0, 1000.0})
                QTest::addRow("mean %g, scv %g", mean, scv) << mean << scv;
    }
    void meanAndScv() {
        QFETCH(double, mean);
        QFETCH(double, scv);
        const auto law = fromMeanScv(Seconds{mean}, scv);
        QVERIFY(close(distribution::mean(law).count(), mean));
        QVERIFY(close(distribution::scv(law), scv, 1e-9));
        QVERIFY(close(rawMoment(law, 2), (1 + scv) * mean * mean, 1e-10));
        const auto value = transform(law, {1e-9 / mean, 0});
        QVERIFY(close(value.real(), 1 - 1e-9, 1e-12)); // 1 - s E[X]
        double sum = 0;
        for (const auto& phase : law.phases) sum += phase.weight.value;
        QVERIFY(std::abs(sum - 1) <= 1e-15);
    }
    void constantsOnTopKeepTheirDigits() {
        // A constant 1e8 times the spread: cumulants are taken centrally, so nothing cancels.
        flow::Distribution law{{{.weight = {0.5}, .offset = Seconds{1000}, .scale = Seconds{1e-5}},
                                {.weight = {0.5}, .offset = Seconds{1000}, .scale = Seconds{1e-5}}}};
        const Cumulants c = cumulants(law);
        QVERIFY(close(c.variance, 1e-10, 1e-6));
        QVERIFY(close(c.third, 2e-15, 1e-3));
    }
    void quantilesInvertTheCdf_data() {
        QTest::addColumn<double>("scv");
        for (double scv : {0.01, 0.5, 1.0, 2.0, 50.0}) QTest::addRow("%g", scv) << scv;
    }
    void quantilesInvertTheCdf() {
        QFETCH(double, scv);
        const auto law = fromMeanScv(Seconds{0.2}, scv);
        for (double level : {0.01, 0.5, 0.9, 0.999, 0.9999})
            QVERIFY(close(survival(law, quantile(law, level).count()), 1 - level, 1e-9));
    }
    void atoms() {
        const flow::Distribution law{{{.weight = {0.25}}, {.weight = {0.75}, .offset = Seconds{2}}}};
        QCOMPARE(quantile(law, 0.2).count(), 0.0);
        QCOMPARE(quantile(law, 0.25).count(), 0.0); // the least t with P(X > t) <= 0.75
        QCOMPARE(quantile(law, 0.3).count(), 2.0);
        QCOMPARE(survival(law, 2), 0.0);
        QVERIFY(isConstant(constant(Seconds{1})) && !isConstant(law));
        QVERIFY(isExponential(exponential(Seconds{1})) && !isExponential(law));
    }
    void shiftedGammaKeepsThreeCumulants() {
        const Cumulants wanted{8, 2, 1.5};
        const Cumulants got = cumulants(shiftedGamma(wanted));
        QVERIFY(close(got.mean, 8) && close(got.variance, 2) && close(got.third, 1.5));
        QVERIFY(shiftedGamma(wanted).offset.count() > 0);
        const auto noRoom = shiftedGamma({1, 2, 1}); // would need a negative offset
        QCOMPARE(noRoom.offset.count(), 0.0);
        QVERIFY(close(cumulants(noRoom).variance, 2));
        QCOMPARE(shiftedGamma({3, 0, 0}).offset.count(), 3.0);
    }
    void euler() {
        // theory/stations.md 15: 7e-11 for smooth laws.
        for (double shape : {0.3, 1.0, 2.0, 5.0}) {
            const flow::Distribution law{{{.shape = shape, .scale = Seconds{1 / shape}}}};
            for (double t : {0.05, 0.5, 1.0, 3.0, 8.0}) {
                const double got = survivalFromTransform([&](auto s) { return transform(law, s); }, t);
                QVERIFY(std::abs(got - survival(law, t)) < 1e-9);
            }
        }
    }
    void quadratures() {
        double mass = 0, second = 0, fourth = 0;
        for (const auto& [x, weight] : gaussNormal(11)) {
            mass += weight;
            second += weight * x * x;
            fourth += weight * x * x * x * x;
        }
        QVERIFY(close(mass, 1, 1e-13) && close(second, 1, 1e-12) && close(fourth, 3, 1e-12));
        double first = 0, cube = 0;
        for (const auto& [x, weight] : gaussGamma(2.5, 6)) {
            first += weight * x;
            cube += weight * x * x * x;
        }
        QVERIFY(close(first, 2.5, 1e-12) && close(cube, 2.5 * 3.5 * 4.5, 1e-12));
    }
    void lognormal_data() {
        QTest::addColumn<double>("scv");
        QTest::addColumn<double>("worst"); // error of the distribution function
        QTest::addRow("0.01") << 0.01 << 0.02;
        QTest::addRow("0.5") << 0.5 << 0.01;
        QTest::addRow("2") << 2.0 << 0.01;
        QTest::addRow("10") << 10.0 << 0.02;
    }
    void lognormal() {
        QFETCH(double, scv);
        QFETCH(double, worst);
        const Fitted fitted = fitLognormal(Seconds{0.03}, scv);
        QVERIFY(fitted.law.phases.size() <= 12);
        QVERIFY(close(mean(fitted.law).count(), 0.03, 1e-9));
        QVERIFY(close(distribution::scv(fitted.law), scv, 1e-6));
        QVERIFY2(fitted.cdfError > 0 && fitted.cdfError < worst, qPrintable(QString::number(fitted.cdfError)));
    }
    void pareto_data() {
        QTest::addColumn<double>("exponent");
        for (double exponent : {1.2, 1.5, 2.0, 3.0, 10.0}) QTest::addRow("%g", exponent) << exponent;
    }
    void pareto() {
        QFETCH(double, exponent);
        const Fitted fitted = fitPareto(Seconds{2}, exponent);
        QVERIFY(fitted.law.phases.size() <= 12);
        QVERIFY(close(mean(fitted.law).count(), 2, 1e-9));
        QVERIFY2(fitted.cdfError < 0.05, qPrintable(QString::number(fitted.cdfError)));
    }
};

PLIMSOLL_TEST(TestDistribution);
#include "tst_distribution.moc"
