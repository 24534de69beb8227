// What cards say and what floats over the canvas.
#include "gui/canvas/canvas_print.h"
#include "gui/canvas/overlays/start_page.h"
#include "gui/canvas/overlays/verdict_line.h"
#include "gui/canvas/paint/card_figure.h"
#include "gui/canvas/paint/link_painter.h"
#include "models/exchange/templates.h"
#include "tests/gui/canvas/canvas_fixture.h"
#include "tests/support/test_registry.h"

#include <QAbstractButton>
#include <QImage>
#include <QPainter>
#include <QPushButton>
#include <QUndoStack>

#include <set>

using namespace plimsoll;
using tests::CanvasFixture;
using tests::chain;

namespace {

/// An answer for the chain: the database is offered 140 %, the shop waits for it.
std::shared_ptr<assess::Assessment> overloaded(const document::Id& scenario) {
    auto answer = std::make_shared<assess::Assessment>();
    answer->solved = true;
    answer->scenario = scenario;
    answer->regime = flow::Regime::Overloaded;
    assess::ClassFigures requests;
    requests.id = "requests";
    requests.name = "Requests";
    requests.offered = perSecond(100);
    answer->classes = {requests};
    assess::ComponentFigures db, shop;
    db.id = db.name = "db";
    db.utilisation = 1;
    db.offeredUtilisation = 1.4;
    db.backlogGrowth = perSecond(40);
    db.saturationRank = 1;
    db.saturationLoadFactor = 0.7;
    shop.id = shop.name = "shop";
    shop.utilisation = shop.offeredUtilisation = 0.5;
    shop.becauseOf = "db";
    shop.saturationRank = 2;
    shop.saturationLoadFactor = 12; // later than at x10: no chip
    answer->components = {shop, db};
    answer->links = {{"users", "shop", perSecond(100), perSecond(100), {}},
                     {"shop", "db", perSecond(100), perSecond(60), {}}};
    answer->problems = {{assess::Severity::Warning, "w", "db", "", ""}, {assess::Severity::Error, "e", "db", "", ""}};
    return answer;
}

const gui::CardFigure& figureOf(CanvasFixture& canvas, const document::Id& id) {
    return canvas.view->canvasScene().card(id)->figure();
}

} // namespace

class TestOverlays : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::wearLightTheme(); }
    void cardsSayWhatIsKnown();
    void figuresOfAnotherScenarioAreNotShown();
    void linksSayWhatIsLost();
    void verdictNamesTheCause();
    void verdictLeadsBackToOne();
    void startPageComesAndGoes();
    void startPageOffersTemplatesAndFiles();
    void withoutClientsItSaysSo();
    void legendDimsTheOtherSteps();
    void stripTracesOneRequestType();
    void minimapWhereSomethingLiesOutside();
    void printedCanvasIsInsideItsTarget();
};

void TestOverlays::cardsSayWhatIsKnown() {
    CanvasFixture canvas(chain());
    QCOMPARE(figureOf(canvas, "db").key, QStringLiteral("–")); // no figures yet: a dash, not a zero
    QVERIFY(!figureOf(canvas, "db").bar);
    canvas.figures.setAssessment(overloaded(canvas.viewState.scenario()));
    const auto& db = figureOf(canvas, "db");
    QCOMPARE(db.key, QStringLiteral("140 %"));
    QCOMPARE(db.keySuffix, QStringLiteral("offered"));
    QCOMPARE(db.step, std::optional(4));
    QCOMPARE(db.rank, 1);
    QCOMPARE(db.badge.count, 2);
    QVERIFY(db.badge.severity == assess::Severity::Error); // the worst gives the shape
    QVERIFY(db.note.tone == gui::CardFigure::Tone::Error);
    QCOMPARE(db.note.text, QStringLiteral("Backlog grows 40.0/s"));
    const auto& shop = figureOf(canvas, "shop");
    QCOMPARE(shop.rank, 0);
    QVERIFY(shop.note.tone == gui::CardFigure::Tone::Warning);
    QVERIFY(shop.note.text.endsWith(QStringLiteral("db")));
    QCOMPARE(figureOf(canvas, "users").key, QStringLiteral("100/s"));
    QCOMPARE(figureOf(canvas, "users").second, QStringLiteral("no steady state"));
    canvas.viewState.setOverlay(gui::Overlay::Cost);
    QCOMPARE(figureOf(canvas, "db").key, QStringLiteral("–"));
    QVERIFY(!figureOf(canvas, "db").step);
}

void TestOverlays::figuresOfAnotherScenarioAreNotShown() {
    CanvasFixture canvas(chain());
    canvas.figures.setAssessment(overloaded("elsewhere"));
    QCOMPARE(figureOf(canvas, "db").key, QStringLiteral("–"));
}

void TestOverlays::linksSayWhatIsLost() {
    const auto project = chain();
    const auto links = gui::linkFigures(project, *project.scenarios.front(), overloaded("").get(), {});
    QCOMPARE(links.size(), std::size_t{2});
    QCOMPARE(links[0].lost, 0.0);
    QVERIFY(qAbs(links[1].lost - 0.4) < 1e-12);
    QVERIFY(links[1].label.contains(QStringLiteral("lost")));
    QVERIFY(links[0].width > links[1].width);
    const auto unknown = gui::linkFigures(project, *project.scenarios.front(), nullptr, {});
    QVERIFY(!unknown[0].idle); // not known is not zero
}

void TestOverlays::verdictNamesTheCause() {
    const auto [verdict, detail] = gui::verdictOf(*overloaded(""));
    QCOMPARE(verdict, QStringLiteral("db is offered 140 % of what it can do."));
    QCOMPARE(detail, QStringLiteral("Requests waits longer and longer."));
    auto steady = *overloaded("");
    steady.regime = flow::Regime::Steady;
    QVERIFY(gui::verdictOf(steady).first.isEmpty());
}

void TestOverlays::verdictLeadsBackToOne() {
    CanvasFixture canvas(chain());
    auto* line = canvas.view->findChild<QWidget*>(QStringLiteral("verdictLine"));
    QVERIFY(!line->isVisible());
    canvas.viewState.setLoadFactor(3);
    canvas.figures.setAssessment(overloaded(canvas.viewState.scenario()));
    QVERIFY(line->isVisible());
    QCOMPARE(line->height(), 36);
    line->findChild<QPushButton*>()->click();
    QCOMPARE(canvas.viewState.loadFactor(), 1.0);
}

void TestOverlays::startPageComesAndGoes() {
    CanvasFixture canvas;
    auto* start = canvas.view->findChild<QWidget*>(QStringLiteral("startPage"));
    auto* legend = canvas.view->findChild<QWidget*>(QStringLiteral("legend"));
    QVERIFY(start->isVisible());
    QVERIFY(!legend->isVisible());
    canvas.drop("clients", {0, 0});
    QVERIFY(!start->isVisible());
    QVERIFY(legend->isVisible());
    canvas.document.undoStack().undo();
    QVERIFY(start->isVisible());
}

void TestOverlays::startPageOffersTemplatesAndFiles() {
    CanvasFixture canvas;
    QSignalSpy wanted(canvas.view.get(), &gui::CanvasView::templateRequested);
    QSignalSpy open(canvas.view.get(), &gui::CanvasView::openRequested);
    QSignalSpy file(canvas.view.get(), &gui::CanvasView::fileRequested);
    for (const auto& entry : exchange::templates()) {
        auto* card =
            canvas.view->findChild<QAbstractButton*>(QStringLiteral("template_") + QString::fromStdString(entry.id));
        QVERIFY(card && card->isVisible());
        QTest::mouseClick(card, Qt::LeftButton);
        QCOMPARE(wanted.back().front().toString().toStdString(), entry.id);
    }
    QTest::mouseClick(canvas.view->findChild<QPushButton*>(QStringLiteral("openFile")), Qt::LeftButton);
    QCOMPARE(open.count(), 1);
    canvas.view->setRecentFiles({{QStringLiteral("/tmp/shop.plimsoll"), QStringLiteral("yesterday"), {}, false}});
    QCoreApplication::processEvents();
    for (auto* row : canvas.view->findChildren<QAbstractButton*>())
        if (row->text() == QStringLiteral("shop.plimsoll")) QTest::mouseClick(row, Qt::LeftButton);
    QCOMPARE(file.count(), 1);
    // "Empty project": the line that says how to begin stays, the hero goes, A adds.
    QTest::mouseClick(canvas.view->findChild<QPushButton*>(QStringLiteral("emptyProject")), Qt::LeftButton);
    QVERIFY(!canvas.view->findChild<QPushButton*>(QStringLiteral("emptyProject"))->isVisible());
    canvas.key(Qt::Key_A);
    canvas.type(QStringLiteral("clients"));
    canvas.key(Qt::Key_Return);
    QCOMPARE(canvas.scenario().components.size(), std::size_t{1});
}

void TestOverlays::withoutClientsItSaysSo() {
    CanvasFixture canvas;
    canvas.drop("service", {0, 0});
    auto* bar = canvas.view->findChild<QWidget*>(QStringLiteral("missingBar"));
    QVERIFY(bar->isVisible());
    bar->findChild<QPushButton*>()->click();
    QCOMPARE(canvas.scenario().components.back()->type, "clients");
    QVERIFY(!bar->isVisible());
}

void TestOverlays::legendDimsTheOtherSteps() {
    CanvasFixture canvas(chain());
    canvas.figures.setAssessment(overloaded(canvas.viewState.scenario()));
    auto* legend = canvas.view->findChild<QWidget*>(QStringLiteral("legend"));
    QTest::mouseMove(legend, QPoint(legend->width() - 20, legend->height() - 14)); // the last step
    QCOMPARE(canvas.view->canvasScene().look().onlyStep, std::optional(4));
    QVERIFY(canvas.view->canvasScene().card("shop")->look().dimmed);
    QVERIFY(!canvas.view->canvasScene().card("db")->look().dimmed);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(legend, &leave);
    QVERIFY(!canvas.view->canvasScene().look().onlyStep);
}

void TestOverlays::stripTracesOneRequestType() {
    CanvasFixture canvas(chain());
    auto* strip = canvas.view->findChild<QWidget*>(QStringLiteral("requestStrip"));
    QVERIFY(strip->isVisible());
    QTest::mouseClick(strip, Qt::LeftButton, {}, QPoint(strip->width() - 30, strip->height() / 2));
    QCOMPARE(canvas.viewState.tracedClass(), "requests");
    QTest::mouseClick(strip, Qt::LeftButton, {}, QPoint(strip->width() - 30, strip->height() / 2));
    QCOMPARE(canvas.viewState.tracedClass(), "");
}

void TestOverlays::minimapWhereSomethingLiesOutside() {
    CanvasFixture canvas(chain());
    auto* map = canvas.view->findChild<QWidget*>(QStringLiteral("minimap"));
    QVERIFY(!map->isVisible());
    canvas.view->camera().panBy({400, 0});
    QVERIFY(map->isVisible());
    QTest::mouseClick(map, Qt::LeftButton, {}, map->rect().center());
    QVERIFY(QLineF(canvas.view->camera().seen().center(), gui::boundsOf(canvas.scenario()).center()).length() < 20);
    QVERIFY(!map->isVisible());
}

void TestOverlays::printedCanvasIsInsideItsTarget() {
    const auto project = chain();
    const auto scenario = project.scenarios.front()->id;
    const auto answer = overloaded(scenario);
    QVERIFY(gui::sceneBounds(project, scenario, answer.get()).contains(gui::boundsOf(*project.scenarios.front())));
    QVERIFY(gui::sceneBounds(document::emptyProject(), scenario).isNull());
    QImage image(400, 300, QImage::Format_RGB32);
    image.fill(Qt::white);
    const QRect target(50, 40, 300, 200);
    {
        QPainter painter(&image);
        gui::paintCanvas(painter, project, scenario, answer.get(), gui::lightTheme(), target);
    }
    std::set<QRgb> inside;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x) {
            if (target.adjusted(-1, -1, 1, 1).contains(x, y))
                inside.insert(image.pixel(x, y));
            else
                QCOMPARE(image.pixel(x, y), qRgb(255, 255, 255));
        }
    QVERIFY(inside.size() > 20);
}

PLIMSOLL_TEST(TestOverlays);
#include "tst_overlays.moc"
