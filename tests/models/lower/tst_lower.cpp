// The whole of a lowered model: resources, balancers, origins, classes.
#include "engine/flow/validate.h"
#include "tests/models/lower/drawing.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll;
using namespace plimsoll::tests;
using document::Link;
using document::MissOf;

class LowerTest : public QObject {
    Q_OBJECT
private slots:
    void resources() {
        using namespace flow;
        Drawing drawing = Drawing()
                              .users("app")
                              .add("app", "service",
                                   {{"instances", numeric(4)},
                                    {"vcpus", numeric(8)},
                                    {"speed", numeric(1.5)},
                                    {"weight", numeric(3)},
                                    {"threads", numeric(16)},
                                    {"queue_limit", numeric(100)},
                                    {"max_wait_s", numeric(2)},
                                    {"sigma", numeric(0.02)},
                                    {"kappa", numeric(0.001)},
                                    {"mean_time_between_failures_s", numeric(1e6)}})
                              .add("db", "sql_database",
                                   {{"connections", numeric(50)},
                                    {"discipline", std::string("fcfs")},
                                    {"buffer_hit_ratio", numeric(0.9)},
                                    {"disk_parallel", numeric(3)}})
                              .link("app", "db");
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        const Model& model = lowered->model;
        QCOMPARE(model.fleets.size(), std::size_t{3});
        const Fleet& app = model.fleets[std::size_t(lowered->fleets.at("app"))];
        QCOMPARE(app.members, std::vector<Member>({{.count = 4, .speed = 1.5, .weight = 3}}));
        QVERIFY(app.failures && app.failures->meanTimeBetween == seconds(1e6));
        QVERIFY(!model.fleets[std::size_t(lowered->fleets.at("db"))].failures);
        QVERIFY(!lowered->fleets.contains("users"));
        const Station& cpu = model.stations[0];
        QCOMPARE(cpu.servers, std::optional<std::uint32_t>(8));
        QCOMPARE(cpu.discipline, Discipline::ProcessorSharing);
        QCOMPARE(cpu.contention, (Contention{0.02, 0.001}));
        const Pool& threads = model.pools[0];
        QCOMPARE(threads.tokens, 16u);
        QCOMPARE(threads.queueLimit, std::optional<std::uint32_t>(100));
        QVERIFY(threads.maxWait == seconds(2));
        QCOMPARE(model.stations[1].discipline, Discipline::Fcfs);
        QCOMPARE(lowered->stations[2].name, std::string("disk"));
        QCOMPARE(model.stations[2].servers, std::optional<std::uint32_t>(3));
        QCOMPARE(model.stations[2].discipline, Discipline::Fcfs);
        QCOMPARE(model.pools[1].tokens, 50u);
        QCOMPARE(model.pools[1].queueLimit, std::optional<std::uint32_t>(0));
        QCOMPARE(model.balancers.size(), std::size_t{2});
        for (const Balancer& balancer : model.balancers) QCOMPARE(balancer.backends.size(), std::size_t{1});
        QCOMPARE(model.balancers[1].fleet, lowered->fleets.at("app"));
    }

    void policies_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<int>("policy");
        const char* words[] = {"random",
                               "round_robin",
                               "weighted_round_robin",
                               "least_connections",
                               "weighted_least_connections",
                               "least_response_time",
                               "resource_based",
                               "power_of_two",
                               "key_hash",
                               "key_range"};
        for (int policy = 0; policy < 10; ++policy) QTest::newRow(words[policy]) << words[policy] << policy;
    }
    void policies() {
        QFETCH(QString, word);
        QFETCH(int, policy);
        Drawing drawing = Drawing()
                              .users("lb")
                              .add("lb", "load_balancer",
                                   {{"policy", word.toStdString()},
                                    {"health_interval_s", numeric(5)},
                                    {"health_fall", numeric(2)},
                                    {"signal_age_s", numeric(0.5)},
                                    {"keys", numeric(500)}})
                              .add("app", "service")
                              .link("lb", "app");
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        QVERIFY(flow::validate(lowered->model));
        const flow::Balancer& balancer = lowered->model.balancers[1];
        QCOMPARE(int(balancer.policy), policy);
        QCOMPARE(balancer.fleet, lowered->fleets.at("lb"));
        QCOMPARE(balancer.health, std::optional(flow::HealthCheck{seconds(5), seconds(1), 2, 2}));
        QVERIFY(balancer.signalAge == seconds(0.5));
        const bool byKey = word.startsWith("key_");
        QCOMPARE(balancer.keySpace.has_value(), byKey);
        QCOMPARE(lowered->model.keySpaces.size(), std::size_t(byKey));
        if (byKey) QCOMPARE(lowered->model.keySpaces[0].keys, std::uint64_t{500});
    }

    void measuredRandomRun() {
        // The run nginx-random-0.8 of tests/data: four backends of one core, in order, exponential 10 ms.
        Drawing drawing = Drawing()
                              .users("lb")
                              .add("lb", "load_balancer", {{"cpu_s", numeric(8.5e-5)}, {"vcpus", numeric(1)}})
                              .add("app", "service",
                                   {{"instances", numeric(4)},
                                    {"vcpus", numeric(1)},
                                    {"discipline", std::string("fcfs")},
                                    {"cpu_s", numeric(0.01)},
                                    {"cpu_scv", numeric(1)}})
                              .link("lb", "app");
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        const flow::Model& model = lowered->model;
        QCOMPARE(QString::fromStdString(describe(*lowered, model.classes[0].root)), QString("call lb.read"));
        QCOMPARE(QString::fromStdString(describe(*lowered, "lb", "browse")),
                 QString("[serve lb.cpu 8.5e-05, call app.read]"));
        QCOMPARE(QString::fromStdString(describe(*lowered, "app", "browse")), QString("serve app.cpu 0.01"));
        QCOMPARE(model.fleets[2].members, std::vector<flow::Member>({{.count = 4}}));
        QCOMPARE(model.stations[1].servers, std::optional<std::uint32_t>(1));
        QCOMPARE(model.stations[1].discipline, flow::Discipline::Fcfs);
        QCOMPARE(model.balancers[1].policy, flow::Policy::Random);
    }

    void originsAndLinkCalls() {
        Drawing drawing = Drawing()
                              .users("app")
                              .add("app", "service")
                              .add("redis", "cache")
                              .add("db", "sql_database")
                              .link("app", "redis", [](Link& l) { l.calls.value = 2; })
                              .link("app", "db", [](Link& l) { l.when = MissOf{"redis"}; });
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        QVERIFY(lowered->origins[0].component.empty());
        std::map<std::string, std::size_t> steps;
        for (std::size_t i = 1; i < lowered->origins.size(); ++i) {
            const auto& origin = lowered->origins[i];
            steps[origin.component + ">" + origin.to] = lowered->linkCalls[i].size();
            for (const flow::StepId step : lowered->linkCalls[i]) {
                QVERIFY(std::holds_alternative<flow::Call>(lowered->model.steps[std::size_t(step)].body));
                QCOMPARE(std::size_t(lowered->model.steps[std::size_t(step)].origin), i);
            }
        }
        QCOMPARE(steps, (std::map<std::string, std::size_t>{{"users>", 0},
                                                            {"app>", 0},
                                                            {"redis>", 0},
                                                            {"db>", 0},
                                                            {"users>app", 1},
                                                            {"app>redis", 2},
                                                            {"app>db", 1}}));
        for (std::size_t i = 0; i < lowered->model.stations.size(); ++i)
            QCOMPARE(lowered->origins[std::size_t(lowered->model.stations[i].origin)].component,
                     lowered->stations[i].component);
    }

    void spreadLinksAreToldApart() {
        Drawing drawing = Drawing()
                              .users("lb")
                              .add("lb", "load_balancer")
                              .add("a", "service")
                              .add("b", "service")
                              .link("lb", "a")
                              .link("lb", "b");
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        std::vector<flow::StepId> entered;
        for (std::size_t i = 1; i < lowered->origins.size(); ++i)
            if (lowered->origins[i].component == "lb" && !lowered->origins[i].to.empty()) {
                QCOMPARE(lowered->linkCalls[i].size(), std::size_t{1});
                entered.push_back(lowered->linkCalls[i][0]);
            }
        QCOMPARE(entered.size(), std::size_t{2});
        QVERIFY(entered[0] != entered[1]);
        const flow::Balancer& spread = lowered->model.balancers[1];
        QCOMPARE(spread.backends.size(), std::size_t{2});
    }

    void classesGoTheirOwnWays() {
        Drawing drawing = Drawing()
                              .users("lb")
                              .requests("checkout", "users")
                              .add("lb", "load_balancer", {{"cpu_s", numeric(0)}})
                              .add("a", "service")
                              .add("b", "service")
                              .link("lb", "a", [](Link& l) { l.calls.byClass["checkout"] = 0; })
                              .link("lb", "b", [](Link& l) { l.calls.byClass["browse"] = 0; });
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        QCOMPARE(describe(*lowered, "lb", "browse"), std::string("call a.read"));
        QCOMPARE(describe(*lowered, "lb", "checkout"), std::string("call b.read"));
        QCOMPARE(describe(*lowered, "a", "checkout"), std::string());
    }

    void onlyWhatIsReachedIsLowered() {
        Drawing drawing = Drawing()
                              .users("app")
                              .add("app", "service")
                              .add("spare", "service")
                              .add("db", "sql_database")
                              .link("spare", "db");
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        QCOMPARE(lowered->fleets.size(), std::size_t{1});
        QCOMPARE(lowered->model.stations.size(), std::size_t{1});
    }

    void classesThatAreNotCarried() {
        Drawing drawing = Drawing()
                              .users("app")
                              .add("app", "service")
                              .add("idle", "clients")
                              .requests("elsewhere", "robots")
                              .requests("unlinked", "idle");
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        QCOMPARE(lowered->classes, std::vector<document::Id>{"browse"});
        QCOMPARE(lowered->notCarried, (std::vector<document::Id>{"elsewhere", "unlinked"}));
        QCOMPARE(lowered->model.classes.size(), std::size_t{1});
        const auto empty = lower::lower(document::emptyProject(), "today");
        QVERIFY(empty && empty->model.classes.empty());
    }

    void closedClass() {
        Drawing drawing = Drawing().users("app").add("app", "service");
        document::ClosedLoad load;
        load.users = 50;
        load.think.value = 7;
        drawing.project().classes[0].load = load;
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        const auto& closed = std::get<flow::Closed>(lowered->model.classes[0].arrivals);
        QCOMPARE(closed.users, 50u);
        QVERIFY(flow::validate(lowered->model));
    }
};

PLIMSOLL_TEST(LowerTest);
#include "tst_lower.moc"
