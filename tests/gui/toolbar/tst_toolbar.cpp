// The load in the toolbar, the overlay's segments and the scenario box, by real mouse and keys.
#include "gui/toolbar/load_bar.h"
#include "gui/toolbar/load_slider.h"
#include "gui/toolbar/overlay_bar.h"
#include "gui/toolbar/scenario_box.h"
#include "tests/gui/inspector/sample_shop.h"
#include "tests/support/test_registry.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>

using namespace plimsoll;

namespace {

struct Window : tests::Shop {
    gui::LoadBar bar{document, view, figures};
    Window() { bar.resize(480, 40); }
    QPoint at(double factor, int y = 18) { return {qRound(bar.slider()->xOf(factor)), y}; }
    QLineEdit& field() { return *bar.findChild<QLineEdit*>(QStringLiteral("loadField")); }
};

} // namespace

class TestToolbar : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::prepareWindow(); }

    void theScaleIsLogarithmic() {
        QCOMPARE(gui::loadShare(0.1), 0.0);
        QCOMPARE(gui::loadShare(100), 1.0);
        QVERIFY(std::abs(gui::loadShare(1) - 1.0 / 3) < 1e-12);
        for (const double factor : {0.1, 0.123, 1.0, 2.6, 12.3, 100.0})
            QVERIFY(std::abs(gui::loadAtShare(gui::loadShare(factor)) / factor - 1) < 1e-9);
        QCOMPARE(gui::nextLoadStep(1, true), 2.0);
        QCOMPARE(gui::nextLoadStep(1, false), 0.5);
        QCOMPARE(gui::nextLoadStep(2.6, true), 5.0);
        QCOMPARE(gui::nextLoadStep(2.6, false), 2.0);
        QCOMPARE(gui::nextLoadStep(100, true), 100.0);
        QCOMPARE(gui::nextLoadStep(0.1, false), 0.1);
    }

    void aDragSetsTheLoadAndIsNoStep() {
        Window window;
        QVERIFY(tests::showActive(window.bar));
        auto* slider = window.bar.slider();
        QTest::mousePress(slider, Qt::LeftButton, {}, window.at(1));
        QCOMPARE(window.view.loadFactor(), 1.0);
        QTest::mouseMove(slider, window.at(2.6));
        QVERIFY(std::abs(window.view.loadFactor() / 2.6 - 1) < 0.03);
        QTest::mouseMove(slider, window.at(1) + QPoint(4, 0)); // the detent
        QCOMPARE(window.view.loadFactor(), 1.0);
        QTest::mouseMove(slider, QPoint(5000, 18));
        QCOMPARE(window.view.loadFactor(), 100.0);
        QTest::mouseRelease(slider, Qt::LeftButton, {}, QPoint(5000, 18));
        QCOMPARE(window.document.undoStack().count(), 0);
        QCOMPARE(window.bar.findChild<QLabel*>(QStringLiteral("arrivals"))->text(), QStringLiteral("84\u2009000/s"));
    }

    void aClickOnAMarkGoesThere() {
        Window window;
        QVERIFY(tests::showActive(window.bar));
        QTest::mouseClick(window.bar.slider(), Qt::LeftButton, {}, window.at(1.21, 5));
        QCOMPARE(window.view.loadFactor(), 1.21);
        window.view.setLoadFactor(10);
        QTest::mouseClick(window.bar.slider(), Qt::LeftButton, {}, window.at(1.36, 24) + QPoint(1, 0));
        QVERIFY(window.view.loadFactor() == 1.36 ||
                window.view.loadFactor() == 1.34); // post and tick of Browse stand side by side
    }

    void theNumberIsTyped_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<double>("factor");
        QTest::newRow("times") << QStringLiteral("x2.5") << 2.5;
        QTest::newRow("sign") << QStringLiteral("×1.21") << 1.21;
        QTest::newRow("comma") << QStringLiteral("1,5") << 1.5;
        QTest::newRow("percent") << QStringLiteral("150%") << 1.5;
        QTest::newRow("too much") << QStringLiteral("200") << 2.0; // the "2" on the way; 200 is refused, not clamped
        QTest::newRow("words") << QStringLiteral("much") << 1.0;
    }
    void theNumberIsTyped() {
        QFETCH(QString, typed);
        QFETCH(double, factor);
        Window window;
        QVERIFY(tests::showActive(window.bar));
        window.field().setFocus();
        window.field().selectAll();
        for (const QChar c : typed)
            if (c.unicode() < 128)
                QTest::keyClick(&window.field(), c.toLatin1());
            else
                window.field().insert(c);
        if (typed == QStringLiteral("200")) {
            QVERIFY(window.field().property("invalid").toBool());
            QVERIFY(window.view.loadFactor() <= 20);
            return;
        }
        QCOMPARE(window.view.loadFactor(), factor);
        QTest::keyClick(&window.field(), Qt::Key_Escape);
        QCOMPARE(window.view.loadFactor(), 1.0);
        QCOMPARE(window.field().text(), QStringLiteral("×1.00"));
    }

    void keysOfTheCanvas() {
        Window window;
        QWidget canvas;
        canvas.addActions(window.bar.actions());
        gui::OverlayBar overlay(window.view);
        canvas.addActions(overlay.actions());
        canvas.setFocusPolicy(Qt::StrongFocus);
        QVERIFY(tests::showActive(canvas));
        canvas.setFocus();
        QTest::keyClick(&canvas, Qt::Key_BracketRight);
        QCOMPARE(window.view.loadFactor(), 2.0);
        QTest::keyClick(&canvas, Qt::Key_BracketRight);
        QCOMPARE(window.view.loadFactor(), 5.0);
        QTest::keyClick(&canvas, Qt::Key_BracketLeft);
        QCOMPARE(window.view.loadFactor(), 2.0);
        QTest::keyClick(&canvas, Qt::Key_Backslash);
        QCOMPARE(window.view.loadFactor(), 1.0);
        QTest::keyClick(&canvas, Qt::Key_2);
        QCOMPARE(window.view.overlay(), gui::Overlay::Latency);
        QTest::keyClick(&canvas, Qt::Key_0);
        QCOMPARE(window.view.overlay(), gui::Overlay::Off);
    }

    void segmentsAreClicked() {
        gui::ViewState view;
        gui::OverlayBar bar(view);
        QVERIFY(tests::showActive(bar));
        QTest::mouseClick(&bar, Qt::LeftButton, {}, bar.segment(3).center());
        QCOMPARE(view.overlay(), gui::Overlay::Errors);
        QVERIFY(bar.actions()[3]->isChecked());
        bar.setFocus();
        QTest::keyClick(&bar, Qt::Key_Left);
        QCOMPARE(view.overlay(), gui::Overlay::Cost);
    }

    void scenariosAreSwitched() {
        tests::Shop shop;
        auto project = shop.document.project();
        document::Scenario second = *project.scenarios.front();
        second.id = "next";
        second.name = "Next year";
        project.scenarios.emplace_back(second);
        shop.document.start(project);
        gui::ScenarioBox box(shop.document, shop.view);
        QVERIFY(tests::showActive(box));
        QCOMPARE(box.count(), 2);
        QCOMPARE(box.currentText(), QStringLiteral("Today"));
        box.setFocus();
        QTest::keyClick(&box, Qt::Key_Down);
        QCOMPARE(shop.view.scenario(), std::string("next"));
        QCOMPARE(shop.document.undoStack().count(), 0);
    }

    void looksRight() {
        Window window;
        gui::OverlayBar overlay(window.view);
        gui::ScenarioBox scenario(window.document, window.view);
        QWidget bar;
        auto* layout = new QHBoxLayout(&bar);
        layout->setContentsMargins(12, 0, 12, 0);
        layout->setSpacing(12);
        layout->addWidget(&scenario);
        layout->addWidget(&window.bar, 1);
        layout->addWidget(&overlay);
        bar.resize(1120, 40);
        QVERIFY(tests::showActive(bar));
        QVERIFY(tests::pictures(bar, QStringLiteral("toolbar")));
        window.view.setLoadFactor(2.6);
        window.figures.setAssessment(tests::sampleFigures(2.6));
        QVERIFY(tests::pictures(bar, QStringLiteral("toolbar-overload")));
        for (QWidget* borrowed :
             {static_cast<QWidget*>(&window.bar), static_cast<QWidget*>(&overlay), static_cast<QWidget*>(&scenario)})
            borrowed->setParent(nullptr);
    }
};

PLIMSOLL_TEST(TestToolbar);
#include "tst_toolbar.moc"
