// Impatience against the chain added up state by state, and its limits.
#include "engine/queueing/erlang.h"
#include "engine/queueing/impatience.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace plimsoll;
using namespace plimsoll::queueing;

namespace {

bool near(double actual, double expected, double relative, double absolute = 0) {
    if (std::abs(actual - expected) <= relative * std::abs(expected) + absolute) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}

/// Integral of P(wait > t) over t by the trapezoid rule.
template <class Survival> double meanOf(Survival survival, double end) {
    constexpr int kSteps = 20000;
    double sum = 0;
    for (int i = 0; i <= kSteps; ++i) sum += (i == 0 || i == kSteps ? 0.5 : 1) * survival(end * i / kSteps);
    return sum * end / kSteps;
}

} // namespace

class TestImpatience : public QObject {
    Q_OBJECT
private slots:
    void exponentialAgainstStates_data() {
        QTest::addColumn<double>("servers");
        QTest::addColumn<double>("load");
        QTest::addColumn<double>("patience");
        const std::tuple<double, double, double> rows[] = {{8, 7, 20},   {10, 9, 2},    {1000, 1050, 2}, {1, 0.9, 100},
                                                           {3, 2, 1},    {20, 30, 10},  {1, 1, 1000},    {5, 5, 1e-3},
                                                           {2, 1e-3, 1}, {4, 400, 0.1}, {6, 5.9999, 1e4}};
        for (const auto& [c, a, p] : rows) QTest::addRow("%g %g %g", c, a, p) << c << a << p;
    }
    void exponentialAgainstStates() {
        QFETCH(double, servers);
        QFETCH(double, load);
        QFETCH(double, patience);
        // In long double, outward from the state where arrivals and departures balance.
        long double p = 1, total = 0, waits = 0, waiting = 0;
        const auto rate = [&](double n) { return std::min(n, servers) + std::max(0.0, n - servers) / patience; };
        double top = 0;
        while (load > rate(top + 1)) ++top;
        const auto add = [&](double n) {
            total += p;
            if (n >= servers) {
                waits += p;
                waiting += (n - servers) * p;
            }
        };
        for (double n = top; p > 0 && (n < top + 10 || p > 1e-25L * total || n < servers); ++n) {
            add(n);
            p *= load / rate(n + 1);
        }
        p = 1;
        for (double n = top; n > 0; --n) {
            p *= rate(n) / load;
            add(n - 1);
        }
        const ImpatientFigures figures = exponentialPatience({servers, load, 0.1, patience * 0.1});
        QVERIFY(near(figures.waitProbability, double(waits / total), 1e-10));
        QVERIFY(near(figures.queueLength, double(waiting / total), 1e-10));
        QVERIFY(near(figures.abandonProbability, double(waiting / total) / patience / load, 1e-10));
    }
    void servedWaitIsThatOfItsLaw() {
        for (const auto& [c, a, p] : {std::tuple{8.0, 7.0, 20.0}, {3.0, 2.0, 1.0}, {10.0, 14.0, 2.0}}) {
            const ImpatientStation station{c, a, 1, p};
            const ImpatientFigures varied = exponentialPatience(station), constant = constantPatience(station);
            const auto ofVaried = [&](double t) { return exponentialPatienceSurvival(station, varied, t); };
            const auto ofConstant = [&](double t) { return constantPatienceSurvival(station, constant, t); };
            QVERIFY(near(ofVaried(0), varied.served.probability, 1e-12));
            QVERIFY(near(meanOf(ofVaried, 20 * p), varied.served.cumulants.mean, 1e-4));
            QVERIFY(near(meanOf(ofConstant, p), constant.served.cumulants.mean, 1e-6));
            QVERIFY(constant.served.cumulants.mean < p);
        }
    }
    void constantOneServerAtFullLoad() {
        // lambda = mu = 1, tau = 3: p0 = 1 / (2 + tau), all that find it busy wait, a share 1 / (2 + tau) is lost.
        const ImpatientFigures figures = constantPatience({1, 1, 1, 3});
        QVERIFY(near(figures.waitProbability, 0.8, 1e-14) && near(figures.abandonProbability, 0.2, 1e-14));
    }
    void limits() {
        // Endless patience: M/M/c. None: Erlang's loss.
        for (const auto& figures : {exponentialPatience({4, 3, 1, 1e15}), constantPatience({4, 3, 1, 1e15})}) {
            QVERIFY(near(figures.waitProbability, erlangC(4, 3), 1e-9));
            QVERIFY(near(figures.served.cumulants.mean, erlangC(4, 3), 1e-9));
        }
        for (const auto& figures : {exponentialPatience({4, 3, 1, 1e-15}), constantPatience({4, 3, 1, 1e-15})})
            QVERIFY(near(figures.abandonProbability, erlangB(4, 3), 1e-9));
        // Far beyond saturation the surplus is lost, whatever the patience.
        for (const auto& figures : {exponentialPatience({4, 400, 1, 10}), constantPatience({4, 400, 1, 10})}) {
            QVERIFY(near(figures.abandonProbability, 0.99, 1e-6));
            QVERIFY(near(figures.carriedLoad, 4, 1e-9));
        }
    }
    void morePatienceMoreServed() {
        for (const auto& model : {exponentialPatience, constantPatience}) {
            double lost = 2;
            for (double patience = 1e-3; patience < 1e4; patience *= 3) {
                const double now = model({5, 4.8, 1, patience}).abandonProbability;
                QVERIFY(now < lost);
                lost = now;
            }
        }
    }
    void anySize() {
        for (const double servers : {1.0, 64.0, 1e6, 1e12})
            for (const double load : {0.0, 1e-300, 0.5 * servers, servers, 1.000001 * servers, 1e300})
                for (const double patience : {1e-30, 1e-3, 1.0, 1e6, 1e30})
                    for (const auto& model : {exponentialPatience, constantPatience}) {
                        const ImpatientFigures figures = model({servers, load, 1, patience});
                        QVERIFY(figures.abandonProbability >= 0 && figures.abandonProbability <= 1);
                        QVERIFY(figures.waitProbability >= 0 && figures.waitProbability <= 1);
                        QVERIFY(figures.carriedLoad >= 0 && figures.carriedLoad <= servers * (1 + 1e-12));
                        QVERIFY(figures.served.cumulants.mean >= 0 && std::isfinite(figures.served.cumulants.third));
                        QVERIFY(figures.waitMeanAll_s >= 0 && std::isfinite(figures.waitMeanAll_s));
                    }
    }
};

PLIMSOLL_TEST(TestImpatience);
#include "tst_impatience.moc"
