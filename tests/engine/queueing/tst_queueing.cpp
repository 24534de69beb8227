// Single stations: limits, stability over the whole range of doubles, agreement between the formulas. The numeric cases
// of the contract run through `calc` in tests/models/calc.
#include "engine/queueing/erlang.h"
#include "engine/queueing/mgc.h"
#include "engine/queueing/mmc.h"
#include "engine/queueing/ps.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <boost/multiprecision/cpp_bin_float.hpp>

using namespace plimsoll;
using namespace plimsoll::queueing;

namespace {
using Wide = boost::multiprecision::cpp_bin_float_50;
bool close(double actual, double expected, double relative = 1e-12) {
    if (std::abs(actual - expected) <= relative * std::abs(expected)) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}
} // namespace

class TestQueueing : public QObject {
    Q_OBJECT
private slots:
    void erlangAgainstRecurrence_data() {
        QTest::addColumn<int>("servers");
        QTest::addColumn<double>("load");
        for (int servers : {1, 2, 7, 63, 64, 65, 200, 2000})
            for (double ratio : {1e-3, 0.1, 0.5, 0.9, 0.999, 1.0, 1.05, 1.9, 2.1, 3.9, 4.1, 100.0})
                QTest::addRow("%d servers, load %g of them", servers, ratio) << servers << ratio * servers;
    }
    /// The recurrence on 1/B with 50 digits.
    void erlangAgainstRecurrence() {
        QFETCH(int, servers);
        QFETCH(double, load);
        Wide inverse = 1;
        for (int n = 1; n <= servers; ++n) inverse = 1 + n / Wide(load) * inverse;
        const Wide logarithm = -log(inverse);
        const double expected = Wide(1 / inverse).convert_to<double>();
        if (expected > 1e-290) QVERIFY(close(erlangB(servers, load), expected, 2e-13));
        QVERIFY(std::abs(logErlangB(servers, load) - logarithm.convert_to<double>()) <
                1e-10 * std::max(1.0, std::abs(logarithm.convert_to<double>())));
    }
    void erlangExtremes() {
        QCOMPARE(erlangB(0, 5), 1.0);
        QCOMPARE(erlangB(3, 0), 0.0);
        QCOMPARE(erlangC(4, 4), 1.0);
        QCOMPARE(erlangC(4, 1e300), 1.0);
        for (double load : {1.0, 1e8, 9.9e8, 1e9, 1.001e9, 1.5e9, 1e12, 1e300}) {
            const double blocked = erlangB(1e9, load), waits = erlangC(1e9, load);
            QVERIFY(blocked >= 0 && blocked <= 1 && waits >= 0 && waits <= 1);
            if (load > 2e9) QVERIFY(close(blocked, 1 - 1e9 / load, 1e-3));
        }
        QVERIFY(erlangB(1, 1e-300) > 0);
    }
    void horner() {
        for (unsigned servers : {1U, 4U, 63U})
            QVERIFY(close(1 / inverseErlangB(servers, 0.7 * servers), erlangB(servers, 0.7 * servers)));
    }
    void mmcLimits() {
        const Mmc one{1, perSecond(80), seconds(0.01)};
        const MmcFigures figures = mmc(one);
        QVERIFY(close(figures.responseMean.count(), 0.05));
        QVERIFY(close(mmcResponseQuantile(one, figures, 0.99).count(), -0.05 * std::log(0.01)));
        QVERIFY(!mmc({2, perSecond(200), seconds(0.01)}).steady);
        QCOMPARE(mmc({3, perSecond(0), seconds(0.01)}).waitMean.count(), 0.0);
        // Many idle servers: the response is the service; nothing overflows.
        const Mmc many{1e6, perSecond(10), seconds(1)};
        QVERIFY(close(mmcResponseQuantile(many, mmc(many), 0.9999).count(), -std::log(1e-4), 1e-9));
        QCOMPARE(mmcWaitQuantile(mmc(many), 0.99).count(), 0.0);
    }
    void mgcMeetsMmcAndMg1() {
        // Exponential service: the two-moment form is M/M/c's; one server: Kimura is Pollaczek-Khinchine.
        for (double load : {0.5, 0.9}) QVERIFY(close(mgcWaitRatio(4, 4 * load, 1), 1, 1e-12));
        for (double scv : {0.0, 0.25, 2.0, 4.0}) QVERIFY(close(mgcWaitRatio(1, 0.7, scv), (1 + scv) / 2, 1e-12));
        const Wait exponential = mg1Wait(70, {0.01, 2e-4, 6e-6, 24e-8});
        const Wait reference = mmcWait(0.7, 1, 0.7, 0.01);
        QVERIFY(close(exponential.cumulants.mean, reference.cumulants.mean));
        QVERIFY(close(exponential.cumulants.variance, reference.cumulants.variance));
        QVERIFY(close(exponential.cumulants.third, reference.cumulants.third));
        const auto law = waitLaw(mgcWait(erlangC(8, 7), 8, 7, 1, 3));
        QVERIFY(close(distribution::mean(law).count(), mgcWait(erlangC(8, 7), 8, 7, 1, 3).cumulants.mean, 1e-9));
    }
    void sharingLimits() {
        // M/M/1-PS: variance (2 + rho) / (2 - rho) of the squared mean (Coffman, Muntz and Trotter 1970).
        for (double rho : {0.1, 0.5, 0.9, 0.99}) {
            const PsStation station{1, rho, 0.02, 1, rho};
            const auto demand = distribution::exponential(Seconds{0.02});
            const auto c = psResponseCumulants(station, demand);
            QVERIFY(close(c.mean, 0.02 / (1 - rho)));
            QVERIFY(close(c.variance, c.mean * c.mean * (2 + rho) / (2 - rho), 1e-7));
            const auto law = distribution::cumulants(psResponseLaw(station, demand));
            QVERIFY(close(law.mean, c.mean, 1e-9) && close(law.variance, c.variance, 1e-7) &&
                    close(law.third, c.third, 1e-6));
        }
        // Idle: the response is the demand, whatever its law.
        const auto demand = distribution::fromMeanScv(Seconds{0.02}, 0.25);
        QVERIFY(psResponseLaw({64, 1, 0.02, 1, erlangC(64, 1)}, demand) == demand);
        // Very full, very many cores: an answer all the same.
        for (const PsStation& station :
             {PsStation{1, 0.99999, 1, 1, 0.99999}, PsStation{1e6, 999000, 1, 1, erlangC(1e6, 999000)}}) {
            const auto c = psResponseCumulants(station, distribution::exponential(Seconds{1}));
            QVERIFY(close(c.mean, psStretch(station), 1e-9));
            QVERIFY(c.variance > 0 && std::isfinite(c.third));
        }
    }
    void sharingKeepsMeans_data() {
        QTest::addColumn<double>("scv");
        for (double scv : {0.0, 0.1, 0.5, 1.0, 3.0}) QTest::addRow("%g", scv) << scv;
    }
    void sharingKeepsMeans() {
        QFETCH(double, scv);
        const PsStation station{4, 3.4, 1, scv, erlangC(4, 3.4)};
        const auto demand = distribution::fromMeanScv(Seconds{0.5}, scv);
        QVERIFY(close(distribution::mean(psResponseLaw(station, demand)).count(), psStretch(station) * 0.5, 1e-6));
        QVERIFY(close(psLoss(station).cumulants.mean, psStretch(station) - 1, 1e-9));
    }
};

PLIMSOLL_TEST(TestQueueing);
#include "tst_queueing.moc"
