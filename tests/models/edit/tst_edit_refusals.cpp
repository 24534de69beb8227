// The one line with which every edit refuses, and that it then changes nothing.
#include "models/edit/edit.h"
#include "models/exchange/project_json.h"
#include "tests/models/edit/shop.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <functional>
#include <limits>

using namespace plimsoll;
using namespace plimsoll::edit;
using namespace plimsoll::tests;
using document::MissOf;

namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

using Edit = std::function<Result(const Project&)>;
struct Row {
    const char* name;
    Edit edit;
    const char* refusal;
};

Edit add(Component component) {
    return [=](const Project& p) { return addComponent(p, kToday, component); };
}
Edit set(const char* component, const char* key, document::Value value) {
    return [=](const Project& p) { return setParameter(p, kToday, component, key, value); };
}
Edit join(Link link) {
    return [=](const Project& p) { return connect(p, kToday, link); };
}
Edit putAt(Placement placement) {
    return [=](const Project& p) { return place(p, kToday, {&placement, 1}); };
}
Edit target(document::Target one) {
    return [=](const Project& p) { return setTargets(p, {one}); };
}
Edit requestClass(document::RequestClass one) {
    return [=](const Project& p) { return setClass(p, one); };
}

std::vector<Row> componentRows() {
    const Id ghost = "ghost";
    return {
        {"unknown type", add({.id = "x", .type = "teapot", .name = "X"}),
         "X: type: there is no component type \"teapot\""},
        {"id taken", add({.id = "app", .type = "service", .name = "X"}), "X: id: \"app\" is taken"},
        {"malformed id", add({.id = "A b", .type = "service", .name = "X"}),
         "X: id: \"A b\" is not made of 1 to 64 of a-z 0-9 _ -"},
        {"unknown area", add({.id = "x", .type = "service", .name = "X", .area = "moon"}),
         "X: area: \"moon\" is not an area of this scenario"},
        {"area that is none", add({.id = "x", .type = "service", .name = "X", .area = "app"}),
         "X: area: \"app\" is not an area of this scenario"},
        {"no place", add({.id = "x", .type = "service", .name = "X", .position = {kNan, 0}}),
         "X: x: nan is outside -100000 to 100000"},
        {"size of a service", add({.id = "x", .type = "service", .name = "X", .size = document::Size{10, 10}}),
         "X: width: only an area has a size"},
        {"wrong parameter", add({.id = "x", .type = "service", .name = "X", .parameters = {{"instances", numeric(0)}}}),
         "X: instances: 0 is outside 1 to 100000"},
        {"unknown scenario",
         [](const Project& p) { return addComponent(p, "tomorrow", {.id = "x", .type = "cache", .name = ""}); },
         "tomorrow: scenario: there is no scenario \"tomorrow\""},
        {"remove nothing", [=](const Project& p) { return removeComponents(p, kToday, {&ghost, 1}); },
         "ghost: there is no component \"ghost\""},
        {"close without a gap", [](const Project& p) { return removeAndClose(p, kToday, "app"); },
         "App: only a component with one way in and one way out leaves a gap to close"},
        {"rename to nothing", [](const Project& p) { return rename(p, kToday, "app", " \t"); }, "app: name: is empty"},
        {"rename with a line break", [](const Project& p) { return rename(p, kToday, "app", "a\nb"); },
         "app: name: has a control character"},
        {"rename nothing", [](const Project& p) { return rename(p, kToday, "ghost", "X"); },
         "ghost: there is no component \"ghost\""},
        {"place nothing", putAt({"ghost", {0, 0}, {}, {}}), "ghost: there is no component \"ghost\""},
        {"place off the canvas", putAt({"app", {2e5, 0}, {}, {}}), "App: x: 200000 is outside -100000 to 100000"},
        {"flat area", putAt({"region", {0, 0}, document::Size{300, 0}, {}}),
         "Region: height: 0 is outside 1 to 100000"},
        {"area in itself", putAt({"region", {0, 0}, {}, "region"}), "Region: area: an area cannot lie in itself"},
        {"place in a service", putAt({"app", {0, 0}, {}, "spare"}),
         "App: area: \"spare\" is not an area of this scenario"},
    };
}

std::vector<Row> parameterAndLinkRows() {
    return {
        {"unknown parameter", set("app", "colour", numeric(1)), "App: colour: there is no such parameter"},
        {"out of range", set("app", "instances", numeric(0)), "App: instances: 0 is outside 1 to 100000"},
        {"wrong kind", set("app", "instances", std::string("two")), "App: instances: a number is needed"},
        {"wrong word", set("app", "discipline", std::string("lifo")),
         "App: discipline: \"lifo\" is not one of processor_sharing, fcfs"},
        {"unknown request type", set("app", "cpu_s", numeric(1, {{"refund", 2}})),
         "App: cpu_s: there is no request type \"refund\""},
        {"reset an unknown one", [](const Project& p) { return resetParameter(p, kToday, "app", "colour"); },
         "App: colour: there is no such parameter"},
        {"to itself", join({.from = "app", .to = "app"}), "App > App: A component cannot call itself"},
        {"twice", join({.from = "lb", .to = "app"}), "Lb > App: They are linked already"},
        {"to clients", join({.from = "app", .to = "users"}),
         "App > Users: Nothing calls clients: requests start there"},
        {"to an area", join({.from = "app", .to = "region"}),
         "App > Region: Areas have no links; place components inside them"},
        {"from a database", join({.from = "db", .to = "spare"}), "Db > Spare: SQL database: makes no calls"},
        {"cache to its client", join({.from = "redis", .to = "app"}), "Redis > App: A cache cannot call its clients"},
        {"back", join({.from = "app", .to = "lb"}), "App > Lb: It is called by that one: calls may not loop"},
        {"far back", join({.from = "redis", .to = "lb"}), "Redis > Lb: Calls would come back here: they may not loop"},
        {"from nothing", join({.from = "ghost", .to = "app"}), "ghost > App: There is no component \"ghost\""},
        {"negative calls", join({.from = "app", .to = "spare", .calls = {-1, {}}}),
         "App > Spare: calls: -1 is outside 0 to 1000000"},
        {"calls of an unknown type", join({.from = "app", .to = "spare", .calls = {1, {{"refund", 1}}}}),
         "App > Spare: calls: there is no request type \"refund\""},
        {"misses of a service", join({.from = "app", .to = "spare", .when = MissOf{"lb"}}),
         "App > Spare: when: \"lb\" is not a cache of this scenario"},
        {"fields of no link", [](const Project& p) { return setLink(p, kToday, {.from = "lb", .to = "db"}); },
         "Lb > Db: there is no such link"},
        {"fields out of range",
         [](const Project& p) { return setLink(p, kToday, {.from = "lb", .to = "app", .timeout = seconds(-1)}); },
         "Lb > App: timeout_s: -1 is outside 1e-06 to 86400 s"},
        {"disconnect nothing", [](const Project& p) { return disconnect(p, kToday, "lb", "db"); },
         "Lb > Db: there is no such link"},
        {"insert into nothing", [](const Project& p) { return insertIntoLink(p, kToday, "lb", "db", "spare"); },
         "Lb > Db: there is no such link"},
        {"insert an end", [](const Project& p) { return insertIntoLink(p, kToday, "lb", "app", "app"); },
         "App > App: A component cannot call itself"},
        {"insert a database", [](const Project& p) { return insertIntoLink(p, kToday, "users", "lb", "db"); },
         "Db > Lb: SQL database: makes no calls"},
        {"insert what is behind", [](const Project& p) { return insertIntoLink(p, kToday, "users", "lb", "app"); },
         "App > Lb: It is called by that one: calls may not loop"},
    };
}

std::vector<Row> workloadRows() {
    using document::Metric;
    return {
        {"class without a name", requestClass({"x", " ", "users", {}}), "x: name: a name is needed"},
        {"class with a bad id", requestClass({"X", "X", "users", {}}),
         "X: id: \"X\" is not 1 to 64 of a-z, 0-9, _ and -"},
        {"class from a service", requestClass({"x", "X", "app", {}}),
         "X: from: \"app\" is not a component where requests start"},
        {"negative rate", requestClass({"x", "X", "users", document::OpenLoad{.rate = perSecond(-1)}}),
         "X: rate_per_s: -1 is outside 0 to 1000000000 /s"},
        {"negative think time",
         requestClass({"x", "X", "users", document::ClosedLoad{.users = 1, .think = numeric(-1)}}),
         "X: think_s: -1 is outside 0 to 2592000 s"},
        {"remove no class", [](const Project& p) { return removeClass(p, "refund"); },
         "refund: there is no request type \"refund\""},
        {"target on no class", target({"refund", Metric::P99, true, 1}),
         "target: class: there is no request type \"refund\""},
        {"target without a class", target({{}, Metric::P99, true, 1}),
         "target: class: this metric needs a request type"},
        {"cost of a class", target({"checkout", Metric::UsdPerMonth, true, 1}),
         "target of Checkout: metric: it is of the whole project, not of a request type"},
        {"share above 1", target({"checkout", Metric::ErrorShare, true, 2}),
         "target of Checkout: at_most: 2 is outside 0 to 1"},
        {"bound that is no number", target({"checkout", Metric::P99, false, kNan}),
         "target of Checkout: at_least: nan is outside 0 to 1000000000000000"},
        {"project without a name", [](const Project& p) { return setProjectName(p, "", ""); },
         "project: name: is empty"},
    };
}

} // namespace

class EditRefusalsTest : public QObject {
    Q_OBJECT
private slots:
    void refusals_data() {
        QTest::addColumn<int>("row");
        int index = 0;
        for (const Row& row : rows()) QTest::newRow(row.name) << index++;
    }
    void refusals() {
        QFETCH(int, row);
        const Project before = namedShop();
        const Result result = rows()[std::size_t(row)].edit(before);
        QVERIFY(!result);
        QCOMPARE(QString::fromStdString(document::text(result.error())),
                 QString::fromUtf8(rows()[std::size_t(row)].refusal));
        QCOMPARE(before == namedShop(), true);
    }

    void refusalsOfLinksAreShort() {
        const Project project = namedShop();
        for (const auto& from : today(project).components)
            for (const auto& to : today(project).components)
                if (const auto reason = whyNotLink(project, kToday, from->id, to->id)) {
                    const QStringList words = QString::fromStdString(*reason).split(' ');
                    QVERIFY2(words.size() <= 12, reason->c_str());
                    QVERIFY(!edit::connect(project, kToday, {.from = from->id, .to = to->id}));
                } else {
                    must(edit::connect(project, kToday, {.from = from->id, .to = to->id}));
                }
        QCOMPARE(whyNotLink(project, "tomorrow", "a", "b"),
                 std::optional<std::string>("There is no scenario \"tomorrow\""));
    }

private:
    static const std::vector<Row>& rows() {
        static const std::vector<Row> all = [] {
            std::vector<Row> joined;
            for (auto part : {componentRows(), parameterAndLinkRows(), workloadRows()})
                joined.insert(joined.end(), part.begin(), part.end());
            return joined;
        }();
        return all;
    }
};

PLIMSOLL_TEST(EditRefusalsTest);
#include "tst_edit_refusals.moc"
