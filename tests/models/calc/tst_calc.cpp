// `calc` against the contract's numeric cases, and against what it must refuse.
#include "models/calc/calc.h"
#include "tests/models/calc/oracle_case.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <set>

using namespace plimsoll;
using namespace plimsoll::tests;

namespace {

/// A station case as a model of one station and one class.
json stationModel(const json& inputs) {
    const bool shares = inputs.value("discipline", "FCFS") != "FCFS";
    return {{"stations",
             json::array({{{"servers", inputs.at("servers")}, {"discipline", shares ? "processor_sharing" : "fcfs"}}})},
            {"classes", json::array({{{"name", "request"},
                                      {"arrivals", {{"open", {{"rate_per_s", inputs.at("arrival_rate_per_s")}}}}},
                                      {"root", {{"serve", {{"station", 0}, {"demand", inputs.at("service")}}}}}}})}};
}

} // namespace

class TestCalc : public QObject {
    Q_OBJECT
private slots:
    void models_data() { addOracleCases("models.json", {"model"}); }
    void models() {
        QFETCH(QString, text);
        const QString off = failure(json::parse(text.toStdString()));
        QVERIFY2(off.isEmpty(), qPrintable(off));
    }

    void stationsAsModels_data() {
        const std::set<std::string> solved{"mmc",
                                           "mg1",
                                           "mg1-percentiles",
                                           "ps-exponential",
                                           "ps-general-mean",
                                           "ps-general-percentiles",
                                           "ggc-mean",
                                           "ggc-delay-probability",
                                           "ggc-percentiles"};
        addOracleCases("stations.json", [&](const json& one) {
            const json& inputs = one.at("inputs");
            const bool poisson =
                !inputs.contains("interarrival") || inputs.at("interarrival").at("law") == "exponential";
            return poisson && solved.contains(one.at("topic").get<std::string>());
        });
        addOracleCases("edge-cases.json", {"mmc"}, false);
    }
    /// The station cases solved as whole models: M/M/c, M/G/1, M/G/c with Poisson arrivals, processor sharing.
    void stationsAsModels() {
        QFETCH(QString, text);
        const json one = json::parse(text.toStdString());
        const json answer = answerOf({{"topic", "model"}, {"inputs", {{"model", stationModel(one.at("inputs"))}}}});
        QVERIFY2(answer.contains("results"), answer.dump().c_str());
        const json& cls = answer.at("results").at("classes").at("request");
        const json& station = answer.at("results").at("stations").at(0);
        json figures{{"response_mean_s", cls.at("mean_s")},
                     {"wait_mean_s", station.at("wait").at("mean_s")},
                     {"queue_length_mean", station.at("mean_waiting")},
                     {"utilisation", station.at("utilisation")}};
        for (const char* level : {"p50", "p90", "p95", "p99", "p999"})
            figures[std::string("response_") + level + "_s"] = cls.at(std::string(level) + "_s");
        json expected = json::object();
        for (const auto& [key, value] : one.at("expected").items())
            if (figures.contains(key)) expected[key] = value;
        const QString off = difference(expected, figures, one.at("tolerance"));
        QVERIFY2(off.isEmpty(), qPrintable(off));
    }

    void overloadedStation() {
        const json answer = answerOf(json::parse(R"({"topic": "mmc", "inputs": {"servers": 4, "arrival_rate_per_s": 500,
            "service": {"law": "exponential", "mean_s": 0.01}}})"));
        const json& results = answer.at("results");
        QCOMPARE(results.at("stable"), json(false));
        QCOMPARE(results.at("carried_rate_per_s").get<double>(), 400.0);
        QCOMPARE(results.at("backlog_growth_per_s").get<double>(), 100.0);
        QVERIFY(results.at("wait_mean_s").is_null() && results.at("response_p99_s").is_null());
    }

    void simulateTopicIsModelSimulated() {
        const json model = {
            {"stations", json::array({json::object()})},
            {"classes",
             json::array(
                 {{{"name", "a"},
                   {"arrivals", {{"open", {{"rate_per_s", 70}}}}},
                   {"root",
                    json::array(
                        {{{"serve", {{"station", 0}, {"demand", {{"law", "exponential"}, {"mean_s", 0.01}}}}}}})}}})}};
        const json options{{"simulate", {{"requests", 200000}, {"seed", 5}}}};
        const json first = answerOf({{"topic", "simulate"}, {"inputs", {{"model", model}, {"options", options}}}});
        const json second = answerOf({{"topic", "model"}, {"inputs", {{"model", model}, {"options", options}}}});
        QVERIFY2(first.contains("results"), first.dump().c_str());
        QCOMPARE(first.at("results").dump(), second.at("results").dump());
        const json& figures = first.at("results").at("classes").at("a");
        QCOMPARE(figures.at("exactness"), json("simulated"));
        const double mean = 0.01 / 0.3; // M/M/1
        const double low = figures.at("mean_interval_s").at(0).get<double>();
        const double high = figures.at("mean_interval_s").at(1).get<double>();
        QVERIFY(low < high && low - (high - low) < mean && mean < high + (high - low));
        QVERIFY(figures.contains("p99_interval_s"));
        const json solved = answerOf({{"topic", "model"}, {"inputs", {{"model", model}}}});
        QCOMPARE(solved.at("results").at("classes").at("a").at("exactness"), json("exact"));
    }

    void refusedCases_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("element");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, const char* text, const char* element, const char* field,
                            const char* says) {
            QTest::newRow(name) << QString(text) << QString(element) << QString(field) << QString(says);
        };
        row("unknown topic", R"({"topic": "horoscope", "inputs": {}})", "", "topic", "horoscope");
        row("no topic", R"({"inputs": {}})", "", "topic", "missing");
        row("no inputs", R"({"topic": "mmc"})", "", "inputs", "missing");
        row("not an object", R"([1])", "", "", "object");
        row("no servers", R"({"topic": "erlang", "inputs": {"servers": 0.5, "offered_load_erlangs": 1}})", "inputs",
            "servers", "whole");
        row("negative load", R"({"topic": "erlang", "inputs": {"servers": 1, "offered_load_erlangs": -1}})", "inputs",
            "offered_load_erlangs", "-1");
        row("not exponential",
            R"({"topic": "mmc", "inputs": {"servers": 1, "arrival_rate_per_s": 1, "service": {"law": "constant", "mean_s": 1}}})",
            "inputs", "service", "exponential");
        row("unknown key",
            R"({"topic": "mmc", "inputs": {"servers": 1, "arrival_rate_per_s": 1, "service": {"law": "exponential", "mean_s": 0.1}, "colour": 1}})",
            "inputs", "colour", "known");
        const char* simulated =
            R"({"topic": "model", "inputs": {"model": {"classes": []}, "options": {"simulate": %1}}})";
        const auto simulateRow = [&](const char* name, const char* options, const char* field, const char* says) {
            const QByteArray text = QString::fromUtf8(simulated).arg(QString::fromUtf8(options)).toUtf8();
            row(name, text.constData(), "options", field, says);
        };
        simulateRow("no requests", R"({"requests": 0})", "simulate.requests", "0 is not a whole number");
        simulateRow("half a request", R"({"requests": 1.5})", "simulate.requests", "1.5");
        simulateRow("no precision", R"({"precision": 0})", "simulate.precision", "between 0 and 1");
        simulateRow("unknown in simulate", R"({"colour": 1})", "simulate.colour", "known");
        row("bad option",
            R"({"topic": "model", "inputs": {"model": {"classes": [{"name": "a", "arrivals": {"open": {"rate_per_s": 1}}, "root": []}]}, "options": {"load_factor": -1}}})",
            "options", "load_factor", "-1");
        row("no class", R"({"topic": "model", "inputs": {"model": {"classes": []}}})", "", "classes", "class");
    }
    void refusedCases() {
        QFETCH(QString, text);
        QFETCH(QString, element);
        QFETCH(QString, field);
        QFETCH(QString, says);
        const json answer = answerOf(json::parse(text.toStdString()));
        QVERIFY(answer.contains("error"));
        const json& error = answer.at("error");
        QCOMPARE(QString::fromStdString(error.at("element")), element);
        QCOMPARE(QString::fromStdString(error.at("field")), field);
        QVERIFY2(QString::fromStdString(error.at("message")).contains(says), error.dump().c_str());
    }

    void refusedDocuments_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addRow("empty") << QByteArray();
        QTest::addRow("truncated") << QByteArray(R"({"cases": [{"id": )");
        QTest::addRow("no cases") << QByteArray("{}");
        QTest::addRow("cases is a number") << QByteArray(R"({"cases": 3})");
        QTest::addRow("an array") << QByteArray("[]");
        QTest::addRow("NaN") << QByteArray(R"({"cases": [NaN]})");
        QTest::addRow("deep") << QByteArray("{\"cases\": ") + QByteArray(200, '[') + QByteArray(200, ']') + "}";
        QTest::addRow("very deep") << QByteArray(1000000, '[');
        QTest::addRow("not text") << QByteArray("\xff\xfe\x00\x01", 4);
    }
    void refusedDocuments() {
        QFETCH(QByteArray, text);
        const auto answer = calc::answer(std::string_view(text.constData(), std::size_t(text.size())));
        QVERIFY(!answer);
        QVERIFY(!answer.error().message.empty());
        QVERIFY(answer.error().message.find('\n') == std::string::npos);
    }

    void severalCasesKeepTheirOrder() {
        const auto text = calc::answer(R"({"cases": [{"id": "a", "topic": "nothing", "inputs": {}},
            {"id": "b", "topic": "erlang", "inputs": {"servers": 1, "offered_load_erlangs": 1}}], "extra": true})");
        QVERIFY(text.has_value());
        const json answers = json::parse(*text).at("cases");
        QCOMPARE(answers.at(0).at("id"), json("a"));
        QVERIFY(answers.at(0).contains("error"));
        QCOMPARE(answers.at(1).at("results").at("erlang_b").get<double>(), 0.5);
    }
};

PLIMSOLL_TEST(TestCalc);
#include "tst_calc.moc"
