// Incomplete gamma functions against 50 digits and beyond Boost's reach; quantiles by inversion; sums of stages; what
// is left of a law under way.
#include "engine/distribution/euler.h"
#include "engine/distribution/incomplete_gamma.h"
#include "engine/distribution/inversion.h"
#include "engine/distribution/phase_sum.h"
#include "engine/distribution/residual.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <boost/math/special_functions/gamma.hpp>
#include <boost/multiprecision/cpp_bin_float.hpp>

#include <array>
#include <cmath>

using namespace plimsoll::distribution;
using plimsoll::Seconds;

namespace {

using Wide = boost::multiprecision::cpp_bin_float_50;

bool near(double actual, double expected, double relative) {
    if (std::abs(actual - expected) <= relative * std::abs(expected)) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}

} // namespace

class TestIncompleteGamma : public QObject {
    Q_OBJECT
private slots:
    void againstManyDigits_data() {
        QTest::addColumn<double>("shape");
        QTest::addColumn<double>("deviations");
        for (const double shape : {3.0, 1e4, 1.0001e5, 1e6})
            for (const double deviations : {0.0, 1e-3, -0.1, 1.0, -3.0, 8.0, -20.0, 30.0})
                if (shape + deviations * std::sqrt(shape) > 0)
                    QTest::addRow("%g %g", shape, deviations) << shape << deviations;
    }
    void againstManyDigits() {
        QFETCH(double, shape);
        QFETCH(double, deviations);
        const double x = shape + deviations * std::sqrt(shape);
        const Wide upper = boost::math::gamma_q(Wide(shape), Wide(x)),
                   lower = boost::math::gamma_p(Wide(shape), Wide(x));
        const Wide front = exp(Wide(shape) * log(Wide(x)) - Wide(x) - lgamma(Wide(shape)));
        constexpr double kBound = 1e-11;
        QVERIFY(near(upperGamma(shape, x), double(upper), kBound));
        QVERIFY(near(lowerGamma(shape, x), double(lower), kBound));
        QVERIFY(near(gammaFront(shape, x), double(front), kBound));
        QVERIFY(near(upperGammaRatio(shape, x), double(Wide(upper / front)), kBound));
        QVERIFY(std::abs(logGammaFront(shape, x) - double(Wide(log(front)))) < 1e-8);
    }
    void beyond() {
        for (const double shape : {1e9, 1e12, 1e15, 1e300}) {
            // The normal law in the limit, with its first correction.
            QVERIFY(near(upperGamma(shape, shape), 0.5 - 1 / (3 * std::sqrt(2 * M_PI * shape)), 1e-9));
            QVERIFY(near(upperGamma(shape, shape) + lowerGamma(shape, shape), 1, 1e-15));
        }
        QVERIFY(near(upperGamma(1e12, 1e12 + 3e6), std::erfc(3 / std::sqrt(2.0)) / 2, 1e-4));
        QCOMPARE(upperGamma(1e7, 0), 1.0);
        QCOMPARE(lowerGamma(1e7, 1e9), 1.0);
        QCOMPARE(upperGamma(1e7, 1e9), 0.0);
    }
    /// Where both underflow: Q / front is near 1 / (x - shape).
    void ratioOfTails() {
        QVERIFY(near(upperGammaRatio(100, 1e6), 1 / (1e6 - 100), 1e-3));
        QVERIFY(near(upperGammaRatio(1e6, 1e9), 1 / (1e9 - 1e6), 1e-3));
        QVERIFY(near(upperGammaRatio(1e6, 1.5e6), 1 / 0.5e6, 1e-3));
    }

    void quantiles() {
        const auto survival = [](double t) { return std::exp(-t / 3); };
        for (const double guess : {1e-30, 1.0, 3.0, 1e30})
            for (const double level : {0.01, 0.5, 0.999999})
                QVERIFY(near(quantileOfSurvival(survival, level, guess), -3 * std::log1p(-level), 1e-10));
        QCOMPARE(quantileOfSurvival(survival, 0, 1), 0.0);
        // An atom at 0 holds the lower levels; a jump is found.
        const auto atom = [](double t) { return 0.3 * std::exp(-t); };
        QCOMPARE(quantileOfSurvival(atom, 0.6, 1), 0.0);
        QVERIFY(near(quantileOfSurvival(atom, 0.9, 1), std::log(3.0), 1e-10));
        QVERIFY(near(quantileOfSurvival([](double t) { return t < 7 ? 1.0 : 0.0; }, 0.5, 1), 7, 1e-10));
    }

    void stages() {
        const auto at = [](std::initializer_list<double> means, double t) {
            return *stagesSurvival(std::vector<double>(means), t);
        };
        for (const double t : {1e-3, 0.1, 1.0, 10.0}) {
            QVERIFY(near(at({1}, t), std::exp(-t), 1e-13));
            QVERIFY(near(at({1, 1}, t), std::exp(-t) * (1 + t), 1e-13));
            QVERIFY(near(at({1, 1 + 1e-9}, t), std::exp(-t) * (1 + t), 1e-7));
            QVERIFY(near(at({1, 0.25}, t), (4 * std::exp(-t) - std::exp(-4 * t)) / 3, 1e-12));
            QVERIFY(near(at({1, 0.25, 0.1}, t), at({0.1, 1, 0.25}, t), 1e-12));
        }
        QVERIFY(!stagesSurvival(std::array{1.0, 1e-12}, 1).has_value());
    }

    void residual() {
        const auto law = fromMeanScv(Seconds{2}, 3);
        const Cumulants left = residualCumulants(law);
        QVERIFY(near(left.mean, rawMoment(law, 2) / 4, 1e-12));
        // E[e^{-sR}] near 0 is 1 - s E[R] + s^2 E[R^2] / 2.
        const double s = 1e-6, second = left.variance + left.mean * left.mean;
        QVERIFY(near((1 - residualTransform(law, s).real()) / s, left.mean - s * second / 2, 1e-8));
        QVERIFY(near(complement(law, 1e-30).real(), 2e-30, 1e-12));
        QVERIFY(near(complement(constant(Seconds{2}), 1e-30).real(), 2e-30, 1e-12));
        for (const double x : {0.1, 1.0, 50.0})
            QVERIFY(std::abs(complement(law, x) - (1.0 - transform(law, x))) < 1e-14);
        // Without memory what is left is the law itself.
        QVERIFY(near(residualTransform(exponential(Seconds{2}), 3).real(), 1.0 / 7, 1e-14));
    }
};

PLIMSOLL_TEST(TestIncompleteGamma);
#include "tst_incomplete_gamma.moc"
