// Every policy against the slow reference, by random operations.
#include "tests/engine/balancer/operations.h"
#include "tests/engine/balancer/policy_names.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll;

namespace {
struct RandomSource {
    balancer::Generator generator;
    int left;
    std::uint32_t next(std::uint32_t bound) { return generator.below(bound); }
    bool more() { return left-- > 0; }
};
} // namespace

class BalancerOperationsTest : public QObject {
    Q_OBJECT
private slots:
    void agreesWithReference_data() { tests::addPolicyRows(); }
    void agreesWithReference() {
        QFETCH(flow::Policy, policy);
        for (std::uint64_t seed = 1; seed <= 60; ++seed) {
            RandomSource source{balancer::Generator(seed), 500};
            const std::string failure = tests::Operations<RandomSource>(source, policy).run();
            QVERIFY2(failure.empty(), qPrintable(QString("seed %1: %2").arg(seed).arg(failure.c_str())));
        }
    }
};

PLIMSOLL_TEST(BalancerOperationsTest);
#include "tst_operations.moc"
