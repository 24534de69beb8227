// The model's JSON: shorthand and numbering, exact round trips, refusals with element, field and place.
#include "engine/distribution/distribution.h"
#include "models/exchange/model_json.h"
#include "tests/support/test_registry.h"

#include <QFile>
#include <QtTest>

#include <nlohmann/json.hpp>

using namespace plimsoll;
using namespace plimsoll::flow;
using nlohmann::json;

namespace {
Model readGood(std::string_view text) {
    auto read = exchange::modelFromJson(text);
    if (!read)
        qFatal("%s %s: %s", read.error().element.c_str(), read.error().field.c_str(), read.error().message.c_str());
    return std::move(read->model);
}
} // namespace

class TestModelJson : public QObject {
    Q_OBJECT
private slots:
    void inlineStepsAreNumberedInPreOrder() {
        const Model model = readGood(R"({
            "stations": [{}], "caches": [{"fixed_hit_ratio": 0.9}],
            "balancers": [{"backends": [{"fleet": 0}]}],
            "steps": [{"delay": {"duration": {"mean_s": 1, "scv": 0}}}, [{"fail": {"probability": 0.5}}, 0]],
            "entries": [{"root": {"serve": {"station": 0, "demand": {"law": "exponential", "mean_s": 0.1}}}}],
            "classes": [{"name": "a", "arrivals": {"open": {"rate_per_s": 1}},
                         "root": [{"lookup": {"cache": 0, "on_hit": [], "on_miss": 1}}, {"call": {"via": 0, "entries": [0]}}]}]})");
        QCOMPARE(model.steps.size(), std::size_t(8));
        QCOMPARE(std::get<Sequence>(model.steps[1].body).steps, (std::vector{StepId{2}, StepId{0}}));
        QVERIFY(std::holds_alternative<Fail>(model.steps[2].body));
        QCOMPARE(model.entries[0].root, StepId{3});
        QCOMPARE(model.classes[0].root, StepId{4});
        const auto& lookup = std::get<Lookup>(model.steps[5].body);
        QCOMPARE(lookup.onHit, StepId{6});
        QCOMPARE(lookup.onMiss, StepId{1});
        QVERIFY(std::holds_alternative<Call>(model.steps[7].body));
    }

    void contractCasesRoundTrip_data() {
        QTest::addColumn<QString>("text");
        QFile file(PLIMSOLL_TEST_DATA "/engine/models.json");
        QVERIFY(file.open(QIODevice::ReadOnly));
        const json data = json::parse(file.readAll().toStdString());
        for (const json& one : data.at("cases"))
            QTest::addRow("%s", one.at("id").get<std::string>().c_str())
                << QString::fromStdString(one.at("inputs").at("model").dump());
    }
    /// Read, write, read: equal; write again: the same text.
    void contractCasesRoundTrip() {
        QFETCH(QString, text);
        const Model model = readGood(text.toStdString());
        const std::string written = exchange::modelToJson(model);
        QVERIFY(readGood(written) == model);
        QCOMPARE(exchange::modelToJson(readGood(written)), written);
    }

    void everyFieldRoundTrips() {
        Model model;
        const auto law = distribution::fromMeanScv(Seconds{1.0 / 3}, 2.7);
        model.fleets.push_back({Origin{5}, {{2, 1.5, 0.25}, {1, 1, 0}}, Failures{Seconds{1e5}, law, DownAs::Hangs}});
        model.stations.push_back({Origin{1}, FleetId{1}, {}, Discipline::ProcessorSharing, {}, {0.1, 0.01}});
        model.stations.push_back({Origin{2}, {}, 3, Discipline::PriorityPreemptiveResume, 7, {}});
        model.pools.push_back(
            {Origin{3}, FleetId{1}, 9, 0, Seconds{0.1}, OnDemand{2, law, Seconds{60}, BootLimit{{3}, 4}, PoolId{0}}});
        model.limiters.push_back({Origin{4}, {}, {0.1}, 2.5, OverLimit::Delay});
        model.keySpaces.push_back({Origin{6}, 1ULL << 50, 0.9, {1234.5}, 1.25});
        model.caches.push_back({Origin{7}, FleetId{1}, KeySpaceId{0}, {1e9}, Eviction::WTinyLfu, Seconds{5}, true, {}});
        model.caches.push_back({{}, {}, {}, {}, Eviction::Lru, {}, false, Probability{0.1}});
        model.balancers.push_back({Origin{8},
                                   FleetId{1},
                                   Policy::KeyRange,
                                   {{FleetId{1}, 0.1}, {FleetId{0}, 2}},
                                   KeySpaceId{0},
                                   HealthCheck{Seconds{2}, Seconds{0.5}, 1, 4},
                                   Seconds{0.3},
                                   Seconds{30}});
        model.entries = {{Origin{9}, FleetId{1}, StepId{1}}, {{}, {}, StepId{0}}};
        const std::vector<EntryId> entries{EntryId{0}, EntryId{1}};
        const StepId leaf{0};
        const std::vector<Body> bodies{
            Sequence{},
            Serve{StationId{0}, law, 3},
            Repeat{leaf, 2.1, false},
            Delay{law},
            Call{BalancerId{0}, entries, 0.1, FanOut{3, 2, Seconds{0.05}, Leftover::Cancel}},
            Spawn{BalancerId{0}, entries, 1.5, true, false},
            Parallel{{leaf, leaf}, 1, Leftover::Cancel},
            Choice{{{{0.1}, leaf}, {{0.9}, leaf}}},
            Lookup{CacheId{0}, leaf, leaf},
            Invalidate{CacheId{1}, 2.5},
            Hold{PoolId{0}, leaf, 255},
            Limit{LimiterId{0}},
            Fail{{0.1}, Cause::StateLost},
            Attempt{leaf, 4, Seconds{0.1}, 3, Seconds{10}, false, 0.2, {Cause::Refused, Cause::Timeout}, leaf},
            Timeout{Seconds{0.7}, leaf, Leftover::Cancel, Cause::ExecutionLimit}};
        for (const Body& body : bodies) model.steps.push_back({Origin{11}, body});
        model.classes.push_back({"ä \"quoted\"\n", Origin{12}, Open{{0.1}, 2, 3}, leaf});
        model.classes.push_back({"users", {}, Closed{7, law}, leaf});
        QVERIFY(readGood(exchange::modelToJson(model)) == model);
    }

    void fittedLawsSaySo() {
        const auto read = exchange::modelFromJson(R"({"classes": [{"name": "a", "arrivals": {"open": {"rate_per_s": 1}},
            "root": {"delay": {"duration": {"law": "lognormal", "mean_s": 1, "scv": 2}}}}]})");
        QVERIFY(read.has_value());
        QCOMPARE(read->problems.size(), std::size_t(1));
        QCOMPARE(read->problems[0].code, std::string("fitted"));
        QCOMPARE(read->problems[0].element, std::string("steps[0]"));
    }

    void refusals_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("element");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("says");
        const QString cls = R"("classes": [{"name": "a", "arrivals": {"open": {"rate_per_s": 1}}, "root": %1}])";
        const auto root = [&](const char* name, const char* step, const char* element, const char* field,
                              const char* says) {
            QTest::newRow(name) << QString("{\"stations\": [{}], %1}").arg(cls.arg(step)) << QString(element)
                                << QString(field) << QString(says);
        };
        const auto whole = [&](const char* name, const char* rest, const char* element, const char* field,
                               const char* says) {
            QTest::newRow(name) << QString("{%1, %2}").arg(rest, cls.arg("[]")) << QString(element) << QString(field)
                                << QString(says);
        };
        root("unknown kind", R"({"nap": {}})", "steps[0]", "nap", "kind");
        root("two kinds", R"({"delay": {}, "fail": {}})", "steps[0]", "fail", "second");
        root("no kind", R"({"origin": 3})", "steps[0]", "", "/classes/0/root");
        root("a string", R"("serve")", "steps[0]", "", "a string");
        root("number of nothing", R"(4)", "classes[0]", "root", "4");
        root("place of an inline step",
             R"([{"hold": {"pool": 0, "body": [{"serve": {"station": 0, "demand": {"mean_s": 1}}}]}}])", "steps[3]",
             "demand.scv", "/classes/0/root/0/hold/body/0");
        root("missing field", R"({"serve": {"station": 0}})", "steps[0]", "demand", "missing");
        root("unknown key", R"({"delay": {"duration": {"mean_s": 1, "scv": 1}, "colour": 1}})", "steps[0]", "colour",
             "known");
        root("negative mean", R"({"delay": {"duration": {"mean_s": -1, "scv": 1}}})", "steps[0]", "duration.phases[0]",
             "-1");
        root("unknown law", R"({"delay": {"duration": {"law": "guess", "mean_s": 1}}})", "steps[0]", "duration.law",
             "guess");
        root(
            "wrong scv beside a law",
            R"({"delay": {"duration": {"law": "two_point", "values_s": [1, 3], "probabilities": [0.5, 0.5], "mean_s": 5}}})",
            "steps[0]", "duration.mean_s", "5");
        root("Pareto without a mean", R"({"delay": {"duration": {"law": "pareto", "mean_s": 1, "tail_exponent": 1}}})",
             "steps[0]", "duration.tail_exponent", "1");
        whole("fraction of a server", R"("stations": [{"servers": 1.5}])", "stations[0]", "servers", "whole");
        whole("unknown word", R"("stations": [{"discipline": "lifo"}])", "stations[0]", "discipline", "fcfs");
        whole("unknown key of a model", R"("statons": [])", "", "statons", "known");
        whole("text for a number", R"("limiters": [{"rate_per_s": "3"}])", "limiters[0]", "rate_per_s", "a string");
        whole("contention key", R"("stations": [{"contention": {"gamma": 1}}])", "stations[0]", "contention.gamma",
              "known");
        whole("range", R"("stations": [{"servers": 0}])", "stations[0]", "servers", "0");
        QTest::newRow("two arrivals") << R"({"classes": [{"name": "a", "arrivals": {}, "root": []}]})" << "classes[0]"
                                      << "arrivals.open" << "exactly one";
        QTest::newRow("key twice") << R"({"classes": [], "classes": []})" << "" << "classes" << "twice";
        QTest::newRow("deep") << "{\"classes\": [" + QString("[").repeated(200) + QString("]").repeated(200) + "]}"
                              << "" << ""
                              << "nested";
        QTest::newRow("empty") << "" << "" << "" << "no text";
        QTest::newRow("truncated") << R"({"classes": )" << "" << "" << "JSON";
        QTest::newRow("NaN") << R"({"classes": NaN})" << "" << "" << "JSON";
        QTest::newRow("too large a number") << R"({"classes": 1e999})" << "" << "" << "JSON";
    }
    void refusals() {
        QFETCH(QString, text);
        QFETCH(QString, element);
        QFETCH(QString, field);
        QFETCH(QString, says);
        const auto read = exchange::modelFromJson(text.toStdString());
        QVERIFY(!read);
        QCOMPARE(QString::fromStdString(read.error().element), element);
        QCOMPARE(QString::fromStdString(read.error().field), field);
        const QString message = QString::fromStdString(read.error().message);
        QVERIFY2(message.contains(says), qPrintable(message));
        QVERIFY(!message.contains('\n'));
    }
};

PLIMSOLL_TEST(TestModelJson);
#include "tst_model_json.moc"
