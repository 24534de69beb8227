// `calc` against the contract's cases about balancing policies, health checks and availability (tests/data/engine,
// copied from the project's oracles; each case names how its figure was made), and against what it must refuse.
#include "tests/models/calc/oracle_case.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

namespace {

json caseOf(const char* topic, const char* inputs) {
    return {{"id", "one"}, {"topic", topic}, {"inputs", json::parse(inputs)}};
}

const json& resultsOf(const json& answer) {
    if (!answer.contains("results")) qFatal("%s", answer.dump().c_str());
    return answer.at("results");
}

} // namespace

class TestBalancing : public QObject {
    Q_OBJECT
private slots:
    void cases_data() {
        addOracleCases("balancing.json", [](const json&) { return true; });
    }
    void cases() {
        QFETCH(QString, text);
        const QString failed = failure(json::parse(text.toStdString()));
        QVERIFY2(failed.isEmpty(), qPrintable(failed));
    }

    void edges_data() {
        addOracleCases("edge-cases.json", {"weighted-round-robin", "weights", "least-connections", "hash-ring",
                                           "slow-start", "health-check"});
    }
    void edges() { cases(); }

    /// More than the servers can do is an answer.
    void overload() {
        const json answer = answerOf(caseOf("least-connections", R"({"servers": 4, "arrival_rate_per_s": 500,
            "service": {"law": "exponential", "mean_s": 0.01}})"));
        const json& results = resultsOf(answer);
        QCOMPARE(results.at("stable"), json(false));
        QCOMPARE(results.at("capacity_per_s").get<double>(), 400.0);
        for (const char* key : {"wait_mean_s", "response_mean_s", "response_p99_s"}) QVERIFY(results.at(key).is_null());
    }

    /// The slowest server saturates first where the shares are equal.
    void oneServerOverloaded() {
        const json answer = answerOf(caseOf("weighted-random", R"({"speeds": [4, 1], "weights": [1, 1],
            "arrival_rate_per_s": 250, "service_at_speed_1": {"law": "exponential", "mean_s": 0.01}})"));
        const json& results = resultsOf(answer);
        QCOMPARE(results.at("stable"), json(false));
        QCOMPARE(results.at("capacity_per_s").get<double>(), 200.0);
    }

    void extremes_data() {
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, const char* topic, const char* inputs) {
            QTest::newRow(name) << QString::fromStdString(caseOf(topic, inputs).dump());
        };
        row("billion", "least-connections", R"({"servers": 1000000000, "arrival_rate_per_s": 9e10,
            "service": {"law": "exponential", "mean_s": 0.01}})");
        row("billion in turns", "round-robin", R"({"servers": 1000000000, "arrival_rate_per_s": 9e10,
            "service": {"law": "exponential", "mean_s": 0.01}})");
        row("billion, held", "least-connections", R"({"servers": 1000000000, "arrival_rate_per_s": 9e10,
            "held_elsewhere_s": 1, "service": {"law": "exponential", "mean_s": 0.01}})");
        row("billion, sharing", "power-of-two", R"({"servers": 1000000000, "arrival_rate_per_s": 9e10, "choices": 2,
            "discipline": "PS", "service": {"law": "exponential", "mean_s": 0.01}})");
        row("many cores", "least-connections", R"({"servers": 3, "cores_per_server": 1000000, "arrival_rate_per_s": 2e8,
            "discipline": "PS", "service": {"law": "constant", "mean_s": 0.01}})");
        row("many cores, two", "power-of-two", R"({"servers": 3, "cores_per_server": 1000000, "choices": 2,
            "arrival_rate_per_s": 2e8, "service": {"law": "exponential", "mean_s": 0.01}})");
        row("no arrivals", "least-connections", R"({"servers": 3, "arrival_rate_per_s": 0,
            "service": {"law": "exponential", "mean_s": 0.01}})");
        row("tiny rate", "round-robin", R"({"servers": 3, "arrival_rate_per_s": 1e-300,
            "service": {"law": "exponential", "mean_s": 0.01}})");
        row("nearly full", "power-of-two", R"({"servers": 3, "arrival_rate_per_s": 299.9999999, "choices": 2,
            "service": {"law": "exponential", "mean_s": 0.01}})");
        row("nearly full, sharing", "least-connections", R"({"servers": 3, "arrival_rate_per_s": 299.9999999,
            "discipline": "PS", "service": {"mean_s": 0.01, "scv": 20}})");
        row("unequal, nearly full", "weighted-least-connections", R"({"speeds": [1000, 1, 0.001],
            "arrival_rate_per_s": 100100, "service_at_speed_1": {"law": "exponential", "mean_s": 0.01}})");
        row("unequal, no arrivals", "least-connections-unequal", R"({"speeds": [2, 1], "arrival_rate_per_s": 0,
            "service_at_speed_1": {"law": "exponential", "mean_s": 0.01}})");
        row("unequal, two", "power-of-two", R"({"speeds": [3, 1, 1, 1], "arrival_rate_per_s": 300, "choices": 2,
            "service_at_speed_1": {"law": "exponential", "mean_s": 0.01}})");
        row("long held", "least-connections", R"({"servers": 3, "arrival_rate_per_s": 200, "held_elsewhere_s": 1e9,
            "service": {"law": "exponential", "mean_s": 0.01}})");
        row("bursty", "round-robin", R"({"servers": 3, "arrival_rate_per_s": 200, "arrival_scv": 50,
            "service": {"law": "exponential", "mean_s": 0.01}})");
        row("clockwork", "random", R"({"servers": 1, "arrival_rate_per_s": 60, "arrival_scv": 0,
            "service": {"law": "constant", "mean_s": 0.01}})");
        row("large ring", "consistent-hash", R"({"servers": 1000000000, "virtual_nodes_per_server": 1000})");
        row("repair of many", "availability", R"({"servers": 10000000, "servers_needed": 9000000,
            "mean_time_between_failures_s": 1e6, "mean_time_to_repair_s": 100, "repair_crews": 10000000})");
    }
    /// An answer at once, and no number in it that is none.
    void extremes() {
        QFETCH(QString, text);
        const json answer = answerOf(json::parse(text.toStdString()));
        const json& results = resultsOf(answer);
        for (const auto& [key, value] : results.items())
            if (value.is_number())
                QVERIFY2(std::isfinite(value.get<double>()) && value.get<double>() >= 0, key.c_str());
        if (results.contains("stable") && results.at("stable").get<bool>())
            for (const char* key : {"response_mean_s", "response_p50_s", "response_p99_s", "response_p999_s"})
                QVERIFY2(results.at(key).is_number(), key);
    }

    void refused_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* topic, const char* inputs, const char* field,
                            const char* says) {
            QTest::newRow(name) << QString::fromStdString(caseOf(topic, inputs).dump()) << QString(field)
                                << QString(says);
        };
        row("no servers", "random", R"({"servers": 0, "arrival_rate_per_s": 1, "service": {"mean_s": 1, "scv": 1}})",
            "servers", "1 to");
        row("half a server", "round-robin",
            R"({"servers": 2.5, "arrival_rate_per_s": 1, "service": {"mean_s": 1, "scv": 1}})", "servers", "whole");
        row("negative rate", "random",
            R"({"servers": 2, "arrival_rate_per_s": -1, "service": {"mean_s": 1, "scv": 1}})", "arrival_rate_per_s",
            "-1");
        row("negative speed", "weighted-random",
            R"({"speeds": [1, -2], "arrival_rate_per_s": 1, "service_at_speed_1": {"mean_s": 1, "scv": 1}})",
            "speeds[1]", "-2");
        row("fewer weights", "weighted-random",
            R"({"speeds": [1, 2], "weights": [1], "arrival_rate_per_s": 1, "service_at_speed_1": {"mean_s": 1, "scv": 1}})",
            "weights", "as many");
        row("unknown key", "random",
            R"({"servers": 2, "arrival_rate_per_s": 1, "service": {"mean_s": 1, "scv": 1}, "colour": 1})", "colour",
            "known");
        row("discipline", "random",
            R"({"servers": 2, "arrival_rate_per_s": 1, "service": {"mean_s": 1, "scv": 1}, "discipline": "LIFO"})",
            "discipline", "LIFO");
        row("policy", "policy-percentiles",
            R"({"servers": 2, "arrival_rate_per_s": 1, "service": {"mean_s": 1, "scv": 1}, "policy": "guess"})",
            "policy", "guess");
        row("half a choice", "power-of-two",
            R"({"servers": 2, "arrival_rate_per_s": 1, "service": {"mean_s": 1, "scv": 1}, "choices": 1.5})", "choices",
            "whole");
        row("schedule", "health-detection",
            R"({"check_interval_s": 1, "check_timeout_s": 1, "fall": 1, "schedule": "now and then"})", "schedule",
            "now and then");
        row("no fall", "health-detection", R"({"check_interval_s": 1, "check_timeout_s": 1, "fall": 0})", "fall",
            "1 to");
        row("probability", "health-false-ejection",
            R"({"check_interval_s": 1, "fall": 1, "check_failure_probability_of_a_healthy_server": 1.5})",
            "check_failure_probability_of_a_healthy_server", "1.5");
        row("more needed", "availability", R"({"servers": 2, "servers_needed": 3, "availability_each": 0.9})",
            "servers_needed", "0 to 2");
        row("lengths", "least-connections", R"({"targets": 2, "arrivals_s": [0, 1], "durations_s": [1]})",
            "durations_s", "as many");
    }
    void refused() {
        QFETCH(QString, text);
        QFETCH(QString, field);
        QFETCH(QString, says);
        const json answer = answerOf(json::parse(text.toStdString()));
        QVERIFY2(answer.contains("error"), answer.dump().c_str());
        const std::string message = answer.at("error").at("message");
        QCOMPARE(QString::fromStdString(answer.at("error").at("field")), field);
        QVERIFY2(QString::fromStdString(message).contains(says), message.c_str());
        QVERIFY(message.find('\n') == std::string::npos);
    }
};

PLIMSOLL_TEST(TestBalancing);
#include "tst_balancing.moc"
