// Drawn projects and the steps that they become: design/lowering.md and design/project-json.md as tables.
#include "engine/flow/validate.h"
#include "tests/models/lower/drawing.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll;
using namespace plimsoll::tests;
using document::Link;
using document::MissOf;
using document::Mode;
using document::WithShare;
using lower::Operation;

namespace {

/// What an entry of the project has to be.
struct Expected {
    const char* component;
    Operation operation;
    const char* steps;
};

using Fields = Drawing::Fields;

Fields calls(double count) {
    return [=](Link& link) { link.calls.value = count; };
}
Fields missOf(const char* cache, double count = 1, double writes = 0) {
    return [=](Link& link) {
        link.when = MissOf{cache};
        link.calls.value = count;
        link.writes.value = writes;
    };
}

/// users -> app -> redis (aside, `gets` a request) and db (misses of redis).
Drawing shop(double gets, double reads, double writes) {
    return Drawing()
        .users("app")
        .add("app", "service")
        .add("redis", "cache")
        .add("db", "sql_database")
        .link("app", "redis", calls(gets))
        .link("app", "db", missOf("redis", reads, writes));
}

struct Row {
    const char* name;
    Drawing drawing;
    std::vector<Expected> expected;
};

std::vector<Row> clientRows() {
    using P = Drawing::Parameters;
    const auto clients = [](P parameters) {
        return Drawing()
            .add("users", "clients", std::move(parameters))
            .add("app", "service")
            .link("users", "app")
            .requests("browse", "users");
    };
    return {
        {"defaults",
         clients({}),
         {{"users", Operation::Read, "[delay 0.02 constant, call app.read]"},
          {"app", Operation::Read, "serve app.cpu 0.01"}}},
        {"no network", clients({{"rtt_s", numeric(0)}}), {{"users", Operation::Read, "call app.read"}}},
        {"new connections",
         clients({{"new_connection_share", numeric(0.25)}}),
         {{"users", Operation::Read,
           "[delay 0.02 constant, choice(0.25: delay 0.04 constant, 0.75: []), call app.read]"}}},
        {"always new connections",
         clients({{"new_connection_share", numeric(1)}, {"setup_round_trips", numeric(3)}}),
         {{"users", Operation::Read, "[delay 0.02 constant, delay 0.06 constant, call app.read]"}}},
    };
}

std::vector<Row> linkRows() {
    const auto chain = [](const Fields& fields) {
        return Drawing().users("app").add("app", "service").add("db", "sql_database").link("app", "db", fields);
    };
    const auto app = [](const char* steps) {
        static std::vector<std::string> kept;
        kept.reserve(100);
        kept.push_back(std::string("[serve app.cpu 0.01, ") + steps + "]");
        return Expected{"app", Operation::Read, kept.back().c_str()};
    };
    return {
        {"one call", chain({}), {app("call db.read"), {"db", Operation::Read, "serve db.cpu 0.002"}}},
        {"three calls", chain(calls(3)), {app("call db.read x3")}},
        {"half a call", chain(calls(0.5)), {app("call db.read x0.5")}},
        {"no call", chain(calls(0)), {{"app", Operation::Read, "serve app.cpu 0.01"}}},
        {"all write",
         chain([](Link& l) { l.writes.value = 1; }),
         {app("call db.write"), {"db", Operation::Write, "serve db.cpu 0.005"}, {"db", Operation::Read, ""}}},
        {"some write",
         chain([](Link& l) { l.writes.value = 0.25; }),
         {app("choice(0.75: call db.read, 0.25: call db.write)")}},
        {"some of three write",
         chain([](Link& l) { l.calls.value = 3, l.writes.value = 0.25; }),
         {app("repeat 3 {choice(0.75: call db.read, 0.25: call db.write)}")}},
        {"some of half a call write",
         chain([](Link& l) { l.calls.value = 0.5, l.writes.value = 0.2; }),
         {app("choice(0.4: call db.read, 0.1: call db.write, 0.5: [])")}},
        {"with a share",
         chain([](Link& l) { l.when = WithShare{0.2}, l.calls.value = 4; }),
         {app("choice(0.2: call db.read x4, 0.8: [])")}},
        {"share 1", chain([](Link& l) { l.when = WithShare{1}; }), {app("call db.read")}},
        {"share 0", chain([](Link& l) { l.when = WithShare{0}; }), {{"app", Operation::Read, "serve app.cpu 0.01"}}},
        {"timeout", chain([](Link& l) { l.timeout = seconds(0.5); }), {app("timeout 0.5 {call db.read}")}},
        {"timeout that cancels",
         chain([](Link& l) { l.timeout = seconds(0.5), l.cancel = true; }),
         {app("timeout 0.5 cancel {call db.read}")}},
        {"each call has its timeout",
         chain([](Link& l) { l.timeout = seconds(0.5), l.calls.value = 2; }),
         {app("repeat 2 {timeout 0.5 {call db.read}}")}},
        {"retries around the timeout",
         chain([](Link& l) {
             l.timeout = seconds(0.5);
             l.retry = document::Retry{.maxAttempts = 3, .backoff = seconds(0.1), .budget = {}, .on = {}};
         }),
         {app("attempt 3 backoff 0.1 {timeout 0.5 {call db.read}}")}},
        {"one attempt is none",
         chain([](Link& l) { l.retry = document::Retry{.budget = {}, .on = {}}; }),
         {app("call db.read")}},
        {"async", chain([](Link& l) { l.mode = Mode::Async, l.calls.value = 2; }), {app("spawn db.read x2")}},
        {"async with a timeout is a job of its own",
         chain([](Link& l) { l.mode = Mode::Async, l.timeout = seconds(1); }),
         {app("spawn {timeout 1 {call db.read}}")}},
    };
}

std::vector<Row> stageRows() {
    const auto three = [](std::optional<int> a, std::optional<int> b, std::optional<int> c) {
        return Drawing()
            .users("app")
            .add("app", "service", {{"cpu_s", numeric(0)}})
            .add("a", "sql_database")
            .add("b", "sql_database")
            .add("c", "sql_database")
            .link("app", "a", [=](Link& l) { l.stage = a; })
            .link("app", "b", [=](Link& l) { l.stage = b; })
            .link("app", "c", [=](Link& l) { l.stage = c; });
    };
    return {
        {"stages in order of creation",
         three({}, {}, {}),
         {{"app", Operation::Read, "[call a.read, call b.read, call c.read]"}}},
        {"ascending stages", three(2, 1, 0), {{"app", Operation::Read, "[call c.read, call b.read, call a.read]"}}},
        {"equal stages run in parallel",
         three(1, 0, 1),
         {{"app", Operation::Read, "[call b.read, parallel(call a.read | call c.read)]"}}},
        {"all in parallel",
         three(0, 0, 0),
         {{"app", Operation::Read, "parallel(call a.read | call b.read | call c.read)"}}},
        {"a given stage meets a place",
         three({}, 0, {}),
         {{"app", Operation::Read, "[parallel(call a.read | call b.read), call c.read]"}}},
    };
}

std::vector<Row> cacheRows() {
    const auto through = [](const char* pattern, double writes) {
        return Drawing()
            .users("redis", [=](Link& l) { l.writes.value = writes; })
            .add("redis", "cache", {{"pattern", std::string(pattern)}})
            .add("db", "sql_database")
            .link("redis", "db");
    };
    return {
        {"aside",
         shop(1, 1, 0),
         {{"app", Operation::Read,
           "[serve app.cpu 0.01, call redis.read, lookup redis.cache (hit: [], miss: [call db.read, call "
           "redis.write])]"},
          {"redis", Operation::Read, "serve redis.cpu 2e-05"},
          {"redis", Operation::Write, "serve redis.cpu 2e-05"}}},
        {"aside, 20 objects",
         shop(20, 1, 0),
         {{"app", Operation::Read,
           "[serve app.cpu 0.01, repeat 20 {[call redis.read, lookup redis.cache (hit: [], miss: [call db.read, call "
           "redis.write])]}]"}}},
        {"aside, half the requests",
         shop(0.5, 2, 0),
         {{"app", Operation::Read,
           "[serve app.cpu 0.01, choice(0.5: [call redis.read, lookup redis.cache (hit: [], miss: [call db.read x2, "
           "call redis.write])], 0.5: [])]"}}},
        {"writes always go and invalidate",
         shop(1, 4, 0.25),
         {{"app", Operation::Read,
           "[serve app.cpu 0.01, call redis.read, lookup redis.cache (hit: [], miss: [call db.read x3, call "
           "redis.write]), call db.write, invalidate redis.cache 1]"}}},
        {"rare writes",
         shop(1, 1, 0.1),
         {{"app", Operation::Read,
           "[serve app.cpu 0.01, call redis.read, lookup redis.cache (hit: [], miss: [call db.read x0.9, call "
           "redis.write]), choice(0.1: [call db.write, invalidate redis.cache 1], 0.9: [])]"}}},
        {"no call to the cache: every call is made",
         shop(0, 3, 0),
         {{"app", Operation::Read, "[serve app.cpu 0.01, call db.read x3]"}}},
        {"no call to the cache: writes invalidate",
         shop(0, 3, 1),
         {{"app", Operation::Read, "[serve app.cpu 0.01, call db.write x3, invalidate redis.cache 1]"}}},
        {"gets that nobody waits for",
         Drawing().users("app").add("app", "service").add("redis", "cache").link("app", "redis", calls(2)),
         {{"app", Operation::Read, "[serve app.cpu 0.01, call redis.read x2]"}}},
        {"two caches in a row",
         Drawing()
             .users("app")
             .add("app", "service", {{"cpu_s", numeric(0)}})
             .add("near", "cache")
             .add("far", "cache")
             .add("db", "sql_database")
             .link("app", "near")
             .link("app", "far", missOf("near"))
             .link("app", "db", missOf("far")),
         {{"app", Operation::Read,
           "[call near.read, lookup near.cache (hit: [], miss: [call far.read, lookup far.cache (hit: [], miss: [call "
           "db.read, call far.write]), call near.write])]"}}},
        {"read-through read",
         through("read_through", 0),
         {{"users", Operation::Read, "call redis.read"},
          {"redis", Operation::Read,
           "[serve redis.cpu 2e-05, lookup redis.cache (hit: [], miss: [call db.read, serve redis.cpu 2e-05])]"}}},
        {"read-through write",
         through("read_through", 1),
         {{"redis", Operation::Write, "[serve redis.cpu 2e-05, call db.write, invalidate redis.cache 1]"},
          {"db", Operation::Write, "serve db.cpu 0.005"}}},
        {"write-through write",
         through("write_through", 1),
         {{"redis", Operation::Write, "[serve redis.cpu 2e-05, call db.write]"}}},
    };
}

std::vector<Row> componentRows() {
    using P = Drawing::Parameters;
    const auto one = [](const char* type, P parameters, double writes = 0) {
        return Drawing().users("it", [=](Link& l) { l.writes.value = writes; }).add("it", type, std::move(parameters));
    };
    return {
        {"service: other time",
         one("service", {{"other_s", numeric(0.03)}, {"cpu_scv", numeric(0)}}),
         {{"it", Operation::Read, "[serve it.cpu 0.01 constant, delay 0.03 constant]"}}},
        {"service: variable work",
         one("service", {{"cpu_scv", numeric(4)}}),
         {{"it", Operation::Read, "serve it.cpu 0.01 scv 4"}}},
        {"service: by class",
         one("service", {{"cpu_s", numeric(0.01, {{"browse", 0.07}})}}),
         {{"it", Operation::Read, "serve it.cpu 0.07"}}},
        {"service: threads",
         one("service", {{"threads", numeric(6)}}),
         {{"it", Operation::Read, "hold it.threads {serve it.cpu 0.01}"}}},
        {"database: disk",
         one("sql_database", {{"buffer_hit_ratio", numeric(0.75)}}),
         {{"it", Operation::Read, "[serve it.cpu 0.002, choice(0.25: serve it.disk 0.001, 0.75: [])]"}}},
        {"database: nothing in memory",
         one("sql_database", {{"buffer_hit_ratio", numeric(0)}}),
         {{"it", Operation::Read, "[serve it.cpu 0.002, serve it.disk 0.001]"}}},
        {"database: durable writes",
         one("sql_database", {{"commit_s", numeric(0.004)}}, 1),
         {{"it", Operation::Write, "[serve it.cpu 0.005, serve it.disk 0.004]"}}},
        {"database: connections",
         one("sql_database", {{"connections", numeric(50)}}),
         {{"it", Operation::Read, "hold it.connections {serve it.cpu 0.002}"}}},
        {"balancer without targets", one("load_balancer", {}), {{"it", Operation::Read, "serve it.cpu 0.0001"}}},
        {"balancer with a limit",
         one("load_balancer", {{"connections", numeric(100)}, {"cpu_s", numeric(0.001)}}),
         {{"it", Operation::Read, "hold it.connections {serve it.cpu 0.001}"}}},
        {"balancer passes writes on",
         Drawing()
             .users("lb", [](Link& l) { l.writes.value = 1; })
             .add("lb", "load_balancer", {{"cpu_s", numeric(0)}})
             .add("db", "sql_database")
             .link("lb", "db"),
         {{"lb", Operation::Write, "call db.write"}}},
        {"balancer spreads over its links",
         Drawing()
             .users("lb")
             .add("lb", "load_balancer", {{"cpu_s", numeric(0)}})
             .add("a", "service")
             .add("b", "service")
             .link("lb", "a")
             .link("lb", "b"),
         {{"lb", Operation::Read, "call {[serve a.cpu 0.01]} or {[serve b.cpu 0.01]}"}}},
    };
}

} // namespace

class LowerStepsTest : public QObject {
    Q_OBJECT
private slots:
    void steps_data() {
        QTest::addColumn<int>("row");
        int index = 0;
        for (const Row& row : rows()) QTest::newRow(row.name) << index++;
    }
    void steps() {
        QFETCH(int, row);
        Row drawn = rows()[std::size_t(row)];
        const auto lowered = lower::lower(drawn.drawing.project(), "today");
        QVERIFY2(lowered, lowered ? "" : document::text(lowered.error()).c_str());
        for (const Expected& expected : drawn.expected) {
            const std::string found = describe(*lowered, expected.component, "browse", expected.operation);
            QCOMPARE(QString::fromStdString(found), QString::fromUtf8(expected.steps));
        }
        const auto valid = flow::validate(lowered->model);
        QVERIFY2(valid, valid ? "" : (valid.error().element + " " + valid.error().message).c_str());
        QCOMPARE(lowered->model, lower::lower(drawn.drawing.project(), "today")->model);
        const flow::Model& model = lowered->model;
        QCOMPARE(lowered->stations.size(), model.stations.size());
        QCOMPARE(lowered->pools.size(), model.pools.size());
        QCOMPARE(lowered->caches.size(), model.caches.size());
        QCOMPARE(lowered->entries.size(), model.entries.size());
        QCOMPARE(lowered->linkCalls.size(), lowered->origins.size());
        for (const flow::Step& step : model.steps) QVERIFY(std::size_t(step.origin) < lowered->origins.size());
    }

private:
    static const std::vector<Row>& rows() {
        static const std::vector<Row> all = [] {
            std::vector<Row> joined;
            for (auto part : {clientRows(), linkRows(), stageRows(), cacheRows(), componentRows()})
                joined.insert(joined.end(), part.begin(), part.end());
            return joined;
        }();
        return all;
    }
};

PLIMSOLL_TEST(LowerStepsTest);
#include "tst_lower_steps.moc"
