#include "models/exchange/project_json.h"
#include "tests/support/random_project.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <limits>

using namespace plimsoll;
using namespace plimsoll::document;
using exchange::projectFromJson;
using exchange::projectToJson;

namespace {

// The example of DESIGN.md 4.3.
const char* const kWebShop = R"({ "format_version": 1, "name": "Web shop", "note": "…",
  "classes": [ {"id": "browse", "name": "Browse", "from": "users", "rate_per_s": 800},
               {"id": "checkout", "name": "Checkout", "from": "users", "rate_per_s": 40, "scv": 1} ],
  "targets": [ {"class": "browse", "metric": "p99_s", "at_most": 0.3}, {"class": "checkout", "metric": "error_share", "at_most": 0.001} ],
  "scenarios": [ { "id": "today", "name": "Today",
    "components": [ {"id": "users", "type": "clients", "name": "Users", "x": 0, "y": 0},
                    {"id": "lb", "type": "load_balancer", "x": 240, "y": 0, "parameters": {"policy": "least_connections"}},
                    {"id": "app", "type": "service", "x": 480, "y": 0, "parameters": {"instances": 4, "cpu_s": {"value": 0.006, "by_class": {"checkout": 0.02}, "provenance": "typed"}}},
                    {"id": "redis", "type": "cache", "x": 720, "y": -80}, {"id": "db", "type": "sql_database", "x": 720, "y": 80} ],
    "links": [ {"from": "users", "to": "lb"}, {"from": "lb", "to": "app"},
               {"from": "app", "to": "redis", "calls": {"browse": 2, "checkout": 0}},
               {"from": "app", "to": "db", "when": {"miss_of": "redis"}, "calls": {"browse": 1, "checkout": 3}, "writes": {"checkout": 1}} ] } ] })";

/// A project around one component or one link, for offences against them.
std::string withComponents(const std::string& components, const std::string& links = "") {
    return R"({"format_version":1,"name":"p","classes":[{"id":"k","from":"u","rate_per_s":1}],"scenarios":[{"id":"s",)"
           R"("components":[{"id":"u","type":"clients"},{"id":"a","type":"service"},{"id":"c","type":"cache"})" +
           components + R"(],"links":[)" + links + "]}]}";
}
std::string withClass(const std::string& requestClass, const std::string& target = "") {
    return R"({"format_version":1,"name":"p","classes":[)" + requestClass + R"(],"targets":[)" + target +
           R"(],"scenarios":[{"id":"s","components":[{"id":"u","type":"clients"},{"id":"a","type":"service"}]}]})";
}

} // namespace

class TestProjectJson : public QObject {
    Q_OBJECT
private slots:
    void readsTheExample();
    void readsEveryKey();
    void writesWhatItReads();
    void leavesDefaultsOut();
    void refuses_data();
    void refuses();
    void refusesTooMuch();
    void checksWhatCannotBeWritten();
    void survivesEveryCut();
};

void TestProjectJson::readsTheExample() {
    const auto project = projectFromJson(kWebShop);
    QVERIFY2(project, project ? "" : text(project.error()).c_str());
    QCOMPARE(project->classes.size(), std::size_t{2});
    QCOMPARE(std::get<OpenLoad>(project->classes[0].load).rate, perSecond(800));
    QCOMPARE(project->targets[0].metric, Metric::P99);
    const Scenario& today = *project->scenarios[0];
    const Component* app = findComponent(today, "app");
    QVERIFY(app);
    QCOMPARE(app->name, std::string("app"));
    QCOMPARE(components::number(*app, "cpu_s", "checkout"), std::optional(0.02));
    QCOMPARE(components::number(*app, "cpu_s", "browse"), std::optional(0.006));
    const Link* toDatabase = findLink(today, "app", "db");
    QVERIFY(toDatabase && toDatabase->when == When(MissOf{"redis"}));
    QCOMPARE(toDatabase->calls.of("checkout"), 3.0);
    QCOMPARE(toDatabase->writes.of("checkout"), 1.0);
    QCOMPARE(toDatabase->writes.of("browse"), 0.0);
    QVERIFY(findLink(today, "users", "lb")->when == When(Always{}));
}

void TestProjectJson::readsEveryKey() {
    const auto project = projectFromJson(R"({"format_version": 1, "name": "All", "classes": [
        {"id": "k", "name": "K", "from": "u", "users": 50, "think_s": {"low": 1, "likely": 2, "high": 9,
         "provenance": {"kind": "measured", "source": "log", "date": "2026-01-02"}}, "think_scv": 0.5}],
      "targets": [{"metric": "load_factor", "at_least": 1.5}, {"class": "k", "metric": "throughput_per_s", "at_least": 2}],
      "scenarios": [{"id": "one"}, {"id": "two", "name": "Two", "derived_from": "one", "components": [
        {"id": "r", "type": "area", "width": 400, "height": 300}, {"id": "u", "type": "clients", "area": "r"},
        {"id": "a", "type": "service", "parameters": {"instances": {"low": 2, "likely": 3, "high": 4},
         "discipline": "fcfs"}}],
        "links": [{"from": "u", "to": "a", "calls": {"value": 2, "by_class": {"k": 3}}, "when": {"share": 0.5}, "stage": 2,
          "mode": "async", "timeout_s": 0.2, "retry": {"max_attempts": 3, "backoff_s": 0.1, "backoff_factor": 3,
          "backoff_cap_s": 5, "full_jitter": false, "budget": 0.1, "on": ["timeout"]}, "cancel": true,
          "request_bytes": 100, "response_bytes": 2000, "protocol": "grpc"}]}]})");
    QVERIFY2(project, project ? "" : text(project.error()).c_str());
    const auto& closed = std::get<ClosedLoad>(project->classes[0].load);
    QCOMPARE(closed.users, 50U);
    QVERIFY(closed.think.range && closed.think.range->high == 9 && closed.think.value == 2);
    QVERIFY(closed.think.provenance == (Provenance{Provenance::Kind::Measured, "log", "2026-01-02"}));
    QVERIFY(!project->targets[0].classId && !project->targets[0].atMost);
    const Scenario& two = *project->scenarios[1];
    QCOMPARE(two.derivedFrom, std::optional<Id>("one"));
    QVERIFY(two.components[0]->size && two.components[1]->area == "r");
    const Link& link = *two.links[0];
    QCOMPARE(link.calls.of("k"), 3.0);
    QCOMPARE(link.calls.of("other"), 2.0);
    QVERIFY(link.when == When(WithShare{0.5}) && link.stage == 2 && link.mode == Mode::Async && link.cancel);
    QVERIFY(link.retry && link.retry->maxAttempts == 3 && link.retry->on == std::vector{flow::Cause::Timeout});
    QCOMPARE(link.timeout, std::optional(seconds(0.2)));
    QVERIFY(link.protocol == Protocol::Grpc && link.responseBytes == Bytes{2000});
    const auto again = projectFromJson(projectToJson(*project));
    QVERIFY2(again, again ? "" : text(again.error()).c_str());
    QVERIFY(*again == *project);
}

void TestProjectJson::writesWhatItReads() {
    for (std::uint64_t seed = 0; seed < 150; ++seed) {
        const Project project = tests::RandomProject(seed).make();
        const std::string json = projectToJson(project);
        const auto again = projectFromJson(json);
        QVERIFY2(again, again ? "" : (std::to_string(seed) + ": " + text(again.error()) + "\n" + json).c_str());
        QVERIFY2(*again == project, std::to_string(seed).c_str());
        QCOMPARE(projectToJson(*again), json);
    }
}

void TestProjectJson::leavesDefaultsOut() {
    QCOMPARE(projectToJson(emptyProject("E")), std::string(R"({
  "format_version": 1,
  "name": "E",
  "scenarios": [
    {
      "id": "today",
      "name": "Today"
    }
  ]
}
)"));
    const auto project = projectFromJson(withComponents("", R"({"from":"u","to":"a"})"));
    QVERIFY(project);
    QVERIFY(projectToJson(*project).find("calls") == std::string::npos);
}

void TestProjectJson::refuses_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* name, const std::string& json, const char* says) {
        QTest::newRow(name) << QString::fromStdString(json) << QString(says);
    };
    row("empty", "", "no text");
    row("blank", " \n", "no text");
    row("cut", R"({"format_version": 1, "na)", "is not JSON");
    row("text", "hello", "is not JSON");
    row("array", "[]", "is an array, not an object");
    row("number", "5", "is a number, not an object");
    row("NaN", withClass(R"({"id":"k","from":"u","rate_per_s":NaN})"), "is not JSON");
    row("infinite", withClass(R"({"id":"k","from":"u","rate_per_s":1e999})"), "is not JSON");
    row("no version", R"({"name":"p","scenarios":[{"id":"s"}]})", "format_version: is missing");
    row("version 2", R"({"format_version":2,"name":"p","scenarios":[{"id":"s"}]})", "format_version: 2 is not 1");
    row("version text", R"({"format_version":"1","name":"p","scenarios":[{"id":"s"}]})", "is a string, not a number");
    row("no name", R"({"format_version":1,"scenarios":[{"id":"s"}]})", "name: is missing");
    row("no scenarios", R"({"format_version":1,"name":"p"})", "scenarios: is missing");
    row("empty scenarios", R"({"format_version":1,"name":"p","scenarios":[]})", "/scenarios: is empty");
    row("unknown key", R"({"format_version":1,"name":"p","scenarios":[{"id":"s"}],"colour":1})",
        "colour: is not a known key");
    row("unknown key deep", withComponents(R"(,{"id":"b","type":"service","colour":1})"),
        "/scenarios/0/components/3: colour: is not a known key");
    row("key twice", R"({"format_version":1,"name":"p","name":"q","scenarios":[{"id":"s"}]})",
        "name: this key is there twice");
    row("key twice deep", withComponents(R"(,{"id":"b","type":"service","x":1,"x":1})"),
        "/scenarios/0/components/3: x: this key is there twice");
    row("control in name", R"({"format_version":1,"name":"p\nq","scenarios":[{"id":"s"}]})", "control character");
    row("scenario twice", R"({"format_version":1,"name":"p","scenarios":[{"id":"s"},{"id":"s"}]})",
        "/scenarios/1: id: s: \"s\" is there twice");
    row("derived from nothing", R"({"format_version":1,"name":"p","scenarios":[{"id":"s","derived_from":"t"}]})",
        "derived_from");
    row("bad id", R"({"format_version":1,"name":"p","scenarios":[{"id":"A b"}]})", "is not made of");
    row("class twice", withClass(R"({"id":"k","from":"u","rate_per_s":1},{"id":"k","from":"u","rate_per_s":1})"),
        "/classes/1");
    row("class from nothing", withClass(R"({"id":"k","from":"x","rate_per_s":1})"),
        "/classes/0: from: k: no scenario has a component \"x\"");
    row("class from service", withClass(R"({"id":"k","from":"a","rate_per_s":1})"), "where no request can start");
    row("negative rate", withClass(R"({"id":"k","from":"u","rate_per_s":-1})"),
        "/classes/0: rate_per_s: k: -1 is not a rate of 0 or more");
    row("no load", withClass(R"({"id":"k","from":"u"})"), "rate_per_s: is missing");
    row("both loads", withClass(R"({"id":"k","from":"u","rate_per_s":1,"users":2,"think_s":1})"),
        "rate_per_s: is not a known key");
    row("half a user", withClass(R"({"id":"k","from":"u","users":1.5,"think_s":1})"),
        "users: 1.5 is not a whole number");
    row("no think", withClass(R"({"id":"k","from":"u","users":1})"), "think_s: is missing");
    row("batch", withClass(R"({"id":"k","from":"u","rate_per_s":1,"batch":0.5})"), "batch");
    row("profile", withClass(R"({"id":"k","from":"u","rate_per_s":1,"profile":"day"})"), "profile");
    row("target of nothing", withClass("", R"({"class":"x","metric":"p99_s","at_most":1})"),
        "/targets/0: class: x: there is no class");
    row("target without class", withClass("", R"({"metric":"p99_s","at_most":1})"), "is that of a class");
    row("target both", withClass("", R"({"metric":"load_factor","at_most":1,"at_least":1})"),
        "either at_most or at_least");
    row("unknown metric", withClass("", R"({"metric":"p42_s","at_most":1})"), "metric: \"p42_s\"");
    row("component twice", withComponents(R"(,{"id":"a","type":"service"})"),
        "/scenarios/0/components/3: id: a: \"a\" is there twice");
    row("unknown type", withComponents(R"(,{"id":"b","type":"mainframe"})"),
        "/scenarios/0/components/3: type: b: there is no component type \"mainframe\"");
    row("zero servers", withComponents(R"(,{"id":"b","type":"service","name":"Shop","parameters":{"instances":0}})"),
        "/scenarios/0/components/3: instances: Shop: 0 is outside 1 to");
    row("half a server", withComponents(R"(,{"id":"b","type":"service","parameters":{"instances":1.5}})"),
        "whole number");
    row("unknown parameter", withComponents(R"(,{"id":"b","type":"service","parameters":{"colour":1}})"), "colour");
    row("wrong type", withComponents(R"(,{"id":"b","type":"service","parameters":{"instances":"four"}})"), "instances");
    row("null", withComponents(R"(,{"id":"b","type":"service","parameters":{"threads":null}})"), "threads: is null");
    row("unknown word", withComponents(R"(,{"id":"b","type":"service","parameters":{"discipline":"lifo"}})"),
        "discipline");
    row("by class of nothing",
        withComponents(R"(,{"id":"b","type":"service","parameters":{"cpu_s":{"value":1,"by_class":{"x":1}}}})"),
        "there is no class \"x\"");
    row("range upside down",
        withComponents(R"(,{"id":"b","type":"service","parameters":{"cpu_s":{"low":3,"likely":2,"high":1}}})"),
        "cpu_s");
    row("half a range", withComponents(R"(,{"id":"b","type":"service","parameters":{"cpu_s":{"low":3}}})"),
        "/scenarios/0/components/3/parameters/cpu_s: likely: is missing");
    row("provenance",
        withComponents(R"(,{"id":"b","type":"service","parameters":{"cpu_s":{"value":3,"provenance":"guess"}}})"),
        "guess");
    row("in nothing", withComponents(R"(,{"id":"b","type":"service","area":"x"})"),
        "area: b: there is no component \"x\"");
    row("in a service", withComponents(R"(,{"id":"b","type":"service","area":"a"})"), "is not an area");
    row("in itself", withComponents(R"(,{"id":"b","type":"area","area":"b"})"), "in itself");
    row("areas in a ring",
        withComponents(R"(,{"id":"b","type":"area","area":"d"},{"id":"d","type":"area","area":"b"})"), "in itself");
    row("size of a service", withComponents(R"(,{"id":"b","type":"service","width":1,"height":1})"), "only an area");
    row("half a size", withComponents(R"(,{"id":"b","type":"area","width":1})"), "height: is missing");
    row("far away", withComponents(R"(,{"id":"b","type":"service","x":1e9})"), "x: b: 1000000000 is outside");
    row("link to nothing", withComponents("", R"({"from":"u","to":"x"})"),
        "/scenarios/0/links/0: to: u > x: there is no component \"x\"");
    row("self link", withComponents("", R"({"from":"u","to":"a"},{"from":"a","to":"a"})"),
        "/scenarios/0/links/1: to: a > a: a component cannot be linked to itself");
    row("link twice", withComponents("", R"({"from":"u","to":"a"},{"from":"u","to":"a"})"),
        "/scenarios/0/links/1: to: u > a: these two are linked already");
    row("link to clients", withComponents("", R"({"from":"a","to":"u"})"), "takes no calls");
    row("negative calls", withComponents("", R"({"from":"u","to":"a","calls":-1})"),
        "calls: u > a: -1 is not 0 or more");
    row("calls of nobody", withComponents("", R"({"from":"u","to":"a","calls":{"x":1}})"), "there is no class \"x\"");
    row("writes", withComponents("", R"({"from":"u","to":"a","writes":1.5})"), "outside 0 to 1");
    row("share", withComponents("", R"({"from":"u","to":"a","when":{"share":2}})"), "outside 0 to 1");
    row("miss of a service", withComponents("", R"({"from":"u","to":"a","when":{"miss_of":"a"}})"), "is not a cache");
    row("when", withComponents("", R"({"from":"u","to":"a","when":"never"})"), "when");
    row("timeout", withComponents("", R"({"from":"u","to":"a","timeout_s":0})"), "is not above 0");
    row("retry", withComponents("", R"({"from":"u","to":"a","retry":{"max_attempts":0}})"),
        "/scenarios/0/links/0/retry: max_attempts");
    row("cause", withComponents("", R"({"from":"u","to":"a","retry":{"on":["sloth"]}})"), "not a cause");
    row("mode", withComponents("", R"({"from":"u","to":"a","mode":"fax"})"), "mode: \"fax\"");
    row("bytes", withComponents("", R"({"from":"u","to":"a","request_bytes":-1})"), "request_bytes");
    row("stage", withComponents("", R"({"from":"u","to":"a","stage":0.5})"), "stage");
}

void TestProjectJson::refuses() {
    QFETCH(QString, json);
    QFETCH(QString, says);
    const auto project = projectFromJson(json.toStdString());
    QVERIFY(!project);
    const QString message = QString::fromStdString(text(project.error()));
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY2(!message.contains('\n') && message.size() < 400, qPrintable(message));
}

void TestProjectJson::refusesTooMuch() {
    std::string deep = R"({"format_version":1,"name":)";
    for (int i = 0; i < 200; ++i) deep += "[";
    auto refused = projectFromJson(deep);
    QVERIFY(!refused);
    QCOMPARE(text(refused.error()), std::string("/name/0/0: is nested deeper than 64 levels"));

    std::string many = R"({"format_version":1,"name":"p","scenarios":[{"id":"s","components":[)";
    for (int i = 0; i < 1'000'000; ++i) many += "{},";
    refused = projectFromJson(many);
    QVERIFY(!refused);
    QCOMPARE(text(refused.error()), std::string("/scenarios/0/components: has more than 10000 elements"));

    const std::string long_(100'000, 'x');
    refused = projectFromJson(R"({"format_version":1,"name":"p","scenarios":[{"id":")" + long_ + R"("}]})");
    QVERIFY(!refused && text(refused.error()).size() < 1000);
}

void TestProjectJson::checksWhatCannotBeWritten() {
    Project project = *projectFromJson(kWebShop);
    QVERIFY(exchange::checkProject(project));
    project.name = "\xff";
    QVERIFY(!exchange::checkProject(project));
    project = *projectFromJson(kWebShop);
    std::get<OpenLoad>(project.classes[0].load).rate = perSecond(std::numeric_limits<double>::quiet_NaN());
    const auto fine = exchange::checkProject(project);
    QVERIFY(!fine);
    QCOMPARE(fine.error().component, std::string("Browse"));
    QCOMPARE(fine.error().field, std::string("rate_per_s"));
    project = *projectFromJson(kWebShop);
    project.targets[0].bound = std::numeric_limits<double>::infinity();
    QVERIFY(!exchange::checkProject(project));
    project = *projectFromJson(kWebShop);
    project.scenarios.clear();
    QVERIFY(!exchange::checkProject(project));
}

void TestProjectJson::survivesEveryCut() {
    const std::string whole(kWebShop);
    for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
        const auto project = projectFromJson(whole.substr(0, size));
        QVERIFY2(!project || whole.find_first_not_of(" \n", size) == std::string::npos, std::to_string(size).c_str());
    }
}

PLIMSOLL_TEST(TestProjectJson);
#include "tst_project_json.moc"
