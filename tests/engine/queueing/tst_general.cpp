// G/G/c by two moments, servers of different speed, contention, sizing: limits, and no figure that is none.
#include "engine/queueing/contention.h"
#include "engine/queueing/erlang.h"
#include "engine/queueing/ggc.h"
#include "engine/queueing/heterogeneous.h"
#include "engine/queueing/mgc.h"
#include "engine/queueing/mmck.h"
#include "engine/queueing/sizing.h"
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

GgcStation ggc(double servers, double load, double arrivalScv, double serviceScv) {
    return {servers, load, 1, arrivalScv, serviceScv, erlangC(servers, load)};
}

/// All 2^n sets of busy servers by plain elimination; the full set with its geometric queue.
struct Sets {
    double allBusy = 0, number = 0;
    Sets(double arrival, const std::vector<double>& rates, IdleChoice choice) {
        const std::size_t n = rates.size(), count = std::size_t(1) << n, full = count - 1;
        std::vector<std::vector<double>> a(count, std::vector<double>(count + 1, 0)); // a[to][from], right side last
        double capacity = 0;
        for (const double rate : rates) capacity += rate;
        const double rho = arrival / capacity;
        for (std::size_t s = 0; s < count; ++s) {
            const auto flow = [&](std::size_t to, double rate) {
                a[to][s] += rate;
                a[s][s] -= rate;
            };
            std::vector<std::size_t> idle;
            for (std::size_t i = 0; i < n; ++i) {
                if (s >> i & 1U)
                    flow(s ^ (std::size_t(1) << i), rates[i]);
                else
                    idle.push_back(i);
            }
            if (s == full) continue;
            std::ranges::stable_sort(idle, [&](std::size_t i, std::size_t j) { return rates[i] > rates[j]; });
            if (choice == IdleChoice::Fastest)
                flow(s | std::size_t(1) << idle.front(), arrival);
            else
                for (const std::size_t i : idle) flow(s | std::size_t(1) << i, arrival / double(idle.size()));
        }
        for (std::size_t s = 0; s < count; ++s) a[0][s] = s == full ? 1 / (1 - rho) : 1;
        a[0][count] = 1;
        for (std::size_t k = 0; k < count; ++k) {
            std::size_t best = k;
            for (std::size_t r = k + 1; r < count; ++r)
                if (std::abs(a[r][k]) > std::abs(a[best][k])) best = r;
            std::swap(a[k], a[best]);
            for (std::size_t r = 0; r < count; ++r) {
                if (r == k || a[r][k] == 0) continue;
                const double factor = a[r][k] / a[k][k];
                for (std::size_t c = k; c <= count; ++c) a[r][c] -= factor * a[k][c];
            }
        }
        for (std::size_t s = 0; s < count; ++s) {
            const double p = a[s][count] / a[s][s], busy = double(std::popcount(s));
            number += s == full ? p * (busy / (1 - rho) + rho / (1 - rho) / (1 - rho)) : p * busy;
            if (s == full) allBusy = p / (1 - rho);
        }
    }
};

} // namespace

class TestGeneral : public QObject {
    Q_OBJECT
private slots:
    void ggcMeetsItsLimits() {
        for (const double load : {0.3, 0.7, 0.95}) {
            // Poisson arrivals: the formulas of mgc.h, exact for one server and for exponential service.
            for (const double scv : {0.0, 0.5, 1.0, 3.0, 9.0}) {
                QVERIFY(near(ggcWaitRatio(ggc(1, load, 1, scv)), (1 + scv) / 2, 1e-12));
                QVERIFY(near(ggcWaitRatio(ggc(8, 8 * load, 1, scv)), mgcWaitRatio(8, 8 * load, scv), 1e-12));
                QVERIFY(near(ggcWaitProbability(ggc(1, load, 1, scv)), load, 1e-12));
                QVERIFY(near(ggcWaitProbability(ggc(8, 8 * load, 1, scv)), erlangC(8, 8 * load), 1e-12));
            }
            QVERIFY(near(conditionalWaitScv(load, 1), 1, 1e-12));
        }
        QCOMPARE(ggcWait(ggc(4, 3, 0, 0)).cumulants.mean, 0.0);
        QCOMPARE(ggcWait(ggc(4, 0, 1, 1)).cumulants.mean, 0.0);
    }
    void ggcAgainstGiM1() {
        // GI/M/1 with two exponentials of balanced means: the root of the transform, by bisection.
        const double load = 0.8, scv = 4;
        const auto between = distribution::fromMeanScv(Seconds{1 / load}, scv);
        double low = 0, high = 1 - 1e-9;
        for (int i = 0; i < 60; ++i) {
            const double x = (low + high) / 2;
            (distribution::transform(between, 1 - x).real() > x ? low : high) = x;
        }
        const Wait wait = ggcWait(ggc(1, load, scv, 1));
        QVERIFY(near(wait.cumulants.mean, low / (1 - low), 0.09));
        QVERIFY(near(wait.probability, low, 0.05));
        // Many servers, Poisson limit of the root: continuous at an arrival scv of 1.
        QVERIFY(near(ggcWaitRatio(ggc(8, 6, 1 + 1e-9, 1)), 1, 1e-6));
    }
    void ggcGrowsWithVariability() {
        for (const double servers : {1.0, 4.0, 40.0}) {
            double before = -1;
            for (const double scv : {0.0, 0.1, 0.5, 0.9}) {
                const double now = ggcWaitRatio(ggc(servers, 0.8 * servers, scv, 1));
                QVERIFY(now > before);
                before = now;
            }
        }
    }
    void ggcAnywhere() {
        for (const double servers : {1.0, 2.0, 7.0, 64.0, 1e4, 1e9, 1e12})
            for (const double rho : {1e-300, 1e-6, 0.1, 0.5, 0.9, 1 - 1e-9})
                for (const double ca2 : {0.0, 1e-6, 0.3, 1.0, 1.001, 5.0, 1e6})
                    for (const double cs2 : {0.0, 1e-6, 0.3, 1.0, 5.0, 1e6}) {
                        const Wait wait = ggcWait(ggc(servers, rho * servers, ca2, cs2));
                        QVERIFY(wait.probability >= 0 && wait.probability <= 1);
                        QVERIFY(wait.cumulants.mean >= 0 && std::isfinite(wait.cumulants.mean));
                        QVERIFY(wait.cumulants.variance >= 0 && std::isfinite(wait.cumulants.third));
                    }
    }

    void differentSpeeds_data() {
        QTest::addColumn<QList<double>>("rates");
        QTest::addRow("two") << QList<double>{1.5, 0.5};
        QTest::addRow("three") << QList<double>{100, 100, 20};
        QTest::addRow("four") << QList<double>{3, 1, 0.5, 0.5};
        QTest::addRow("six") << QList<double>{5, 4, 3, 2, 1, 0.1};
    }
    void differentSpeeds() {
        QFETCH(QList<double>, rates);
        std::vector<ServerGroup> groups;
        double capacity = 0;
        for (const double rate : rates) {
            groups.push_back({rate, 1});
            capacity += rate;
        }
        for (const double rho : {0.1, 0.6, 0.95})
            for (const IdleChoice choice : {IdleChoice::Random, IdleChoice::Fastest}) {
                const Sets sets(rho * capacity, std::vector<double>(rates.begin(), rates.end()), choice);
                const auto figures = heterogeneousServers(rho * capacity, groups, choice);
                QVERIFY(figures.exact);
                QVERIFY(near(figures.wait.probability, sets.allBusy, 1e-9));
                QVERIFY(near(figures.numberInSystem, sets.number, 1e-9));
                QVERIFY(near(figures.responseMean_s, sets.number / rho / capacity, 1e-9));
                QVERIFY(near(heterogeneousSurvival(rho * capacity, groups, figures, 0), 1, 1e-9));
            }
    }
    void equalSpeeds() {
        const ServerGroup together{2, 5}, some{2, 3}, others{2, 2};
        for (const IdleChoice choice : {IdleChoice::Random, IdleChoice::Fastest}) {
            const std::vector<ServerGroup> one{together}, two{some, others};
            const double waits = erlangC(5, 4);
            QVERIFY(near(heterogeneousServers(8, one, choice).wait.probability, waits, 1e-12));
            QVERIFY(near(heterogeneousServers(8, two, choice).wait.probability, waits, 1e-9));
        }
    }
    void speedsAnywhere() {
        for (const double fast : {1.0, 1e6})
            for (const double count : {1.0, 50.0, 1e6})
                for (const double rho : {0.0, 1e-300, 0.5, 0.999999, 1.0, 1e300})
                    for (const IdleChoice choice : {IdleChoice::Random, IdleChoice::Fastest}) {
                        const std::vector<ServerGroup> groups{{1, count}, {fast, 2}};
                        const auto figures = heterogeneousServers(rho * (count + 2 * fast), groups, choice);
                        QVERIFY(figures.steady == (rho < 1));
                        if (!figures.steady) continue;
                        QVERIFY(figures.wait.probability >= 0 && figures.wait.probability <= 1);
                        QVERIFY(figures.responseMean_s > 0 && std::isfinite(figures.responseMean_s));
                        QVERIFY(heterogeneousQuantile(rho, groups, figures, 0.99).count() > 0);
                    }
    }

    void contentionWithoutAnyIsMmck() {
        const auto queued = contentionStation({4, 10.0, 3, 0.1, {}, false});
        const auto shared = contentionStation({4, 10.0, 3, 0.1, {}, true});
        const FiniteFigures figures = finiteQueue({4, 10, 3, 0.1});
        for (const auto& found : {queued, shared}) {
            QVERIFY(near(found->loss, figures.loss, 1e-12));
            QVERIFY(near(found->numberInSystem, figures.numberInSystem, 1e-12));
            QVERIFY(near(found->carriedLoad, figures.carriedLoad, 1e-12));
        }
        QVERIFY(near(queued->wait.cumulants.mean, figures.wait.cumulants.mean, 1e-11));
        QVERIFY(near(contentionStation({4, {}, 3, 1, {}, false})->wait.probability, erlangC(4, 3), 1e-12));
    }
    void contentionSlowsDown() {
        const flow::Contention contention{0.1, 0.01};
        const auto free = contentionStation({4, {}, 2.5, 1, {}, false}),
                   slow = contentionStation({4, {}, 2.5, 1, contention, false});
        QVERIFY(slow->responseMean_s > free->responseMean_s);
        // Work done equals work offered: the mean speed is the load.
        QVERIFY(near(slow->carriedLoad, 2.5, 1e-12));
        QVERIFY(!contentionStation({4, {}, 3, 1, contention, false})->steady);
        QVERIFY(near(relativeCapacity(contention, 1), 1, 1e-15));
        const auto best = bestConcurrency({0.02, 5e-4});
        QVERIFY(near(*best.real, std::sqrt(0.98 / 5e-4), 1e-12) && *best.whole == 44);
        QVERIFY(!bestConcurrency({}).limit && near(*bestConcurrency({0.05, 0}).limit, 20, 1e-12));
        // As a request that shares meets it: the chain's own mean.
        const ContentionStation station{4, 30.0, 2, 0.1, contention, true};
        const auto seen = sharedStation(station, 1);
        QVERIFY(near(psStretch(*seen) * 0.1, contentionStation(station)->responseMean_s, 1e-10));
        const auto demand = distribution::exponential(Seconds{0.1});
        QVERIFY(near(distribution::mean(psResponseLaw(*seen, demand)).count(), psStretch(*seen) * 0.1, 1e-6));
    }
    void contentionAnywhere() {
        for (const double capacity : {1.0, 4.0, 100.0, 1e5})
            for (const double load : {0.0, 1e-300, 1.0, 3.9, 1e6, 1e300})
                for (const flow::Contention& contention : {flow::Contention{}, {0.1, 0}, {0.5, 0.5}})
                    for (const bool shared : {false, true}) {
                        const auto figures = contentionStation({4, capacity, load, 1, contention, shared});
                        QVERIFY(figures.has_value() && figures->steady);
                        QVERIFY(figures->loss >= 0 && figures->loss <= 1);
                        QVERIFY(figures->numberInSystem >= 0 && figures->numberInSystem <= capacity * (1 + 1e-12));
                        QVERIFY(figures->responseMean_s > 0 && std::isfinite(figures->responseMean_s));
                    }
        QVERIFY(!contentionStation({1e9, {}, 1, 1, {0.1, 0}, false}));
    }

    void sizing() {
        for (const double load : {0.0, 0.5, 10.0, 1000.0, 1e6, 1e9})
            for (const double probability : {0.5, 0.05, 1e-6, 1e-100}) {
                const double busy = serversForBusy(load, probability), loss = serversForLoss(load, probability),
                             wait = serversForWait(load, probability);
                QVERIFY(busyBeyond(busy, load) <= probability &&
                        (busy == 0 || busyBeyond(busy - 1, load) > probability));
                QVERIFY(erlangB(loss, load) <= probability && (loss == 0 || erlangB(loss - 1, load) > probability));
                QVERIFY(erlangC(wait, load) <= probability && wait > load);
                QVERIFY(wait - 1 <= load || wait == 1 || erlangC(wait - 1, load) > probability);
            }
        QCOMPARE(serversForBusy(1e300, 0.01), 1e300);
    }
};

PLIMSOLL_TEST(TestGeneral);
#include "tst_general.moc"
