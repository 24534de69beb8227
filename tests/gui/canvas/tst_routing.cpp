#include "gui/canvas/route/fan_out.h"
#include "gui/canvas/route/link_layout.h"
#include "gui/canvas/route/link_router.h"
#include "tests/support/test_registry.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace plimsoll::gui;

namespace {

QRectF card(double x, double y) {
    return {x, y, kCardWidth, kCardHeight};
}
QPointF outOf(const QRectF& card) {
    return card.topRight() + QPointF(0, kPortY);
}
QPointF into(const QRectF& card) {
    return card.topLeft() + QPointF(0, kPortY);
}

bool isOrthogonal(const std::vector<QPointF>& route) {
    for (std::size_t i = 1; i < route.size(); ++i)
        if (route[i].x() != route[i - 1].x() && route[i].y() != route[i - 1].y()) return false;
    return true;
}

/// Whether a route passes through the inside of a card, widened by `clearance`. Its own first and last pieces lie
/// beside their cards.
bool passesThrough(const std::vector<QPointF>& route, const QRectF& rect, double clearance) {
    const QRectF zone = rect.adjusted(-clearance, -clearance, clearance, clearance);
    for (std::size_t i = 1; i < route.size(); ++i) {
        const QRectF piece = boundsOf({route[i - 1], route[i]});
        if (piece.left() < zone.right() - 1 && piece.right() > zone.left() + 1 && piece.top() < zone.bottom() - 1 &&
            piece.bottom() > zone.top() + 1)
            return true;
    }
    return false;
}

} // namespace

class TestRouting : public QObject {
    Q_OBJECT
private slots:
    void levelCardsGetAStraightLink();
    void bends_data();
    void bends();
    void aCardInBetweenIsPassedWithClearance();
    void backLinksLeaveRightAndEnterLeft();
    void noLinkPassesThroughACard_data();
    void noLinkPassesThroughACard();
    void crowdedCardsStillGetARoute();
    void fanOutKeepsTheLevelOneInTheMiddle();
    void fanOutStaysOnTheCard();
    void lanesOfAFanDoNotCross();
    void onlyWhatAMoveTouchesIsRoutedAgain();
    void draggedCardsAreInNobodysWay();
    void beyondTheBudgetPreviewsAreStraight();
};

void TestRouting::levelCardsGetAStraightLink() {
    const QRectF a = card(0, 0), b = card(280, 0);
    QCOMPARE(routeLink(outOf(a), into(b), Obstacles({a, b})), (std::vector<QPointF>{outOf(a), into(b)}));
    const QRectF close = card(204, 0); // nearer than the clearance of both
    QCOMPARE(routeLink(outOf(a), into(close), Obstacles({a, close})).size(), std::size_t{2});
}

void TestRouting::bends_data() {
    QTest::addColumn<QRectF>("target");
    QTest::addColumn<QList<QRectF>>("others");
    QTest::addColumn<int>("bends");
    QTest::newRow("level") << card(400, 0) << QList<QRectF>{} << 0;
    QTest::newRow("lower") << card(400, 200) << QList<QRectF>{} << 2;
    QTest::newRow("higher") << card(400, -300) << QList<QRectF>{} << 2;
    QTest::newRow("lower, a card where the bend would be") << card(600, 200) << QList<QRectF>{card(300, 60)} << 2;
    QTest::newRow("level, a card in between") << card(600, 0) << QList<QRectF>{card(300, 0)} << 4;
    QTest::newRow("behind") << card(-400, 0) << QList<QRectF>{} << 4;
    QTest::newRow("right below") << card(0, 160) << QList<QRectF>{} << 4;
}

void TestRouting::bends() {
    QFETCH(const QRectF, target);
    QFETCH(const QList<QRectF>, others);
    QFETCH(const int, bends);
    const QRectF source = card(0, 0);
    std::vector<QRectF> cards{source, target};
    cards.insert(cards.end(), others.begin(), others.end());
    const auto route = routeLink(outOf(source), into(target), Obstacles(cards));
    QVERIFY(isOrthogonal(route));
    QCOMPARE(static_cast<int>(route.size()) - 2, bends);
    for (const QRectF& other : others) QVERIFY(!passesThrough(route, other, kClearance - 1));
    QVERIFY(!passesThrough(route, source, 0));
    QVERIFY(!passesThrough(route, target, 0));
}

void TestRouting::aCardInBetweenIsPassedWithClearance() {
    const QRectF a = card(0, 0), between = card(300, 0), b = card(600, 0);
    const auto route = routeLink(outOf(a), into(b), Obstacles({a, between, b}));
    QVERIFY(!passesThrough(route, between, kClearance - 1));
    // Fewest bends first, then shortest: just past the nearer side, no farther.
    const QRectF bounds = boundsOf(route);
    QVERIFY(bounds.top() >= -kClearance - 1);
    QVERIFY(bounds.bottom() <= kCardHeight + kClearance + 1);
}

void TestRouting::backLinksLeaveRightAndEnterLeft() {
    const QRectF a = card(400, 0), b = card(0, 0);
    const auto route = routeLink(outOf(a), into(b), Obstacles({a, b}));
    QVERIFY(route[1].x() > route[0].x());
    QVERIFY(route[route.size() - 2].x() < route.back().x());
    QCOMPARE(route.size(), std::size_t{6});
    QVERIFY(!passesThrough(route, a, 0));
    QVERIFY(!passesThrough(route, b, 0));
}

void TestRouting::noLinkPassesThroughACard_data() {
    QTest::addColumn<int>("seed");
    for (int seed = 0; seed < 20; ++seed) QTest::addRow("%d", seed) << seed;
}

void TestRouting::noLinkPassesThroughACard() {
    QFETCH(const int, seed);
    std::mt19937 random(static_cast<unsigned>(seed));
    std::vector<QRectF> cards;
    for (int column = 0; column < 5; ++column)
        for (int row = 0; row < 5; ++row)
            if (random() % 3 != 0)
                cards.push_back(card(column * 280 + 20.0 * (random() % 2), row * 140 + 20.0 * (random() % 3 % 2)));
    const Obstacles obstacles(cards);
    for (int i = 0; i < 30; ++i) {
        const QRectF from = cards[random() % cards.size()], to = cards[random() % cards.size()];
        if (from == to) continue;
        const auto route = routeLink(outOf(from), into(to), obstacles);
        QVERIFY(isOrthogonal(route));
        for (const QRectF& each : cards) QVERIFY2(!passesThrough(route, each, 0), qPrintable(QString::number(i)));
    }
}

void TestRouting::crowdedCardsStillGetARoute() {
    // 10 apart: less than twice the clearance, so the link squeezes through with what there is.
    const QRectF a = card(0, 0), b = card(210, 90), c = card(0, 90), d = card(210, 0);
    const std::vector<QRectF> cards{a, b, c, d};
    const auto route = routeLink(outOf(a), into(b), Obstacles(cards));
    QVERIFY(isOrthogonal(route));
    for (const QRectF& each : cards) QVERIFY(!passesThrough(route, each, 0));
    // Overlapping cards leave no way: a route all the same, never an empty one.
    QVERIFY(routeLink(outOf(a), into(card(40, 10)), Obstacles({a, card(40, 10)})).size() >= 2);
}

void TestRouting::fanOutKeepsTheLevelOneInTheMiddle() {
    const std::vector<double> others{300, 40, -200};
    const auto ports = fanOut(others, 40, 10);
    QCOMPARE(ports, (std::vector<double>{50, 40, 30}));
    QCOMPARE(fanOut(std::vector<double>{-10, 90}, 40, 10), (std::vector<double>{35, 45}));
    QCOMPARE(fanOut(std::vector<double>{500}, 40, 10), (std::vector<double>{40}));
}

void TestRouting::fanOutStaysOnTheCard() {
    std::vector<double> others;
    for (int i = 0; i < 40; ++i) others.push_back(100 * i);
    const auto ports = fanOut(others, 40, 14);
    for (const double port : ports) QVERIFY(port >= 12 - 1e-9 && port <= 68 + 1e-9);
    QVERIFY(std::is_sorted(ports.begin(), ports.end()));
}

void TestRouting::lanesOfAFanDoNotCross() {
    // One source, targets above and below: the routes share no point.
    const Rects cards{{"s", card(0, 0)},   {"a", card(400, -300)}, {"b", card(400, -150)},
                      {"c", card(400, 0)}, {"d", card(400, 150)},  {"e", card(400, 300)}};
    std::vector<LinkLayout::Ends> links;
    for (const char* to : {"a", "b", "c", "d", "e"}) links.push_back({{"s", to}, 1.5});
    LinkLayout layout;
    layout.update(cards, links);
    for (std::size_t i = 0; i < links.size(); ++i)
        for (std::size_t j = i + 1; j < links.size(); ++j) {
            const auto &one = layout.route(links[i].key), &other = layout.route(links[j].key);
            for (std::size_t a = 1; a < one.size(); ++a)
                for (std::size_t b = 1; b < other.size(); ++b) {
                    const QRectF p = boundsOf({one[a - 1], one[a]}), q = boundsOf({other[b - 1], other[b]});
                    const bool apart =
                        p.right() < q.left() || q.right() < p.left() || p.bottom() < q.top() || q.bottom() < p.top();
                    QVERIFY2(apart, qPrintable(QStringLiteral("%1 and %2").arg(i).arg(j)));
                }
        }
}

void TestRouting::onlyWhatAMoveTouchesIsRoutedAgain() {
    Rects cards{{"a", card(0, 0)}, {"b", card(600, 0)}, {"c", card(0, 1000)}, {"d", card(400, 1000)}};
    const std::vector<LinkLayout::Ends> links{{{"a", "b"}, 1.5}, {{"c", "d"}, 1.5}};
    LinkLayout layout;
    QCOMPARE(layout.update(cards, links).size(), std::size_t{2});
    cards["d"].translate(0, 100);
    QCOMPARE(layout.update(cards, links), (std::set<LinkKey>{{"c", "d"}}));
    // A card into the way of the other link.
    cards["c"].moveTopLeft({300, 0});
    QVERIFY(layout.update(cards, links).contains({"a", "b"}));
    QVERIFY(!passesThrough(layout.route({"a", "b"}), cards["c"], 0));
    QVERIFY(layout.update(cards, {links[0]}).empty());
    QVERIFY(layout.route({"c", "d"}).empty());
}

void TestRouting::draggedCardsAreInNobodysWay() {
    Rects cards{{"a", card(0, 0)}, {"b", card(600, 0)}, {"c", card(300, 300)}};
    const std::vector<LinkLayout::Ends> links{{{"a", "b"}, 1.5}};
    LinkLayout layout;
    layout.update(cards, links);
    cards["c"].moveTop(0); // over the link
    QVERIFY(layout.update(cards, links, {"c"}).empty());
    QCOMPARE(layout.route({"a", "b"}).size(), std::size_t{2});
    layout.update(cards, links); // let go: the link goes around it
    QVERIFY(!passesThrough(layout.route({"a", "b"}), cards["c"], 0));
}

void TestRouting::beyondTheBudgetPreviewsAreStraight() {
    const Rects cards{{"a", card(0, 0)}, {"b", card(300, 0)}, {"c", card(600, 0)}};
    const std::vector<LinkLayout::Ends> links{{{"a", "c"}, 1.5}};
    LinkLayout layout;
    layout.update(cards, links, {}, std::chrono::microseconds(0));
    QCOMPARE(layout.route({"a", "c"}).size(), std::size_t{2});
    layout.update(cards, links); // exact as soon as there is time
    QVERIFY(layout.route({"a", "c"}).size() > 2);
}

PLIMSOLL_TEST(TestRouting);
#include "tst_routing.moc"
