// What cannot be lowered, and the one line that says why.
#include "tests/models/lower/drawing.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <limits>

using namespace plimsoll;
using namespace plimsoll::tests;
using document::Link;
using document::MissOf;
using document::WithShare;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

struct Row {
    const char* name;
    Drawing drawing;
    const char* refusal;
};

/// users -> app -> db with a changed link app -> db.
Drawing chain(const Drawing::Fields& fields) {
    return Drawing().users("app").add("app", "service").add("db", "sql_database").link("app", "db", fields);
}

Drawing one(const char* type, Drawing::Parameters parameters) {
    return Drawing().users("it").add("it", type, std::move(parameters));
}

Drawing withLoad(std::variant<document::OpenLoad, document::ClosedLoad> load) {
    Drawing drawing = Drawing().users("app").add("app", "service");
    drawing.project().classes[0].load = load;
    return drawing;
}

std::vector<Row> parameterRows() {
    return {
        {"zero instances", one("service", {{"instances", numeric(0)}}), "it: instances: 0 is outside 1 to 100000"},
        {"not a number", one("service", {{"cpu_s", numeric(kNan)}}), "it: cpu_s: nan is not a number"},
        {"infinite", one("service", {{"cpu_s", numeric(kInfinity)}}), "it: cpu_s: inf is not a number"},
        {"negative by class", one("service", {{"cpu_s", numeric(0.01, {{"browse", -1}})}}),
         "it: cpu_s: browse: -1 is outside 0 to 86400 s"},
        {"hit ratio above 1", one("cache", {{"hit_ratio", numeric(1.5)}}), "it: hit_ratio: 1.5 is outside 0 to 1"},
        {"half a core", one("sql_database", {{"cores", numeric(0.5)}}), "it: cores: 0.5 is outside 1 to 1024"},
        {"one and a half", one("sql_database", {{"cores", numeric(1.5)}}), "it: cores: 1.5 is not a whole number"},
        {"unknown policy", one("load_balancer", {{"policy", std::string("magic")}}),
         "it: policy: \"magic\" is not one of random, round_robin, weighted_round_robin, least_connections, "
         "weighted_least_connections, least_response_time, resource_based, power_of_two, key_hash, key_range"},
        {"unknown key", one("service", {{"colour", numeric(1)}}), "it: colour: Service has no such parameter"},
        {"unknown type", one("teapot", {}), "it: type: there is no component type \"teapot\""},
        {"contradiction", one("service", {{"queue_limit", numeric(1)}}),
         "it: queue_limit: 1 has no effect without a limit of threads, 1 to 1000000"},
    };
}

std::vector<Row> linkRows() {
    return {
        {"negative calls", chain([](Link& l) { l.calls.value = -1; }), "app > db: calls: -1 is outside 0 to 1000000"},
        {"calls not a number", chain([](Link& l) { l.calls.value = kNan; }),
         "app > db: calls: nan is outside 0 to 1000000"},
        {"calls by class", chain([](Link& l) { l.calls.byClass["browse"] = kInfinity; }),
         "app > db: calls of browse: inf is outside 0 to 1000000"},
        {"writes above 1", chain([](Link& l) { l.writes.value = 2; }), "app > db: writes: 2 is outside 0 to 1"},
        {"share above 1", chain([](Link& l) { l.when = WithShare{1.5}; }), "app > db: when: 1.5 is outside 0 to 1"},
        {"miss of nothing", chain([](Link& l) { l.when = MissOf{"redis"}; }),
         "app > db: when: \"redis\" is not a cache of this scenario"},
        {"miss of a service", chain([](Link& l) { l.when = MissOf{"app"}; }),
         "app > db: when: \"app\" is not a cache of this scenario"},
        {"no time at all", chain([](Link& l) { l.timeout = seconds(0); }),
         "app > db: timeout_s: 0 is outside 1e-06 to 86400 s"},
        {"no attempt", chain([](Link& l) { l.retry = document::Retry{.maxAttempts = 0, .budget = {}, .on = {}}; }),
         "app > db: retry.max_attempts: 0 is outside 1 to 100"},
        {"negative bytes", chain([](Link& l) { l.requestBytes = Bytes{-1}; }),
         "app > db: request_bytes: -1 is outside 0 to 1000000000000000 bytes"},
        {"to nothing", Drawing().users("app"), "users > app: there is no component \"app\""},
        {"to itself", Drawing().users("app").add("app", "service").link("app", "app"),
         "app > app: A component cannot call itself"},
        {"twice", Drawing().users("app").add("app", "service").link("users", "app"),
         "users > app: there are two such links"},
        {"to an area", Drawing().users("app").add("app", "area"),
         "users > app: Areas have no links; place components inside them"},
        {"a database that calls",
         Drawing().users("db").add("db", "sql_database").add("app", "service").link("db", "app"),
         "db > app: SQL database: makes no calls"},
    };
}

std::vector<Row> cacheRows() {
    const auto cached = [](const char* pattern, const Drawing::Fields& get, const Drawing::Fields& miss) {
        return Drawing()
            .users("app")
            .add("app", "service")
            .add("redis", "cache", {{"pattern", std::string(pattern)}})
            .add("db", "sql_database")
            .link("app", "redis", get)
            .link("app", "db", miss);
    };
    const auto miss = [](const char* cache) { return [=](Link& l) { l.when = MissOf{cache}; }; };
    return {
        {"misses of a read-through cache", cached("read_through", {}, miss("redis")),
         "app > db: when: redis follows its own misses; only those of an aside cache reach its callers"},
        {"misses of calls that nobody waits for",
         cached(
             "aside", [](Link& l) { l.mode = document::Mode::Async; }, miss("redis")),
         "app > db: when: nobody waits for the calls to redis, which are async"},
        {"an aside cache that calls",
         Drawing().users("redis").add("redis", "cache").add("db", "sql_database").link("redis", "db"),
         "redis > db: pattern: an aside cache calls nothing; read_through and write_through do"},
        {"a cache on its own misses", cached("aside", miss("redis"), {}),
         "app > redis: when: redis cannot depend on its own misses"},
        {"misses in a circle",
         Drawing()
             .users("app")
             .add("app", "service")
             .add("a", "cache")
             .add("b", "cache")
             .link("app", "a", miss("b"))
             .link("app", "b", miss("a")),
         "app > a: when: links wait for each other's misses in a circle"},
    };
}

std::vector<Row> wholeRows() {
    const auto spread = [](const Drawing::Fields& second) {
        return Drawing()
            .users("lb")
            .add("lb", "load_balancer")
            .add("a", "service")
            .add("b", "service")
            .link("lb", "a")
            .link("lb", "b", second);
    };
    return {
        {"loop of two", Drawing().users("a").add("a", "service").add("b", "service").link("a", "b").link("b", "a"),
         "a: links: calls loop: a > b > a"},
        {"loop of three behind a chain",
         Drawing()
             .users("x")
             .add("x", "service")
             .add("a", "service")
             .add("b", "load_balancer")
             .add("c", "service")
             .link("x", "a")
             .link("a", "b")
             .link("b", "c")
             .link("c", "a"),
         "a: links: calls loop: a > b > c > a"},
        {"balanced calls differ", spread([](Link& l) { l.calls.value = 2; }),
         "lb > b: calls: lb spreads one call over its links: they all need the same, and no miss_of"},
        {"balanced timeouts differ", spread([](Link& l) { l.timeout = seconds(1); }),
         "lb > b: timeout_s: lb spreads one call over its links: they all need the same, and no miss_of"},
        {"negative rate", withLoad(document::OpenLoad{.rate = perSecond(-5)}),
         "browse: rate_per_s: -5 is outside 0 to 1000000000 /s"},
        {"rate not a number", withLoad(document::OpenLoad{.rate = perSecond(kNan)}),
         "browse: rate_per_s: nan is outside 0 to 1000000000 /s"},
        {"batch of none", withLoad(document::OpenLoad{.rate = perSecond(1), .batch = 0}),
         "browse: batch: 0 is outside 1 to 1000000"},
        {"negative think time", withLoad(document::ClosedLoad{.users = 1, .think = numeric(-1)}),
         "browse: think_s: -1 is outside 0 to 2592000 s"},
        {"class from a service",
         Drawing().add("app", "service").add("b", "service").link("app", "b").requests("browse", "app"),
         "browse: from: \"app\" is not a component where requests start"},
        {"class twice", Drawing().users("app").add("app", "service").requests("browse", "users"),
         "browse: id: \"browse\" is there twice"},
        {"component twice", Drawing().users("app").add("app", "service").add("app", "cache"),
         "app: id: \"app\" is there twice"},
        {"area that is none", Drawing().users("app").add("app", "service", {}, "users"),
         "app: area: \"users\" is not an area of this scenario"},
        {"areas in a ring",
         Drawing().users("app").add("app", "service", {}, "a").add("a", "area", {}, "b").add("b", "area", {}, "a"),
         "app: area: areas lie in each other, or more than 64 deep"},
        {"half a position",
         Drawing()
             .users("app")
             .add("app", "service", {}, "tokyo")
             .add("tokyo", "area", {{"latitude_deg", numeric(35)}}),
         "tokyo: longitude_deg: absent although the latitude is 35; -180 to 180 degrees"},
    };
}

} // namespace

class LowerRefusalsTest : public QObject {
    Q_OBJECT
private slots:
    void refusals_data() {
        QTest::addColumn<int>("row");
        int index = 0;
        for (const Row& row : rows()) QTest::newRow(row.name) << index++;
    }
    void refusals() {
        QFETCH(int, row);
        Row drawn = rows()[std::size_t(row)];
        const auto lowered = lower::lower(drawn.drawing.project(), "today");
        QVERIFY(!lowered);
        QCOMPARE(QString::fromStdString(document::text(lowered.error())), QString::fromUtf8(drawn.refusal));
    }

    void unknownScenario() {
        const auto lowered = lower::lower(document::emptyProject(), "tomorrow");
        QVERIFY(!lowered);
        QCOMPARE(document::text(lowered.error()), std::string("tomorrow: scenario: there is no scenario \"tomorrow\""));
    }

    /// What nothing reaches may be wrong: the rest is still solved.
    void faultsOutOfReachDoNotMatter() {
        Drawing drawing = Drawing()
                              .users("app")
                              .add("app", "service")
                              .add("spare", "service", {{"queue_limit", numeric(1)}})
                              .add("a", "service")
                              .add("b", "service")
                              .link("a", "b")
                              .link("b", "a");
        QVERIFY(lower::lower(drawing.project(), "today"));
    }

private:
    static const std::vector<Row>& rows() {
        static const std::vector<Row> all = [] {
            std::vector<Row> joined;
            for (auto part : {parameterRows(), linkRows(), cacheRows(), wholeRows()})
                joined.insert(joined.end(), part.begin(), part.end());
            return joined;
        }();
        return all;
    }
};

PLIMSOLL_TEST(LowerRefusalsTest);
#include "tst_refusals.moc"
