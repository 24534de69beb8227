// The worker: figures follow the document, the last good ones stay while there are none, the newest wins.
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/runner.h"
#include "gui/document/view_state.h"
#include "models/edit/edit.h"
#include "models/exchange/templates.h"
#include "tests/support/test_registry.h"

#include <QSignalSpy>
#include <QtTest>

using namespace plimsoll;

namespace {

struct Bench {
    gui::Document document;
    gui::ViewState view;
    gui::Figures figures;
    std::unique_ptr<gui::Runner> runner;

    Bench() {
        auto shop = exchange::templateProject("web-shop");
        Q_ASSERT(shop);
        document.start(std::move(*shop));
        view.setScenario(document.project().scenarios.front()->id);
        runner = std::make_unique<gui::Runner>(document, view, figures);
    }
    bool settled() {
        return QTest::qWaitFor(
            [this] {
                return runner->idle() && figures.assessment() && !figures.stale() &&
                       figures.assessment()->revision == document.revision() &&
                       figures.assessment()->loadFactor == view.loadFactor();
            },
            20000);
    }
    std::string service() const {
        for (const auto& component : document.project().scenarios.front()->components)
            if (component->type == "service") return component->id;
        return {};
    }
    bool setInstances(double count) {
        document::Numeric value;
        value.value = count;
        return document.apply(QStringLiteral("change instances"),
                              edit::setParameter(document.project(), view.scenario(), service(), "instances", value));
    }
};

} // namespace

class TestRunner : public QObject {
    Q_OBJECT
private slots:
    void figuresFollowAnEditAndItsUndo() {
        Bench bench;
        QVERIFY(bench.settled());
        const double before = bench.figures.assessment()->component(bench.service())->utilisation.value();
        QVERIFY(bench.setInstances(8));
        QVERIFY(bench.settled());
        const double after = bench.figures.assessment()->component(bench.service())->utilisation.value();
        QVERIFY2(after < before, qPrintable(QStringLiteral("%1 -> %2").arg(before).arg(after)));
        bench.document.undoStack().undo();
        QVERIFY(bench.settled());
        QCOMPARE(bench.figures.assessment()->component(bench.service())->utilisation.value(), before);
    }

    void figuresFollowTheLoadAndSafeLoadStays() {
        Bench bench;
        QVERIFY(bench.settled());
        QTRY_VERIFY_WITH_TIMEOUT(bench.figures.assessment()->safeLoadFactor.has_value(), 20000);
        const auto safe = bench.figures.assessment()->safeLoadFactor;
        const double p99 = bench.figures.assessment()->classes.front().latency->quantile[3].count();
        bench.view.setLoadFactor(0.5);
        QVERIFY(bench.settled());
        QVERIFY(bench.figures.assessment()->classes.front().latency->quantile[3].count() < p99);
        QCOMPARE(bench.figures.assessment()->safeLoadFactor, safe);
    }

    void theCurveArrives() {
        Bench bench;
        QTRY_VERIFY_WITH_TIMEOUT(bench.figures.curve() != nullptr, 20000);
        QVERIFY(bench.figures.curve()->points.size() > 10);
    }

    void aBurstOfEditsEndsWithTheFiguresOfTheLast() {
        Bench bench;
        for (int count = 2; count < 60; ++count) {
            QVERIFY(bench.setInstances(count));
            QCoreApplication::processEvents();
        }
        QVERIFY(bench.settled());
        const auto* figures = bench.figures.assessment();
        Bench direct;
        QVERIFY(direct.setInstances(59));
        QVERIFY(direct.settled());
        QCOMPARE(figures->component(bench.service())->utilisation.value(),
                 direct.figures.assessment()->component(bench.service())->utilisation.value());
    }
};

PLIMSOLL_TEST(TestRunner);
#include "tst_runner.moc"
