// The latency distribution: its numbers and words, and its drawing.
#include "gui/plots/latency_plot.h"
#include "gui/plots/latency_series.h"
#include "tests/gui/inspector/sample_shop.h"
#include "tests/support/test_registry.h"

using namespace plimsoll;

class TestLatency : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::prepareWindow(); }

    void theTailIsSeen() {
        const auto shown = gui::latencySeries(tests::sampleShop(), *tests::sampleFigures());
        QCOMPARE(shown.lines.size(), 2U);
        const auto& line = shown.lines[1];
        QCOMPARE(line.marks.size(), 4U);
        QCOMPARE(line.marks[2].label, QStringLiteral("p99"));
        QVERIFY(std::abs(line.marks[2].at.y() - 0.01) < 1e-12);
        QVERIFY(std::abs(line.marks[2].at.x() - 1000 * tests::samplePercentile(0.18, 1)) < 1e-6);
        for (std::size_t i = 1; i < line.tail.size(); ++i) {
            QVERIFY(line.tail[i].x() >= line.tail[i - 1].x());
            QVERIFY(line.tail[i].y() <= line.tail[i - 1].y());
        }
        QVERIFY(line.tail.back().y() >= 1e-4);
        QVERIFY(shown.lowest_ms > 0 && shown.highest_ms >= line.tail.back().x());
        QVERIFY(shown.twin.startsWith(QStringLiteral("1 in 100 Checkout requests takes longer than ")));
    }

    void withoutASteadyStateThereIsNone() {
        const auto shown = gui::latencySeries(tests::sampleShop(), *tests::sampleFigures(2.6));
        QVERIFY(shown.lines.empty());
        QVERIFY(shown.missing.contains(QStringLiteral("steady state")));
    }

    void looksRight() {
        gui::LatencyPlot plot;
        plot.resize(850, 228);
        plot.showSeries(gui::latencySeries(tests::sampleShop(), *tests::sampleFigures()));
        QVERIFY(tests::showActive(plot));
        QTest::qWait(1); // the replot that was asked for
        QVERIFY(tests::pictures(plot, QStringLiteral("latency")));
    }
};

PLIMSOLL_TEST(TestLatency);
#include "tst_latency.moc"
