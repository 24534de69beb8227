// How long a queue stays as it is: against the chain itself, cut off where nothing is left of it.
#include "engine/queueing/autocorrelation.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <vector>

using namespace plimsoll::queueing;

namespace {

/// (s - Q) y = n by elimination; then the covariance of n and s y over the steady state.
double byTheChain(double rho, double lag) {
    constexpr std::size_t kStates = 2000;
    const double s = 1 / lag;
    std::vector<double> upper(kStates), y(kStates);
    for (std::size_t i = 0; i < kStates; ++i) {
        const double up = i + 1 < kStates ? rho : 0, down = i > 0 ? 1 : 0;
        const double before = i > 0 ? upper[i - 1] : 0, pivot = s + up + down - down * before;
        upper[i] = up / pivot;
        y[i] = (double(i) + (i > 0 ? down * y[i - 1] : 0)) / pivot;
    }
    for (std::size_t i = kStates - 1; i-- > 0;) y[i] += upper[i] * y[i + 1];
    double mean = 0, square = 0, later = 0, product = 0, weight = 1 - rho;
    for (std::size_t i = 0; i < kStates; ++i, weight *= rho) {
        mean += weight * double(i);
        square += weight * double(i) * double(i);
        later += weight * s * y[i];
        product += weight * double(i) * s * y[i];
    }
    return (product - mean * later) / (square - mean * mean);
}

} // namespace

class TestAutocorrelation : public QObject {
    Q_OBJECT
private slots:
    void isThatOfTheChain() {
        for (const double rho : {0.05, 0.3, 0.6, 0.9})
            for (const double lag : {0.01, 0.1, 1.0, 10.0, 100.0}) {
                const double got = queueAutocorrelation(rho, lag), wanted = byTheChain(rho, lag);
                QVERIFY2(std::abs(got - wanted) < 1e-7,
                         qPrintable(QString("%1 %2: %3, chain %4").arg(rho).arg(lag).arg(got).arg(wanted)));
            }
    }
    void fallsFromOneToNothing() {
        for (const double rho : {0.0, 1e-9, 0.5, 0.999}) {
            QCOMPARE(queueAutocorrelation(rho, 0), 1.0);
            double before = 1;
            for (double lag = 1e-12; lag < 1e12; lag *= 10) {
                const double now = queueAutocorrelation(rho, lag);
                QVERIFY2(now >= 0 && now <= before * (1 + 1e-9), qPrintable(QString("%1 %2").arg(rho).arg(lag)));
                before = now;
            }
            QVERIFY(before < 1e-4);
        }
    }
};

PLIMSOLL_TEST(TestAutocorrelation);
#include "tst_autocorrelation.moc"
