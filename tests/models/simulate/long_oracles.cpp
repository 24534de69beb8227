// Every oracle case. Exact figures: inside the reported interval, widened to 99 %, for nearly all seeds, and right on
// average over the seeds where they have no interval. Simulated ones: near. Prints what it counted.
#include "tests/models/simulate/oracle_check.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <atomic>
#include <cmath>
#include <map>
#include <mutex>
#include <thread>

using namespace plimsoll;
using namespace plimsoll::tests;

namespace {

constexpr std::uint64_t kSeeds = 100;
constexpr int kFewestInside = 94;   // of a figure's seeds
constexpr double kInsideAll = 0.98; // of all figures of all seeds
constexpr double kPrecision = 0.1;  // half-width to aim at: pilot runs say how many requests that takes
constexpr std::uint64_t kPilot = 100'000, kMost = 10'000'000;
constexpr std::uint64_t kPilots = 4;            // the widest of them counts: a single one may miss what is rare
constexpr std::uint64_t kSimulated = 4'000'000; // requests of a case whose expected figures were simulated
constexpr double kAllowance = 0.03;
constexpr double kStray = 4.5; // standard errors of a mean over the seeds, one in 100,000 strays farther
constexpr double kBias = 2e-3; // and this much, of warm-up and of counting what ends rather than what begins

const std::vector<OracleCase>& cases() {
    static const std::vector<OracleCase> all = oracleCases();
    return all;
}

std::expected<flow::Solution, flow::Error> answer(const OracleCase& oracle, std::uint64_t requests,
                                                  std::uint64_t seed) {
    flow::SimulateOptions simulation;
    simulation.requests = requests;
    simulation.seed = seed;
    flow::SimulateRun run;
    run.threads = 1;
    return flow::simulate(oracle.model, oracle.options, simulation, {}, run);
}

/// A figure over the seeds.
struct Sum {
    int runs = 0, inside = 0, intervals = 0;
    double expected = 0, values = 0, squares = 0;

    void add(const Figure& figure) {
        ++runs;
        intervals += figure.hasInterval;
        inside += figure.inside;
        expected = figure.expected;
        values += figure.actual;
        squares += figure.actual * figure.actual;
    }
    double mean() const { return values / runs; }
    double standardError() const { return std::sqrt(std::max(0.0, squares / runs - mean() * mean()) / (runs - 1)); }
    bool isRight() const {
        return std::abs(mean() - expected) <= kStray * standardError() + kBias * std::abs(expected) + 1e-9;
    }
};

/// Judges a case with many seeds on all cores.
class Seeds {
public:
    Seeds(const OracleCase& oracle, std::uint64_t requests) : m_oracle(oracle), m_requests(requests) {
        std::vector<std::jthread> helpers;
        for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i) helpers.emplace_back([this] { work(); });
        work();
    }
    const std::map<std::string, Sum>& sums() const { return m_sums; }
    const std::vector<std::string>& misses() const { return m_misses; }

private:
    void work() {
        for (std::uint64_t seed; (seed = ++m_last) <= kSeeds;) {
            const auto solution = answer(m_oracle, m_requests, seed);
            const Verdict verdict = solution ? judge(m_oracle, *solution) : Verdict{{}, {solution.error().message}};
            const std::scoped_lock guard(m_mutex);
            for (const Figure& figure : verdict.figures) m_sums[figure.path].add(figure);
            m_misses.insert(m_misses.end(), verdict.misses.begin(), verdict.misses.end());
        }
    }

    const OracleCase& m_oracle;
    std::uint64_t m_requests;
    std::atomic<std::uint64_t> m_last = 0;
    std::mutex m_mutex; ///< of what follows
    std::map<std::string, Sum> m_sums;
    std::vector<std::string> m_misses;
};

} // namespace

class LongOracles : public QObject {
    Q_OBJECT
private slots:
    void exact_data();
    void exact();
    void simulated_data();
    void simulated();
    void allTogether();

private:
    static void rows(bool exact);
    std::int64_t m_intervals = 0, m_inside = 0;
};

void LongOracles::rows(bool exact) {
    QTest::addColumn<int>("index");
    for (std::size_t i = 0; i < cases().size(); ++i)
        if (cases()[i].exact == exact) QTest::addRow("%s", cases()[i].id.c_str()) << int(i);
}

void LongOracles::exact_data() {
    rows(true);
}

void LongOracles::exact() {
    QFETCH(int, index);
    const OracleCase& oracle = cases()[std::size_t(index)];
    double worst = kPrecision;
    for (std::uint64_t i = 1; i <= kPilots; ++i) {
        const auto pilot = answer(oracle, kPilot, kSeeds + i);
        QVERIFY2(pilot, pilot ? "" : pilot.error().message.c_str());
        for (const Figure& figure : judge(oracle, *pilot).figures) worst = std::max(worst, figure.precision);
    }
    const double wanted = double(kPilot) * (worst / kPrecision) * (worst / kPrecision);
    const Seeds seeds(oracle, std::uint64_t(std::min(double(kMost), wanted)));
    QVERIFY2(seeds.misses().empty(), seeds.misses().empty() ? "" : seeds.misses().front().c_str());
    std::string fault;
    for (const auto& [path, sum] : seeds.sums()) {
        m_intervals += sum.intervals;
        m_inside += sum.inside;
        if (sum.intervals > 0 && sum.inside < kFewestInside)
            fault += path + ": " + std::to_string(sum.inside) + " of " + std::to_string(sum.runs) + " inside; ";
        // A percentile may lie where the density is next to nothing, and is then right in its interval only.
        if ((sum.intervals == 0 || path.ends_with("mean_s")) && !sum.isRight())
            fault += path + " is " + std::to_string(sum.mean()) + " +- " + std::to_string(sum.standardError()) +
                     " on average, expected " + std::to_string(sum.expected) + "; ";
    }
    QVERIFY2(fault.empty(), fault.c_str());
}

void LongOracles::simulated_data() {
    rows(false);
}

void LongOracles::simulated() {
    QFETCH(int, index);
    const OracleCase& oracle = cases()[std::size_t(index)];
    const auto solution = answer(oracle, kSimulated, 1);
    QVERIFY2(solution, solution ? "" : solution.error().message.c_str());
    const Verdict verdict = judge(oracle, *solution);
    QVERIFY2(verdict.misses.empty(), verdict.misses.empty() ? "" : verdict.misses.front().c_str());
    for (const Figure& figure : verdict.figures)
        QVERIFY2(figure.inside || figure.isNear(kAllowance), figure.text().c_str());
}

void LongOracles::allTogether() {
    qInfo("%lld of %lld intervals hold the exact figure", static_cast<long long>(m_inside),
          static_cast<long long>(m_intervals));
    QVERIFY(double(m_inside) >= kInsideAll * double(m_intervals));
}

PLIMSOLL_TEST(LongOracles);
#include "long_oracles.moc"
