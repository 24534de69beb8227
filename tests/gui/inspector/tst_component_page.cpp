// The inspector of components, by real keys and mouse.
#include "gui/inspector/figure_grid.h"
#include "gui/inspector/inspector_view.h"
#include "gui/inspector/row.h"
#include "gui/widgets/message_line.h"
#include "gui/widgets/note_box.h"
#include "gui/widgets/unit_field.h"
#include "gui/widgets/value_slider.h"
#include "gui/widgets/word_box.h"
#include "models/components/component_type.h"
#include "tests/gui/inspector/sample_shop.h"
#include "tests/support/test_registry.h"

#include <QLabel>
#include <QToolButton>

using namespace plimsoll;
using gui::InspectorView;
using gui::UnitField;

namespace {

/// An inspector of 340 x 700 on the sample shop, with `ids` selected.
struct Window : tests::Shop {
    InspectorView inspector{document, view, figures};
    explicit Window(std::set<document::Id> ids) {
        document.select({.components = std::move(ids), .links = {}});
        inspector.resize(340, 700);
    }
    template <class T> T* find(const char* name) const {
        return inspector.widget()->findChild<T*>(QLatin1String(name));
    }
    UnitField* field(const char* key) const { return find<UnitField>(key); }
    std::optional<double> number(const char* id, const char* key, const char* classId = "") const {
        return components::number(component(id), key, classId);
    }
};

void retype(QWidget* field, const char* text) {
    field->setFocus();
    static_cast<QLineEdit*>(field)->selectAll();
    QTest::keyClicks(field, QLatin1String(text));
}

} // namespace

class TestComponentPage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::prepareWindow(); }

    void typingIsLiveAndOneStep() {
        Window window({"app"});
        QVERIFY(tests::showActive(window.inspector));
        auto* field = window.field("cpu_s");
        retype(field, "12 ms");
        QCOMPARE(*window.number("app", "cpu_s"), 0.012);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(window.document.undoStack().count(), 1);
        QCOMPARE(window.document.undoStack().undoText(), QStringLiteral("change CPU time of Shop"));
        QCOMPARE(window.field("cpu_s")->text(), QStringLiteral("12"));
        window.document.undoStack().undo();
        QCOMPARE(*window.number("app", "cpu_s"), 0.01);
        QCOMPARE(window.field("cpu_s")->text(), QStringLiteral("10")); // the page follows
    }

    void typingTwiceIsTwoSteps() {
        Window window({"app"});
        QVERIFY(tests::showActive(window.inspector));
        for (const char* text : {"12 ms", "15 ms"}) {
            retype(window.field("cpu_s"), text);
            QTest::keyClick(window.field("cpu_s"), Qt::Key_Return);
        }
        QCOMPARE(window.document.undoStack().count(), 2);
    }

    void escapeLeavesNoStep() {
        Window window({"app"});
        QVERIFY(tests::showActive(window.inspector));
        const auto before = window.document.project();
        retype(window.field("cpu_s"), "99 ms");
        QVERIFY(!(window.document.project() == before));
        QTest::keyClick(window.field("cpu_s"), Qt::Key_Escape);
        QVERIFY(window.document.project() == before);
        QCOMPARE(window.document.undoStack().count(), 0);
        QCOMPARE(window.field("cpu_s")->text(), QStringLiteral("10"));
    }

    void whatMayNotBeStaysOutOfTheModel() {
        Window window({"app"});
        QVERIFY(tests::showActive(window.inspector));
        const auto before = window.document.project();
        auto* field = window.field("instances");
        retype(field, "0");
        QVERIFY(window.document.project() == before);
        QVERIFY(field->property("invalid").toBool());
        const auto lines = field->parentWidget()->findChildren<gui::MessageLine*>();
        QVERIFY(std::ranges::any_of(
            lines, [](auto* line) { return line->isVisible() && line->text().contains(QLatin1String("1 to")); }));
        retype(field, "2.5"); // whole numbers only
        QVERIFY(field->property("invalid").toBool());
        QVERIFY(window.document.project() == before);
    }

    void aSliderDragIsOneStepAndDropsOutWhenItReturns() {
        Window window({"app"});
        QVERIFY(tests::showActive(window.inspector));
        window.field("cpu_s")->setFocus(); // shows the slider
        auto* slider = window.find<gui::ValueSlider>("cpu_s/slider");
        QTRY_VERIFY(slider->isVisible() && slider->width() > 100);
        const auto at = [&](double value) { return QPoint(qRound(slider->xOf(value)), 10); };
        QTest::mousePress(slider, Qt::LeftButton, {}, at(0.01));
        for (const double value : {0.02, 0.05, 0.1}) QTest::mouseMove(slider, at(value));
        QCOMPARE(*window.number("app", "cpu_s"), 0.1); // live
        QTest::mouseRelease(slider, Qt::LeftButton, {}, at(0.1));
        QCOMPARE(window.document.undoStack().count(), 1);
        window.document.undoStack().undo();
        QCOMPARE(*window.number("app", "cpu_s"), 0.01);

        const auto before = window.document.project();
        QTest::mousePress(slider, Qt::LeftButton, {}, at(0.01));
        QTest::mouseMove(slider, at(0.1));
        QVERIFY(!(window.document.project() == before));
        QTest::mouseMove(slider, at(0.01));
        QTest::mouseRelease(slider, Qt::LeftButton, {}, at(0.01));
        QVERIFY(window.document.project() == before);
        QCOMPARE(window.document.undoStack().index(), 0);
    }

    void aTypeMayHaveAValueOfItsOwn() {
        Window window({"app"});
        QVERIFY(tests::showActive(window.inspector));
        QVERIFY(!window.field("cpu_s@Checkout")->isVisible());
        QTest::mouseClick(window.find<QToolButton>("cpu_s/by_type"), Qt::LeftButton);
        auto* checkout = window.field("cpu_s@Checkout");
        QTRY_VERIFY(checkout->isVisible());
        QCOMPARE(checkout->text(), QStringLiteral("10 ms")); // that of all
        retype(checkout, "20 ms");
        QTest::keyClick(checkout, Qt::Key_Return);
        QCOMPARE(*window.number("app", "cpu_s", "checkout"), 0.02);
        QCOMPARE(*window.number("app", "cpu_s", "browse"), 0.01);
        QCOMPARE(window.document.undoStack().undoText(), QStringLiteral("change CPU time (Checkout) of Shop"));
        retype(window.field("cpu_s@Checkout"), "none"); // as all again
        QCOMPARE(*window.number("app", "cpu_s", "checkout"), 0.01);
    }

    void rangesAreKept() {
        Window window({"app"});
        QVERIFY(tests::showActive(window.inspector));
        retype(window.field("cpu_s"), "17..20..24 ms");
        const auto& value = std::get<document::Numeric>(window.component("app").parameters.at("cpu_s"));
        QCOMPARE(value.range, (document::Range{0.017, 0.020, 0.024}));
        QCOMPARE(value.value, 0.020);
    }

    void resetGoesBackToTheDefault() {
        Window window({"app"});
        QVERIFY(tests::showActive(window.inspector));
        retype(window.field("instances"), "7");
        QTest::keyClick(window.field("instances"), Qt::Key_Return);
        QVERIFY(window.component("app").parameters.contains("instances"));
        auto* row = window.field("instances")->parentWidget();
        auto* reset = row->findChild<QToolButton*>(QStringLiteral("reset"));
        QTRY_VERIFY(reset->isVisible());
        QTest::mouseClick(reset, Qt::LeftButton);
        QVERIFY(!window.component("app").parameters.contains("instances"));
        QCOMPARE(window.field("instances")->text(), QStringLiteral("2"));
    }

    void aChoiceIsABox() {
        Window window({"app"});
        QVERIFY(tests::showActive(window.inspector));
        auto* box = window.find<gui::WordBox>("discipline");
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Down);
        QCOMPARE(components::word(window.component("app"), "discipline"), std::string("fcfs"));
        QCOMPARE(window.document.undoStack().count(), 1);
    }

    void severalAreSetAtOnce() {
        Window window({"app"});
        document::Component second = tests::component("app2", "service", "Search");
        QVERIFY(window.document.apply(QStringLiteral("add"),
                                      edit::addComponent(window.document.project(), tests::kScenario, second)));
        document::Numeric four;
        four.value = 4;
        QVERIFY(
            window.document.apply(QStringLiteral("set"), edit::setParameter(window.document.project(), tests::kScenario,
                                                                            "app2", "instances", four)));
        window.document.select({.components = {"app", "app2"}, .links = {}});
        QVERIFY(tests::showActive(window.inspector));
        auto* field = window.field("instances");
        QCOMPARE(field->text(), QString(QChar(0x2013)));
        QCOMPARE(field->toolTip(), QStringLiteral("2 to 4"));
        retype(field, "6");
        QCOMPARE(*window.number("app", "instances"), 6.0);
        QCOMPARE(*window.number("app2", "instances"), 6.0);
        QTest::keyClick(field, Qt::Key_Escape); // both go back
        QCOMPARE(*window.number("app", "instances"), 2.0);
        QCOMPARE(*window.number("app2", "instances"), 4.0);
        QCOMPARE(window.field("instances")->text(), QString(QChar(0x2013)));
    }

    void theNameIsEditedInPlace() {
        Window window({"db"});
        QVERIFY(tests::showActive(window.inspector));
        auto* name = window.find<QLineEdit>("name");
        retype(name, "Ledger");
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(window.component("db").name, std::string("Ledger"));
        QCOMPARE(window.document.undoStack().count(), 1);
    }

    void aProblemStandsBesideItsField() {
        Window window({"db"});
        auto figures = *tests::sampleFigures();
        figures.problems = {{assess::Severity::Error, "out_of_range", "db", "cpu_s", "9 is outside 0 to 5"},
                            {assess::Severity::Warning, "no_replica", "db", "", "One machine: no replica takes over"}};
        const auto* type = components::findType("sql_database");
        std::string key;
        for (const auto& parameter : type->parameters)
            if (parameter.defaultNumber && key.empty()) key = parameter.key;
        figures.problems[0].field = key;
        window.figures.setAssessment(std::make_shared<assess::Assessment>(figures));
        QVERIFY(tests::showActive(window.inspector));
        auto* row = window.field(key.c_str())->parentWidget();
        const auto lines = row->findChildren<gui::MessageLine*>();
        QVERIFY(std::ranges::any_of(lines,
                                    [](auto* line) { return line->text() == QLatin1String("9 is outside 0 to 5"); }));
        QVERIFY(window.find<gui::NoteBox>("problems")->isVisible());
    }

    void figuresFollowAndOverloadIsSaid() {
        Window window({"db"});
        QVERIFY(tests::showActive(window.inspector));
        QCOMPARE(window.find<gui::FigureGrid>("")->cells().front().label, QStringLiteral("CPU busy"));
        QVERIFY(!window.find<gui::NoteBox>("overload")->isVisible());
        window.figures.setAssessment(tests::sampleFigures(2.6));
        QVERIFY(window.find<gui::NoteBox>("overload")->isVisible());
        QVERIFY(window.find<QLabel>("subtitle")->text().contains(QStringLiteral("191")));
    }

    void escapeGoesBackToTheCanvas() {
        Window window({"app"});
        QVERIFY(tests::showActive(window.inspector));
        QSignalSpy left(&window.inspector, &InspectorView::leaveWanted);
        window.inspector.focusFirstField();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QCOMPARE(left.count(), 1);
    }

    void everyTypeHasAPage() {
        for (const auto* type : components::registry()) {
            tests::Shop shop;
            document::Component one;
            one.type = std::string(type->id);
            one.id = "one";
            QVERIFY(shop.document.apply(QStringLiteral("add"),
                                        edit::addComponent(shop.document.project(), tests::kScenario, one)));
            shop.document.select({.components = {"one"}, .links = {}});
            InspectorView inspector(shop.document, shop.view, shop.figures);
            inspector.resize(340, 600);
            QVERIFY(tests::showActive(inspector));
            for (const auto& parameter : type->parameters)
                QVERIFY2(parameter.dimension == components::Dimension::Words ||
                             inspector.findChild<QWidget*>(
                                 QString::fromUtf8(parameter.key.data(), qsizetype(parameter.key.size()))),
                         parameter.key.data());
        }
    }

    void looksRight() {
        Window window({"db"});
        window.inspector.resize(340, 860);
        QVERIFY(tests::showActive(window.inspector));
        QVERIFY(tests::pictures(window.inspector, QStringLiteral("inspector-db")));
        window.figures.setAssessment(tests::sampleFigures(2.6));
        QVERIFY(tests::pictures(window.inspector, QStringLiteral("inspector-overload")));
        window.document.select({.components = {"app"}, .links = {}});
        retype(window.field("instances"), "4");
        QTest::keyClick(window.field("instances"), Qt::Key_Return);
        QTest::mouseClick(window.find<QToolButton>("cpu_s/by_type"), Qt::LeftButton);
        retype(window.field("cpu_s"), "17..20..24");
        QVERIFY(tests::pictures(window.inspector, QStringLiteral("inspector-app")));
        retype(window.field("instances"), "0");
        QVERIFY(tests::pictures(window.inspector, QStringLiteral("inspector-invalid")));
    }
};

PLIMSOLL_TEST(TestComponentPage);
#include "tst_component_page.moc"
