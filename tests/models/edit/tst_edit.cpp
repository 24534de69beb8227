// What every edit does. A project that an edit made is one that files take.
#include "models/components/component_type.h"
#include "models/edit/edit.h"
#include "models/exchange/project_json.h"
#include "tests/models/edit/shop.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <random>

using namespace plimsoll;
using namespace plimsoll::edit;
using namespace plimsoll::tests;
using document::MissOf;
using document::Numeric;
using document::Provenance;
using document::Scenario;

class EditTest : public QObject {
    Q_OBJECT
private slots:
    void namesAndIdsAreMade() {
        Project project = document::emptyProject();
        QStringList made;
        for (const char* type : {"service", "service", "load_balancer", "service", "area"}) {
            project = with(project, type);
            const Component& last = *today(project).components.back();
            made << QString::fromStdString(last.name + "=" + last.id);
        }
        QCOMPARE(made, QStringList({"Service=service", "Service 2=service-2", "Load balancer=load-balancer",
                                    "Service 3=service-3", "Area=area"}));
        project = must(addComponent(project, kToday, {.id = "", .type = "cache", .name = " Service 2 "}));
        QCOMPARE(today(project).components.back()->name, std::string("Service 2"));
        QCOMPARE(today(project).components.back()->id, Id("service-2-2"));
    }

    void theFirstClientsBringRequests() {
        Project project = with(with(document::emptyProject(), "service"), "clients");
        QCOMPARE(project.classes.size(), std::size_t{1});
        QCOMPARE(project.classes[0].from, Id("clients"));
        QVERIFY(std::get<document::OpenLoad>(project.classes[0].load).rate > perSecond(0));
        QCOMPARE(with(project, "clients").classes.size(), std::size_t{1});
    }

    void removingTakesWhatHangsOnIt() {
        const Project before = must(setTargets(
            shop(), {{"checkout", document::Metric::P99, true, 0.5}, {{}, document::Metric::LoadFactor, false, 2}}));
        const Id ids[] = {"users", "redis"};
        const Project after = must(removeComponents(before, kToday, ids));
        QVERIFY(after.classes.empty());
        QCOMPARE(after.targets.size(), std::size_t{1});
        QCOMPARE(today(after).links.size(), std::size_t{2});
        const Link* toDatabase = document::findLink(today(after), "app", "db");
        QVERIFY(std::holds_alternative<document::Always>(toDatabase->when));
        const Component* app = document::findComponent(today(after), "app");
        QVERIFY(std::get<Numeric>(app->parameters.at("cpu_s")).byClass.empty());
    }

    void classesStayWhileAnotherScenarioHasTheirClients() {
        Project project = shop();
        Scenario copy = today(project);
        copy.id = "tomorrow";
        copy.derivedFrom = kToday;
        project.scenarios.emplace_back(copy);
        const Id users = "users";
        const Project once = must(removeComponents(project, kToday, {&users, 1}));
        QCOMPARE(once.classes.size(), std::size_t{2});
        QVERIFY(must(removeComponents(once, "tomorrow", {&users, 1})).classes.empty());
    }

    void removedAreasLeaveTheirContent() {
        Project project = shop();
        const Placement inZone{"app", {0, 0}, {}, "zone"};
        project = must(place(project, kToday, {&inZone, 1}));
        const Id zone = "zone";
        QCOMPARE(document::findComponent(today(must(removeComponents(project, kToday, {&zone, 1}))), "app")->area,
                 std::optional<Id>("region"));
        const Id both[] = {"zone", "region"};
        QVERIFY(!document::findComponent(today(must(removeComponents(project, kToday, both))), "app")->area);
    }

    void closingAGapKeepsTheWayIn() {
        Project project = shop();
        Link in = *document::findLink(today(project), "users", "lb");
        in.timeout = seconds(2);
        project = must(setLink(project, kToday, in));
        const Project closed = must(removeAndClose(project, kToday, "lb"));
        in.to = "app";
        QCOMPARE(*document::findLink(today(closed), "users", "app") == in, true);
        QCOMPARE(today(closed).links.size(), today(project).links.size() - 1);
        QVERIFY(today(closed).links.front()->from == "users");
        QCOMPARE(must(insertIntoLink(must(addComponent(closed, kToday, *document::findComponent(today(project), "lb"))),
                                     kToday, "users", "app", "lb"))
                     .classes,
                 project.classes);
    }

    void insertingIntoALinkKeepsItsFieldsInFront() {
        Project project = shop();
        Link link = *document::findLink(today(project), "app", "db");
        link.calls = {3, {{"checkout", 5}}};
        project = must(setLink(project, kToday, link));
        const Project inserted = must(insertIntoLink(project, kToday, "app", "db", "spare"));
        link.to = "spare";
        QCOMPARE(*document::findLink(today(inserted), "app", "spare") == link, true);
        QCOMPARE(*document::findLink(today(inserted), "spare", "db") == (Link{.from = "spare", .to = "db"}), true);
        QVERIFY(!document::findLink(today(inserted), "app", "db"));
    }

    void parametersAtTheirDefaultAreNotKept() {
        const Project project = shop();
        const auto held = [](const Project& p) { return document::findComponent(today(p), "lb")->parameters.size(); };
        Numeric value = numeric(1);
        const Project typed = must(setParameter(project, kToday, "lb", "nodes", value));
        QCOMPARE(held(typed), std::size_t{1}); // typed, though equal: somebody said so
        value.provenance.kind = Provenance::Kind::Default;
        QCOMPARE(must(setParameter(typed, kToday, "lb", "nodes", value)) == project, true);
        QCOMPARE(must(resetParameter(typed, kToday, "lb", "nodes")) == project, true);
        const Project word = must(setParameter(project, kToday, "lb", "policy", std::string("round_robin")));
        QCOMPARE(held(word), std::size_t{1});
        QCOMPARE(must(setParameter(word, kToday, "lb", "policy", std::string("random"))) == project, true);
    }

    void otherPartsAreSharedNotCopied() {
        const Project before = shop();
        const Project after = must(setParameter(before, kToday, "app", "instances", numeric(9)));
        std::size_t same = 0;
        for (std::size_t i = 0; i < today(before).components.size(); ++i)
            same += &*today(before).components[i] == &*today(after).components[i];
        QCOMPARE(same, today(before).components.size() - 1);
    }

    void renamePlaceAndTexts() {
        Project project = must(rename(shop(), kToday, "app", "  Shop app "));
        QCOMPARE(document::findComponent(today(project), "app")->name, std::string("Shop app"));
        const Placement placements[] = {{"app", {40, 60}, {}, "zone"},
                                        {"zone", {0, 20}, document::Size{400, 300}, "region"}};
        project = must(place(project, kToday, placements));
        QCOMPARE(document::findComponent(today(project), "app")->position, (document::Point{40, 60}));
        QCOMPARE(document::findComponent(today(project), "app")->area, std::optional<Id>("zone"));
        QCOMPARE(document::findComponent(today(project), "zone")->size, std::optional(document::Size{400, 300}));
        project = must(setProjectName(project, " New ", "line one\nline two"));
        QCOMPARE(project.name, std::string("New"));
        project = must(removeClass(project, "checkout"));
        QVERIFY(
            std::get<Numeric>(document::findComponent(today(project), "app")->parameters.at("cpu_s")).byClass.empty());
        project = must(edit::disconnect(project, kToday, "users", "lb"));
        QVERIFY(!document::findLink(today(project), "users", "lb"));
    }

    void randomEditsLeaveAProject() {
        std::mt19937 random(20261125);
        const auto upTo = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
        Project project = shop();
        int done = 0, refused = 0;
        for (int i = 0; i < 2000; ++i) {
            const auto& parts = today(project).components;
            const Id a = parts.empty() ? "none" : parts[upTo(parts.size())]->id;
            const Id b = parts.empty() ? "none" : parts[upTo(parts.size())]->id;
            const Result result = randomEdit(project, upTo(10), a, b, std::string(components::registry()[upTo(6)]->id));
            result ? ++done : ++refused;
            if (!result) continue;
            project = must(result);
            const auto back = exchange::projectFromJson(exchange::projectToJson(project));
            QVERIFY2(back, back ? "" : document::text(back.error()).c_str());
            QVERIFY(*back == project);
        }
        QVERIFY(done > 500 && refused > 100);
    }

private:
    static Result randomEdit(const Project& project, std::size_t kind, const Id& a, const Id& b,
                             const std::string& type) {
        const bool full = today(project).components.size() > 30;
        std::vector<Id> pastedIds;
        const Id both[] = {a, b};
        switch (full ? 9 : kind) {
        case 0: return addComponent(project, kToday, {.id = "", .type = type, .name = ""});
        case 1: return removeAndClose(project, kToday, a);
        case 2: return insertIntoLink(project, kToday, a, b, today(project).components.front()->id);
        case 3: return paste(project, kToday, extract(project, kToday, both), {40, 40}, pastedIds);
        case 4: {
            const Placement inside{a, {100, 100}, {}, b};
            return place(project, kToday, {&inside, 1});
        }
        case 5: return setClass(project, {"extra", "Extra", a, document::OpenLoad{.rate = perSecond(3)}});
        case 6: return setParameter(project, kToday, a, "cpu_s", numeric(0.5, {{"extra", 0.1}}));
        case 7: return edit::connect(project, kToday, {.from = a, .to = b, .when = MissOf{a}});
        case 8: return edit::connect(project, kToday, {.from = a, .to = b});
        default: return removeComponents(project, kToday, both);
        }
    }
};

PLIMSOLL_TEST(EditTest);
#include "tst_edit.moc"
