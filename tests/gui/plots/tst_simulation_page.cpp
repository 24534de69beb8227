// The judge's page by real events: run, see, cancel, and what an edit does to figures that were simulated before it.
#include "gui/document/document.h"
#include "gui/document/view_state.h"
#include "gui/plots/simulation_page.h"
#include "gui/theme/resources.h"
#include "gui/theme/theme.h"
#include "gui/widgets/word_box.h"
#include "models/edit/edit.h"
#include "models/exchange/templates.h"
#include "tests/support/test_registry.h"

#include <QApplication>
#include <QLabel>
#include <QPushButton>
#include <QStyleFactory>
#include <QTableWidget>
#include <QTest>

using namespace plimsoll;
using namespace plimsoll::gui;

namespace {

struct Bench {
    Document document;
    ViewState view;
    std::unique_ptr<Simulation> simulation;
    std::unique_ptr<SimulationPage> page;

    explicit Bench(const document::Project& project) {
        document.start(project);
        view.setScenario(project.scenarios.front()->id);
        simulation = std::make_unique<Simulation>(document, view);
        page = std::make_unique<SimulationPage>(*simulation);
        page->resize(800, 300);
        page->show();
        QApplication::setActiveWindow(page.get());
    }
    QPushButton* button() const { return page->findChild<QPushButton*>(QStringLiteral("simulateButton")); }
    QTableWidget* table() const { return page->findChild<QTableWidget*>(); }
    QString state() const {
        return page->findChild<QLabel*>(QStringLiteral("simulationState"))->toolTip();
    } // all of it
    void choose(int row) { page->findChild<WordBox*>()->setCurrentIndex(row); }
    void press() { QTest::mouseClick(button(), Qt::LeftButton); }
};

} // namespace

class TestSimulationPage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        loadResources();
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setPalette(paletteFor(lightTheme()));
        qApp->setStyleSheet(styleSheetFor(lightTheme()));
    }

    void runsAndShowsSolvedBesideSimulated() {
        Bench bench(*exchange::templateProject("web-shop"));
        QCOMPARE(bench.table()->rowCount(), 0);
        bench.choose(0);
        bench.press();
        QVERIFY(bench.simulation->isRunning());
        QCOMPARE(bench.button()->text(), QStringLiteral("Cancel"));
        QTRY_VERIFY_WITH_TIMEOUT(!bench.simulation->isRunning(), 60000);
        QVERIFY(bench.simulation->result()->isLast);
        QCOMPARE(bench.simulation->result()->requests, quint64{100'000});
        QVERIFY(bench.table()->rowCount() > 16);
        QCOMPARE(bench.table()->item(0, 0)->text(), QStringLiteral("Browse"));
        QCOMPARE(bench.table()->item(0, 6)->text(), QStringLiteral("inside")); // the mean is exact
        QVERIFY(bench.page->twin().contains(QStringLiteral("95 % interval")));
    }

    void anEditMakesTheFiguresOld() {
        Bench bench(*exchange::templateProject("web-shop"));
        bench.choose(0);
        bench.press();
        QTRY_VERIFY_WITH_TIMEOUT(!bench.simulation->isRunning(), 60000);
        QVERIFY(bench.simulation->isCurrent());
        bench.view.setLoadFactor(1.1);
        bench.page->refresh();
        QVERIFY(!bench.simulation->isCurrent());
        QVERIFY(!bench.table()->isEnabled());
        QVERIFY2(bench.state().contains(QStringLiteral("earlier")), qPrintable(bench.state()));
    }

    void cancelAnswersAndKeepsTheLastRound() {
        Bench bench(*exchange::templateProject("web-shop"));
        bench.choose(2); // ten million
        bench.press();
        QTRY_VERIFY_WITH_TIMEOUT(bench.simulation->result(), 60000); // the first hundredth
        bench.press();
        QTRY_VERIFY_WITH_TIMEOUT(!bench.simulation->isRunning(), 60000);
        QVERIFY(bench.simulation->wasCancelled());
        QVERIFY(!bench.simulation->result()->isLast);
        QVERIFY2(bench.state().startsWith(QStringLiteral("Stopped at")), qPrintable(bench.state()));
        QVERIFY(bench.table()->rowCount() > 0);
        QCOMPARE(bench.button()->text(), QStringLiteral("Simulate"));
    }

    /// Nothing that can be drawn is refused by the solver for good; where it does not converge, this is what is seen.
    void whatIsSimulatedButNotSolvedSaysWhy() {
        Bench bench(*exchange::templateProject("web-shop"));
        bench.choose(0);
        bench.press();
        QTRY_VERIFY_WITH_TIMEOUT(!bench.simulation->isRunning(), 60000);
        auto result = std::make_shared<Simulation::Result>(*bench.simulation->result());
        assess::Assessment unsolved;
        unsolved.revision = result->solved.revision;
        unsolved.project = result->solved.project;
        unsolved.scenario = result->solved.scenario;
        unsolved.loadFactor = result->solved.loadFactor;
        unsolved.problems = {{assess::Severity::Error, "no_convergence", "", "", "the shares still change"}};
        result->solved = unsolved;
        bench.simulation->take(result);
        QVERIFY(bench.simulation->result()->simulated.solved);
        QVERIFY(!bench.simulation->result()->solved.solved);
        QVERIFY2(bench.state().contains(QStringLiteral("not solved")), qPrintable(bench.state()));
        QVERIFY2(bench.state().contains(QStringLiteral("the shares still change")), qPrintable(bench.state()));
        QVERIFY2(bench.page->twin().contains(QStringLiteral("Simulated alone")), qPrintable(bench.page->twin()));
        QCOMPARE(bench.table()->item(0, 2)->text(), QStringLiteral("–"));
    }

    void whatCannotBeSimulatedIsSaid() {
        auto project = document::emptyProject("Nothing");
        document::Component users;
        users.id = "users";
        users.type = "clients";
        users.name = "Users";
        Bench bench(*edit::addComponent(project, project.scenarios.front()->id, users));
        bench.choose(0);
        bench.press();
        QTRY_VERIFY_WITH_TIMEOUT(!bench.simulation->isRunning(), 60000);
        QVERIFY2(!bench.state().isEmpty(), qPrintable(bench.state()));
        QCOMPARE(bench.simulation->result()->isLast, true);
    }
};

PLIMSOLL_TEST(TestSimulationPage);
#include "tst_simulation_page.moc"
