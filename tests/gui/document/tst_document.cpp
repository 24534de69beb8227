// The window's document: one undo command, merging, selection that comes back, files.
#include "gui/document/document.h"
#include "models/edit/edit.h"
#include "tests/support/test_registry.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

using namespace plimsoll;
using gui::Document;

namespace {

constexpr auto kScenario = "today";

edit::Result added(const Document& document, const char* type, double x = 0) {
    document::Component component;
    component.type = type;
    component.position = {x, 0};
    return edit::addComponent(document.project(), kScenario, component);
}

edit::Result instances(const Document& document, double count) {
    document::Numeric value;
    value.value = count;
    return edit::setParameter(document.project(), kScenario, "service", "instances", value);
}

} // namespace

class TestDocument : public QObject {
    Q_OBJECT
private slots:
    void undoGivesTheOldValueAndRedoTheNewTwiceOver() {
        Document document;
        const auto empty = document.project();
        QVERIFY(document.apply(QStringLiteral("add service"), added(document, "service")));
        const auto one = document.project();
        QVERIFY(document.apply(QStringLiteral("change instances"), instances(document, 7)));
        const auto two = document.project();
        QVERIFY(!(one == empty) && !(two == one));
        for (int round = 0; round < 2; ++round) {
            document.undoStack().undo();
            QVERIFY(document.project() == one);
            document.undoStack().undo();
            QVERIFY(document.project() == empty);
            document.undoStack().redo();
            QVERIFY(document.project() == one);
            document.undoStack().redo();
            QVERIFY(document.project() == two);
        }
    }

    void aDragMergesIntoOneStepAndDropsOutWhenItReturns() {
        Document document;
        QVERIFY(document.apply(QStringLiteral("add service"), added(document, "service")));
        QVERIFY(document.apply(QStringLiteral("set"), instances(document, 3)));
        const int before = document.undoStack().count();
        const auto start = document.project();
        for (const double value : {4, 5, 6})
            QVERIFY(document.apply(QStringLiteral("drag"), instances(document, value), QStringLiteral("slider")));
        QCOMPARE(document.undoStack().count(), before + 1);
        document.endMerge();
        for (const double value : {7, 8, 6})
            QVERIFY(document.apply(QStringLiteral("drag"), instances(document, value), QStringLiteral("slider")));
        QCOMPARE(document.undoStack().count(), before + 1); // 6 -> 7 -> 8 -> 6 is no step
        document.undoStack().undo();
        QVERIFY(document.project() == start);
    }

    void anErrorChangesNothingAndIsReported() {
        Document document;
        QSignalSpy refused(&document, &Document::refused);
        const auto before = document.project();
        const quint64 revision = document.revision();
        QVERIFY(!document.apply(QStringLiteral("add"), added(document, "teapot")));
        QCOMPARE(refused.count(), 1);
        QVERIFY(document.project() == before);
        QCOMPARE(document.revision(), revision);
        QVERIFY(!document.isModified());
    }

    void anEqualProjectMakesNoStep() {
        Document document;
        QVERIFY(document.apply(QStringLiteral("nothing"), edit::Result(document.project())));
        QCOMPARE(document.undoStack().count(), 0);
    }

    void theSelectionComesBackWithItsStep() {
        Document document;
        QVERIFY(document.apply(QStringLiteral("add"), added(document, "service"), {}, gui::Selection{{"service"}, {}}));
        QCOMPARE(document.selection().single(), document::Id("service"));
        document.select({});
        document.undoStack().undo();
        QVERIFY(document.selection().empty());
        document.undoStack().redo();
        QCOMPARE(document.selection().single(), document::Id("service"));
    }

    void undoingToTheSavedStateClearsTheMark() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.plimsoll"));
        Document document;
        QVERIFY(document.apply(QStringLiteral("add"), added(document, "service")));
        QVERIFY(document.isModified());
        QVERIFY(document.save(path));
        QVERIFY(!document.isModified());
        QVERIFY(document.apply(QStringLiteral("change"), instances(document, 9)));
        QVERIFY(document.isModified());
        document.undoStack().undo();
        QVERIFY(!document.isModified());
        QCOMPARE(document.path(), path);

        Document other;
        QVERIFY(other.open(path));
        QVERIFY(other.project() == document.project());
        QVERIFY(!other.isModified());
        QCOMPARE(other.undoStack().count(), 0);
    }

    void aFileThatCannotBeReadLeavesTheDocumentAlone() {
        Document document;
        QVERIFY(document.apply(QStringLiteral("add"), added(document, "service")));
        const auto before = document.project();
        QVERIFY(!document.open(QStringLiteral("no-such.plimsoll")));
        QVERIFY(document.project() == before);
        QVERIFY(document.isModified());
    }
};

PLIMSOLL_TEST(TestDocument);
#include "tst_document.moc"
