// Ten thousand random models with every kind of step: each answer sound in itself, or an error that says why not.
#include "engine/flow/validate.h"
#include "tests/engine/solve/random_models.h"
#include "tests/engine/solve/solution_checks.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::flow;
using namespace plimsoll::tests;

class LongProperties : public QObject {
    Q_OBJECT
private slots:
    void everyAnswerIsSound() {
        constexpr std::uint64_t kModels = 10'000;
        constexpr int kMostUnsettled = kModels / 50;
        int unsettled = 0;
        for (std::uint64_t seed = 0; seed < kModels; ++seed) {
            const Model model = randomModel(seed, {});
            QVERIFY(validate(model));
            const auto answer = solve(model);
            if (!answer) {
                QVERIFY2(answer.error().kind == Error::NoConvergence, answer.error().message.c_str());
                ++unsettled;
                continue;
            }
            const std::string fault = faultOf(model, *answer);
            QVERIFY2(fault.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(fault.c_str())));
        }
        qInfo("%d of %d did not settle", unsettled, int(kModels));
        QVERIFY2(unsettled <= kMostUnsettled, qPrintable(QString::number(unsettled)));
    }
};

PLIMSOLL_TEST(LongProperties);
#include "long_properties.moc"
