// Topics of calc about networks: the contract's numeric cases, refusals, answers at both ends of what is allowed.
#include "engine/solve/methods.h"
#include "tests/models/calc/oracle_case.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll::tests;

namespace {
const std::initializer_list<std::string_view> kTopics{
    "closed",       "mixed",      "bounds",        "open-product-form",     "open-two-moment",
    "percentiles",  "retry",      "timeout",       "fork-join-independent", "fork-join-queues",
    "elasticities", "saturation", "layered-pools", "metastable-retries"};
} // namespace

class TestNetworks : public QObject {
    Q_OBJECT
private slots:
    void topics_data() {
        addOracleCases("networks.json", kTopics);
        addOracleCases("edge-cases.json", {"closed", "retry", "timeout", "saturation"}, false);
    }
    void topics() {
        QFETCH(QString, text);
        const QString off = failure(json::parse(text.toStdString()));
        QVERIFY2(off.isEmpty(), qPrintable(off));
    }
    void everyCaseIsThere() {
        QCOMPARE(readData("networks.json").at("cases").size(), std::size_t(52));
        const json data = readData("networks.json");
        for (const json& one : data.at("cases"))
            QVERIFY(std::ranges::find(kTopics, one.at("topic").get<std::string>()) != kTopics.end());
    }

    void methodsAreKnown_data() { topics_data(); }
    void methodsAreKnown() {
        QFETCH(QString, text);
        const json answer = answerOf(json::parse(text.toStdString()));
        if (!answer.contains("results")) return;
        const std::string method = answer.at("results").at("method");
        QVERIFY2(plimsoll::flow::findMethod(method), method.c_str());
    }

    void refused_data() {
        QTest::addColumn<QString>("topic");
        QTest::addColumn<QString>("inputs");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* topic, const char* inputs, const char* field,
                            const char* says) { QTest::addRow("%s", name) << topic << inputs << field << says; };
        row("unknown key", "closed", R"({"users": 1, "think_time_mean_s": 1, "colour": 2,
            "stations": [{"servers": 1, "demand_s": 1}]})",
            "colour", "known");
        row("negative demand", "closed",
            R"({"users": 1, "think_time_mean_s": 1, "stations": [{"servers": 1, "demand_s": -1}]})",
            "stations[0].demand_s", "-1");
        row("no servers", "closed",
            R"({"users": 1, "think_time_mean_s": 1, "stations": [{"servers": 0, "demand_s": 1}]})",
            "stations[0].servers", "0");
        row("half a user", "closed",
            R"({"users": 1.5, "think_time_mean_s": 1, "stations": [{"servers": 1, "demand_s": 1}]})", "users", "whole");
        row("a class with nothing to do", "closed", R"({"users_by_class": [1, 2], "think_time_mean_s_by_class": [1, 0],
            "stations": [{"servers": 1, "demand_s_by_class": [1, 0]}]})",
            "stations", "class 2");
        row("classes do not match", "closed", R"({"users_by_class": [1, 2], "think_time_mean_s_by_class": [1, 0],
            "stations": [{"servers": 1, "demand_s_by_class": [1]}]})",
            "stations[0].demand_s_by_class", "2");
        row("no station", "closed", R"({"users": 1, "think_time_mean_s": 1, "stations": []})", "stations", "1 to");
        row("tiny time", "closed",
            R"({"users": 1, "think_time_mean_s": 1e-300, "stations": [{"servers": 1, "demand_s": 1}]})",
            "think_time_mean_s", "1e-300");
        row("nobody", "bounds", R"({"users": 0, "think_time_mean_s": 1, "demands_s": [1]})", "users", "1");
        const char* open =
            R"({"stations": [{"servers": 1, "service": {"law": "exponential", "mean_s": 0.1}, "external_rate_per_s": 1},
            {"servers": 1, "service": {"law": "exponential", "mean_s": 0.1}, "external_rate_per_s": 1}], "routing_probabilities": %1})";
        const auto routed = [&](const char* matrix) { return QString(open).arg(matrix).toUtf8(); };
        row("a cycle without an exit", "open-product-form", routed("[[0, 1], [1, 0]]"), "routing_probabilities",
            "1 -> 2");
        row("probabilities above 1", "open-two-moment", routed("[[0.6, 0.6], [0, 0]]"), "routing_probabilities[0]",
            "1.2");
        row("negative probability", "open-two-moment", routed("[[0, -0.1], [0, 0]]"), "routing_probabilities[0][1]",
            "-0.1");
        row("matrix too small", "open-product-form", routed("[[0]]"), "routing_probabilities", "2");
        row("not exponential", "open-product-form",
            R"({"stations": [{"servers": 1, "service": {"law": "constant", "mean_s": 0.1},
            "external_rate_per_s": 1}], "routing_probabilities": [[0]]})",
            "stations[0].service", "exponential");
        row("branches do not sum", "percentiles",
            R"({"branches": [{"probability": 0.5, "constant_s": 1, "exponential_stage_means_s": [1]}]})", "branches",
            "0.5");
        row("waits for more than there are", "fork-join-independent",
            R"({"branch_laws": [{"law": "exponential", "mean_s": 1}], "wait_for": 2})", "wait_for", "2");
        row("retries without end", "retry", R"({"attempt_failure_probability": 1, "fresh_rate_per_s": 1})",
            "max_attempts", "never");
        row("no attempt", "retry", R"({"attempt_failure_probability": 0.1, "fresh_rate_per_s": 1, "max_attempts": 0})",
            "max_attempts", "0");
        row("a share above 1", "retry",
            R"({"attempt_failure_probability": 1.1, "fresh_rate_per_s": 1, "max_attempts": 1})",
            "attempt_failure_probability", "1.1");
        row("fewer places than servers", "metastable-retries", R"({"servers": 4, "capacity_in_service_plus_waiting": 3,
            "service": {"law": "exponential", "mean_s": 1}, "fresh_rate_per_s": 1, "client_timeout_s": 1, "max_retries": 1})",
            "capacity_in_service_plus_waiting", "3");
        row("too many places", "metastable-retries", R"({"servers": 1e8, "capacity_in_service_plus_waiting": 1e11,
            "service": {"law": "exponential", "mean_s": 1}, "fresh_rate_per_s": 1e8, "client_timeout_s": 1, "max_retries": 1})",
            "capacity_in_service_plus_waiting", "too many");
        row("no timeout", "timeout",
            R"({"servers": 1, "service": {"law": "exponential", "mean_s": 1}, "arrival_rate_per_s": 1, "timeout_s": 0})",
            "timeout_s", "0");
        row("tokens without number", "layered-pools",
            R"({"arrival_rate_per_s": 1, "threads": 1e9, "app_cores": 1, "app_service_mean_s": 1,
            "database_call_probability": 1, "connections": 1, "database_cores": 1, "database_cpu_mean_s": 1, "database_io_delay_mean_s": 1})",
            "threads", "1e+09");
    }
    void refused() {
        QFETCH(QString, topic);
        QFETCH(QString, inputs);
        QFETCH(QString, field);
        QFETCH(QString, says);
        const json answer =
            answerOf({{"id", 1}, {"topic", topic.toStdString()}, {"inputs", json::parse(inputs.toStdString())}});
        QVERIFY2(answer.contains("error"), answer.dump().c_str());
        const json& error = answer.at("error");
        QCOMPARE(QString::fromStdString(error.at("field")), field);
        const QString message = QString::fromStdString(error.at("message"));
        QVERIFY2(message.contains(says) && !message.contains('\n'), error.dump().c_str());
    }

    void overloadIsAnAnswer_data() {
        QTest::addColumn<QString>("topic");
        QTest::addColumn<QString>("inputs");
        const char* law = R"({"law": "exponential", "mean_s": 1})";
        const auto row = [](const char* topic, const QString& inputs) {
            QTest::addRow("%s", topic) << topic << inputs;
        };
        row("open-product-form",
            QString(
                R"({"stations": [{"servers": 1, "service": %1, "external_rate_per_s": 3}], "routing_probabilities": [[0]]})")
                .arg(law));
        row("open-two-moment",
            QString(
                R"({"stations": [{"servers": 1, "service": %1, "external_rate_per_s": 3}], "routing_probabilities": [[0.5]]})")
                .arg(law));
        row("elasticities",
            QString(R"({"arrival_rate_per_s": 3, "stages_in_series": [{"servers": 2, "service": %1}]})").arg(law));
        row("percentiles",
            QString(R"({"arrival_rate_per_s": 3, "stages_in_series": [{"servers": 2, "service": %1}]})").arg(law));
        row("fork-join-queues", QString(R"({"arrival_rate_per_s": 3, "branches": 3, "service": %1})").arg(law));
        row("timeout", QString(R"({"arrival_rate_per_s": 3, "servers": 1, "timeout_s": 2, "service": %1})").arg(law));
        row("retry", QString(R"({"fresh_rate_per_s": 3, "attempt_failure_probability": 0.5, "max_attempts": 3,
            "station": {"servers": 1, "service": %1, "discipline": "PS"}})")
                         .arg(law));
        row("layered-pools", R"({"arrival_rate_per_s": 3, "threads": 2, "app_cores": 1, "app_service_mean_s": 1,
            "database_call_probability": 1, "connections": 1, "database_cores": 1, "database_cpu_mean_s": 1, "database_io_delay_mean_s": 1})");
        row("mixed",
            R"({"stations": [{"servers": 1}], "open_class": {"arrival_rate_per_s": 3, "demand_s_by_station": [1]},
            "closed_class": {"users": 3, "think_time_mean_s": 1, "demand_s_by_station": [1]}})");
    }
    void overloadIsAnAnswer() {
        QFETCH(QString, topic);
        QFETCH(QString, inputs);
        const json answer =
            answerOf({{"id", 1}, {"topic", topic.toStdString()}, {"inputs", json::parse(inputs.toStdString())}});
        QVERIFY2(answer.contains("results"), answer.dump().c_str());
        const json& results = answer.at("results");
        QCOMPARE(results.at("stable"), json(false));
        for (const char* key : {"response_mean_s", "open_response_mean_s", "response_mean_successful_s"})
            if (results.contains(key)) QVERIFY(results.at(key).is_null());
    }

    /// At the ends of what is allowed: finite figures or null, at once.
    void extremes_data() {
        QTest::addColumn<QString>("topic");
        QTest::addColumn<QString>("inputs");
        int number = 0;
        for (const char* time : {"1e-30", "1", "1e30"})
            for (const char* rate : {"0", "1e-30", "1e30"})
                for (const char* count : {"1", "1000000000"}) {
                    const QString law = QString(R"({"law": "exponential", "mean_s": %1})").arg(time);
                    const QString station = QString(R"({"servers": %1, "service": %2})").arg(count, law);
                    const auto row = [&](const char* topic, const QString& inputs) {
                        QTest::addRow("%s %d", topic, number++) << topic << inputs;
                    };
                    row("percentiles",
                        QString(R"({"arrival_rate_per_s": %1, "stages_in_series": [%2, %2]})").arg(rate, station));
                    row("timeout",
                        QString(R"({"arrival_rate_per_s": %1, "timeout_s": 1, "station": %2})").arg(rate, station));
                    row("fork-join-queues",
                        QString(
                            R"({"arrival_rate_per_s": %1, "branches": %2, "servers_per_branch": %2, "service": %3})")
                            .arg(rate, count, law));
                    row("retry",
                        QString(R"({"fresh_rate_per_s": %1, "attempt_failure_probability": 0.5, "station": %2})")
                            .arg(rate, station));
                    row("open-two-moment",
                        QString(R"({"stations": [{"servers": %1, "service": %2, "external_rate_per_s": %3}],
                        "routing_probabilities": [[0.9]]})")
                            .arg(count, law, rate));
                    row("closed",
                        QString(
                            R"({"users": %1, "think_time_mean_s": %2, "stations": [{"servers": %1, "demand_s": 1}, {"servers": 1, "demand_s": %2}]})")
                            .arg(count, time));
                    row("layered-pools",
                        QString(R"({"arrival_rate_per_s": %1, "threads": 20, "app_cores": %2, "app_service_mean_s": %3,
                        "database_call_probability": 0.5, "connections": 3, "database_cores": %2, "database_cpu_mean_s": %3, "database_io_delay_mean_s": 1})")
                            .arg(rate, count, time));
                }
    }
    void extremes() {
        QFETCH(QString, topic);
        QFETCH(QString, inputs);
        const json answer =
            answerOf({{"id", 1}, {"topic", topic.toStdString()}, {"inputs", json::parse(inputs.toStdString())}});
        QVERIFY2(answer.contains("results"), answer.dump().c_str());
        for (const auto& [key, value] : answer.at("results").items())
            QVERIFY2(!value.is_number() || value.get<double>() >= 0, answer.dump().c_str());
    }
};

PLIMSOLL_TEST(TestNetworks);
#include "tst_networks.moc"
