// Where the camera goes: wheel, keys, fit, panning, undo.
#include "gui/canvas/geometry.h"
#include "tests/gui/canvas/canvas_fixture.h"
#include "tests/support/test_registry.h"

#include <QApplication>
#include <QUndoStack>
#include <QWheelEvent>

#include <cmath>

using namespace plimsoll;
using tests::CanvasFixture;
using tests::chain;

class TestCamera : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::wearLightTheme(); }
    void zoomKeepsThePointUnderThePointer_data();
    void zoomKeepsThePointUnderThePointer();
    void wheelPortionsAddUp();
    void zoomKeysAndFit();
    void openedFilesAreSeenWhole();
    void spacePans();
    void undoBringsIntoViewWhatItChanged();
};

void TestCamera::zoomKeepsThePointUnderThePointer_data() {
    QTest::addColumn<QPoint>("at");
    QTest::addColumn<int>("notches");
    QTest::newRow("in, corner") << QPoint(3, 5) << 6;
    QTest::newRow("out, corner") << QPoint(990, 690) << -12;
    QTest::newRow("in to the end") << QPoint(250, 400) << 40;
    QTest::newRow("out to the end") << QPoint(700, 100) << -60;
}

void TestCamera::zoomKeepsThePointUnderThePointer() {
    QFETCH(const QPoint, at);
    QFETCH(const int, notches);
    CanvasFixture canvas(chain());
    for (int i = 0; i < std::abs(notches); ++i) {
        const QPointF kept = canvas.view->viewportTransform().inverted().map(QPointF(at));
        QWheelEvent wheel(at, canvas.view->viewport()->mapToGlobal(at), {}, {0, notches > 0 ? 120 : -120}, {}, {},
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(canvas.view->viewport(), &wheel);
        const QPointF now = canvas.view->viewportTransform().map(kept);
        QVERIFY2(std::abs(now.x() - at.x()) <= 0.5 && std::abs(now.y() - at.y()) <= 0.5,
                 qPrintable(QStringLiteral("%1 %2").arg(now.x()).arg(now.y())));
    }
    QVERIFY(canvas.view->zoom() >= gui::kLeastZoom && canvas.view->zoom() <= gui::kMostZoom);
    QVERIFY(notches > 0 ? canvas.view->zoom() > 1 : canvas.view->zoom() < 1);
}

void TestCamera::wheelPortionsAddUp() {
    CanvasFixture canvas(chain());
    const QPoint at(500, 350);
    const auto turn = [&](int delta) {
        QWheelEvent wheel(at, canvas.view->viewport()->mapToGlobal(at), {}, {0, delta}, {}, {}, Qt::NoScrollPhase,
                          false);
        QApplication::sendEvent(canvas.view->viewport(), &wheel);
    };
    for (int i = 0; i < 8; ++i) turn(15);
    QVERIFY(std::abs(canvas.view->zoom() - gui::wheelFactor(120)) < 1e-9);
    const double before = canvas.view->zoom();
    turn(0); // nothing: not taken for zooming out
    QCOMPARE(canvas.view->zoom(), before);
}

void TestCamera::zoomKeysAndFit() {
    CanvasFixture canvas(chain());
    canvas.key(Qt::Key_Plus, Qt::ControlModifier);
    QCOMPARE(canvas.view->zoom(), 1.25);
    canvas.key(Qt::Key_Minus, Qt::ControlModifier);
    canvas.key(Qt::Key_Minus, Qt::ControlModifier);
    QCOMPARE(canvas.view->zoom(), 0.75);
    canvas.key(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(canvas.view->zoom(), 1.0);
    canvas.view->camera().panBy({5000, 3000});
    canvas.key(Qt::Key_1, Qt::ControlModifier);
    QVERIFY(canvas.view->camera().seen().contains(gui::boundsOf(canvas.scenario())));
    QVERIFY(canvas.view->zoom() <= 1);
    canvas.click(canvas.centreOf("db"));
    canvas.key(Qt::Key_2, Qt::ControlModifier);
    QCOMPARE(canvas.view->zoom(), 1.5);
}

void TestCamera::openedFilesAreSeenWhole() {
    CanvasFixture canvas;
    canvas.view->camera().panBy({40'000, 0});
    canvas.document.start(tests::with(chain(), "far", "service", 1500, 900));
    QCoreApplication::processEvents();
    const auto whole = [&] { return canvas.view->camera().seen().contains(gui::boundsOf(canvas.scenario())); };
    QVERIFY(whole());
    canvas.view->resize(600, 500); // a dock opened
    QVERIFY(whole());
    // Nothing of it lies below what floats at the bottom.
    const auto* legend = canvas.view->findChild<QWidget*>(QStringLiteral("legend"));
    QVERIFY(canvas.toView({0, gui::boundsOf(canvas.scenario()).bottom()}).y() <= legend->y());
    canvas.view->camera().panBy({300, 0}); // now the camera is the user's
    const QPointF corner = canvas.view->camera().seen().topLeft();
    canvas.view->resize(700, 600);
    QCOMPARE(canvas.view->camera().seen().topLeft(), corner);
}

void TestCamera::spacePans() {
    CanvasFixture canvas(chain());
    canvas.moveTo({0, 200});
    QTest::keyPress(canvas.view.get(), Qt::Key_Space);
    const QPointF seen = canvas.view->camera().seen().topLeft();
    const QPointF grip = canvas.centreOf("shop");
    canvas.press(grip);
    canvas.moveTo(grip + QPointF(50, 30));
    canvas.release(grip + QPointF(50, 30));
    QTest::keyRelease(canvas.view.get(), Qt::Key_Space);
    QVERIFY(canvas.view->camera().seen().topLeft() != seen);
    QCOMPARE(canvas.document.undoStack().count(), 0);
    QVERIFY(canvas.document.selection().empty());
}

void TestCamera::undoBringsIntoViewWhatItChanged() {
    CanvasFixture canvas(chain());
    canvas.click(canvas.centreOf("db"));
    canvas.key(Qt::Key_Right);
    const QPointF seen = canvas.view->camera().seen().topLeft();
    canvas.document.undoStack().undo();
    QCOMPARE(canvas.view->camera().seen().topLeft(), seen); // in view: the camera stays
    canvas.view->camera().panBy({9000, 0});
    canvas.document.undoStack().redo();
    QVERIFY(canvas.view->camera().seen().intersects(gui::rectOf(canvas.component("db"))));
}

PLIMSOLL_TEST(TestCamera);
#include "tst_camera.moc"
