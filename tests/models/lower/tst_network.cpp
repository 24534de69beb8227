// Distances between areas, and models of any size.
#include "engine/flow/validate.h"
#include "models/lower/network.h"
#include "tests/models/lower/drawing.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll;
using namespace plimsoll::tests;
using document::Link;
using lower::Position;

namespace {

Drawing::Parameters at(double latitude, double longitude, double stretch = 1) {
    return {{"latitude_deg", numeric(latitude)}, {"longitude_deg", numeric(longitude)}, {"stretch", numeric(stretch)}};
}

const Position kTokyo{35.41, 139.42}, kVirginia{38.13, -78.45}; // of the regions ap-northeast-1 and us-east-1

/// Clients in Tokyo, a service in Virginia.
Drawing acrossThePacific(double stretchHere, double stretchThere) {
    return Drawing()
        .add("tokyo", "area", at(kTokyo.latitude_deg, kTokyo.longitude_deg, stretchHere))
        .add("virginia", "area", at(kVirginia.latitude_deg, kVirginia.longitude_deg, stretchThere))
        .add("users", "clients", {{"rtt_s", numeric(0)}}, "tokyo")
        .add("app", "service", {}, "virginia")
        .link("users", "app")
        .requests("browse", "users");
}

/// The constant delay at the head of the class's root, seconds; 0 if there is none.
double firstDelay_s(const lower::Lowered& lowered) {
    const flow::Model& model = lowered.model;
    const auto* steps = std::get_if<flow::Sequence>(&model.steps[std::size_t(model.classes[0].root)].body);
    if (!steps) return 0;
    const auto* delay = std::get_if<flow::Delay>(&model.steps[std::size_t(steps->steps[0])].body);
    return delay ? toSeconds(delay->duration.phases[0].offset) : 0;
}

} // namespace

class NetworkTest : public QObject {
    Q_OBJECT
private slots:
    void distances_data() {
        QTest::addColumn<double>("latitude");
        QTest::addColumn<double>("longitude");
        QTest::addColumn<double>("kilometres");
        // From latitude 0, longitude 0 on a sphere of radius 6,371 km: a quarter of a circle is pi/2 x 6,371 km.
        QTest::newRow("same place") << 0.0 << 0.0 << 0.0;
        QTest::newRow("quarter along the equator") << 0.0 << 90.0 << 10007.543398;
        QTest::newRow("north pole") << 90.0 << 0.0 << 10007.543398;
        QTest::newRow("antipode") << 0.0 << 180.0 << 20015.086796;
        QTest::newRow("across the date line") << 0.0 << -180.0 << 20015.086796;
        QTest::newRow("one degree") << 1.0 << 0.0 << 111.194927;
    }
    void distances() {
        QFETCH(double, latitude);
        QFETCH(double, longitude);
        QFETCH(double, kilometres);
        const double found = lower::distance_m({0, 0}, {latitude, longitude}) / 1e3;
        QVERIFY2(std::abs(found - kilometres) < 1e-6 * std::max(1.0, kilometres),
                 qPrintable(QString::number(found, 'g', 12)));
        QCOMPARE(lower::distance_m({latitude, longitude}, {0, 0}) / 1e3, found);
    }

    void tokyoToVirginia() {
        // DESIGN.md section 8: 10,900 km on the great circle, 109 ms at stretch 1; 200 km: 2 ms.
        QVERIFY(std::abs(lower::distance_m(kTokyo, kVirginia) - 10.9e6) < 0.1e6);
        QVERIFY(std::abs(toSeconds(lower::roundTrip(kTokyo, kVirginia, 1)) - 0.109) < 0.001);
        const double degrees = 200e3 / 6.371e6 * 180 / 3.14159265358979;
        QVERIFY(std::abs(toSeconds(lower::roundTrip({0, 0}, {0, degrees}, 1)) - 0.002) < 1e-9);
    }

    void callsThatCrossPayTheRoundTrip() {
        const double ideal_s = toSeconds(lower::roundTrip(kTokyo, kVirginia, 1));
        for (const auto& [here, there] :
             {std::pair{1.0, 1.0}, std::pair{1.73, 1.73}, std::pair{1.2, 2.0}, std::pair{3.0, 1.0}}) {
            const auto lowered = lower::lower(acrossThePacific(here, there).project(), "today");
            QVERIFY(lowered);
            QVERIFY(std::abs(firstDelay_s(*lowered) - ideal_s * std::max(here, there)) < 1e-12);
        }
    }

    void clientsAddTheirOwnNetwork() {
        Drawing drawing = Drawing()
                              .add("a", "area", at(0, 0))
                              .add("b", "area", at(0, 90))
                              .add("users", "clients",
                                   {{"rtt_s", numeric(0.02)},
                                    {"new_connection_share", numeric(0.5)},
                                    {"setup_round_trips", numeric(1)}},
                                   "a")
                              .add("app", "service", {}, "b")
                              .link("users", "app")
                              .requests("browse", "users");
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        // 2 x 10,007.54 km / 200,000 km/s + 20 ms
        QCOMPARE(QString::fromStdString(describe(*lowered, "users", "browse")),
                 QString("[delay 0.120075 constant, choice(0.5: delay 0.120075 constant, 0.5: []), call app.read]"));
    }

    void onlyCrossingCallsPay_data() {
        QTest::addColumn<QString>("usersIn");
        QTest::addColumn<QString>("appIn");
        QTest::addColumn<bool>("pays");
        QTest::newRow("two regions") << "east" << "west" << true;
        QTest::newRow("the same") << "east" << "east" << false;
        QTest::newRow("zone without a position in the same region") << "zone" << "east" << false;
        QTest::newRow("zone without a position and another region") << "zone" << "west" << true;
        QTest::newRow("area without a position") << "east" << "nowhere" << false;
        QTest::newRow("outside of areas") << "east" << "" << false;
    }
    void onlyCrossingCallsPay() {
        QFETCH(QString, usersIn);
        QFETCH(QString, appIn);
        QFETCH(bool, pays);
        const auto place = [](const QString& id) {
            return id.isEmpty() ? std::nullopt : std::optional(id.toStdString());
        };
        Drawing drawing = Drawing()
                              .add("east", "area", at(0, 0))
                              .add("west", "area", at(0, 45))
                              .add("zone", "area", {{"kind", std::string("zone")}}, "east")
                              .add("nowhere", "area")
                              .add("users", "clients", {{"rtt_s", numeric(0)}}, place(usersIn))
                              .add("app", "service", {}, place(appIn))
                              .link("users", "app")
                              .requests("browse", "users");
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        QCOMPARE(firstDelay_s(*lowered) > 0, pays);
    }

    void eachOfSeveralCallsPays() {
        Drawing drawing = Drawing()
                              .add("a", "area", at(0, 0))
                              .add("b", "area", at(0, 90))
                              .users("app")
                              .add("app", "service", {{"cpu_s", numeric(0)}}, "a")
                              .add("db", "sql_database", {}, "b")
                              .link("app", "db", [](Link& l) { l.calls.value = 2.5; });
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        QCOMPARE(QString::fromStdString(describe(*lowered, "app", "browse")),
                 QString("repeat 2.5 {[delay 0.100075 constant, call db.read]}"));
    }

    void aBalancerPaysByTarget() {
        Drawing drawing = Drawing()
                              .add("a", "area", at(0, 0))
                              .add("b", "area", at(0, 90))
                              .users("lb")
                              .add("lb", "load_balancer", {{"cpu_s", numeric(0)}}, "a")
                              .add("near", "service", {}, "a")
                              .add("far", "service", {}, "b")
                              .link("lb", "near")
                              .link("lb", "far");
        const auto lowered = lower::lower(drawing.project(), "today");
        QVERIFY(lowered);
        QCOMPARE(QString::fromStdString(describe(*lowered, "lb", "browse")),
                 QString("call {[serve near.cpu 0.01]} or {[delay 0.100075 constant, serve far.cpu 0.01]}"));
        QVERIFY(flow::validate(lowered->model));
    }

    void aChainOfTenThousand() {
        document::Project project = document::emptyProject();
        document::Scenario scenario = *project.scenarios.front();
        const int length = static_cast<int>(document::kMostComponents);
        scenario.components.emplace_back(document::Component{.id = "users", .type = "clients", .name = "users"});
        std::string last = "users";
        for (int i = 1; i < length; ++i) {
            const std::string id = "s" + std::to_string(i);
            scenario.components.emplace_back(document::Component{.id = id, .type = "service", .name = id});
            scenario.links.emplace_back(Link{.from = last, .to = id});
            last = id;
        }
        project.scenarios.front() = scenario;
        project.classes.push_back({"browse", "browse", "users", document::OpenLoad{.rate = perSecond(10)}});
        const auto lowered = lower::lower(project, "today");
        QVERIFY(lowered);
        QCOMPARE(lowered->fleets.size(), std::size_t(length - 1));
        QVERIFY(flow::validate(lowered->model));
        scenario.links.emplace_back(Link{.from = last, .to = "s1"});
        project.scenarios.front() = scenario;
        const auto loop = lower::lower(project, "today");
        QVERIFY(!loop);
        QCOMPARE(document::text(loop.error()),
                 std::string("s1: links: calls loop: s1 > s2 > s3 > s4 > s5 > s6 > s7 > s8 > 9991 more > s1"));
    }
};

PLIMSOLL_TEST(NetworkTest);
#include "tst_network.moc"
