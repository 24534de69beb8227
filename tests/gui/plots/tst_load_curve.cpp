// The load curve: its numbers and words, its axes, its gestures, its drawing as vectors.
#include "gui/document/simulation.h"
#include "gui/plots/axis_steps.h"
#include "gui/plots/label_places.h"
#include "gui/plots/load_curve_plot.h"
#include "gui/plots/load_curve_series.h"
#include "gui/plots/plot_export.h"
#include "gui/plots/plots_view.h"
#include "gui/plots/tickers.h"
#include "tests/gui/inspector/sample_shop.h"
#include "tests/support/test_registry.h"

#include <QLabel>
#include <QTemporaryDir>

using namespace plimsoll;
using gui::LoadCurveSeries;

namespace {

LoadCurveSeries series(double load = 1) {
    return gui::loadCurveSeries(tests::sampleShop(), *tests::sampleFigures(load), *tests::sampleCurve(), load);
}

struct Window : tests::Shop {
    gui::Simulation simulation{document, view};
    gui::PlotsView plots{document, view, figures, simulation};
    Window() { plots.resize(850, 260); }
    gui::LoadCurvePlot& curve() { return *plots.loadCurve(); }
    QPoint at(double load, int y = 120) { return {qRound(curve().chart().xOf(load)), y}; }
};

} // namespace

class TestLoadCurve : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::prepareWindow(); }

    void linesAndTargets() {
        const auto shown = series();
        QCOMPARE(shown.lines.size(), 2U);
        QCOMPARE(shown.lines[1].name, QStringLiteral("Checkout p99"));
        QCOMPARE(shown.lines[1].p99.size(), 59U);
        QVERIFY(std::abs(*gui::valueAt(shown.lines[1].p99, 1) - 1000 * tests::samplePercentile(0.18, 1)) < 0.5);
        QVERIFY(!gui::valueAt(shown.lines[1].p99, 1.4)); // the line stops, no vertical shoot
        QCOMPARE(shown.targets.size(), 2U);
        QCOMPARE(shown.targets[1].label, QStringLiteral("Checkout target 500 ms"));
        QCOMPARE(shown.targets[1].milliseconds, 500.0);
        QCOMPARE(shown.saturates, QStringLiteral("Orders DB"));
        QCOMPARE(*shown.safeLoad, 1.21);
    }

    void ranges() {
        const auto shown = series();
        QVERIFY(!shown.logarithmicLoad);
        QCOMPARE(shown.lowestLoad, 0.0);
        QCOMPARE(shown.highestLoad, 1.75); // as in the mock-up
        QVERIFY(shown.lowest_ms <= 17.0 / 2 && shown.lowest_ms >= 5);
        QCOMPARE(shown.highest_ms, 1000.0); // twice the highest target
        QCOMPARE(series(2.6).highestLoad, 3.0);
    }

    void aWideRangeIsLogarithmic() {
        auto figures = *tests::sampleFigures();
        auto curve = *tests::sampleCurve();
        figures.saturationLoadFactor.reset();
        for (auto& point : curve.points) point.loadFactor = 0.1 * std::pow(100, (point.loadFactor - 0.1) / 1.255);
        const auto shown = gui::loadCurveSeries(tests::sampleShop(), figures, curve);
        QVERIFY(shown.logarithmicLoad);
        QVERIFY(shown.lowestLoad > 0 && shown.highestLoad >= 10 * 0.9);
    }

    void theTwinSaysWhatHappens() {
        QCOMPARE(series().twin, QStringLiteral("Checkout p99 reaches 500 ms at ×1.21 (1 016/s)")
                                    .replace(QStringLiteral("1 016"), QStringLiteral("1\u2009016")));
        QCOMPARE(series(2.6).twin, QStringLiteral("Checkout p99 passes 500 ms at ×1.21; the load is ×2.60"));
        auto figures = *tests::sampleFigures();
        figures.targets.clear();
        QCOMPARE(gui::loadCurveSeries(tests::sampleShop(), figures, *tests::sampleCurve()).twin,
                 QStringLiteral("Orders DB saturates at ×1.36 (1\u2009142/s)"));
    }

    void whatIsMissingIsOneLine() {
        const auto empty = gui::loadCurveSeries(document::emptyProject(), {}, {});
        QVERIFY(empty.missing.contains(QStringLiteral("add Clients")));
        assess::Assessment failed;
        failed.problems = {{assess::Severity::Error, "loop", "", "", "Shop and Redis call each other"}};
        QCOMPARE(gui::loadCurveSeries(tests::sampleShop(), failed, {}).missing,
                 QStringLiteral("Shop and Redis call each other"));
        QVERIFY(series().missing.isEmpty());
    }

    void stepsAreRound_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("below");
        QTest::addColumn<double>("above");
        QTest::newRow("between") << 37.0 << 20.0 << 50.0;
        QTest::newRow("exact") << 50.0 << 50.0 << 50.0;
        QTest::newRow("small") << 0.0031 << 0.002 << 0.005;
        QTest::newRow("decade") << 1000.0 << 1000.0 << 1000.0;
        QTest::newRow("just over") << 1001.0 << 1000.0 << 2000.0;
    }
    void stepsAreRound() {
        QFETCH(double, value);
        QFETCH(double, below);
        QFETCH(double, above);
        QVERIFY(qFuzzyCompare(gui::stepAtMost(value), below));
        QVERIFY(qFuzzyCompare(gui::stepAtLeast(value), above));
    }

    void axisTexts() {
        QCOMPARE(gui::tickText(1000), QStringLiteral("1\u2009000"));
        QCOMPARE(gui::tickText(0.5), QStringLiteral("0.5"));
        QCOMPARE(gui::tickText(12'000'000), QStringLiteral("12\u2009000\u2009000"));
        QCOMPARE(gui::loadTickText(0.25, 0.25), QStringLiteral("×0.25"));
        QCOMPARE(gui::loadTickText(0.5, 0.5), QStringLiteral("×0.5"));
        QCOMPARE(gui::loadTickText(10, 10), QStringLiteral("×10"));
        QCOMPARE(gui::loadTickText(0, 0.5), QStringLiteral("0"));
        QCOMPARE(gui::niceStep(1.7, 7), 0.25);
        QCOMPARE(gui::latencyUnit(50'000).name, QStringLiteral("s"));
        QCOMPARE(gui::latencyUnit(0.5).name, QStringLiteral("µs"));
    }

    void labelsKeepApart() {
        const auto places = gui::spreadApart({100, 101, 200}, 16);
        QVERIFY(places[1] - places[0] >= 16);
        QCOMPARE(places[2], 200.0);
        const auto many = gui::spreadApart({5, 5, 5, 5}, 10);
        for (std::size_t i = 1; i < many.size(); ++i) QVERIFY(many[i] - many[i - 1] >= 10);
    }

    void thePresentLoadIsDragged() {
        Window window;
        QVERIFY(tests::showActive(window.plots));
        auto& curve = window.curve();
        QTest::mousePress(&curve, Qt::LeftButton, {}, window.at(1));
        QTest::mouseMove(&curve, window.at(1.3));
        QVERIFY(std::abs(window.view.loadFactor() - 1.3) < 0.02);
        QTest::mouseMove(&curve, window.at(1) + QPoint(3, 0)); // the detent at ×1
        QCOMPARE(window.view.loadFactor(), 1.0);
        QTest::mouseMove(&curve, window.at(0.5));
        QTest::mouseRelease(&curve, Qt::LeftButton, {}, window.at(0.5));
        QVERIFY(std::abs(window.view.loadFactor() - 0.5) < 0.02);
        QCOMPARE(window.document.undoStack().count(), 0); // view state
        window.view.setLoadFactor(1.1);                   // and the line follows the slider
        QVERIFY(std::abs(curve.chart().presentGrip().center().x() - curve.chart().xOf(1.1)) < 1);
    }

    void theWheelZoomsAboutThePointer() {
        Window window;
        QVERIFY(tests::showActive(window.plots));
        auto& curve = window.curve();
        const QPoint pointer = window.at(1.0);
        const double before = curve.chart().loadAt(pointer.x()), width = curve.xAxis->range().size();
        QWheelEvent wheel(pointer, curve.mapToGlobal(pointer), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                          Qt::NoScrollPhase, false);
        QApplication::sendEvent(&curve, &wheel);
        QVERIFY(curve.xAxis->range().size() < 0.75 * width);
        QVERIFY(std::abs(curve.chart().loadAt(pointer.x()) - before) < 1e-6);
        QTest::mouseDClick(&curve, Qt::LeftButton, {}, QPoint(400, 100));
        QCOMPARE(curve.xAxis->range().size(), width);
        for (int i = 0; i < 20; ++i) { // out: no further than the data and a tenth
            QWheelEvent out(pointer, curve.mapToGlobal(pointer), {}, {0, -480}, Qt::NoButton, Qt::NoModifier,
                            Qt::NoScrollPhase, false);
            QApplication::sendEvent(&curve, &out);
        }
        QVERIFY(curve.xAxis->range().upper <= 1.75 * 1.1 + 1e-9 && curve.xAxis->range().lower >= 0);
    }

    void exportsAreVectorsAndTables() {
        QTemporaryDir folder;
        const auto path = [&](const char* name) { return folder.filePath(QLatin1String(name)); };
        QVERIFY(gui::writePlot(series(), QStringLiteral("SVG"), path("a.svg")));
        QFile svg(path("a.svg"));
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QString drawn = QString::fromUtf8(svg.readAll());
        QVERIFY(drawn.contains(QStringLiteral("safe load")));
        QVERIFY(drawn.contains(QStringLiteral("Checkout target 500 ms")));
        QVERIFY(drawn.contains(QStringLiteral("Orders DB saturates at")));
        QVERIFY(!drawn.contains(QStringLiteral("<image"))); // nothing rastered
        QVERIFY(gui::writePlot(series(), QStringLiteral("PDF"), path("a.pdf")));
        QFile pdf(path("a.pdf"));
        QVERIFY(pdf.open(QIODevice::ReadOnly));
        QVERIFY(!pdf.readAll().contains("/Subtype /Image"));
        QVERIFY(gui::writePlot(series(), QStringLiteral("PNG"), path("a.png")));
        QCOMPARE(QImage(path("a.png")).size(), QSize(1520, 600));
        QVERIFY(!gui::writePlot(series(), QStringLiteral("SVG"), path("none/a.svg")));
        const QStringList rows = gui::curveAsCsv(series()).split('\n');
        QCOMPARE(rows.size(), 61); // head, 59 loads, the end
        QCOMPARE(rows[0], QStringLiteral("load_factor,requests_per_s,\"Browse p50_ms\",\"Browse p99_ms\",\"Checkout "
                                         "p50_ms\",\"Checkout p99_ms\""));
    }

    void tabsHaveTheirTwins() {
        Window window;
        QVERIFY(tests::showActive(window.plots));
        auto* twin = window.plots.findChild<QLabel*>(QStringLiteral("twin"));
        QVERIFY(twin->text().contains(QStringLiteral("500 ms")));
        window.plots.showTab(gui::PlotsView::Tab::Latency);
        QVERIFY(twin->text().startsWith(QStringLiteral("1 in 100 Checkout")));
    }

    void looksRight() {
        Window window;
        QVERIFY(tests::showActive(window.plots));
        QVERIFY(tests::pictures(window.plots, QStringLiteral("load-curve")));
        QTest::mouseMove(&window.curve(), window.at(1.15));
        QVERIFY(tests::pictures(window.plots, QStringLiteral("load-curve-readout")));
        window.view.setLoadFactor(2.6);
        window.figures.setAssessment(tests::sampleFigures(2.6));
        QVERIFY(tests::pictures(window.plots, QStringLiteral("load-curve-overload")));
        tests::Shop empty;
        gui::Figures none;
        empty.document.start(document::emptyProject());
        gui::Simulation simulation(empty.document, empty.view);
        gui::PlotsView plots(empty.document, empty.view, none, simulation);
        plots.resize(850, 260);
        QVERIFY(tests::showActive(plots));
        QVERIFY(tests::pictures(plots, QStringLiteral("load-curve-empty")));
    }
};

PLIMSOLL_TEST(TestLoadCurve);
#include "tst_load_curve.moc"
