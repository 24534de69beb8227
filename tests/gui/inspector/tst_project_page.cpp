// With nothing selected: the project's name, note, request types and targets, by real keys and mouse.
#include "gui/inspector/figure_grid.h"
#include "gui/inspector/inspector_view.h"
#include "gui/widgets/message_line.h"
#include "gui/widgets/unit_field.h"
#include "gui/widgets/word_box.h"
#include "tests/gui/inspector/sample_shop.h"
#include "tests/support/test_registry.h"

#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace plimsoll;
using gui::InspectorView;
using gui::UnitField;

namespace {

struct Window : tests::Shop {
    InspectorView inspector{document, view, figures};
    Window() { inspector.resize(340, 800); }
    const document::Project& project() const { return document.project(); }
    template <class T> T* find(const QString& name) const { return inspector.widget()->findChild<T*>(name); }
    template <class T> T* inTarget(int index, const char* name) const {
        return find<QWidget>(QStringLiteral("target%1").arg(index))->template findChild<T*>(QLatin1String(name));
    }
    static void type(QLineEdit* field, const char* text) {
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QLatin1String(text));
        QTest::keyClick(field, Qt::Key_Return);
    }
    void press(const char* button) { QTest::mouseClick(find<QPushButton>(QLatin1String(button)), Qt::LeftButton); }
};

} // namespace

class TestProjectPage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::prepareWindow(); }

    void nameAndNote() {
        Window window;
        QVERIFY(tests::showActive(window.inspector));
        Window::type(window.find<QLineEdit>(QStringLiteral("name")), "Shop 2");
        QCOMPARE(window.project().name, std::string("Shop 2"));
        auto* note = window.find<QPlainTextEdit>(QStringLiteral("note"));
        note->setFocus();
        QTest::keyClicks(note, QStringLiteral("peak hour"));
        QVERIFY(window.project().note.empty()); // one step, when it is left
        window.find<QLineEdit>(QStringLiteral("name"))->setFocus();
        QCOMPARE(window.project().note, std::string("peak hour"));
        QCOMPARE(window.document.undoStack().count(), 2);
    }

    void requestTypes() {
        Window window;
        QVERIFY(tests::showActive(window.inspector));
        Window::type(window.find<UnitField>(QStringLiteral("browse/rate_per_s")), "3.5k/s");
        QCOMPARE(std::get<document::OpenLoad>(window.project().classes[0].load).rate.value, 3500.0);
        Window::type(window.find<QLineEdit>(QStringLiteral("browse/name")), "Read");
        QCOMPARE(window.project().classes[0].name, std::string("Read"));
        window.press("addClass");
        QCOMPARE(window.project().classes.size(), 3U);
        QCOMPARE(window.project().classes[2].from, std::string("users"));
        const QString added = QString::fromStdString(window.project().classes[2].id);
        QTRY_VERIFY(window.find<QToolButton>(added + QStringLiteral("/remove")));
        QTest::mouseClick(window.find<QToolButton>(added + QStringLiteral("/remove")), Qt::LeftButton);
        QCOMPARE(window.project().classes.size(), 2U);
        auto* kind = window.find<gui::WordBox>(QStringLiteral("checkout/kind"));
        kind->setFocus();
        QTest::keyClick(kind, Qt::Key_Down);
        QVERIFY(std::holds_alternative<document::ClosedLoad>(window.project().classes[1].load));
        QTRY_VERIFY(window.find<UnitField>(QStringLiteral("checkout/users")));
        Window::type(window.find<UnitField>(QStringLiteral("checkout/users")), "250");
        QCOMPARE(std::get<document::ClosedLoad>(window.project().classes[1].load).users, 250U);
        Window::type(window.find<UnitField>(QStringLiteral("checkout/think_s")), "2 s");
        QCOMPARE(std::get<document::ClosedLoad>(window.project().classes[1].load).think.value, 2.0);
    }

    void targets() {
        Window window;
        QVERIFY(tests::showActive(window.inspector));
        Window::type(window.inTarget<QLineEdit>(1, "bound"), "400 ms");
        QCOMPARE(window.project().targets[1].bound, 0.4);
        window.press("addTarget");
        QCOMPARE(window.project().targets.size(), 3U);
        QTRY_VERIFY(window.find<QWidget>(QStringLiteral("target2")));
        auto* metric = window.inTarget<gui::WordBox>(2, "metric");
        metric->setFocus();
        for (int i = 0; i < 6; ++i) QTest::keyClick(window.inTarget<gui::WordBox>(2, "metric"), Qt::Key_Down);
        QCOMPARE(window.project().targets[2].metric, document::Metric::ErrorShare);
        QCOMPARE(window.project().targets[2].bound, 0.001);
        Window::type(window.inTarget<QLineEdit>(2, "bound"), "0.5%");
        QCOMPARE(window.project().targets[2].bound, 0.005);
        QTest::mouseClick(window.inTarget<QToolButton>(2, "remove"), Qt::LeftButton);
        QCOMPARE(window.project().targets.size(), 2U);
    }

    void aTargetSaysHowItStands() {
        Window window;
        QVERIFY(tests::showActive(window.inspector));
        QVERIFY(
            window.inTarget<gui::MessageLine>(1, "verdict")->text().contains(QStringLiteral("met; holds up to ×1.21")));
        window.figures.setAssessment(tests::sampleFigures(1.3));
        QVERIFY(window.inTarget<gui::MessageLine>(1, "verdict")->text().contains(QStringLiteral("missed")));
    }

    void anEmptyProjectSaysWhatIsMissing() {
        gui::Document document;
        gui::ViewState view;
        gui::Figures figures;
        view.setScenario(tests::kScenario);
        InspectorView inspector(document, view, figures);
        inspector.resize(340, 600);
        QVERIFY(tests::showActive(inspector));
        QVERIFY(!inspector.findChild<QPushButton*>(QStringLiteral("addClass"))->isEnabled());
        QVERIFY(!inspector.findChild<QPushButton*>(QStringLiteral("addTarget"))->isEnabled());
        const auto lines = inspector.findChildren<gui::MessageLine*>();
        QVERIFY(std::ranges::any_of(lines,
                                    [](auto* line) { return line->text().contains(QStringLiteral("add Clients")); }));
    }

    void selectionSwitchesThePage() {
        Window window;
        QVERIFY(tests::showActive(window.inspector));
        QVERIFY(window.find<QWidget>(QStringLiteral("addTarget")));
        window.document.select({.components = {"db"}, .links = {}});
        QVERIFY(!window.find<QWidget>(QStringLiteral("addTarget")));
        window.document.select({});
        QVERIFY(window.find<QWidget>(QStringLiteral("addTarget")));
    }

    void nothingIsCutInTheNarrowestDock_data() {
        QTest::addColumn<QString>("selected");
        for (const char* id : {"", "users", "app", "redis", "db"}) QTest::newRow(id) << QString::fromLatin1(id);
    }

    void nothingIsCutInTheNarrowestDock() {
        QFETCH(QString, selected);
        Window window;
        if (!selected.isEmpty()) window.document.select({{selected.toStdString()}, {}});
        window.inspector.resize(window.inspector.minimumWidth(), 800);
        QVERIFY(tests::showActive(window.inspector));
        const int width = window.inspector.viewport()->width();
        QCOMPARE(window.inspector.widget()->width(), width);
        for (const auto* child : window.inspector.widget()->findChildren<QWidget*>()) {
            if (!child->isVisible()) continue;
            const int right = child->mapTo(window.inspector.viewport(), QPoint(child->width(), 0)).x();
            QVERIFY2(right <= width, qPrintable(QStringLiteral("%1 ends at %2 of %3")
                                                    .arg(child->objectName() + '/' + child->metaObject()->className())
                                                    .arg(right)
                                                    .arg(width)));
        }
    }

    void looksRight() {
        Window window;
        QVERIFY(tests::showActive(window.inspector));
        QVERIFY(tests::pictures(window.inspector, QStringLiteral("inspector-project")));
    }
};

PLIMSOLL_TEST(TestProjectPage);
#include "tst_project_page.moc"
