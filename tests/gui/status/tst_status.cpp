// The status bar: what it says, and where its buttons lead.
#include "gui/status/status_bar_view.h"
#include "gui/status/status_button.h"
#include "gui/status/status_items.h"
#include "tests/gui/inspector/sample_shop.h"
#include "tests/support/test_registry.h"

#include <QSignalSpy>

using namespace plimsoll;
using gui::StatusBarView;
using gui::StatusItem;
using Kind = StatusItem::Kind;
using Tone = StatusItem::Tone;

namespace {

StatusItem item(Kind kind, double load = 1, const std::vector<assess::Problem>& problems = {}) {
    return gui::statusItems(tests::sampleShop(), tests::sampleFigures(load).get(), problems,
                            load)[static_cast<std::size_t>(kind)];
}

} // namespace

class TestStatus : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::prepareWindow(); }

    void atEase() {
        QCOMPARE(item(Kind::Latency).after, QStringLiteral("Checkout")); // nearest to its target
        QCOMPARE(item(Kind::Latency).tone, Tone::Good);
        QCOMPARE(item(Kind::Targets).figure, QStringLiteral("2 of 2 met"));
        QCOMPARE(item(Kind::SafeLoad).figure, QStringLiteral("×1.21"));
        QCOMPARE(item(Kind::SafeLoad).tone, Tone::Plain);
        QCOMPARE(item(Kind::Bottleneck).figure, QStringLiteral("Orders DB"));
        QCOMPARE(item(Kind::Bottleneck).after, QStringLiteral("CPU"));
        QCOMPARE(item(Kind::Cost).figure, QString(QChar(0x2013))); // unknown, not zero
        QVERIFY(!item(Kind::Cost).after.isEmpty());
        QCOMPARE(item(Kind::Problems).before, QStringLiteral("No problems"));
        QVERIFY(item(Kind::SolveTime).before.startsWith(QStringLiteral("Solved in 400")));
    }

    void inTrouble() {
        QCOMPARE(item(Kind::Latency, 2.6).figure, QStringLiteral("no steady state"));
        QCOMPARE(item(Kind::Latency, 2.6).tone, Tone::Error);
        QCOMPARE(item(Kind::Targets, 2.6).figure, QStringLiteral("0 of 2 met"));
        QCOMPARE(item(Kind::Targets, 2.6).tone, Tone::Error);
        QCOMPARE(item(Kind::SafeLoad, 2.6).after, QStringLiteral("load is ×2.60"));
        const std::vector<assess::Problem> problems{{assess::Severity::Error, "a", "", "", "first"},
                                                    {assess::Severity::Warning, "b", "", "", "second"},
                                                    {assess::Severity::Hint, "c", "", "", "third"},
                                                    {assess::Severity::Hint, "d", "", "", "fourth"}};
        QCOMPARE(item(Kind::Problems, 1, problems).before, QStringLiteral("1 problem, 1 warning, 2 hints"));
        QCOMPARE(item(Kind::Problems, 1, problems).tone, Tone::Error);
    }

    void withoutFiguresThereAreDashes() {
        const auto items = gui::statusItems(document::emptyProject(), nullptr, {}, 1);
        QCOMPARE(items.size(), 7U);
        for (std::size_t i = 0; i <= static_cast<std::size_t>(Kind::Cost); ++i)
            QCOMPARE(items[i].figure, QString(QChar(0x2013)));
        QVERIFY(items[1].after.contains(QStringLiteral("safe load")));
    }

    void buttonsLeadToTheCause() {
        tests::Shop shop;
        StatusBarView bar(shop.document, shop.view, shop.figures);
        bar.resize(1200, 28);
        QVERIFY(tests::showActive(bar));
        QSignalSpy component(&bar, &StatusBarView::componentActivated), type(&bar, &StatusBarView::classActivated),
            targets(&bar, &StatusBarView::targetsActivated), load(&bar, &StatusBarView::loadCurveActivated),
            problems(&bar, &StatusBarView::problemsActivated);
        const auto press = [&](Kind kind) { QTest::mouseClick(bar.button(static_cast<int>(kind)), Qt::LeftButton); };
        for (const Kind kind :
             {Kind::Latency, Kind::Targets, Kind::SafeLoad, Kind::Bottleneck, Kind::Problems, Kind::SolveTime})
            press(kind);
        QCOMPARE(component.count(), 1);
        QCOMPARE(component[0][0].toString(), QStringLiteral("db"));
        QCOMPARE(type[0][0].toString(), QStringLiteral("checkout"));
        QCOMPARE(targets.count() + load.count() + problems.count(), 3);
        bar.button(3)->setFocus();
        QTest::keyClick(bar.button(3), Qt::Key_Space);
        QCOMPARE(component.count(), 2);
    }

    void looksRight() {
        tests::Shop shop;
        StatusBarView bar(shop.document, shop.view, shop.figures);
        bar.resize(1280, 28);
        QVERIFY(tests::showActive(bar));
        QVERIFY(tests::pictures(bar, QStringLiteral("status")));
        shop.view.setLoadFactor(2.6);
        shop.figures.setAssessment(tests::sampleFigures(2.6));
        QVERIFY(tests::pictures(bar, QStringLiteral("status-overload")));
    }
};

PLIMSOLL_TEST(TestStatus);
#include "tst_status.moc"
