// Queues that refuse: closed forms against chains added up state by state, and the chains against each other.
#include "engine/queueing/erlang.h"
#include "engine/queueing/finite_queue.h"
#include "engine/queueing/mg1k.h"
#include "engine/queueing/phase_chain.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <boost/math/special_functions/gamma.hpp>

#include <cmath>

using namespace plimsoll;
using namespace plimsoll::queueing;

namespace {

bool near(double actual, double expected, double relative, double absolute = 0) {
    if (std::abs(actual - expected) <= relative * std::abs(expected) + absolute) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}

/// M/M/c/K state by state, as the accepted requests see it.
struct Chain {
    int servers, capacity;
    double loss = 0;
    std::vector<double> seen; // by the accepted

    Chain(int c, int k, double load) : servers(c), capacity(k) {
        std::vector<double> p{1};
        double total = 1;
        for (int n = 1; n <= k; ++n) total += p.emplace_back(p.back() * load / std::min(n, c));
        loss = p.back() / total;
        for (int n = 0; n < k; ++n) seen.push_back(p[std::size_t(n)] / total / (1 - loss));
    }
    double waitSurvival(double t) const {
        double sum = 0;
        for (int n = servers; n < capacity; ++n)
            sum += seen[std::size_t(n)] * boost::math::gamma_q(double(n - servers + 1), servers * t);
        return sum;
    }
    /// Simpson's rule over the service.
    double responseSurvival(double t) const {
        constexpr int kSteps = 2000;
        double sum = 0;
        for (int i = 0; i <= kSteps; ++i) {
            const double u = t * i / kSteps, weight = i == 0 || i == kSteps ? 1 : i % 2 == 1 ? 4 : 2;
            sum += weight * std::exp(u - t) * waitSurvival(u);
        }
        return std::exp(-t) + sum * t / kSteps / 3;
    }
};

} // namespace

class TestFinite : public QObject {
    Q_OBJECT
private slots:
    void againstStates_data() {
        QTest::addColumn<int>("servers");
        QTest::addColumn<int>("capacity");
        QTest::addColumn<double>("load");
        const std::tuple<int, int, double> rows[] = {{1, 10, 0.9}, {2, 5, 3},   {32, 64, 31},   {2, 30, 1},
                                                     {3, 4, 10},   {1, 1, 0.5}, {4, 100, 4},    {4, 100, 4.000001},
                                                     {4, 4, 3},    {8, 20, 80}, {4, 100, 3.999}};
        for (const auto& [c, k, a] : rows) QTest::addRow("%d %d %g", c, k, a) << c << k << a;
    }
    void againstStates() {
        QFETCH(int, servers);
        QFETCH(int, capacity);
        QFETCH(double, load);
        const Chain chain(servers, capacity, load);
        const FiniteStation station{double(servers), double(capacity), load, 1};
        const FiniteFigures figures = finiteQueue(station);
        QVERIFY(near(figures.loss, chain.loss, 1e-11));
        QVERIFY(near(figures.carriedLoad, load * (1 - chain.loss), 1e-11));
        double first = 0, second = 0, waits = 0;
        for (int n = servers; n < capacity; ++n) {
            const double ahead = (n - servers + 1.0) / servers, p = chain.seen[std::size_t(n)];
            waits += p;
            first += p * ahead;
            second += p * ahead * (ahead + 1.0 / servers);
        }
        QVERIFY(near(figures.wait.probability, waits, 1e-11));
        QVERIFY(near(figures.wait.cumulants.mean, first, 1e-10));
        QVERIFY(near(figures.wait.cumulants.variance, second - first * first, 1e-8, 1e-13));
        for (const double t : {0.01, 0.3, 1.0, 3.0, 10.0}) {
            QVERIFY(near(finiteWaitSurvival(station, t), chain.waitSurvival(t), 0, 1e-10));
            QVERIFY(near(finiteResponseSurvival(station, t), chain.responseSurvival(t), 0, 1e-8));
        }
        for (const double level : {0.5, 0.99}) {
            const double t = finiteResponseQuantile(station, level).count();
            QVERIFY(near(chain.responseSurvival(t), 1 - level, 1e-6));
        }
    }
    void withoutPlacesItIsErlang() {
        for (const double load : {1e-300, 0.1, 90.0, 100.0, 1e6, 1e300}) {
            const FiniteFigures figures = finiteQueue({100, 100, load, 1});
            QVERIFY(near(figures.loss, erlangB(100, load), 1e-12));
            QCOMPARE(figures.wait.cumulants.mean, 0.0);
            QVERIFY(figures.carriedLoad <= 100);
        }
        QVERIFY(near(finiteQueue({100, 100, 1e12, 1}).carriedLoad, 100, 1e-11));
    }
    void unboundedItIsMmc() {
        const FiniteFigures figures = finiteQueue({4, 1e9, 3, 0.01});
        const double waits = erlangC(4, 3);
        QVERIFY(near(figures.wait.probability, waits, 1e-12));
        QVERIFY(near(figures.wait.cumulants.mean, waits * 0.01, 1e-12));
        QVERIFY(near(finiteWaitQuantile({4, 1e9, 3, 0.01}, 0.99).count(), 0.01 * std::log(waits / 0.01), 1e-9));
    }
    void oneServerAgainstPhases_data() {
        QTest::addColumn<double>("scv");
        for (const double scv : {0.5, 2.0, 10.0}) QTest::addRow("%g", scv) << scv;
    }
    /// The chain at the ends of service and the chain of phases, made in quite different ways.
    void oneServerAgainstPhases() {
        QFETCH(double, scv);
        const auto service = distribution::fromMeanScv(Seconds{1}, scv);
        for (const double rate : {0.1, 0.8, 1.0, 1.5, 5.0}) {
            for (const double capacity : {1.0, 2.0, 10.0, 200.0}) {
                const auto one = finiteOneServer(rate, service, capacity);
                const auto phases = phaseChain(rate, *twoPhases(service), 1, capacity);
                QVERIFY(one && phases);
                QVERIFY(near(one->loss, phases->loss, 1e-9, 1e-300));
                QVERIFY(near(one->queueLength, phases->queueLength, 1e-9, 1e-300));
                QVERIFY(near(1 - one->present.front(), phases->carriedLoad, 1e-9));
            }
        }
    }
    void constantService() {
        // M/D/1/2 by hand: a departure leaves nobody behind with probability a0 = e^-rho, and loss = 1 - 1 / (a0 +
        // rho).
        const double rho = 0.7, a0 = std::exp(-rho);
        const auto figures = finiteOneServer(rho, distribution::constant(Seconds{1}), 2);
        QVERIFY(near(figures->loss, 1 - 1 / (a0 + rho), 1e-12));
    }
    void exponentialPhases() {
        for (const double load : {0.5, 3.0, 4.0, 9.0}) {
            const auto chain = phaseChain(load, *twoPhases(distribution::exponential(Seconds{1})), 4, 9);
            const FiniteFigures figures = finiteQueue({4, 9, load, 1});
            QVERIFY(near(chain->loss, figures.loss, 1e-11));
            QVERIFY(near(chain->queueLength, figures.queueLength, 1e-11));
            QVERIFY(near(chain->waitProbability, figures.wait.probability, 1e-11));
        }
    }
    void longQueuesRepeatTheirLevels() {
        const auto service = distribution::fromMeanScv(Seconds{1}, 4);
        const auto shorter = phaseChain(7, *twoPhases(service), 8, 1500),
                   longer = phaseChain(7, *twoPhases(service), 8, 20000);
        QVERIFY(near(longer->queueLength, shorter->queueLength, 1e-9));
        QVERIFY(longer->loss < shorter->loss);
    }
    void methods() {
        const auto of = [](double c, double k, double scv) {
            return generalFiniteQueue({c, k, 0.9 * c, distribution::fromMeanScv(Seconds{1}, scv)}).method;
        };
        QCOMPARE(int(of(4, 4, 0)), int(FiniteMethod::Exact));
        QCOMPARE(int(of(4, 9, 1)), int(FiniteMethod::Exact));
        QCOMPARE(int(of(1, 9, 0)), int(FiniteMethod::Exact));
        QCOMPARE(int(of(4, 9, 3)), int(FiniteMethod::Exact));
        QCOMPARE(int(of(4, 9, 0.7)), int(FiniteMethod::TwoPhases));
        QCOMPARE(int(of(4, 9, 0.2)), int(FiniteMethod::Interpolated));
        QCOMPARE(int(of(1e6, 2e6, 3)), int(FiniteMethod::Interpolated));
    }
    void anySize() {
        for (const double servers : {1.0, 7.0, 1e6, 1e12})
            for (const double places : {0.0, 1.0, 1e3, 1e12})
                for (const double load : {1e-300, 1e-3, 0.99 * servers, servers, 1.01 * servers, 1e30, 1e300})
                    for (const double scv : {0.0, 0.3, 1.0, 9.0}) {
                        const auto found = generalFiniteQueue(
                            {servers, servers + places, load, distribution::fromMeanScv(Seconds{1}, scv)});
                        const FiniteFigures& figures = found.figures;
                        QVERIFY(figures.loss >= 0 && figures.loss <= 1);
                        QVERIFY(figures.queueLength >= 0 && figures.queueLength <= places * (1 + 1e-9));
                        QVERIFY(figures.carriedLoad >= 0 && figures.carriedLoad <= servers);
                        QVERIFY(figures.wait.cumulants.mean >= 0 && std::isfinite(figures.wait.cumulants.variance));
                    }
    }
};

PLIMSOLL_TEST(TestFinite);
#include "tst_finite.moc"
