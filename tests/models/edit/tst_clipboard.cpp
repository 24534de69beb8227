// Copying out of a scenario and pasting into it or another project.
#include "models/edit/edit.h"
#include "models/exchange/project_json.h"
#include "tests/models/edit/shop.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll;
using namespace plimsoll::edit;
using namespace plimsoll::tests;
using document::MissOf;
using document::Numeric;

namespace {

/// users -> app -> redis, db (misses of redis), all but users in an area; cpu_s differs for checkout.
Project store() {
    Project project = document::emptyProject("Shop");
    for (const auto& [type, id] : {std::pair{"clients", "users"}, std::pair{"area", "region"}})
        project = must(addComponent(project, kToday, {.id = id, .type = type, .name = id}));
    for (const auto& [type, id] :
         {std::pair{"service", "app"}, std::pair{"cache", "redis"}, std::pair{"sql_database", "db"}})
        project = must(addComponent(project, kToday,
                                    {.id = id, .type = type, .name = id, .position = {100, 50}, .area = "region"}));
    project = must(setClass(project, {"checkout", "Checkout", "users", document::OpenLoad{.rate = perSecond(4)}}));
    Numeric cpu;
    cpu.value = 0.01;
    cpu.byClass = {{"checkout", 0.02}};
    project = must(setParameter(project, kToday, "app", "cpu_s", cpu));
    project = must(connect(project, kToday, {.from = "users", .to = "app"}));
    project = must(connect(project, kToday, {.from = "app", .to = "redis", .calls = {2, {{"checkout", 0}}}}));
    return must(connect(project, kToday, {.from = "app", .to = "db", .when = MissOf{"redis"}}));
}

Project copyOf(const Project& project, std::vector<Id> ids) {
    const Project copied = extract(project, kToday, ids);
    const auto throughText = exchange::projectFromJson(exchange::projectToJson(copied));
    if (!throughText) qFatal("not a project: %s", document::text(throughText.error()).c_str());
    return *throughText;
}

} // namespace

class ClipboardTest : public QObject {
    Q_OBJECT
private slots:
    void extractTakesInnerLinks() {
        const Project copied = copyOf(store(), {"app", "redis", "db"});
        QCOMPARE(today(copied).components.size(), std::size_t{3});
        QCOMPARE(today(copied).links.size(), std::size_t{2});
        QVERIFY(!document::findComponent(today(copied), "app")->area); // the area was not copied
        QCOMPARE(std::get<MissOf>(document::findLink(today(copied), "app", "db")->when).cache, Id("redis"));
        const Project pair = copyOf(store(), {"app", "db"});
        QVERIFY(std::holds_alternative<document::Always>(document::findLink(today(pair), "app", "db")->when));
        QVERIFY(today(extract(store(), "tomorrow", {})).components.empty());
    }

    void pasteIntoTheSameProject() {
        const Project before = store();
        std::vector<Id> ids;
        const Project after =
            must(paste(before, kToday, copyOf(before, {"app", "redis", "db", "region"}), {40, 40}, ids));
        QCOMPARE(ids, (std::vector<Id>{"region-2", "app-2", "redis-2", "db-2"}));
        const Component& app = *document::findComponent(today(after), "app-2");
        QCOMPARE(app.name, std::string("app 2"));
        QCOMPARE(app.position, (document::Point{140, 90}));
        QCOMPARE(app.area, std::optional<Id>("region-2"));
        QCOMPARE(std::get<Numeric>(app.parameters.at("cpu_s")).byClass.at("checkout"), 0.02);
        const Link* toDatabase = document::findLink(today(after), "app-2", "db-2");
        QVERIFY(toDatabase);
        QCOMPARE(std::get<MissOf>(toDatabase->when).cache, Id("redis-2"));
        QCOMPARE(document::findLink(today(after), "app-2", "redis-2")->calls.byClass.at("checkout"), 0.0);
        QVERIFY(!document::findLink(today(after), "users", "app-2"));
        QCOMPARE(after.classes, before.classes);
        std::vector<Id> again;
        const Project twice = must(paste(after, kToday, copyOf(after, {"app-2"}), {40, 40}, again));
        QCOMPARE(again, std::vector<Id>{"app-3"});
        QCOMPARE(document::findComponent(today(twice), "app-3")->name, std::string("app 3"));
    }

    void pasteIntoAnotherProject() {
        std::vector<Id> ids;
        const Project part =
            must(paste(document::emptyProject(), kToday, copyOf(store(), {"app", "redis"}), {0, 0}, ids));
        QVERIFY(part.classes.empty());
        const Component& app = *document::findComponent(today(part), "app");
        QVERIFY(std::get<Numeric>(app.parameters.at("cpu_s")).byClass.empty());
        QVERIFY(document::findLink(today(part), "app", "redis")->calls.byClass.empty());
        const Project whole =
            must(paste(document::emptyProject(), kToday, copyOf(store(), {"users", "app"}), {0, 0}, ids));
        QCOMPARE(whole.classes.size(), std::size_t{2});
        QCOMPARE(whole.classes[1].from, Id("users"));
        QCOMPARE(std::get<Numeric>(document::findComponent(today(whole), "app")->parameters.at("cpu_s")).byClass.size(),
                 std::size_t{1});
    }

    void refusedPastesChangeNothing() {
        std::vector<Id> ids{"kept"};
        const Result off = paste(store(), kToday, copyOf(store(), {"app"}), {1e6, 0}, ids);
        QVERIFY(!off);
        QCOMPARE(document::text(off.error()), std::string("app 2: x: 1000100 is outside -100000 to 100000"));
        QCOMPARE(ids, std::vector<Id>{"kept"});
        QVERIFY(!paste(store(), "tomorrow", copyOf(store(), {"app"}), {0, 0}, ids));
    }

    void tenThousandOfOneNameArePastedAtOnce() {
        Project many = document::emptyProject();
        document::Scenario scenario = today(many);
        for (std::size_t i = 0; i < document::kMostComponents / 2; ++i)
            scenario.components.emplace_back(
                Component{.id = "s" + std::to_string(i), .type = "service", .name = "Service"});
        many.scenarios.front() = scenario;
        std::vector<Id> ids;
        const Project doubled = must(paste(many, kToday, many, {0, 0}, ids));
        QCOMPARE(today(doubled).components.size(), document::kMostComponents);
        const Result more = paste(doubled, kToday, copyOf(doubled, {"s0"}), {0, 0}, ids);
        QVERIFY(!more);
        QCOMPARE(document::text(more.error()), std::string("a scenario has at most 10000 components"));
    }
};

PLIMSOLL_TEST(ClipboardTest);
#include "tst_clipboard.moc"
