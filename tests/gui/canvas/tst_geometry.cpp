#include "gui/canvas/areas.h"
#include "gui/canvas/detail.h"
#include "gui/canvas/edits/placement.h"
#include "gui/canvas/flow_order.h"
#include "gui/canvas/paint/link_painter.h"
#include "gui/canvas/snapping.h"
#include "tests/gui/canvas/canvas_fixture.h"
#include "tests/support/test_registry.h"

using namespace plimsoll;
using namespace plimsoll::gui;
using tests::chain;

class TestGeometry : public QObject {
    Q_OBJECT
private slots:
    void detail_data();
    void detail();
    void zoomSteps();
    void wheelFactors();
    void snap_data();
    void snap();
    void equalGapsSnap();
    void linkWidths();
    void flowOrderFollowsTheLinks();
    void nearestInADirection();
    void streams();
    void areasHoldAndGrow();
    void placesAreFree();
};

void TestGeometry::detail_data() {
    QTest::addColumn<double>("zoom");
    QTest::addColumn<int>("before");
    QTest::addColumn<int>("after");
    const auto far = static_cast<int>(Detail::Far), block = static_cast<int>(Detail::Block),
               normal = static_cast<int>(Detail::Normal), close = static_cast<int>(Detail::Close);
    QTest::newRow("5 %") << 0.05 << normal << far;
    QTest::newRow("40 %") << 0.4 << normal << block;
    QTest::newRow("100 %") << 1.0 << far << normal;
    QTest::newRow("150 % and a bit") << 1.54 << normal << close;
    QTest::newRow("a little above 25 %: stays far") << 0.27 << far << far;
    QTest::newRow("a little below 25 %: stays a block") << 0.23 << block << block;
    QTest::newRow("a little below 55 %: stays normal") << 0.53 << normal << normal;
    QTest::newRow("a little above 55 %: stays a block") << 0.57 << block << block;
    QTest::newRow("well below 55 %") << 0.51 << normal << block;
    QTest::newRow("400 %") << 4.0 << far << close;
}

void TestGeometry::detail() {
    QFETCH(const double, zoom);
    QFETCH(const int, before);
    QFETCH(const int, after);
    QCOMPARE(static_cast<int>(detailAt(zoom, static_cast<Detail>(before))), after);
}

void TestGeometry::zoomSteps() {
    double zoom = kLeastZoom;
    for (std::size_t i = 1; i < kZoomSteps.size(); ++i) {
        zoom = zoomStep(zoom, 1);
        QCOMPARE(zoom, kZoomSteps[i]);
    }
    QCOMPARE(zoomStep(zoom, 1), kMostZoom);
    QCOMPARE(zoomStep(0.8, 1), 1.0);
    QCOMPARE(zoomStep(0.8, -1), 0.75);
    QCOMPARE(zoomStep(kLeastZoom, -1), kLeastZoom);
}

void TestGeometry::wheelFactors() {
    QCOMPARE(wheelFactor(0), 1.0);
    QVERIFY(qAbs(wheelFactor(120) - 1.189) < 0.001);
    QCOMPARE(wheelFactor(15) * wheelFactor(105), wheelFactor(120)); // whatever portions a turn arrives in
}

void TestGeometry::snap_data() {
    QTest::addColumn<QPointF>("at");
    QTest::addColumn<QPointF>("wanted");
    QTest::addColumn<bool>("guided");
    const QPointF neighbour(1000, 500);
    QTest::newRow("grid") << QPointF(13, 27) << QPointF(20, 20) << false;
    QTest::newRow("left edges; a neighbour off the grid wins over it")
        << QPointF(1003, 111) << QPointF(1003 - 3 + 7, 120) << true;
    QTest::newRow("tops level: ports level") << QPointF(311, 506) << QPointF(320, 503) << true;
    QTest::newRow("too far for the neighbour") << QPointF(1021, 111) << QPointF(1020, 120) << false;
}

void TestGeometry::snap() {
    QFETCH(const QPointF, at);
    QFETCH(const QPointF, wanted);
    QFETCH(const bool, guided);
    const QSizeF size(kCardWidth, kCardHeight);
    const auto snapped = gui::snap(QRectF(at, size), {QRectF(QPointF(1007, 503), size)}, 8);
    QCOMPARE(at + snapped.shift, wanted);
    QCOMPARE(snapped.vertical.has_value() || snapped.horizontal.has_value(), guided);
}

void TestGeometry::equalGapsSnap() {
    const QSizeF size(kCardWidth, kCardHeight);
    const std::vector<QRectF> row{QRectF(QPointF(0, 0), size), QRectF(QPointF(273, 0), size)};
    const auto snapped = gui::snap(QRectF(QPointF(543, 0), size), row, 8);
    QCOMPARE(543 + snapped.shift.x(), 546.0); // 73 apart, like the other two
    QVERIFY(snapped.vertical);
    QCOMPARE(snapped.vertical->gap, 73.0);
}

void TestGeometry::linkWidths() {
    QCOMPARE(linkWidth(1000, 1000), 6.0);
    QCOMPARE(linkWidth(1, 1000), 1.5);
    QCOMPARE(linkWidth(0.001, 1000), 1.5);
    QCOMPARE(linkWidth(0, 1000), 1.5);
    QVERIFY(qAbs(linkWidth(100, 1000) - 4.5) < 1e-9);
}

void TestGeometry::flowOrderFollowsTheLinks() {
    // Drawn from right to left: the order is that of the links all the same.
    auto project = document::emptyProject();
    project = tests::with(project, "db", "sql_database", 0, 0);
    project = tests::with(project, "shop", "service", 300, 0);
    project = tests::with(project, "users", "clients", 600, 0);
    project = tests::linked(tests::linked(project, "users", "shop"), "shop", "db");
    QCOMPARE(flowOrder(*project.scenarios.front()), (std::vector<document::Id>{"users", "shop", "db"}));
}

void TestGeometry::nearestInADirection() {
    const auto project = chain();
    const auto& drawn = *project.scenarios.front();
    QCOMPARE(nearestIn(drawn, "shop", 1, 0), "db");
    QCOMPARE(nearestIn(drawn, "shop", -1, 0), "users");
    QCOMPARE(nearestIn(drawn, "shop", 0, 1), "");
}

void TestGeometry::streams() {
    const auto project = chain();
    const auto& drawn = *project.scenarios.front();
    QCOMPARE(connectedTo(drawn, {"shop"}, Stream::Up), (std::set<document::Id>{"users", "shop"}));
    QCOMPARE(connectedTo(drawn, {"shop"}, Stream::Down), (std::set<document::Id>{"shop", "db"}));
    QCOMPARE(connectedTo(drawn, {"shop"}, Stream::Both).size(), std::size_t{3});
}

void TestGeometry::areasHoldAndGrow() {
    auto project = tests::with(chain(), "region", "area", 400, 200);
    const auto& drawn = *project.scenarios.front();
    QCOMPARE(areaAt(drawn, {450, 300}, {}), "region");
    QCOMPARE(areaAt(drawn, {450, 300}, {"region"}), "");
    QCOMPARE(areaAt(drawn, {0, 0}, {}), "");
    const QRectF over(700, 400, kCardWidth, kCardHeight);
    const auto grown = grownAreas(drawn, {{over, "region"}});
    QCOMPARE(grown.at("region"), QRectF(QPointF(400, 200), QPointF(920, 500)));
    QVERIFY(grownAreas(drawn, {{QRectF(450, 260, kCardWidth, kCardHeight), "region"}}).empty());
}

void TestGeometry::placesAreFree() {
    const auto project = chain();
    const auto& drawn = *project.scenarios.front();
    const QPointF taken = freePlace(drawn, {-100, -40});
    QVERIFY(
        !QRectF(taken, QSizeF(kCardWidth, kCardHeight)).intersects(rectOf(*document::findComponent(drawn, "shop"))));
    QCOMPARE(placeAfter(drawn, *document::findComponent(drawn, "db")), QPointF(460, -40));
}

PLIMSOLL_TEST(TestGeometry);
#include "tst_geometry.moc"
