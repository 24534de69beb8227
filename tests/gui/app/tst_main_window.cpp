// The assembled window by real mouse and key events: from nothing to a saved project and back, and what may not be
// lost.
#include "gui/app/appearance.h"
#include "gui/app/main_window.h"
#include "gui/app/toast.h"
#include "gui/canvas/canvas_view.h"
#include "gui/inspector/inspector_view.h"
#include "gui/palette/palette_list.h"
#include "gui/theme/resources.h"
#include "gui/toolbar/load_slider.h"
#include "gui/widgets/unit_field.h"
#include "models/exchange/project_json.h"
#include "tests/support/test_registry.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QFileDialog>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

using namespace plimsoll;
using namespace plimsoll::gui;

namespace {

/// The window, shown, with the events that a person makes in it.
struct Bench {
    Appearance appearance{QStringLiteral("light")};
    MainWindow window{appearance};
    int events = 0;

    Bench() {
        window.show();
        QApplication::setActiveWindow(&window);
    }
    template <class T> T* find(const char* name = "") const { return window.findChild<T*>(QLatin1String(name)); }
    CanvasView* canvas() const { return window.findChild<CanvasView*>(); }
    const document::Project& project() { return window.document().project(); }
    const document::Scenario& scenario() { return *project().scenarios.front(); }
    QUndoStack& undoStack() { return window.document().undoStack(); }

    /// From the palette, as people add: the component comes right of the selection, linked.
    void addFromPalette(const char* type) {
        auto* list = window.findChild<PaletteList*>();
        const QPoint at = list->rectOf(QLatin1String(type)).center();
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, at);
        QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, at);
        events += 6; // press, release, and press, release, double-click, release
    }
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) {
        QApplication::setActiveWindow(&window); // a dialog may have been there
        QWidget* focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : &window, key, modifiers);
        ++events;
    }
    void type(const char* field, const char* text) {
        auto* edit = find<UnitField>(field);
        QVERIFY(edit);
        QTest::mouseClick(edit, Qt::LeftButton);
        edit->selectAll();
        QTest::keyClicks(edit, QLatin1String(text));
        QTest::keyClick(edit, Qt::Key_Return);
    }
    void buildThree() {
        for (const char* type : {"clients", "service", "sql_database"}) addFromPalette(type);
    }
    /// Whether the figures that are shown are those of the project as it stands.
    bool isSettled() {
        const auto* shown = window.figures().assessment();
        return shown && shown->revision == window.document().revision() && !window.figures().stale();
    }
    double utilisation(std::size_t component) {
        const auto* shown = window.figures().assessment();
        const auto* figures = shown ? shown->component(scenario().components[component]->id) : nullptr;
        return figures && figures->utilisation ? *figures->utilisation : -1;
    }
    /// Types a path into the file dialog that is open.
    void answerFileDialog(const QString& path) {
        QTRY_VERIFY(find<QFileDialog>("fileDialog"));
        auto* dialog = find<QFileDialog>("fileDialog");
        auto* name = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
        QVERIFY(name);
        name->setText(path); // typed, a completer's popup would take the Enter
        const auto* buttons = dialog->findChild<QDialogButtonBox*>();
        QTest::mouseClick(buttons->buttons().front(), Qt::LeftButton);
        QTRY_VERIFY(!find<QFileDialog>("fileDialog"));
    }
    void answerQuestion(QMessageBox::StandardButton button) {
        QTRY_VERIFY(find<QMessageBox>("unsavedQuestion"));
        QTest::mouseClick(find<QMessageBox>("unsavedQuestion")->button(button), Qt::LeftButton);
        QTRY_VERIFY(!find<QMessageBox>("unsavedQuestion"));
    }
};

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        QSettings::setDefaultFormat(QSettings::IniFormat);
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder.path());
        QCoreApplication::setOrganizationName(QStringLiteral("plimsoll-test"));
        loadResources();
    }
    void init() { QSettings().clear(); }

    void fromNothingToThreeLinkedCards();
    void figuresFollowAParameter();
    void figuresFollowTheLoadWhileItIsDragged();
    void undoToNothingAndBack();
    void savedAndReopenedItIsEqual();
    void closingAsksAboutUnsavedChanges_data();
    void closingAsksAboutUnsavedChanges();
    void openingAsksAboutUnsavedChanges();
    void whatCannotBeOpenedChangesNothing();
    void nonsenseInAFieldKeepsTheFigures();

private:
    QString path(const char* name) const { return m_folder.filePath(QLatin1String(name)); }
    QTemporaryDir m_folder;
};

void TestMainWindow::fromNothingToThreeLinkedCards() {
    Bench bench;
    QVERIFY(bench.scenario().components.empty());
    QVERIFY(bench.find<QWidget>("inspector")->isHidden() || !bench.find<QWidget>("inspector")->isVisible());
    bench.buildThree();
    const auto& components = bench.scenario().components;
    QCOMPARE(components.size(), std::size_t{3});
    QVERIFY(document::findLink(bench.scenario(), components[0]->id, components[1]->id));
    QVERIFY(document::findLink(bench.scenario(), components[1]->id, components[2]->id));
    QVERIFY2(bench.events <= 25, qPrintable(QString::number(bench.events)));
    QVERIFY(bench.find<QWidget>("inspector")->isVisible());
    QTRY_VERIFY(bench.isSettled());
    QVERIFY(bench.window.figures().assessment()->solved);
    QVERIFY(bench.utilisation(1) > 0);
}

void TestMainWindow::figuresFollowAParameter() {
    Bench bench;
    bench.buildThree();
    QTRY_VERIFY(bench.isSettled());
    const double before = bench.utilisation(2);
    QVERIFY(before > 0);
    const auto* database = document::findComponent(bench.scenario(), bench.scenario().components[2]->id);
    bench.window.document().select({{database->id}, {}});
    bench.type("cores", "1");
    bench.type("cores", "3");
    QTRY_VERIFY(bench.isSettled());
    const double three = bench.utilisation(2);
    bench.type("cores", "6");
    QTRY_VERIFY(bench.isSettled());
    QVERIFY2(std::abs(bench.utilisation(2) * 2 - three) < 1e-9, qPrintable(QString::number(bench.utilisation(2))));
}

void TestMainWindow::figuresFollowTheLoadWhileItIsDragged() {
    Bench bench;
    bench.buildThree();
    QTRY_VERIFY(bench.isSettled());
    const double before = bench.utilisation(1);
    auto* slider = bench.window.findChild<LoadSlider*>();
    const auto at = [&](double factor) { return QPoint(qRound(slider->xOf(factor)), 18); };
    QTest::mousePress(slider, Qt::LeftButton, {}, at(1));
    QTest::mouseMove(slider, at(1.5));
    QTest::mouseMove(slider, at(2));
    QTRY_VERIFY(bench.window.figures().assessment()->loadFactor > 1.5); // the button is still down
    const double factor = bench.window.figures().assessment()->loadFactor;
    QVERIFY(std::abs(bench.utilisation(1) - before * factor) < 1e-9);
    QTest::mouseRelease(slider, Qt::LeftButton, {}, at(2));
    QCOMPARE(bench.undoStack().count(), 3); // the load is how one looks at the project, not a change to it
}

void TestMainWindow::undoToNothingAndBack() {
    Bench bench;
    bench.buildThree();
    bench.type("cores", "3");
    const document::Project built = bench.project();
    bench.canvas()->setFocus();
    for (int i = 0; i < 50 && bench.undoStack().canUndo(); ++i) bench.key(Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(bench.scenario().components.empty());
    QVERIFY(bench.project().classes.empty());
    QTRY_VERIFY(!bench.find<QWidget>("inspector")->isVisible());
    for (int i = 0; i < 50 && bench.undoStack().canRedo(); ++i)
        bench.key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(bench.project() == built);
    QTRY_VERIFY(bench.isSettled());
}

void TestMainWindow::savedAndReopenedItIsEqual() {
    const QString file = path("round.plimsoll");
    Bench bench;
    bench.buildThree();
    bench.canvas()->setFocus();
    QVERIFY(bench.window.isWindowModified());
    bench.key(Qt::Key_S, Qt::ControlModifier);
    bench.answerFileDialog(file);
    QTRY_VERIFY(!bench.window.isWindowModified());
    const document::Project saved = bench.project();
    Bench other;
    QVERIFY(other.window.open(file));
    QVERIFY(other.project() == saved);
    QVERIFY(!other.window.isWindowModified());
    QCOMPARE(other.undoStack().count(), 0);
    QTRY_VERIFY(other.isSettled());
    QCOMPARE(other.utilisation(1), bench.utilisation(1));
}

void TestMainWindow::closingAsksAboutUnsavedChanges_data() {
    QTest::addColumn<int>("answer");
    QTest::addColumn<bool>("closes");
    QTest::addColumn<bool>("saves");
    QTest::newRow("save") << int(QMessageBox::Save) << true << true;
    QTest::newRow("discard") << int(QMessageBox::Discard) << true << false;
    QTest::newRow("cancel") << int(QMessageBox::Cancel) << false << false;
}

void TestMainWindow::closingAsksAboutUnsavedChanges() {
    QFETCH(const int, answer);
    QFETCH(const bool, closes);
    QFETCH(const bool, saves);
    const QString file = path("close.plimsoll");
    QFile::remove(file);
    Bench bench;
    bench.buildThree();
    const auto built = bench.project();
    QVERIFY(!bench.window.close());
    bench.answerQuestion(QMessageBox::StandardButton(answer));
    if (saves) bench.answerFileDialog(file);
    QTRY_COMPARE(bench.window.isVisible(), !closes);
    QCOMPARE(QFile::exists(file), saves);
    QVERIFY(bench.project() == built);
    if (!closes) {
        bench.undoStack().setClean();
        QVERIFY(bench.window.close());
    }
}

void TestMainWindow::openingAsksAboutUnsavedChanges() {
    Bench bench;
    bench.buildThree();
    const auto built = bench.project();
    bench.canvas()->setFocus();
    bench.key(Qt::Key_N, Qt::ControlModifier);
    bench.answerQuestion(QMessageBox::Cancel);
    QVERIFY(bench.project() == built);
    bench.key(Qt::Key_N, Qt::ControlModifier);
    bench.answerQuestion(QMessageBox::Discard);
    QTRY_VERIFY(bench.scenario().components.empty());
    bench.key(Qt::Key_N, Qt::ControlModifier);
    QVERIFY(!bench.find<QMessageBox>("unsavedQuestion")); // nothing would be lost
}

void TestMainWindow::whatCannotBeOpenedChangesNothing() {
    const QString file = path("nonsense.plimsoll");
    QFile bad(file);
    QVERIFY(bad.open(QIODevice::WriteOnly));
    bad.write("not a project");
    bad.close();
    Bench bench;
    QVERIFY(bench.window.open(QStringLiteral("template:web-shop")));
    const auto before = bench.project();
    bench.canvas()->setFocus();
    bench.key(Qt::Key_O, Qt::ControlModifier);
    bench.answerFileDialog(file);
    QTRY_VERIFY(bench.window.findChild<Toast*>());
    QVERIFY(bench.window.findChild<Toast*>()->text().contains(QLatin1String("nonsense.plimsoll")));
    QVERIFY(bench.project() == before);
    QVERIFY(bad.open(QIODevice::ReadOnly));
    QCOMPARE(bad.readAll(), QByteArray("not a project"));
}

void TestMainWindow::nonsenseInAFieldKeepsTheFigures() {
    Bench bench;
    bench.buildThree();
    QTRY_VERIFY(bench.isSettled());
    const auto before = bench.project();
    const double busy = bench.utilisation(2);
    const int steps = bench.undoStack().count();
    bench.type("cores", "0");
    auto* field = bench.find<UnitField>("cores");
    QVERIFY2(field->problem().contains(QLatin1String("1")), qPrintable(field->problem())); // the allowed range
    bench.type("cores", "teapot");
    QVERIFY(!field->problem().isEmpty());
    QVERIFY(bench.project() == before);
    QCOMPARE(bench.undoStack().count(), steps);
    QVERIFY(bench.isSettled());
    QCOMPARE(bench.utilisation(2), busy);
}

PLIMSOLL_TEST(TestMainWindow);
#include "tst_main_window.moc"
