// The comparison of solver and simulator: its families, its arithmetic, and what it finds where the answer is known.
#include "engine/flow/validate.h"
#include "engine/simulate/simulate.h"
#include "models/validation/sketch.h"
#include "models/validation/validate.h"
#include "models/validation/validation_json.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <nlohmann/json.hpp>

#include <set>

using namespace plimsoll;
using namespace plimsoll::validation;

class TestValidate : public QObject {
    Q_OBJECT
private slots:
    void everyFamilyIsAModelThatCanBeSimulated_data() {
        QTest::addColumn<int>("number");
        for (std::size_t i = 0; i < families().size(); ++i)
            QTest::newRow(std::string(families()[i].id).c_str()) << int(i);
    }
    void everyFamilyIsAModelThatCanBeSimulated() {
        QFETCH(const int, number);
        const Family& family = families()[std::size_t(number)];
        for (const double utilisation : {0.3, 0.9}) {
            Random random(7);
            const flow::Model model = family.draw(random, utilisation);
            flow::SimulateOptions simulation;
            simulation.requests = 2000;
            flow::SimulateRun run;
            run.threads = 1;
            const auto answer = flow::simulate(model, {}, simulation, {}, run);
            QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
            QCOMPARE(answer->classes.size(), model.classes.size());
            for (const auto& one : answer->classes) QVERIFY(one.latency && one.latency->mean.count() > 0);
        }
    }

    void idsAreUnique() {
        std::set<std::string_view> ids;
        for (const Family& family : families()) QVERIFY(ids.insert(family.id).second);
    }

    void aSeedDrawsTheSameModels() {
        for (const Family& family : families()) {
            Random one(3), same(3), other(4);
            const auto model = family.draw(one, 0.6);
            QVERIFY(model == family.draw(same, 0.6));
            if (family.id == "chain") QVERIFY(!(model == family.draw(other, 0.6)));
        }
    }

    void whatIsExactAgreesWithinWhatTheSimulationLeavesOpen() {
        Options options;
        options.family = "random"; // M/M/1 or PS behind a random split: exact
        options.models = 2;
        options.requests = 20'000;
        const auto outcome = validate(options);
        QVERIFY(outcome);
        QCOMPARE(outcome->cases.size(), 2 * kBands.size());
        QVERIFY(outcome->missing.empty());
        for (const Case& one : outcome->cases) {
            QVERIFY(one.deviation[Mean] && one.uncertainty[Mean]);
            constexpr double kWidest = 3; // half intervals: beyond 5 sigma
            QVERIFY2(std::abs(*one.deviation[Mean]) < kWidest * *one.uncertainty[Mean],
                     qPrintable(QString::number(*one.deviation[Mean])));
        }
        const auto again = validate(options);
        QCOMPARE(validationToJson(options, *again), validationToJson(options, *outcome));
    }

    void whatIsNotComparedIsListed() {
        Options options;
        options.family = "everything"; // pools and retries
        options.models = 1;
        options.requests = 1000;
        const auto outcome = validate(options);
        QVERIFY(outcome);
        std::size_t told = outcome->cases.size();
        for (const Missing& missing : outcome->missing) {
            QVERIFY(!missing.reason.empty());
            told += missing.models;
        }
        QCOMPARE(told, kBands.size());
    }

    void summariesAreMediansAndWorst() {
        Outcome outcome;
        for (const double deviation : {0.01, -0.05, 0.02, -0.03}) {
            Case one{"f", 1, {}, {}};
            one.deviation[Mean] = deviation;
            outcome.cases.push_back(one);
        }
        const auto all = summaries(outcome);
        QCOMPARE(all.size(), std::size_t{1});
        QCOMPARE(all[0].cases, std::size_t{4});
        QCOMPARE(*all[0].median[Mean], 0.025);
        QCOMPARE(*all[0].worst[Mean], 0.05);
        QVERIFY(!all[0].median[P99] && !all[0].worst[P99]);
        const auto json = nlohmann::json::parse(validationToJson({}, outcome));
        QCOMPARE(json["summaries"][0]["mean"]["worst"].get<double>(), 0.05);
        QVERIFY(json["summaries"][0]["p99"]["worst"].is_null());
    }

    void anUnknownFamilyIsAnError() {
        Options options;
        options.family = "teapot";
        const auto outcome = validate(options);
        QVERIFY(!outcome);
        QVERIFY(outcome.error().find("teapot") != std::string::npos);
    }
};

PLIMSOLL_TEST(TestValidate);
#include "tst_validate.moc"
