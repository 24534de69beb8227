// A sample of the oracle cases, with few requests: all of them, with many seeds, are in long_oracles.cpp.
#include "tests/models/simulate/oracle_check.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

namespace {

constexpr std::uint64_t kRequests = 120'000;
constexpr double kAllowance = 0.12; // of so short a run; the interval decides where it is wider
constexpr std::size_t kEvery = 6;   // case of the file

const std::vector<OracleCase>& cases() {
    static const std::vector<OracleCase> all = oracleCases();
    return all;
}

} // namespace

class TestOracleSample : public QObject {
    Q_OBJECT
private slots:
    void simulates_data();
    void simulates();
};

void TestOracleSample::simulates_data() {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < cases().size(); i += kEvery) QTest::addRow("%s", cases()[i].id.c_str()) << int(i);
}

void TestOracleSample::simulates() {
    QFETCH(int, index);
    const OracleCase& oracle = cases()[std::size_t(index)];
    plimsoll::flow::SimulateOptions simulation;
    simulation.requests = kRequests;
    const auto solution = plimsoll::flow::simulate(oracle.model, oracle.options, simulation);
    QVERIFY2(solution, solution ? "" : solution.error().message.c_str());
    const Verdict verdict = judge(oracle, *solution);
    QVERIFY2(verdict.misses.empty(), verdict.misses.empty() ? "" : verdict.misses.front().c_str());
    QVERIFY(!verdict.figures.empty());
    // A figure without an interval may stray as far as those that have one, widened like them.
    double allowance = kAllowance;
    for (const Figure& figure : verdict.figures) allowance = std::max(allowance, kWidening * figure.precision);
    std::vector<std::string> off;
    for (const Figure& figure : verdict.figures)
        if (!figure.inside && !figure.isNear(figure.hasInterval ? kAllowance : allowance)) off.push_back(figure.text());
    for (const std::string& text : off) qWarning("%s", text.c_str());
    // Of the rare events of a short run one in ten may miss.
    const std::size_t allowed = verdict.figures.size() / 10 + (verdict.figures.size() > 3 ? 1 : 0);
    QVERIFY2(off.size() <= allowed, off.empty() ? "" : off.front().c_str());
}

PLIMSOLL_TEST(TestOracleSample);
#include "tst_oracles.moc"
