// Topic `simulate` of calc, and `model` with the option of that name.
#include "models/calc/calc.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <nlohmann/json.hpp>

using nlohmann::json;

namespace {

/// M/M/1 of 1 s at 0.5/s: mean 2 s.
const json kModel =
    json::parse(R"({"stations": [{}], "classes": [{"name": "r", "arrivals": {"open": {"rate_per_s": 0.5}},
    "root": {"serve": {"station": 0, "demand": {"mean_s": 1, "scv": 1}}}}]})");

json answer(const std::string& topic, const std::string& options, const json& model = kModel) {
    json one, document;
    one["topic"] = topic;
    one["inputs"]["model"] = model;
    one["inputs"]["options"] = json::parse(options);
    document["cases"].push_back(one);
    return json::parse(plimsoll::calc::answer(document.dump()).value())["cases"][0];
}

json loaded(double rate_per_s) {
    json model = kModel;
    model["classes"][0]["arrivals"]["open"]["rate_per_s"] = rate_per_s;
    return model;
}

} // namespace

class TestCalcSimulate : public QObject {
    Q_OBJECT
private slots:
    void hasIntervals() {
        const json answered = answer("simulate", R"({"simulate": {"requests": 100000, "seed": 3}})");
        const json& cls = answered["results"]["classes"]["r"];
        QCOMPARE(cls["exactness"].get<std::string>(), std::string("simulated"));
        const double mean = cls["mean_s"];
        QVERIFY2(std::abs(mean - 2) < 0.1, answered.dump().c_str());
        for (const char* figure : {"mean", "p50", "p90", "p95", "p99", "p999", "p9999"}) {
            const json& interval = cls.at(std::string(figure) + "_interval_s");
            const double value = cls.at(std::string(figure) + "_s");
            QVERIFY2(interval[0].get<double>() <= value && value <= interval[1].get<double>(), figure);
        }
    }
    void topicModelSimulatesWhereAsked() {
        const std::string simulate = R"({"simulate": {"requests": 20000, "seed": 5}})";
        const json one = answer("simulate", simulate), same = answer("model", simulate);
        QVERIFY(one["results"].is_object());
        QVERIFY(one["results"] == same["results"]);
        QVERIFY(answer("model", "{}")["results"]["classes"]["r"]["exactness"] == "exact");
    }
    void loadFactorCounts() {
        const char* const kOptions = R"({"load_factor": 0.5, "simulate": {"requests": 20000}})";
        const double offered = answer("simulate", kOptions)["results"]["classes"]["r"]["offered_per_s"];
        QVERIFY(std::abs(offered - 0.25) < 0.01);
    }
    void stopsAtPrecision() {
        const char* const kOptions = R"({"simulate": {"requests": 4000000, "precision": 0.1}})";
        const json cls = answer("simulate", kOptions)["results"]["classes"]["r"];
        QVERIFY(cls["mean_interval_s"][1].get<double>() < 1.1 * cls["mean_s"].get<double>());
    }
    void overloadIsAnAnswer() {
        const json results = answer("simulate", R"({"simulate": {"requests": 200000}})", loaded(1.5))["results"];
        QVERIFY(results["regime"] == "overloaded");
        QVERIFY(results["classes"]["r"]["mean_s"].is_null());
        QVERIFY(results["stations"][0]["wait"].is_null() && results["stations"][0]["mean_waiting"].is_null());
        QVERIFY(results["stations"][0]["growth_per_s"].get<double>() > 0.4);
    }
    void refuses_data() {
        QTest::addColumn<QString>("simulate");
        QTest::addColumn<QString>("field");
        QTest::newRow("no requests") << R"({"requests": 0})" << "simulate.requests";
        QTest::newRow("half a request") << R"({"requests": 1.5})" << "simulate.requests";
        QTest::newRow("seed below zero") << R"({"seed": -1})" << "simulate.seed";
        QTest::newRow("precision") << R"({"precision": 0})" << "simulate.precision";
        QTest::newRow("unknown key") << R"({"request": 10})" << "simulate.request";
    }
    void refuses() {
        QFETCH(QString, simulate);
        QFETCH(QString, field);
        const json answered = answer("simulate", "{\"simulate\": " + simulate.toStdString() + "}");
        QVERIFY2(answered.contains("error"), answered.dump().c_str());
        QCOMPARE(QString::fromStdString(answered["error"]["field"]), field);
    }
};

PLIMSOLL_TEST(TestCalcSimulate);
#include "tst_calc_simulate.moc"
