// Tokens held inside a sub-network: against Erlang's formulas, the birth-death chain with 100 digits, a simulated queue
// with both limits, and at both ends of doubles.
#include "engine/network/convolution.h"
#include "engine/network/pool.h"
#include "engine/queueing/mgc.h"
#include "engine/queueing/mmc.h"
#include "tests/support/test_registry.h"

#include <QtTest>
#include <queue>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <cmath>
#include <deque>
#include <random>

using namespace plimsoll;
using namespace plimsoll::network;

namespace {
using Wide = boost::multiprecision::cpp_bin_float_100;

bool close(double actual, double expected, double relative = 1e-9) {
    if (std::abs(actual - expected) <= relative * std::abs(expected)) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}
bool close(const distribution::Cumulants& actual, const distribution::Cumulants& expected, double relative = 1e-9) {
    return close(actual.mean, expected.mean, relative) && close(actual.variance, expected.variance, relative) &&
           close(actual.third, expected.third, relative);
}

std::vector<double> equalRates(double tokens, double rate) {
    std::vector<double> rates;
    for (double n = 1; n <= tokens; ++n) rates.push_back(n * rate);
    return rates;
}

struct ChainFigures {
    double waitProbability = 0, refused = 0, busy = 0, waiting = 0;
    distribution::Cumulants wait;
};
/// The chain itself, `waitingPlaces` long behind the tokens.
ChainFigures chain(const PoolQueue& pool, int waitingPlaces) {
    const int tokens = int(pool.tokens);
    const auto back = [&](int n) { return pool.rates_per_s[std::min(std::size_t(n), pool.rates_per_s.size()) - 1]; };
    std::vector<Wide> weight{1};
    for (int n = 1; n <= tokens + waitingPlaces; ++n)
        weight.push_back(weight.back() * Wide(pool.arrivalRate_per_s) / Wide(back(n)));
    Wide total = 0, above = 0, busy = 0, waiting = 0, first = 0, second = 0, third = 0;
    const Wide rate = back(tokens);
    for (int n = 0; n <= tokens + waitingPlaces; ++n) {
        const Wide& w = weight[std::size_t(n)];
        total += w;
        busy += w * std::min(n, tokens);
        waiting += w * std::max(0, n - tokens);
        if (n < tokens) continue;
        above += w;
        if (n == tokens + waitingPlaces) continue;
        const Wide k = n - tokens + 1;
        first += w * k / rate;
        second += w * k * (k + 1) / (rate * rate);
        third += w * k * (k + 1) * (k + 2) / (rate * rate * rate);
    }
    const Wide served = total - weight.back();
    first /= served, second /= served, third /= served;
    const Wide variance = second - first * first, central = third - first * (3 * second - 2 * first * first);
    const auto number = [](const Wide& value) { return value.convert_to<double>(); };
    return {number(above / total),
            number(weight.back() / total),
            number(busy / total),
            number(waiting / total),
            {number(first), number(variance), number(central)}};
}

/// Simulated shares and wait of those served; `rates` as in PoolQueue.
struct Simulated {
    double refused = 0, timedOut = 0, wait = 0;
};
Simulated simulated(const PoolQueue& pool, int arrivals) {
    std::mt19937_64 random(7);
    std::exponential_distribution<double> exponential(1);
    double now = 0, nextArrival = exponential(random) / pool.arrivalRate_per_s;
    std::size_t busy = 0;
    std::deque<double> waiting; // times of arrival
    Simulated sum;
    int left = arrivals, served = 0;
    while (left > 0) {
        const double back = busy > 0 ? exponential(random) / pool.rates_per_s[busy - 1] : 1e300;
        const double deadline = waiting.empty() ? 1e300 : waiting.front() + *pool.maxWait_s;
        const double next = std::min({now + back, nextArrival, deadline});
        now = next;
        if (next == deadline) {
            waiting.pop_front();
            ++sum.timedOut;
        } else if (next == nextArrival) {
            --left;
            nextArrival = now + exponential(random) / pool.arrivalRate_per_s;
            if (busy < pool.rates_per_s.size())
                ++busy, ++served;
            else if (double(waiting.size()) < *pool.queueLimit)
                waiting.push_back(now);
            else
                ++sum.refused;
        } else if (waiting.empty()) {
            --busy;
        } else {
            sum.wait += now - waiting.front();
            waiting.pop_front();
            ++served;
        }
    }
    return {sum.refused / arrivals, sum.timedOut / arrivals, sum.wait / served};
}
} // namespace

class TestPool : public QObject {
    Q_OBJECT
private slots:
    void isMmc_data() {
        QTest::addColumn<double>("tokens");
        QTest::addColumn<double>("utilisation");
        for (const double tokens : {1.0, 2.0, 8.0, 500.0, 20'000.0})
            for (const double utilisation : {1e-6, 0.1, 0.5, 0.9, 0.999, 0.9999999})
                QTest::addRow("%g at %g", tokens, utilisation) << tokens << utilisation;
    }
    void isMmc() {
        QFETCH(double, tokens);
        QFETCH(double, utilisation);
        const auto rates = equalRates(tokens, 40);
        const PoolFigures pool =
            poolQueue({.arrivalRate_per_s = utilisation * tokens * 40, .rates_per_s = rates, .tokens = tokens});
        const auto mmc = queueing::mmc({tokens, perSecond(utilisation * tokens * 40), seconds(1 / 40.0)});
        QVERIFY(pool.steady);
        if (mmc.waitProbability > 1e-290) {
            QVERIFY(close(pool.waitProbability, mmc.waitProbability));
            QVERIFY(close(pool.wait.cumulants.mean, mmc.waitMean.count(), 1e-14 / (1 - utilisation) + 1e-10));
            QVERIFY(close(pool.wait.cumulants.variance,
                          queueing::mmcWait(mmc.waitProbability, tokens, mmc.load, 1 / 40.0).cumulants.variance, 1e-8));
        }
        QVERIFY(close(pool.busy, mmc.load));
        QVERIFY(close(pool.hold_s, 1 / 40.0));
        QVERIFY(std::abs(pool.waiting - mmc.queueLength) <= 1e-9 * mmc.queueLength);
    }

    void isTheChain_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 0; seed < 60; ++seed) QTest::addRow("seed %d", seed) << seed;
    }
    /// Rates of any shape, a queue limit, more tokens than rates.
    void isTheChain() {
        QFETCH(int, seed);
        std::mt19937 random{unsigned(seed)};
        std::uniform_real_distribution<double> unit(0, 1);
        std::vector<double> rates(1 + random() % 30);
        for (double& rate : rates) rate = std::pow(10, 2 * unit(random) - 1);
        PoolQueue pool{std::pow(10, 3 * unit(random) - 1.5), rates,
                       double(rates.size() + random() % 3 * (random() % 40)), std::nullopt, std::nullopt};
        if (seed % 7 == 0) pool.arrivalRate_per_s = rates.back(); // ratio 1
        if (seed % 7 == 1) pool.arrivalRate_per_s = rates.back() * (1 - 1e-9);
        const int limit = seed % 5 == 0 ? 0 : int(random() % 300);
        pool.queueLimit = limit;
        const PoolFigures figures = poolQueue(pool);
        const ChainFigures expected = chain(pool, limit);
        QVERIFY(close(figures.waitProbability, expected.waitProbability));
        QVERIFY(close(figures.refused, expected.refused));
        QVERIFY(close(figures.busy, expected.busy));
        QVERIFY(close(figures.waiting, expected.waiting));
        if (limit > 0) QVERIFY(close(figures.wait.cumulants, expected.wait, 1e-8));
        QVERIFY(close(figures.carried_per_s, pool.arrivalRate_per_s * (1 - expected.refused), 1e-9) ||
                expected.refused > 1 - 1e-6);
    }

    /// M/M/c+D (Baccelli and Hebuterne 1981; theory/stations.md 8).
    void isMmcWithDeadline_data() {
        QTest::addColumn<double>("tokens");
        QTest::addColumn<double>("utilisation");
        QTest::addColumn<double>("deadline");
        for (const double tokens : {1.0, 4.0, 50.0})
            for (const double utilisation : {0.5, 0.95, 1.0, 1.0 + 1e-12, 1.5, 4.0})
                for (const double deadline : {0.0, 1e-3, 0.1, 20.0})
                    QTest::addRow("%g at %g, %g s", tokens, utilisation, deadline) << tokens << utilisation << deadline;
    }
    void isMmcWithDeadline() {
        QFETCH(double, tokens);
        QFETCH(double, utilisation);
        QFETCH(double, deadline);
        const double rate = utilisation * tokens, d = tokens - rate; // service rate 1 per server
        const auto rates = equalRates(tokens, 1);
        const PoolFigures pool =
            poolQueue({.arrivalRate_per_s = rate, .rates_per_s = rates, .tokens = tokens, .maxWait_s = deadline});
        Wide inverse = 1; // 1 / B(tokens - 1, rate)
        for (int n = 1; n < int(tokens); ++n) inverse = 1 + n / Wide(rate) * inverse;
        const Wide decay = exp(-Wide(d) * deadline);
        const Wide whole = d == 0 ? Wide(deadline) : (1 - decay) / Wide(d);
        const Wide below = inverse, tail = rate * decay / tokens, total = below + rate * whole + tail;
        QVERIFY(close(pool.timedOut, (tail / total).convert_to<double>(), 1e-9));
        QVERIFY(close(pool.waitProbability, ((rate * whole + tail) / total).convert_to<double>(), 1e-9));
        QVERIFY(close(pool.carried_per_s, pool.busy, 1e-9)); // service rate 1
        // The wait of those served: integrals of x^k e^{-d x}, by parts.
        const Wide dw(d), end(deadline);
        Wide moments[4] = {whole};
        for (int k = 1; k < 4; ++k)
            moments[k] = d == 0 ? pow(end, k + 1) / (k + 1) : (k * moments[k - 1] - pow(end, k) * decay) / dw;
        const Wide served = below + rate * whole;
        const auto raw = [&](int k) { return Wide(rate * moments[k] / served); };
        const Wide variance = raw(2) - raw(1) * raw(1), third = raw(3) - raw(1) * (3 * raw(2) - 2 * raw(1) * raw(1));
        if (deadline == 0)
            QCOMPARE(pool.wait.cumulants.mean, 0.0);
        else
            QVERIFY(close(pool.wait.cumulants,
                          {raw(1).convert_to<double>(), variance.convert_to<double>(), third.convert_to<double>()},
                          1e-7));
    }

    void bothLimits_data() {
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("limit");
        QTest::addColumn<double>("deadline");
        for (const double rate : {3.0, 4.5, 8.0})
            for (const double limit : {1.0, 4.0, 12.0})
                for (const double deadline : {0.2, 1.0, 3.0})
                    QTest::addRow("%g/s, %g, %g s", rate, limit, deadline) << rate << limit << deadline;
    }
    void bothLimits() {
        QFETCH(double, rate);
        QFETCH(double, limit);
        QFETCH(double, deadline);
        const auto rates = equalRates(4, 1);
        const PoolQueue pool{rate, rates, 4, limit, deadline};
        const PoolFigures figures = poolQueue(pool);
        const Simulated expected = simulated(pool, 100'000);
        const auto near = [](double a, double b) {
            if (std::abs(a - b) < 0.004 + 0.03 * b) return true;
            qWarning("%g, simulated %g", a, b);
            return false;
        };
        QVERIFY(near(figures.refused, expected.refused));
        QVERIFY(near(figures.timedOut, expected.timedOut));
        QVERIFY(near(figures.wait.cumulants.mean, expected.wait));
        QVERIFY(close(figures.carried_per_s, figures.busy, 1e-2)); // Little inside the hold
    }
    /// One limit far away: as if it were not there, and no step where the formula changes.
    void bothLimitsMeetTheSingleOnes() {
        const auto rates = equalRates(4, 1);
        for (const double rate : {2.0, 4.0, 9.0}) {
            const PoolFigures limit = poolQueue({rate, rates, 4, 10, std::nullopt});
            const PoolFigures deadline = poolQueue({rate, rates, 4, std::nullopt, 2});
            for (const double far : {12.0, 20.0, 1e9}) {
                QVERIFY(close(poolQueue({rate, rates, 4, 10, far}).refused, limit.refused, 1e-5));
                QVERIFY(close(poolQueue({rate, rates, 4, 8 * far, 2}).timedOut, deadline.timedOut, 1e-5));
            }
            for (const double far : {14.0, 15.0}) // the limit is never met with less than 1e-14
                QVERIFY(close(poolQueue({rate, rates, 4, 10, far}).wait.cumulants, limit.wait.cumulants, 1e-6));
        }
    }

    void grows() {
        const auto rates = equalRates(3, 2);
        for (const double rate : {6.0, 7.0, 1e30}) {
            const PoolFigures pool = poolQueue({rate, rates, 3, std::nullopt, std::nullopt});
            QVERIFY(!pool.steady);
            QCOMPARE(pool.carried_per_s, 6.0);
            QCOMPARE(pool.busy, 3.0);
            QCOMPARE(pool.hold_s, 0.5);
        }
        QVERIFY(poolQueue({5.999999, rates, 3, std::nullopt, std::nullopt}).steady);
        QCOMPARE(poolQueue({0, rates, 3, std::nullopt, std::nullopt}).hold_s, 0.5);
    }

    void moreTokensThanRates() {
        // A sub-network that is flat from 40 on: all rates written out are the same.
        std::vector<double> rates(500, 40);
        for (std::size_t n = 0; n < 40; ++n) rates[n] = double(n + 1);
        for (const double rate : {1e-3, 20.0, 39.0, 39.9999999, 41.0, 400.0}) {
            const PoolFigures full = poolQueue({rate, rates, 500, 7, std::nullopt});
            const PoolFigures few = poolQueue({rate, std::span(rates).first(40), 500, 7, std::nullopt});
            QVERIFY(full.waitProbability < 1e-300 || close(few.waitProbability, full.waitProbability));
            QVERIFY(close(few.busy, full.busy));
            QVERIFY(close(few.hold_s, full.hold_s));
        }
    }

    void priorities() {
        // Conservation: the mean over the classes is the pool's own mean wait.
        const auto rates = equalRates(5, 1);
        const double arrivals[] = {1, 0, 2.5, 1};
        const PoolFigures pool = poolQueue({4.5, rates, 5, std::nullopt, std::nullopt});
        std::optional<double> waits[4];
        priorityWaits(arrivals, 5, pool.waitProbability, waits);
        double mean = 0;
        for (std::size_t k = 0; k < 4; ++k) mean += arrivals[k] * *waits[k] / 4.5;
        QVERIFY(close(mean, pool.wait.cumulants.mean));
        QVERIFY(waits[0] < waits[2] && waits[2] < waits[3]);
        // Overload of the last class leaves those before it with all tokens always in use.
        const double too[] = {2, 2, 3};
        priorityWaits(too, 5, 1, std::span(waits).first(3));
        QVERIFY(close(*waits[0], 1.0 / 5 / (1 - 0.4)));
        QVERIFY(waits[1] && !waits[2]);
    }

    void corrections() {
        QCOMPARE(waitForHold(2, 1), 2.0);
        QCOMPARE(waitForHold(2, 0), 1.0);
        InnerPool inner{0.8, 600, 16, 0.0305, 1, 1};
        QCOMPARE(innerHoldCorrection(inner), 0.0);
        inner.holdScv = 0.5;
        QVERIFY(innerHoldCorrection(inner) < 0);
        inner.arrivalRate_per_s = 1e9; // saturated on its own: no correction
        QCOMPARE(innerHoldCorrection(inner), 0.0);
    }

    void extremes_data() {
        QTest::addColumn<double>("rate");
        QTest::addColumn<double>("back");
        QTest::addColumn<double>("limit");
        QTest::addColumn<double>("deadline");
        for (const double rate : {0.0, 1e-30, 1.0, 1e30})
            for (const double back : {1e-30, 1.0, 1e30})
                for (const double limit : {-1.0, 0.0, 1.0, 1e3, 4e9})
                    for (const double deadline : {-1.0, 0.0, 1e-30, 1.0, 1e30})
                        QTest::addRow("%g %g %g %g", rate, back, limit, deadline) << rate << back << limit << deadline;
    }
    void extremes() {
        QFETCH(double, rate);
        QFETCH(double, back);
        QFETCH(double, limit);
        QFETCH(double, deadline);
        for (const std::size_t listed : {1, 30})
            for (const double tokens : {30.0, 4e9})
                for (const bool falling : {false, true}) {
                    auto rates = equalRates(double(listed), back);
                    if (falling) std::ranges::reverse(rates);
                    PoolQueue pool{rate, rates, tokens, std::nullopt, std::nullopt};
                    if (limit >= 0) pool.queueLimit = limit;
                    if (deadline >= 0) pool.maxWait_s = deadline;
                    const PoolFigures f = poolQueue(pool);
                    for (const double value : {f.waitProbability, f.refused, f.timedOut, f.wait.probability})
                        QVERIFY(value >= 0 && value <= 1 + 1e-12);
                    for (const double value : {f.carried_per_s, f.busy, f.waiting, f.hold_s, f.wait.cumulants.mean,
                                               f.wait.cumulants.variance})
                        QVERIFY2(std::isfinite(value) && value >= 0, QByteArray::number(value));
                    QVERIFY(f.busy <= tokens * (1 + 1e-12) &&
                            f.carried_per_s <= rate * (1 + 1e-12) + !f.steady * back * 30);
                }
    }
};

PLIMSOLL_TEST(TestPool);
#include "tst_pool.moc"
