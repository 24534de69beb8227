// Runs of a real load balancer (tests/data/simulate/measured.json, retries.json), as solved.
#include "engine/simulate/simulate.h"
#include "engine/solve/solve.h"
#include "models/exchange/model_json.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <fstream>

using namespace plimsoll;
using namespace plimsoll::flow;
using nlohmann::json;

namespace {

// "The balancer and loopback add about 0.2 to 0.4 ms."
constexpr double kHop_s = 0.0003;

json cases(const char* name) {
    std::ifstream file(std::string(PLIMSOLL_TEST_DATA "/simulate/") + name);
    return json::parse(file)["cases"];
}

/// Single servers behind a balancer and a hop, each try with its timeout if it has one.
Model modelOf(const json& measured, double hop_s) {
    json root = {{{"delay", {{"duration", {{"mean_s", hop_s}, {"scv", 0}}}}}},
                 {{"call", {{"via", 0}, {"entries", {0}}}}}};
    if (measured.contains("tries"))
        root = {{"attempt",
                 {{"max_attempts", measured["tries"]},
                  {"body", {{"timeout", {{"after_s", measured["try_timeout_s"]}, {"body", root}}}}}}}};
    const json model = {
        {"fleets", {json::object(), {{"members", {{{"count", measured["backends"]}}}}}}},
        {"stations", {{{"fleet", 1}}}},
        {"balancers", {{{"policy", measured["policy"]}, {"backends", {{{"fleet", 1}}}}}}},
        {"entries",
         {{{"fleet", 1},
           {"root",
            {{"serve", {{"station", 0}, {"demand", {{"mean_s", measured["service"]["mean_s"]}, {"scv", 1}}}}}}}}}},
        {"classes",
         {{{"name", "r"},
           {"arrivals", {{"open", {{"rate_per_s", measured["arrivals"]["rate_per_s"]}}}}},
           {"root", root}}}}};
    return exchange::modelFromJson(model.dump()).value().model;
}

QString off(const char* what, double value, double expected, double relative) {
    if (std::abs(value - expected) <= relative * expected) return {};
    return QString::fromStdString(
        fmt::format("{}: {:.5g} instead of {:.5g}, {:+.1f} %", what, value, expected, 100 * (value / expected - 1)));
}

} // namespace

class TestRealBalancer : public QObject {
    Q_OBJECT
private slots:
    void everyPolicy_data() {
        QTest::addColumn<int>("index");
        const json all = cases("measured.json");
        for (std::size_t i = 0; i < all.size(); ++i)
            QTest::addRow("%s", all[i]["id"].get<std::string>().c_str()) << int(i);
    }
    void everyPolicy() {
        QFETCH(int, index);
        const json measured = cases("measured.json")[std::size_t(index)];
        const auto answer = solve(modelOf(measured, kHop_s));
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        const auto& latency = *answer->classes[0].latency;
        const json& run = measured["measured"];
        QString wrong = off("mean", latency.mean.count(), run["mean_s"], 0.05);
        wrong += off("p50", latency.quantile[0].count(), run["p50_s"], 0.10);
        wrong += off("p95", latency.quantile[2].count(), run["p95_s"], 0.10);
        wrong += off("p99", latency.quantile[3].count(), run["p99_s"], 0.10);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    /// The real run, 24,000 requests long, strays by more than 5 % of its share of timeouts (they come in swarms:
    /// tests/models/simulate/tst_measured.cpp, oneTryFailsAsOften): what it strays around is asked for.
    void oneTry() {
        const json measured = cases("retries.json")[0];
        const auto bare = solve(modelOf(measured, 0));
        QVERIFY(bare);
        QCOMPARE(bare->regime, Regime::Steady);
        QString wrong = off("error share without a hop", bare->classes[0].errors.at(0).share.value,
                            measured["without_collapse_predicted"]["error_share"], 0.05);
        const auto answer = solve(modelOf(measured, kHop_s));
        QVERIFY(answer);
        SimulateOptions simulation;
        simulation.requests = 1'000'000;
        const auto simulated = simulate(modelOf(measured, kHop_s), {}, simulation);
        QVERIFY(simulated);
        wrong += off("error share", answer->classes[0].errors.at(0).share.value,
                     simulated->classes[0].errors.at(0).share.value, 0.05);
        wrong += off("error share as it was measured", answer->classes[0].errors.at(0).share.value,
                     measured["measured"]["error_share"], 0.10);
        wrong +=
            off("mean", answer->classes[0].latency->mean.count(), measured["measured"]["mean_of_successes_s"], 0.05);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }

    void threeTriesHaveTwoStates() {
        const json measured = cases("retries.json")[1];
        const auto answer = solve(modelOf(measured, kHop_s));
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QCOMPARE(answer->regime, Regime::TwoStable);
        QVERIFY(answer->badState);
        const auto& bad = answer->badState->classes[0];
        QString wrong = off("successes after the collapse", 1 - bad.succeeded.value / bad.offered.value,
                            measured["measured"]["error_share"], 0.05);
        wrong += off("attempts after the collapse", bad.attemptsPerRequest,
                     measured["measured"]["attempts_per_request"], 0.05);
        wrong += off("attempts before", answer->classes[0].attemptsPerRequest,
                     measured["without_collapse_predicted"]["attempts_per_request"], 0.05);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
    }
};

PLIMSOLL_TEST(TestRealBalancer);
#include "tst_real_balancer.moc"
