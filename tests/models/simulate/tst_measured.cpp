// Runs of a real load balancer (tests/data/simulate/measured.json, retries.json) and the figures of design/lowering.md.
#include "engine/distribution/distribution.h"
#include "engine/simulate/timeline.h"
#include "models/exchange/model_json.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <fstream>

using namespace plimsoll;
using namespace plimsoll::flow;
using nlohmann::json;

namespace {

// "The balancer and loopback add about 0.2 to 0.4 ms."
const std::string kHop = R"({"delay":{"duration":{"mean_s":0.0003,"scv":0}}})";

/// Single servers of 10 ms behind a balancer; `around` stands around the call, with CALL in its place.
Model balanced(const std::string& policy, int servers, double rate, const std::string& around = "CALL") {
    std::string root = around;
    root.replace(root.find("CALL"), 4, R"({"call":{"via":0,"entries":[0]}})");
    const std::string text =
        R"({"fleets":[{},{"members":[{"count":)" + std::to_string(servers) + R"(}]}],"stations":[{"fleet":1}],)" +
        R"("balancers":[{"policy":")" + policy + R"(","backends":[{"fleet":1}]}],"entries":[{"fleet":1,)" +
        R"("root":{"serve":{"station":0,"demand":{"mean_s":0.01,"scv":1}}}}],"classes":[{"name":"r","arrivals":{"open":)" +
        R"({"rate_per_s":)" + std::to_string(rate) + R"(}},"root":)" + root + "}]}";
    return exchange::modelFromJson(text).value().model;
}

Solution answer(const Model& model, std::uint64_t requests) {
    SimulateOptions simulation;
    simulation.requests = requests;
    return simulate(model, {}, simulation).value();
}

json cases(const char* name) {
    std::ifstream file(std::string(PLIMSOLL_TEST_DATA "/simulate/") + name);
    return json::parse(file)["cases"];
}

bool isNear(double value, double expected, double relative) {
    return std::abs(value - expected) <= relative * std::abs(expected);
}

std::string text(double value, double expected) {
    return std::to_string(value) + " instead of " + std::to_string(expected);
}

} // namespace

class TestMeasured : public QObject {
    Q_OBJECT
private slots:
    void realBalancer_data();
    void realBalancer();
    void oneTryFailsAsOften();
    void threeTriesCollapse();
    void fourServers_data();
    void fourServers();
    void coresUnderThreads();
    void failingInstanceDrawsTheRequests();
    void cachesOverPlacesHitLess_data();
    void cachesOverPlacesHitLess();
};

void TestMeasured::realBalancer_data() {
    QTest::addColumn<int>("index");
    const json all = cases("measured.json");
    for (std::size_t i = 0; i < all.size(); ++i) QTest::addRow("%s", all[i]["id"].get<std::string>().c_str()) << int(i);
}

void TestMeasured::realBalancer() {
    QFETCH(int, index);
    const json measured = cases("measured.json")[std::size_t(index)];
    const Model model =
        balanced(measured["policy"], measured["backends"], measured["arrivals"]["rate_per_s"], "[" + kHop + ",CALL]");
    const Solution solution = answer(model, 500'000);
    const Latency& latency = *solution.classes[0].latency;
    const auto check = [&](double value, const char* key, double relative) {
        const double expected = measured["measured"][key];
        QVERIFY2(isNear(value, expected, relative), (std::string(key) + text(value, expected)).c_str());
    };
    check(toSeconds(latency.mean), "mean_s", 0.05);
    check(toSeconds(latency.quantile[2]), "p95_s", 0.10);
    check(toSeconds(latency.quantile[3]), "p99_s", 0.10);
}

/// The call of a case of retries.json, with its timeout and tries, behind a hop of so many seconds.
std::string perTry(const json& measured, const std::string& hop) {
    const int tries = measured["tries"];
    const double after = measured["try_timeout_s"];
    return R"({"attempt":{"max_attempts":)" + std::to_string(tries) + R"(,"body":{"timeout":{"after_s":)" +
           std::to_string(after) + R"(,"body":[)" + hop + "CALL]}}}}";
}

double errorShare(const Model& model, std::uint64_t requests, std::uint64_t seed = 1) {
    SimulateOptions simulation;
    simulation.requests = requests;
    simulation.seed = seed;
    return simulate(model, {}, simulation).value().classes[0].errors.at(0).share.value;
}

void TestMeasured::oneTryFailsAsOften() {
    const json measured = cases("retries.json")[0];
    // The timeout's probability, by the formula for round robin, is that of a server without a hop.
    const double predicted = measured["without_collapse_predicted"]["error_share"];
    const double bare = errorShare(balanced("round_robin", 4, 200, perTry(measured, "")), 2'000'000);
    QVERIFY2(isNear(bare, predicted, 0.02), text(bare, predicted).c_str());
    // The real run had 24,000 requests. Runs of that length stray, since timeouts come in swarms: the real one lies
    // where 95 % of them do.
    const Model model = balanced("round_robin", 4, 200, perTry(measured, kHop + ","));
    constexpr int kRuns = 60;
    double sum = 0, squares = 0;
    for (int run = 1; run <= kRuns; ++run) {
        const double share = errorShare(model, measured["measured"]["requests"], std::uint64_t(run));
        sum += share;
        squares += share * share;
    }
    const double mean = sum / kRuns, stray = std::sqrt(squares / kRuns - mean * mean);
    const double share = measured["measured"]["error_share"];
    QVERIFY2(std::abs(share - mean) < 1.96 * stray, text(mean, share).c_str());
    QVERIFY2(stray < 0.1 * mean, std::to_string(stray).c_str()); // so that this can fail
}

void TestMeasured::threeTriesCollapse() {
    // 120 s from an empty system, as the real one ran; most runs collapse in this time.
    const json measured = cases("retries.json")[1];
    TimelineOptions timeline;
    timeline.length = Seconds{600};
    timeline.step = Seconds{60};
    timeline.runs = 4;
    const auto series = simulateTimeline(balanced("round_robin", 4, 200, perTry(measured, kHop + ",")), {}, timeline);
    QVERIFY(series);
    const ClassPoint& last = series->points.back().classes[0];
    const double failed = toPerSecond(last.failed) / (toPerSecond(last.failed) + toPerSecond(last.succeeded));
    QVERIFY2(failed > 0.9, std::to_string(failed).c_str());
    QVERIFY2(last.attemptsPerRequest > 2.9, std::to_string(last.attemptsPerRequest).c_str());
    QVERIFY(series->points.back().stations[0].busy > 3.9);
}

void TestMeasured::fourServers_data() {
    QTest::addColumn<QString>("policy");
    QTest::addColumn<double>("mean_s");
    // design/lowering.md, "Figures to meet on the way": single servers of 10 ms at 0.9.
    QTest::newRow("random") << "random" << 0.100;
    QTest::newRow("round robin") << "round_robin" << 0.064;
    QTest::newRow("power of two") << "power_of_two" << 0.037;
    QTest::newRow("least connections") << "least_connections" << 0.032;
    QTest::newRow("one shared queue") << "" << 0.030;
}

void TestMeasured::fourServers() {
    QFETCH(QString, policy);
    QFETCH(double, mean_s);
    Model model = balanced(policy.isEmpty() ? "random" : policy.toStdString(), policy.isEmpty() ? 1 : 4, 360);
    if (policy.isEmpty()) model.stations[0].servers = 4;
    const Solution solution = answer(model, 1'000'000);
    const double mean = toSeconds(solution.classes[0].latency->mean);
    QVERIFY2(isNear(mean, mean_s, 0.05), text(mean, mean_s).c_str());
}

void TestMeasured::coresUnderThreads() {
    const char* const kText = R"({"stations":[{"servers":4,"discipline":"processor_sharing"}],"pools":[{"tokens":8}],
        "classes":[{"name":"r","arrivals":{"open":{"rate_per_s":360}},"root":{"hold":{"pool":0,"body":
        {"serve":{"station":0,"demand":{"mean_s":0.01,"scv":1}}}}}}]})";
    const Solution solution = answer(exchange::modelFromJson(kText).value().model, 1'000'000);
    const double mean = toSeconds(solution.classes[0].latency->mean);
    QCOMPARE(solution.regime, Regime::Steady);
    QVERIFY2(isNear(mean, 0.0297, 0.05), text(mean, 0.0297).c_str());
}

void TestMeasured::failingInstanceDrawsTheRequests() {
    // 4 instances x 16 threads, 50 ms, at 50 % of the four; one fails in 1 ms, and nobody checks.
    const char* const kText = R"({"fleets":[{},{"members":[{"count":3}]},{}],"pools":[{"fleet":1,"tokens":16},
        {"fleet":2,"tokens":16}],"balancers":[{"policy":"least_connections","backends":[{"fleet":1},{"fleet":2}]}],
        "entries":[{"fleet":1,"root":{"hold":{"pool":0,"body":{"delay":{"duration":{"mean_s":0.05,"scv":1}}}}}},
        {"fleet":2,"root":{"hold":{"pool":1,"body":[{"delay":{"duration":{"mean_s":0.001,"scv":0}}},
        {"fail":{"probability":1}}]}}}],"classes":[{"name":"r","arrivals":{"open":{"rate_per_s":640}},
        "root":{"call":{"via":0,"entries":[0,1]}}}]})";
    const Solution solution = answer(exchange::modelFromJson(kText).value().model, 500'000);
    const double share = solution.classes[0].errors.at(0).share.value;
    QVERIFY2(isNear(share, 0.82, 0.05), text(share, 0.82).c_str());
}

void TestMeasured::cachesOverPlacesHitLess_data() {
    QTest::addColumn<int>("places");
    QTest::addColumn<double>("hits");
    // design/lowering.md, the walk of the CDN: 10^6 objects, Zipf 0.9, 60 s to live, 2,000/s.
    QTest::newRow("one cache") << 1 << 0.53;
    QTest::newRow("50 places") << 50 << 0.24;
}

/// The edge, the shield behind it that sees what the edge misses, and the origin.
void TestMeasured::cachesOverPlacesHitLess() {
    QFETCH(int, places);
    QFETCH(double, hits);
    const std::string drawn = R"({"fleets":[{},{"members":[{"count":)" + std::to_string(places) + R"(}]},{},{}],
        "stations":[{"fleet":3,"servers":64}],"key_spaces":[{"keys":1000000,"zipf":0.9,"mean_size_bytes":1}],
        "caches":[{"fleet":1,"key_space":0,"capacity_bytes":1e9,"ttl_s":60},
        {"fleet":2,"key_space":0,"capacity_bytes":1e9,"ttl_s":60}],
        "balancers":[{"policy":"random","backends":[{"fleet":1}]},{"fleet":1,"backends":[{"fleet":2}]},
        {"fleet":2,"backends":[{"fleet":3}]}],
        "entries":[{"fleet":1,"root":{"lookup":{"cache":0,"on_hit":[],"on_miss":{"call":{"via":1,"entries":[1]}}}}},
        {"fleet":2,"root":{"lookup":{"cache":1,"on_hit":[],"on_miss":[{"delay":{"duration":{"mean_s":0.02,"scv":0}}},
        {"call":{"via":2,"entries":[2]}}]}}},
        {"fleet":3,"root":{"serve":{"station":0,"demand":{"mean_s":0.01,"scv":1}}}}],
        "classes":[{"name":"r","arrivals":{"open":{"rate_per_s":2000}},"root":{"call":{"via":0,"entries":[0]}}}]})";
    const Solution solution = answer(exchange::modelFromJson(drawn).value().model, 100'000);
    const double seen = solution.caches.at(0).hitRatio.value;
    QVERIFY2(isNear(seen, hits, 0.05), text(seen, hits).c_str());
    // What one of them misses and the shield has: it hits little behind one cache with the same time to live.
    const double origin = toPerSecond(solution.stations.at(0).offered);
    const double shield = solution.caches.at(1).hitRatio.value;
    QVERIFY2(isNear(origin, 2000 * (1 - seen) * (1 - shield), 0.02), text(origin, shield).c_str());
    QVERIFY2(places == 1 ? shield < 0.02 : shield > 0.3, std::to_string(shield).c_str());
}

PLIMSOLL_TEST(TestMeasured);
#include "tst_measured.moc"
