// What keys do on the canvas: edits and selection; and what a screen reader is told.
#include "gui/canvas/clipboard.h"
#include "gui/canvas/geometry.h"
#include "tests/gui/canvas/canvas_fixture.h"
#include "tests/support/test_registry.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QUndoStack>

using namespace plimsoll;
using tests::CanvasFixture;
using tests::chain;

class TestKeys : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::wearLightTheme(); }
    void deleteRemovesComponentsAndLinks();
    void deleteAndCloseTheGap();
    void copyAndPaste();
    void cutAndPaste();
    void pasteOfNonsenseIsRefused();
    void duplicate();
    void arrowsMoveAndMerge();
    void renameInPlace();
    void doubleClickOnTheNameRenames();
    void selectAllAndEscape();
    void tabFollowsTheFlow();
    void altArrowsGoToTheNearest();
    void enterAsksForTheInspector();
    void insertAddsAfterTheSelection();
    void linkByKey();
    void groupAndUngroup();
    void overlays();
    void accessibleNames();
};

void TestKeys::deleteRemovesComponentsAndLinks() {
    CanvasFixture canvas(chain());
    const auto before = canvas.document.project();
    canvas.click({140, 0});
    canvas.key(Qt::Key_Delete);
    QVERIFY(!canvas.hasLink("shop", "db"));
    QVERIFY(canvas.undoesTo(before));
    QCOMPARE(canvas.document.undoStack().undoText(), QStringLiteral("delete link"));
    const auto then = canvas.document.project();
    canvas.click(canvas.centreOf("shop"));
    canvas.key(Qt::Key_Backspace);
    QCOMPARE(canvas.scenario().components.size(), std::size_t{2});
    QVERIFY(canvas.scenario().links.empty());
    QVERIFY(canvas.document.selection().empty());
    QVERIFY(canvas.undoesTo(then));
    canvas.document.undoStack().undo();
    QCOMPARE(canvas.document.selection().single(), "shop"); // the selection that belonged to the step
}

void TestKeys::deleteAndCloseTheGap() {
    CanvasFixture canvas(chain());
    const auto before = canvas.document.project();
    canvas.click(canvas.centreOf("shop"));
    canvas.key(Qt::Key_Delete, Qt::ControlModifier);
    QVERIFY(canvas.hasLink("users", "db"));
    QCOMPARE(canvas.scenario().components.size(), std::size_t{2});
    QVERIFY(canvas.undoesTo(before));
}

void TestKeys::copyAndPaste() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("shop"));
    canvas.click(canvas.centreOf("db"), Qt::ControlModifier);
    canvas.key(Qt::Key_C, Qt::ControlModifier);
    const auto* clip = QApplication::clipboard()->mimeData();
    QVERIFY(clip->text().startsWith(u'{')); // a project, as text too
    QVERIFY(gui::fromClip(*clip).has_value());
    const auto before = canvas.document.project();
    canvas.moveTo({0, 200});
    canvas.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(canvas.scenario().components.size(), std::size_t{5});
    QCOMPARE(canvas.scenario().links.size(), std::size_t{3});
    QRectF pasted;
    for (const auto& id : canvas.document.selection().components) pasted |= gui::rectOf(canvas.component(id));
    QVERIFY(QLineF(pasted.center(), {0, 200}).length() <= 20); // at the pointer, on the grid
    QVERIFY(canvas.undoesTo(before));
    // Into another window's document, with the pointer elsewhere: 40 right and down.
    CanvasFixture other;
    other.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(other.scenario().components.size(), std::size_t{2});
    QCOMPARE(gui::boundsOf(other.scenario()).topLeft(), QPointF(-60, 0));
}

void TestKeys::cutAndPaste() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("db"));
    const auto before = canvas.document.project();
    canvas.key(Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(canvas.scenario().components.size(), std::size_t{2});
    QCOMPARE(canvas.document.undoStack().undoText(), QStringLiteral("cut component"));
    QVERIFY(canvas.undoesTo(before));
    canvas.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(canvas.scenario().components.size(), std::size_t{3});
}

void TestKeys::pasteOfNonsenseIsRefused() {
    CanvasFixture canvas(chain());
    QSignalSpy refused(&canvas.document, &gui::Document::refused);
    QApplication::clipboard()->setText(QStringLiteral("a shopping list"));
    canvas.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(refused.count(), 0);
    QApplication::clipboard()->setText(QStringLiteral("{\"format_version\": 1, \"teapots\": []}"));
    canvas.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(refused.count(), 1);
    QCOMPARE(canvas.document.undoStack().count(), 0);
}

void TestKeys::duplicate() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("db"));
    const auto before = canvas.document.project();
    canvas.key(Qt::Key_D, Qt::ControlModifier);
    const auto id = canvas.document.selection().single();
    QVERIFY(!id.empty() && id != "db");
    QCOMPARE(canvas.positionOf(id), QPointF(220, 0));
    QVERIFY(canvas.undoesTo(before));
}

void TestKeys::arrowsMoveAndMerge() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("db"));
    const auto before = canvas.document.project();
    canvas.key(Qt::Key_Right);
    canvas.key(Qt::Key_Down, Qt::ShiftModifier);
    canvas.key(Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(canvas.positionOf("db"), QPointF(199, 60));
    QCOMPARE(canvas.document.undoStack().count(), 1); // pressed in one go
    QVERIFY(canvas.undoesTo(before));
    QTest::qWait(750);
    canvas.key(Qt::Key_Right);
    QCOMPARE(canvas.document.undoStack().count(), 2);
}

void TestKeys::renameInPlace() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("db"));
    const auto before = canvas.document.project();
    canvas.key(Qt::Key_F2);
    auto* editor = canvas.view->findChild<QLineEdit*>(QStringLiteral("nameEditor"));
    QVERIFY(editor && editor->isVisible());
    QCOMPARE(editor->text(), QStringLiteral("db"));
    canvas.type(QStringLiteral("Orders DB"));
    canvas.key(Qt::Key_Return);
    QVERIFY(!editor->isVisible());
    QCOMPARE(canvas.component("db").name, "Orders DB");
    QVERIFY(canvas.view->hasFocus());
    QVERIFY(canvas.undoesTo(before));
    // Esc keeps the name; an unchanged one makes no step.
    canvas.key(Qt::Key_F2);
    canvas.type(QStringLiteral("Nonsense"));
    canvas.key(Qt::Key_Escape);
    QCOMPARE(canvas.component("db").name, "Orders DB");
    QCOMPARE(canvas.document.undoStack().count(), 1);
}

void TestKeys::doubleClickOnTheNameRenames() {
    CanvasFixture canvas(chain());
    canvas.doubleClick(canvas.positionOf("shop") + QPointF(70, 20));
    auto* editor = canvas.view->findChild<QLineEdit*>(QStringLiteral("nameEditor"));
    QVERIFY(editor->isVisible());
    canvas.key(Qt::Key_Escape);
    QSignalSpy inspect(canvas.view.get(), &gui::CanvasView::inspectRequested);
    canvas.doubleClick(canvas.positionOf("shop") + QPointF(100, 60));
    QVERIFY(!editor->isVisible());
    QCOMPARE(inspect.count(), 1);
    canvas.doubleClick({140, 0});
    QCOMPARE(inspect.count(), 2);
    QVERIFY(canvas.document.selection().links.contains({"shop", "db"}));
}

void TestKeys::selectAllAndEscape() {
    CanvasFixture canvas(chain());
    canvas.key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(canvas.document.selection().components.size(), std::size_t{3});
    canvas.key(Qt::Key_Escape);
    QVERIFY(canvas.document.selection().empty());
}

void TestKeys::tabFollowsTheFlow() {
    CanvasFixture canvas(chain());
    for (const char* id : {"users", "shop", "db"}) {
        canvas.key(Qt::Key_Tab);
        QCOMPARE(canvas.document.selection().single(), id);
    }
    canvas.key(Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(canvas.document.selection().single(), "shop");
}

void TestKeys::altArrowsGoToTheNearest() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("shop"));
    canvas.key(Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(canvas.document.selection().single(), "db");
    canvas.key(Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(canvas.document.selection().single(), "db");
    QCOMPARE(canvas.document.undoStack().count(), 0);
}

void TestKeys::enterAsksForTheInspector() {
    CanvasFixture canvas(chain());
    QSignalSpy inspect(canvas.view.get(), &gui::CanvasView::inspectRequested);
    canvas.key(Qt::Key_Return);
    QCOMPARE(inspect.count(), 0);
    canvas.click(canvas.centreOf("shop"));
    canvas.key(Qt::Key_Return);
    QCOMPARE(inspect.count(), 1);
}

void TestKeys::insertAddsAfterTheSelection() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("shop"));
    const auto before = canvas.document.project();
    canvas.key(Qt::Key_A);
    canvas.type(QStringLiteral("cache"));
    canvas.key(Qt::Key_Return);
    const auto id = canvas.scenario().components.back()->id;
    QVERIFY(canvas.hasLink("shop", id));
    QVERIFY(!gui::rectOf(canvas.component(id)).intersects(gui::rectOf(canvas.component("db"))));
    QCOMPARE(canvas.positionOf(id).x(), 180.0); // right of it, with a gap of 80
    QVERIFY(canvas.undoesTo(before));
    // From the palette, nothing selected: in the middle, never on top of another card.
    canvas.key(Qt::Key_Escape);
    canvas.view->addComponent(QStringLiteral("service"));
    const auto& last = *canvas.scenario().components.back();
    for (const auto& other : canvas.scenario().components)
        if (other->id != last.id) QVERIFY(!gui::rectOf(last).intersects(gui::rectOf(*other)));
}

void TestKeys::linkByKey() {
    CanvasFixture canvas(tests::with(tests::with(chain(), "redis", "cache", 180, 160), "mail", "service", 180, 280));
    canvas.click(canvas.centreOf("shop"));
    const auto before = canvas.document.project();
    canvas.key(Qt::Key_L);
    auto* list = canvas.view->findChild<QListWidget*>(QStringLiteral("quickListRows"));
    QVERIFY(list->isVisible());
    QCOMPARE(list->count(), 2); // not itself, not what it calls already, not the clients
    canvas.type(QStringLiteral("ma"));
    canvas.key(Qt::Key_Return);
    QVERIFY(canvas.hasLink("shop", "mail"));
    QCOMPARE(canvas.document.selection().single(), "shop");
    QVERIFY(canvas.undoesTo(before));
}

void TestKeys::groupAndUngroup() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("shop"));
    canvas.click(canvas.centreOf("db"), Qt::ControlModifier);
    const auto before = canvas.document.project();
    canvas.key(Qt::Key_G, Qt::ControlModifier);
    const auto area = canvas.document.selection().single();
    QVERIFY(!area.empty());
    QCOMPARE(canvas.component("shop").area, std::optional<document::Id>(area));
    QVERIFY(gui::rectOf(canvas.component(area)).contains(gui::rectOf(canvas.component("db"))));
    QVERIFY(canvas.undoesTo(before));
    canvas.document.select({{area}, {}});
    canvas.key(Qt::Key_G, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(canvas.component("shop").area, std::nullopt);
    QCOMPARE(canvas.scenario().components.size(), std::size_t{3});
}

void TestKeys::overlays() {
    CanvasFixture canvas(chain());
    canvas.key(Qt::Key_4);
    QVERIFY(canvas.viewState.overlay() == gui::Overlay::Errors);
    canvas.key(Qt::Key_0);
    QVERIFY(canvas.viewState.overlay() == gui::Overlay::Off);
    canvas.key(Qt::Key_1);
    QVERIFY(canvas.viewState.overlay() == gui::Overlay::Utilisation);
    QCOMPARE(canvas.document.undoStack().count(), 0);
}

void TestKeys::accessibleNames() {
    CanvasFixture canvas(chain());
    auto* canvasInterface = QAccessible::queryAccessibleInterface(canvas.view.get());
    QVERIFY(canvasInterface);
    QCOMPARE(canvasInterface->role(), QAccessible::List);
    QCOMPARE(canvasInterface->childCount(), 3);
    QCOMPARE(canvasInterface->child(1)->text(QAccessible::Name), QStringLiteral("shop, service, 2 instances"));

    auto assessment = std::make_shared<assess::Assessment>();
    assessment->solved = true;
    assessment->scenario = canvas.viewState.scenario();
    assess::ComponentFigures figures;
    figures.id = "shop";
    figures.utilisation = figures.offeredUtilisation = 0.73;
    figures.residenceP99 = seconds(0.048);
    figures.saturationRank = 1;
    assessment->components = {figures};
    assessment->problems = {{assess::Severity::Warning, "code", "shop", "", "message"}};
    canvas.figures.setAssessment(assessment);
    QCOMPARE(canvasInterface->child(1)->text(QAccessible::Name),
             QStringLiteral("shop, service, 2 instances, 73 percent busy, p99 48.0 milliseconds, saturates first, "
                            "1 warning"));
    canvas.click(canvas.centreOf("shop"));
    QVERIFY(canvasInterface->child(1)->state().selected);
    QVERIFY(!canvasInterface->child(0)->state().selected);
    QCOMPARE(canvasInterface->focusChild(), canvasInterface->child(1));
    const QRect rect = canvasInterface->child(1)->rect();
    QCOMPARE(canvasInterface->childAt(rect.center().x(), rect.center().y()), canvasInterface->child(1));
    QCOMPARE(canvasInterface->indexOfChild(canvasInterface->child(2)), 2);
}

PLIMSOLL_TEST(TestKeys);
#include "tst_keys.moc"
