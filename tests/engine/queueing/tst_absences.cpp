// One server that is away at times, and batches: the laws against their moments, and what they become without absence.
#include "engine/queueing/batch.h"
#include "engine/queueing/mg1.h"
#include "engine/queueing/mgc.h"
#include "engine/queueing/pauses.h"
#include "engine/queueing/setup.h"
#include "engine/queueing/vacation.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace plimsoll;
using namespace plimsoll::queueing;

namespace {

bool near(double actual, double expected, double relative) {
    if (std::abs(actual - expected) <= relative * std::abs(expected)) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}

/// Mean and second moment from the transform near 0.
bool hasItsMoments(const WaitTransform& wait) {
    const double mean = wait.wait.cumulants.mean, p = wait.wait.probability, h = 1e-5 / mean;
    const auto at = [&](double s) { return 1 - p + p * wait.conditional(s).real(); };
    return near((4 * at(h) - at(2 * h) - 3) / (-2 * h), mean, 1e-6) &&
           near((at(2 * h) - 2 * at(h) + 1) / (h * h), wait.wait.cumulants.variance + mean * mean, 1e-3);
}

} // namespace

class TestAbsences : public QObject {
    Q_OBJECT
private slots:
    void laws() {
        const auto service = distribution::fromMeanScv(Seconds{1}, 0.5),
                   away = distribution::fromMeanScv(Seconds{3}, 2);
        QVERIFY(hasItsMoments(mg1Transform(0.6, service)));
        QVERIFY(hasItsMoments(setupWait(0.6, service, away)));
        QVERIFY(hasItsMoments(vacationWait(0.6, service, away)));
        QVERIFY(hasItsMoments(pausedStation(0.3, service, {0.1, away}).wait));
        for (const BatchLaw law : {BatchLaw::Constant, BatchLaw::Geometric})
            QVERIFY(hasItsMoments(batchWait(0.15, {4, law}, service)));
    }
    void withoutAbsenceTheyAreMg1() {
        const auto service = distribution::fromMeanScv(Seconds{1}, 3);
        const double wait = mg1Wait(0.6, serviceMoments(service)).cumulants.mean;
        const auto moment = distribution::constant(Seconds{1e-12});
        QVERIFY(near(setupWait(0.6, service, moment).wait.cumulants.mean, wait, 1e-10));
        QVERIFY(near(vacationWait(0.6, service, moment).wait.cumulants.mean, wait, 1e-10));
        QVERIFY(near(pausedStation(0.6, service, {0, moment}).wait.wait.cumulants.mean, wait, 1e-12));
        for (const BatchLaw law : {BatchLaw::Constant, BatchLaw::Geometric}) {
            const WaitTransform one = batchWait(0.6, {1, law}, service);
            QVERIFY(near(one.wait.cumulants.mean, wait, 1e-12));
            QVERIFY(near(one.wait.probability, 0.6, 1e-12));
            QVERIFY(
                near(waitQuantile(one, 0.99).count(), waitQuantile(mg1Transform(0.6, service), 0.99).count(), 1e-8));
        }
    }
    void oneRequestAlone() {
        // Hardly any arrivals: a setup is met whole, a vacation in its residual.
        const auto service = distribution::exponential(Seconds{1});
        QVERIFY(near(setupWait(1e-12, service, distribution::constant(Seconds{3})).wait.cumulants.mean, 3, 1e-9));
        QVERIFY(near(vacationWait(1e-12, service, distribution::constant(Seconds{3})).wait.cumulants.mean, 1.5, 1e-9));
        QVERIFY(near(setupWait(0, service, distribution::constant(Seconds{3})).wait.cumulants.mean, 3, 1e-12));
    }
    void pausesStretchTheService() {
        const Pauses pauses{0.5, distribution::exponential(Seconds{0.4})};
        QVERIFY(near(pausedLoad(2, 0.1, pauses), 0.24, 1e-12));
        const auto service = distribution::constant(Seconds{0.1});
        // Compound Poisson: variance f x E[D^2].
        const ServiceMoments paused = pausedService(serviceMoments(service), pauses);
        QVERIFY(near(paused.second - paused.first * paused.first, 0.5 * 0.1 * 2 * 0.16, 1e-12));
        const PausedStation station = pausedStation(2, service, pauses);
        QVERIFY(pausedResponseQuantile(station, 0.999).count() > pausedResponseQuantile(station, 0.5).count());
    }
    void batchScv() {
        QCOMPARE(batchArrivalScv({4, BatchLaw::Constant}), 4.0);
        QCOMPARE(batchArrivalScv({4, BatchLaw::Geometric}), 7.0);
    }
    void tailsOfExponentialLaws() {
        // M/M/1: the wait of those that wait is exponential.
        const WaitTransform wait = mg1Transform(80, distribution::exponential(Seconds{0.01}));
        QVERIFY(near(waitQuantile(wait, 0.99).count(), 0.05 * std::log(80.0), 1e-8));
        QVERIFY(near(responseQuantile(wait, distribution::exponential(Seconds{0.01}), 0.999).count(),
                     0.05 * std::log(1000.0), 1e-7));
        // Near saturation, and with times 1e12 apart.
        const double load = 1 - 1e-7;
        const WaitTransform full = mg1Transform(load, distribution::exponential(Seconds{1}));
        QVERIFY(near(waitQuantile(full, 0.5).count(), std::log(2 * load) * 1e7, 1e-6));
    }
};

PLIMSOLL_TEST(TestAbsences);
#include "tst_absences.moc"
