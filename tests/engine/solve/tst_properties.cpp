// What holds of every model: random ones, with every kind of step (the long label takes many more of them).
#include "engine/flow/validate.h"
#include "tests/engine/solve/random_models.h"
#include "tests/engine/solve/solution_checks.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>

using namespace plimsoll;
using namespace plimsoll::flow;
using namespace plimsoll::tests;

namespace {

constexpr std::uint64_t kModels = 40, kSimple = 200;
const Ingredients kEasy{.everything = false, .busiest = 0.9};

bool isNear(double a, double b, double relative) {
    return std::abs(a - b) <= relative * std::max(std::abs(a), std::abs(b));
}

/// The first figure in which two answers differ, times of the second divided by `factor`. Empty: none.
QString difference(const Solution& a, const Solution& b, double factor, double relative) {
    const auto off = [&](const char* what, std::size_t i, double x, double y) {
        return isNear(x, y, relative)
                   ? QString()
                   : QString("%1 of %2: %3 and %4").arg(what).arg(i).arg(x, 0, 'g', 12).arg(y, 0, 'g', 12);
    };
    QString found;
    for (std::size_t c = 0; c < a.classes.size() && found.isEmpty(); ++c) {
        const ClassResult &x = a.classes[c], &y = b.classes[c];
        found = off("throughput", c, x.succeeded.value, y.succeeded.value * factor);
        if (x.latency.has_value() != y.latency.has_value()) found += "one has no latency";
        if (!x.latency || !y.latency || !found.isEmpty()) continue;
        found = off("mean", c, x.latency->mean.count(), y.latency->mean.count() / factor);
        found += off("p99", c, x.latency->quantile[3].count(), y.latency->quantile[3].count() / factor);
    }
    for (std::size_t s = 0; s < a.stations.size() && found.isEmpty(); ++s)
        found = off("utilisation", s, a.stations[s].utilisation.value, b.stations[s].utilisation.value);
    return found;
}

} // namespace

class TestProperties : public QObject {
    Q_OBJECT
private slots:
    void everyAnswerIsSound() {
        for (std::uint64_t seed = 0; seed < kModels; ++seed) {
            const Model model = randomModel(seed, {});
            QVERIFY(validate(model));
            const auto answer = solve(model);
            if (!answer) {
                QVERIFY2(answer.error().kind == Error::NoConvergence, answer.error().message.c_str());
                continue;
            }
            const std::string fault = faultOf(model, *answer);
            QVERIFY2(fault.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(fault.c_str())));
        }
    }

    /// The same in milliseconds and in hours.
    void unitsDoNotMatter() {
        for (std::uint64_t seed = 0; seed < kSimple; ++seed)
            for (const double factor : {1e-3, 3600.0}) {
                const Model model = randomModel(seed, kEasy);
                const auto a = solve(model), b = solve(inOtherUnits(model, factor));
                QVERIFY(a && b);
                const QString off = difference(*a, *b, factor, 1e-7);
                QVERIFY2(off.isEmpty(), qPrintable(QString("seed %1: %2").arg(seed).arg(off)));
            }
    }
    void unitsDoNotMatterWhereFiguresDepend() {
        for (std::uint64_t seed = 0; seed < kModels / 4; ++seed) {
            const Model model = randomModel(seed, {});
            const auto a = solve(model), b = solve(inOtherUnits(model, 8));
            if (!a || !b) continue;
            const QString off = difference(*a, *b, 8, 1e-3);
            QVERIFY2(off.isEmpty(), qPrintable(QString("seed %1: %2").arg(seed).arg(off)));
        }
    }

    void theOrderOfClassesDoesNotMatter() {
        for (std::uint64_t seed = 0; seed < kSimple; ++seed) {
            const Model model = randomModel(seed, kEasy);
            Model turned = model;
            std::ranges::reverse(turned.classes);
            auto a = solve(model);
            const auto b = solve(turned);
            QVERIFY(a && b);
            std::vector<ClassResult> back(a->classes.rbegin(), a->classes.rend());
            a->classes = std::move(back);
            const QString off = difference(*a, *b, 1, 1e-9);
            QVERIFY2(off.isEmpty(), qPrintable(QString("seed %1: %2").arg(seed).arg(off)));
        }
    }

    void moreLoadIsNeverFaster() {
        for (std::uint64_t seed = 0; seed < kSimple; ++seed) {
            const Model model = randomModel(seed, kEasy);
            SolveOptions less, more;
            less.loadFactor = 0.6;
            more.loadFactor = 0.9;
            const auto a = solve(model, less), b = solve(model, more);
            QVERIFY(a && b);
            for (std::size_t c = 0; c < a->classes.size(); ++c) {
                if (!b->classes[c].latency) continue;
                QVERIFY(a->classes[c].latency);
                for (std::size_t i = 0; i < kLevels.size(); ++i)
                    QVERIFY2(a->classes[c].latency->quantile[i].count() <=
                                 b->classes[c].latency->quantile[i].count() * (1 + 1e-6),
                             qPrintable(QString("seed %1 class %2 level %3").arg(seed).arg(c).arg(i)));
                QVERIFY(a->classes[c].latency->mean <= b->classes[c].latency->mean);
            }
        }
    }
    void moreServersAreNeverSlower() {
        for (std::uint64_t seed = 0; seed < kSimple; ++seed) {
            const Model model = randomModel(seed, kEasy);
            const auto before = solve(model);
            for (std::size_t s = 0; s < model.stations.size(); ++s) {
                Model larger = model;
                ++*larger.stations[s].servers;
                const auto after = solve(larger);
                QVERIFY(before && after);
                for (std::size_t c = 0; c < model.classes.size(); ++c) {
                    if (!before->classes[c].latency) continue;
                    QVERIFY(after->classes[c].latency);
                    QVERIFY2(after->classes[c].latency->mean.count() <=
                                 before->classes[c].latency->mean.count() * (1 + 1e-9),
                             qPrintable(QString("seed %1 station %2").arg(seed).arg(s)));
                }
            }
        }
    }
};

PLIMSOLL_TEST(TestProperties);
#include "tst_properties.moc"
