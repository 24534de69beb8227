// Every oracle case: exact figures inside the reported interval, widened to 99 %, for nearly all seeds; simulated ones
// within 3 % or the interval. Prints what it counted.
#include "tests/models/simulate/oracle_check.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

namespace {

constexpr std::uint64_t kRequests = 2'000'000;
constexpr std::uint64_t kSeeds = 20, kFewestInside = 18; // of a case's seeds; 94 of 100 over all seeds of all figures
constexpr double kAllowance = 0.03;

const std::vector<OracleCase>& cases() {
    static const std::vector<OracleCase> all = oracleCases();
    return all;
}

} // namespace

class LongOracles : public QObject {
    Q_OBJECT
private slots:
    void simulates_data();
    void simulates();
    void cleanupTestCase();

private:
    std::uint64_t m_runs = 0, m_inside = 0;
};

void LongOracles::simulates_data() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < cases().size(); ++i) QTest::addRow("%s", cases()[i].id.c_str()) << int(i);
}

void LongOracles::simulates() {
    QFETCH(int, index);
    const OracleCase& oracle = cases()[std::size_t(index)];
    const std::uint64_t seeds = oracle.exact ? kSeeds : 1;
    std::uint64_t inside = 0, near = 0;
    std::string example;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        plimsoll::flow::SimulateOptions simulation;
        simulation.requests = kRequests;
        simulation.seed = seed;
        const auto solution = plimsoll::flow::simulate(oracle.model, oracle.options, simulation);
        QVERIFY2(solution, solution ? "" : solution.error().message.c_str());
        const Verdict verdict = judge(oracle, *solution, kAllowance);
        near += verdict.misses.empty();
        if (!verdict.misses.empty()) example = verdict.misses.front();
        m_runs += std::uint64_t(oracle.exact ? verdict.intervals : 0);
        m_inside += std::uint64_t(oracle.exact ? verdict.intervals : 0) - (oracle.exact ? verdict.outside.size() : 0);
        inside += verdict.outside.empty();
    }
    qInfo("%s: %llu of %llu runs inside the interval, %llu near", oracle.id.c_str(),
          static_cast<unsigned long long>(inside), static_cast<unsigned long long>(seeds),
          static_cast<unsigned long long>(near));
    QVERIFY2(near >= (oracle.exact ? kFewestInside : 1), example.c_str());
}

void LongOracles::cleanupTestCase() {
    qInfo("%llu of %llu figures inside", static_cast<unsigned long long>(m_inside),
          static_cast<unsigned long long>(m_runs));
    QVERIFY(double(m_inside) >= 0.98 * double(m_runs));
}

PLIMSOLL_TEST(LongOracles);
#include "long_oracles.moc"
