// What the pointer does, by real events.
#include "gui/canvas/geometry.h"
#include "gui/canvas/hit_test.h"
#include "models/edit/edit.h"
#include "tests/gui/canvas/canvas_fixture.h"
#include "tests/support/test_registry.h"

#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QUndoStack>

using namespace plimsoll;
using gui::Selection;
using tests::CanvasFixture;
using tests::chain;

class TestGestures : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::wearLightTheme(); }
    void threeLinkedCardsWithinTwentyFiveEvents();
    void clickSelects();
    void repeatedClicksGoThroughAStack();
    void rubberBandBothWays();
    void dragMovesOntoTheGrid();
    void aShortDragIsAClick();
    void shiftKeepsOneAxis();
    void controlDoesNotSnap();
    void escRestoresADrag();
    void altDragDuplicates();
    void linkFromPortToAnywhereOnACard();
    void linkFromAnInPort();
    void illegalTargetIsRefusedWithItsReason();
    void linkOntoEmptyGroundAsksWhatToAdd();
    void escOnTheListLeavesNothing();
    void linkEndMovesToAnotherCard();
    void linkEndOnEmptyGroundRemovesWithUndo();
    void dropOnALinkInserts();
    void dragOntoALinkInserts();
    void dropOfAnUnknownTypeIsRefused();
    void cardsEnterAndLeaveAreas();
    void areasMoveWithTheirContent();
    void areaResizes();
    void contextMenuIsShort();
};

void TestGestures::threeLinkedCardsWithinTwentyFiveEvents() {
    CanvasFixture canvas;
    canvas.drop("clients", {-280, 0});
    canvas.drop("service", {0, 0});
    canvas.drop("sql_database", {280, 0});
    QCOMPARE(canvas.scenario().components.size(), std::size_t{3});
    const auto clients = canvas.scenario().components[0]->id, service = canvas.scenario().components[1]->id,
               database = canvas.scenario().components[2]->id;
    for (const auto& [from, to] : {std::pair(clients, service), std::pair(service, database)}) {
        canvas.press(canvas.outPort(from));
        canvas.moveTo(canvas.centreOf(to));
        canvas.release(canvas.centreOf(to));
    }
    QVERIFY(canvas.hasLink(clients, service));
    QVERIFY(canvas.hasLink(service, database));
    QVERIFY2(canvas.events() <= 25, qPrintable(QString::number(canvas.events())));
    QCOMPARE(canvas.document.undoStack().count(), 5);
    while (canvas.document.undoStack().canUndo()) canvas.document.undoStack().undo();
    QVERIFY(canvas.scenario().components.empty());
    QVERIFY(canvas.document.project().classes.empty());
}

void TestGestures::clickSelects() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("shop"));
    QCOMPARE(canvas.document.selection().single(), "shop");
    canvas.click(canvas.centreOf("db"), Qt::ControlModifier);
    QCOMPARE(canvas.document.selection().components, (std::set<document::Id>{"shop", "db"}));
    canvas.click(canvas.centreOf("db"), Qt::ControlModifier);
    QCOMPARE(canvas.document.selection().single(), "shop");
    canvas.click(canvas.centreOf("users"), Qt::ShiftModifier);
    QCOMPARE(canvas.document.selection().components, (std::set<document::Id>{"shop", "users"}));
    canvas.click({140, 0}); // the link between shop and db, in its corridor
    QCOMPARE(canvas.document.selection().links, (std::set<gui::LinkKey>{{"shop", "db"}}));
    canvas.click({0, 250});
    QVERIFY(canvas.document.selection().empty());
    QVERIFY(canvas.document.undoStack().count() == 0);
}

void TestGestures::repeatedClicksGoThroughAStack() {
    CanvasFixture canvas(
        tests::with(tests::with(document::emptyProject(), "below", "service", 0, 0), "above", "cache", 20, 20));
    const QPointF both(100, 60);
    canvas.click(both);
    QCOMPARE(canvas.document.selection().single(), "above"); // newest first
    canvas.click(both);
    QCOMPARE(canvas.document.selection().single(), "below");
    canvas.click(both);
    QCOMPARE(canvas.document.selection().single(), "above");
}

void TestGestures::rubberBandBothWays() {
    CanvasFixture canvas(chain());
    // Left to right: what it encloses.
    canvas.drag({-150, -100}, {250, 100});
    QCOMPARE(canvas.document.selection().components, (std::set<document::Id>{"shop"}));
    // Right to left: what it touches, links too.
    canvas.drag({250, 100}, {-150, -100});
    QCOMPARE(canvas.document.selection().components, (std::set<document::Id>{"shop", "db"}));
    QVERIFY(canvas.document.selection().links.contains({"shop", "db"}));
    // Shift adds.
    canvas.click({0, 250});
    canvas.drag({-400, -100}, {-160, 100});
    canvas.press({-150, -100}, Qt::ShiftModifier);
    canvas.moveTo({0, 0}, Qt::ShiftModifier);
    canvas.moveTo({250, 100}, Qt::ShiftModifier);
    canvas.release({250, 100}, Qt::ShiftModifier);
    QCOMPARE(canvas.document.selection().components, (std::set<document::Id>{"users", "shop"}));
    // Esc restores.
    canvas.press({-150, 250});
    canvas.moveTo({0, 280});
    canvas.key(Qt::Key_Escape);
    QCOMPARE(canvas.document.selection().components, (std::set<document::Id>{"users", "shop"}));
}

void TestGestures::dragMovesOntoTheGrid() {
    CanvasFixture canvas(chain());
    const auto before = canvas.document.project();
    const QPointF grip = canvas.centreOf("shop");
    canvas.drag(grip, grip + QPointF(33, 154));
    QCOMPARE(canvas.positionOf("shop"), QPointF(-60, 120));
    QCOMPARE(canvas.document.undoStack().undoText(), QStringLiteral("move component"));
    QVERIFY(canvas.undoesTo(before));
    // Several at once: one step.
    canvas.click(canvas.centreOf("db"), Qt::ControlModifier);
    const auto then = canvas.document.project();
    const int steps = canvas.document.undoStack().count();
    canvas.drag(canvas.centreOf("shop"), canvas.centreOf("shop") + QPointF(0, 100));
    QCOMPARE(canvas.document.undoStack().count(), steps + 1);
    QCOMPARE(canvas.document.undoStack().undoText(), QStringLiteral("move 2 components"));
    QVERIFY(canvas.undoesTo(then));
}

void TestGestures::aShortDragIsAClick() {
    CanvasFixture canvas(chain());
    const QPointF grip = canvas.centreOf("shop");
    canvas.press(grip);
    canvas.moveTo(grip + QPointF(2, 2));
    canvas.release(grip + QPointF(2, 2));
    QCOMPARE(canvas.document.undoStack().count(), 0);
    QCOMPARE(canvas.document.selection().single(), "shop");
}

void TestGestures::shiftKeepsOneAxis() {
    CanvasFixture canvas(chain());
    const QPointF grip = canvas.centreOf("shop");
    canvas.drag(grip, grip + QPointF(12, 160), Qt::ShiftModifier);
    QCOMPARE(canvas.positionOf("shop"), QPointF(-100, 120));
}

void TestGestures::controlDoesNotSnap() {
    CanvasFixture canvas(chain());
    const QPointF grip = canvas.centreOf("shop");
    canvas.press(grip);
    canvas.moveTo(grip + QPointF(5, 71), Qt::ControlModifier);
    canvas.moveTo(grip + QPointF(7, 153), Qt::ControlModifier);
    canvas.release(grip + QPointF(7, 153), Qt::ControlModifier);
    QCOMPARE(canvas.positionOf("shop"), QPointF(-93, 113));
}

void TestGestures::escRestoresADrag() {
    CanvasFixture canvas(chain());
    const auto before = canvas.document.project();
    const QPointF grip = canvas.centreOf("shop");
    canvas.press(grip);
    canvas.moveTo(grip + QPointF(40, 100));
    QCOMPARE(canvas.view->canvasScene().card("shop")->pos(), QPointF(-60, 60));
    canvas.key(Qt::Key_Escape);
    QCOMPARE(canvas.view->canvasScene().card("shop")->pos(), QPointF(-100, -40));
    canvas.release(grip + QPointF(40, 100));
    QVERIFY(canvas.document.project() == before);
    QCOMPARE(canvas.document.undoStack().count(), 0);
}

void TestGestures::altDragDuplicates() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("shop"));
    canvas.click(canvas.centreOf("db"), Qt::ControlModifier);
    const auto before = canvas.document.project();
    const QPointF grip = canvas.centreOf("shop");
    canvas.press(grip);
    canvas.moveTo(grip + QPointF(0, 80), Qt::AltModifier);
    canvas.moveTo(grip + QPointF(0, 200), Qt::AltModifier);
    canvas.release(grip + QPointF(0, 200), Qt::AltModifier);
    QCOMPARE(canvas.scenario().components.size(), std::size_t{5});
    QCOMPARE(canvas.scenario().links.size(), std::size_t{3}); // the link between the two came along
    QCOMPARE(canvas.positionOf("shop"), QPointF(-100, -40));
    for (const auto& id : canvas.document.selection().components) QCOMPARE(canvas.positionOf(id).y(), 160.0);
    QVERIFY(canvas.undoesTo(before));
}

void TestGestures::linkFromPortToAnywhereOnACard() {
    CanvasFixture canvas(tests::with(chain(), "redis", "cache", 180, 160));
    const auto before = canvas.document.project();
    canvas.drag(canvas.outPort("shop"), canvas.positionOf("redis") + QPointF(190, 75)); // a corner, far from its port
    QVERIFY(canvas.hasLink("shop", "redis"));
    QCOMPARE(canvas.document.selection().links, (std::set<gui::LinkKey>{{"shop", "redis"}}));
    QVERIFY(canvas.undoesTo(before));
}

void TestGestures::linkFromAnInPort() {
    CanvasFixture canvas(tests::with(chain(), "redis", "cache", 180, 160));
    canvas.drag(canvas.inPort("redis"), canvas.centreOf("shop"));
    QVERIFY(canvas.hasLink("shop", "redis"));
}

void TestGestures::illegalTargetIsRefusedWithItsReason() {
    CanvasFixture canvas(chain());
    canvas.press(canvas.outPort("shop"));
    canvas.moveTo(canvas.outPort("shop") + QPointF(20, 0));
    QVERIFY(canvas.view->canvasScene().look().targets); // the others step back
    canvas.moveTo(canvas.centreOf("users"));
    QCOMPARE(canvas.view->canvasScene().look().illegal, "users");
    canvas.release(canvas.centreOf("users"));
    QCOMPARE(canvas.scenario().links.size(), std::size_t{2});
    QCOMPARE(canvas.document.undoStack().count(), 0);
    QVERIFY(!canvas.view->canvasScene().look().targets);
    QVERIFY(canvas.view->canvasScene().look().illegal.empty());
}

void TestGestures::linkOntoEmptyGroundAsksWhatToAdd() {
    CanvasFixture canvas(chain());
    const auto before = canvas.document.project();
    canvas.drag(canvas.outPort("shop"), {180, 200});
    auto* list = canvas.view->findChild<QListWidget*>(QStringLiteral("quickListRows"));
    QVERIFY(list && list->isVisible());
    for (int row = 0; row < list->count(); ++row)
        QVERIFY(list->item(row)->data(Qt::UserRole) != QStringLiteral("clients")); // nothing calls clients
    canvas.type(QStringLiteral("cach"));
    canvas.key(Qt::Key_Return);
    QVERIFY(!list->isVisible());
    QCOMPARE(canvas.scenario().components.size(), std::size_t{4});
    const auto& added = *canvas.scenario().components.back();
    QCOMPARE(added.type, "cache");
    QVERIFY(canvas.hasLink("shop", added.id));
    QCOMPARE(canvas.document.undoStack().count(), 1); // one step
    QVERIFY(canvas.undoesTo(before));
}

void TestGestures::escOnTheListLeavesNothing() {
    CanvasFixture canvas(chain());
    canvas.drag(canvas.outPort("shop"), {180, 200});
    canvas.key(Qt::Key_Escape);
    QCOMPARE(canvas.document.undoStack().count(), 0);
    QVERIFY(canvas.view->hasFocus());
}

void TestGestures::linkEndMovesToAnotherCard() {
    CanvasFixture canvas(tests::with(chain(), "redis", "cache", 180, 160));
    canvas.click({140, 0});
    const auto before = canvas.document.project();
    canvas.drag({170, 0}, canvas.centreOf("redis")); // the head, beside the database
    QVERIFY(canvas.hasLink("shop", "redis"));
    QVERIFY(!canvas.hasLink("shop", "db"));
    QCOMPARE(canvas.document.undoStack().count(), 1);
    QVERIFY(canvas.undoesTo(before));
}

void TestGestures::linkEndOnEmptyGroundRemovesWithUndo() {
    CanvasFixture canvas(chain());
    const auto before = canvas.document.project();
    canvas.drag({160, 0}, {180, 200}); // near its head, beside the port
    QVERIFY(!canvas.hasLink("shop", "db"));
    auto* bar = canvas.view->findChild<QWidget*>(QStringLiteral("lostBar"));
    QVERIFY(bar && bar->isVisible());
    bar->findChild<QPushButton*>()->click();
    QVERIFY(canvas.document.project() == before);
    QVERIFY(!bar->isVisible());
}

void TestGestures::dropOnALinkInserts() {
    CanvasFixture canvas(chain());
    const auto before = canvas.document.project();
    canvas.drop("cache", {140, 10}); // the centre within reach of shop -> db
    QCOMPARE(canvas.scenario().components.size(), std::size_t{4});
    const auto id = canvas.scenario().components.back()->id;
    QVERIFY(canvas.hasLink("shop", id));
    QVERIFY(canvas.hasLink(id, "db"));
    QVERIFY(!canvas.hasLink("shop", "db"));
    QCOMPARE(canvas.document.undoStack().count(), 1);
    QVERIFY(canvas.undoesTo(before));
}

void TestGestures::dragOntoALinkInserts() {
    CanvasFixture canvas(tests::with(chain(), "redis", "cache", 40, 160));
    const auto before = canvas.document.project();
    canvas.press(canvas.centreOf("redis"));
    canvas.moveTo({140, 100});
    canvas.moveTo({140, 4});
    QCOMPARE(canvas.view->canvasScene().look().dropLink, (gui::LinkKey{"shop", "db"}));
    canvas.release({140, 4});
    QVERIFY(canvas.hasLink("shop", "redis"));
    QVERIFY(canvas.hasLink("redis", "db"));
    QVERIFY(!canvas.hasLink("shop", "db"));
    QVERIFY(canvas.undoesTo(before));
}

void TestGestures::dropOfAnUnknownTypeIsRefused() {
    CanvasFixture canvas(chain());
    canvas.drop("teapot", {0, 200});
    QCOMPARE(canvas.scenario().components.size(), std::size_t{3});
}

void TestGestures::cardsEnterAndLeaveAreas() {
    CanvasFixture canvas(tests::with(chain(), "region", "area", -400, 60));
    const auto before = canvas.document.project();
    canvas.drag(canvas.centreOf("users"), {-240, 200});
    QCOMPARE(canvas.component("users").area, std::optional<document::Id>("region"));
    QVERIFY(canvas.undoesTo(before));
    // Near the border it grows with its content.
    canvas.drag(canvas.centreOf("users"), {-60, 280});
    QCOMPARE(canvas.component("users").area, std::optional<document::Id>("region"));
    const QRectF area = gui::rectOf(canvas.component("region"));
    QVERIFY(area.contains(gui::rectOf(canvas.component("users")).adjusted(-20, -20, 20, 20)));
    canvas.drag(canvas.centreOf("users"), {-280, -200});
    QCOMPARE(canvas.component("users").area, std::nullopt);
    // A new card dropped inside lies inside.
    canvas.drop("service", {-200, 200});
    QCOMPARE(canvas.scenario().components.back()->area, std::optional<document::Id>("region"));
}

void TestGestures::areasMoveWithTheirContent() {
    auto project = tests::with(chain(), "region", "area", -400, 60);
    CanvasFixture canvas(project);
    canvas.drag(canvas.centreOf("users"), {-240, 200});
    const QPointF inside = canvas.positionOf("users") - canvas.positionOf("region");
    const auto before = canvas.document.project();
    canvas.drag(canvas.positionOf("region") + QPointF(200, 10),
                canvas.positionOf("region") + QPointF(260, 30)); // its header
    QCOMPARE(canvas.positionOf("users") - canvas.positionOf("region"), inside);
    QVERIFY(canvas.positionOf("region") != QPointF(-400, 60));
    QCOMPARE(canvas.component("users").area, std::optional<document::Id>("region"));
    QVERIFY(canvas.undoesTo(before));
}

void TestGestures::areaResizes() {
    CanvasFixture canvas(tests::with(chain(), "region", "area", -400, 60));
    const QPointF corner = gui::rectOf(canvas.component("region")).bottomRight();
    canvas.drag(corner, corner + QPointF(63, -21));
    QCOMPARE(gui::rectOf(canvas.component("region")), QRectF(-400, 60, 460, 220));
    canvas.drag(corner + QPointF(60, -20), {-390, 70});
    QCOMPARE(gui::rectOf(canvas.component("region")), QRectF(-400, 60, gui::kAreaWidth, gui::kAreaHeight));
}

void TestGestures::contextMenuIsShort() {
    CanvasFixture canvas(chain());
    for (const QPointF& at : {canvas.centreOf("shop"), QPointF(0, 200), QPointF(140, 0)}) {
        canvas.press(at, {}, Qt::RightButton);
        canvas.release(at, {}, Qt::RightButton);
        auto* menu = canvas.view->findChild<QMenu*>();
        QVERIFY(menu && menu->isVisible());
        int rows = 0;
        for (const auto* action : menu->actions()) rows += !action->isSeparator();
        QVERIFY(rows >= 1 && rows <= 12);
        menu->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    // Past 4 pixels the right button pans and shows no menu.
    const QPointF seen = canvas.view->camera().seen().topLeft();
    canvas.press({0, 200}, {}, Qt::RightButton);
    canvas.moveTo({30, 220});
    canvas.release({60, 240}, {}, Qt::RightButton);
    QVERIFY(canvas.view->camera().seen().topLeft() != seen);
    QVERIFY(!canvas.view->findChild<QMenu*>());
}

PLIMSOLL_TEST(TestGestures);
#include "tst_gestures.moc"
