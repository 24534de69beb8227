// Priorities: conservation, limits, and the transforms against the moments.
#include "engine/queueing/erlang.h"
#include "engine/queueing/mg1.h"
#include "engine/queueing/mgc.h"
#include "engine/queueing/mmc.h"
#include "engine/queueing/priority.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace plimsoll;
using namespace plimsoll::queueing;
using distribution::Distribution;

namespace {

bool near(double actual, double expected, double relative) {
    if (std::abs(actual - expected) <= relative * std::abs(expected)) return true;
    qWarning("%.15g, expected %.15g", actual, expected);
    return false;
}

struct Case {
    std::vector<PriorityClass> classes;
    std::vector<Distribution> laws;
    void add(double rate, const Distribution& law, unsigned priority) {
        classes.push_back({rate, serviceMoments(law), priority});
        laws.push_back(law);
    }
};

Case threeLaws() {
    Case made;
    made.add(20, distribution::exponential(Seconds{0.01}), 0);
    made.add(10, distribution::erlang(Seconds{0.02}, 2), 1);
    made.add(5, distribution::fromMeanScv(Seconds{0.06}, 3), 2);
    return made;
}

} // namespace

class TestPriority : public QObject {
    Q_OBJECT
private slots:
    /// Kleinrock 1965: the sum of load x wait does not depend on the order, nor on who is first.
    void conservation() {
        Case made = threeLaws();
        const auto sum = [&] {
            double total = 0;
            const auto figures = nonPreemptivePriority(1, made.classes);
            for (std::size_t i = 0; i < figures.size(); ++i)
                total +=
                    made.classes[i].arrivalRate_per_s * made.classes[i].service.first * figures[i].wait.cumulants.mean;
            return total;
        };
        const double inOrder = sum();
        std::swap(made.classes[0].priority, made.classes[2].priority);
        QVERIFY(near(sum(), inOrder, 1e-12));
        for (auto& one : made.classes) one.priority = 7;
        QVERIFY(near(sum(), inOrder, 1e-12));
    }
    void equalPrioritiesAreOneQueue() {
        Case made;
        const auto law = distribution::fromMeanScv(Seconds{0.02}, 3);
        made.add(10, law, 4);
        made.add(25, law, 4);
        const Wait wait = mg1Wait(35, serviceMoments(law));
        for (const auto& figures : nonPreemptivePriority(1, made.classes)) {
            QVERIFY(near(figures.wait.cumulants.mean, wait.cumulants.mean, 1e-12));
            QVERIFY(near(figures.wait.cumulants.variance, wait.cumulants.variance, 1e-12));
        }
        const WaitTransform ours = nonPreemptiveTransform(1, made.classes, made.laws, 0),
                            theirs = mg1Transform(35, law);
        QVERIFY(near(waitQuantile(ours, 0.99).count(), waitQuantile(theirs, 0.99).count(), 1e-9));
    }
    /// First and second moments from the transform's slope at 0.
    void transformsHaveTheMoments() {
        for (const Case& made : {threeLaws()}) {
            const auto figures = nonPreemptivePriority(1, made.classes);
            for (std::size_t i = 0; i < figures.size(); ++i) {
                const WaitTransform wait = nonPreemptiveTransform(1, made.classes, made.laws, i);
                const double mean = figures[i].wait.cumulants.mean, p = figures[i].wait.probability, h = 1e-5 / mean;
                const auto at = [&](double s) { return 1 - p + p * wait.conditional(s).real(); };
                const double first = (4 * at(h) - at(2 * h) - 3) / (-2 * h);
                const double second = (at(2 * h) - 2 * at(h) + 1) / (h * h);
                QVERIFY(near(first, mean, 1e-6));
                QVERIFY(near(second, figures[i].wait.cumulants.variance + mean * mean, 1e-3));
            }
        }
    }
    void highestOfMmcIsExponential() {
        Case made;
        const auto law = distribution::exponential(Seconds{1});
        made.add(1, law, 0);
        made.add(2.4, law, 1);
        const WaitTransform wait = nonPreemptiveTransform(4, made.classes, made.laws, 0);
        const double waits = erlangC(4, 3.4);
        QVERIFY(near(waitQuantile(wait, 0.99).count(), std::log(waits / 0.01) / (4 - 1), 1e-8));
    }
    void highestThatInterruptsIsAlone() {
        Case made;
        const auto law = distribution::exponential(Seconds{1});
        made.add(2.5, law, 0);
        made.add(1, law, 1);
        const Mmc alone{4, PerSecond{2.5}, Seconds{1}};
        const auto figures = preemptivePriority(4, made.classes);
        QVERIFY(near(figures[0].response.mean, mmc(alone).responseMean.count(), 1e-12));
        const PreemptiveLaw response = preemptiveLaw(4, made.classes, made.laws, 0);
        QVERIFY(near(preemptiveResponseQuantile(response, 0.99, 1.2).count(),
                     mmcResponseQuantile(alone, mmc(alone), 0.99).count(), 1e-8));
        // Both together are an M/M/c.
        const double both = mmc({4, PerSecond{3.5}, Seconds{1}}).responseMean.count();
        QVERIFY(near((2.5 * figures[0].response.mean + figures[1].response.mean) / 3.5, both, 1e-12));
    }
    /// One server: mean and variance of the response from its transform.
    void interruptedResponse() {
        const Case made = threeLaws();
        const auto figures = preemptivePriority(1, made.classes);
        for (std::size_t i = 0; i < figures.size(); ++i) {
            const PreemptiveLaw law = preemptiveLaw(1, made.classes, made.laws, i);
            const double mean = figures[i].response.mean, p = law.wait.wait.probability, h = 1e-5 / mean;
            const auto at = [&](double s) {
                return ((1 - p + p * law.wait.conditional(s)) * law.completion(s)).real();
            };
            QVERIFY(near((4 * at(h) - at(2 * h) - 3) / (-2 * h), mean, 1e-6));
            QVERIFY(near((at(2 * h) - 2 * at(h) + 1) / (h * h), figures[i].response.variance + mean * mean, 1e-3));
        }
    }
    void aRateNearNothing() {
        // The response of a class that hardly comes does not depend on how hardly: no cancellation.
        const auto at = [](double rate) {
            Case made;
            made.add(2.5, distribution::exponential(Seconds{1}), 0);
            made.add(rate, distribution::exponential(Seconds{1}), 1);
            return preemptivePriority(4, made.classes)[1].response.mean;
        };
        QVERIFY(near(at(1e-5), at(1e-9), 1e-4));
        QVERIFY(near(at(0), at(1e-9), 1e-7));
        QVERIFY(near(at(1e-300), at(1e-9), 1e-7));
    }
    void overloadStopsAtItsClass() {
        Case made;
        const auto law = distribution::exponential(Seconds{1});
        made.add(0.5, law, 0);
        made.add(0.7, law, 1);
        made.add(0.2, law, 2);
        const auto figures = nonPreemptivePriority(1, made.classes), resumed = preemptivePriority(1, made.classes);
        QVERIFY(figures[0].steady && !figures[1].steady && !figures[2].steady);
        QVERIFY(near(figures[1].carriedRate_per_s, 0.5, 1e-12));
        QCOMPARE(figures[2].carriedRate_per_s, 0.0);
        // The server is always busy: who comes first in line waits for the one in service.
        QVERIFY(near(figures[0].wait.cumulants.mean, 1 / 0.5, 1e-12));
        QVERIFY(near(resumed[0].response.mean, 2, 1e-12));
        const WaitTransform wait = nonPreemptiveTransform(1, made.classes, made.laws, 0);
        QVERIFY(responseQuantile(wait, law, 0.99).count() > 2);
    }
    void anyRates() {
        for (const double servers : {1.0, 3.0, 1e9})
            for (const double high : {0.0, 1e-300, 0.3 * servers, 0.999999 * servers, 2 * servers, 1e300})
                for (const double low : {0.0, 1e-300, 0.3 * servers, 1e300}) {
                    Case made;
                    made.add(high, distribution::exponential(Seconds{1}), 0);
                    made.add(low, distribution::fromMeanScv(Seconds{0.5}, 4), 1);
                    for (const auto& all :
                         {nonPreemptivePriority(servers, made.classes), preemptivePriority(servers, made.classes)})
                        for (const PriorityFigures& figures : all) {
                            QVERIFY(std::isfinite(figures.carriedRate_per_s));
                            if (!figures.steady) continue;
                            QVERIFY(figures.response.mean >= 0.5 && std::isfinite(figures.response.mean));
                            QVERIFY(figures.wait.cumulants.mean >= 0 && std::isfinite(figures.response.variance));
                        }
                }
    }
};

PLIMSOLL_TEST(TestPriority);
#include "tst_priority.moc"
