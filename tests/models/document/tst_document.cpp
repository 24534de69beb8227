// Ids, errors as text, and look-ups of the document's values.
#include "models/document/error.h"
#include "models/document/project.h"
#include "tests/support/test_registry.h"

#include <QtTest>

using namespace plimsoll;
using namespace plimsoll::document;

class DocumentTest : public QObject {
    Q_OBJECT
private slots:
    void ids_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isIdOne");
        QTest::newRow("plain") << "orders-db_2" << true;
        QTest::newRow("one character") << "a" << true;
        QTest::newRow("64 characters") << QString(64, 'x') << true;
        QTest::newRow("65 characters") << QString(65, 'x') << false;
        QTest::newRow("empty") << "" << false;
        QTest::newRow("capital") << "Orders" << false;
        QTest::newRow("blank") << "orders db" << false;
        QTest::newRow("dot") << "orders.db" << false;
        QTest::newRow("arrow") << "a>b" << false;
        QTest::newRow("not ASCII") << QString::fromUtf8("käse") << false;
        QTest::newRow("line break") << "a\n" << false;
    }
    void ids() {
        QFETCH(QString, text);
        QFETCH(bool, isIdOne);
        QCOMPARE(isId(text.toStdString()), isIdOne);
    }

    void idsFromText_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("id");
        QTest::newRow("words") << "Orders DB" << "orders-db";
        QTest::newRow("number") << "Service 2" << "service-2";
        QTest::newRow("runs of others are one dash") << "  a -- b!!c  " << "a-b-c";
        QTest::newRow("underscore stays") << "read_replica" << "read_replica";
        QTest::newRow("not ASCII") << QString::fromUtf8("Käse") << "k-se";
        QTest::newRow("nothing usable") << QString::fromUtf8("日本") << "unnamed";
        QTest::newRow("empty") << "" << "unnamed";
        QTest::newRow("long") << QString(100, 'x') << QString(64, 'x');
        QTest::newRow("no dash at the cut") << QString(63, 'x') + " y" << QString(63, 'x');
    }
    void idsFromText() {
        QFETCH(QString, text);
        QFETCH(QString, id);
        const Id made = idFrom(text.toStdString());
        QCOMPARE(QString::fromStdString(made), id);
        QVERIFY(isId(made));
        QCOMPARE(idFrom(made), made);
    }

    void errorText() {
        QCOMPARE(text({"Orders DB", "connections", "0 is outside 1 to 100000"}),
                 std::string("Orders DB: connections: 0 is outside 1 to 100000"));
        QCOMPARE(text({"Orders DB", "", "is there twice"}), std::string("Orders DB: is there twice"));
        QCOMPARE(text({"", "", "empty"}), std::string("empty"));
    }

    void emptyProjectHasOneScenario() {
        const Project project = emptyProject("Shop");
        QCOMPARE(project.name, std::string("Shop"));
        QCOMPARE(project.scenarios.size(), std::size_t{1});
        const Scenario* today = findScenario(project, "today");
        QVERIFY(today);
        QCOMPARE(today->name, std::string("Today"));
        QVERIFY(today->components.empty() && today->links.empty() && project.classes.empty());
        QCOMPARE(emptyProject(), emptyProject());
    }

    void lookUps() {
        Project project = emptyProject();
        Scenario scenario = *project.scenarios.front();
        scenario.components.emplace_back(Component{.id = "a", .type = "service", .name = "A"});
        scenario.links.emplace_back(Link{.from = "a", .to = "b"});
        project.scenarios.front() = scenario;
        project.classes.push_back({"browse", "Browse", "a", OpenLoad{}});
        QCOMPARE(findComponent(scenario, "a")->name, std::string("A"));
        QCOMPARE(findComponent(scenario, "b"), nullptr);
        QVERIFY(findLink(scenario, "a", "b"));
        QCOMPARE(findLink(scenario, "b", "a"), nullptr);
        QVERIFY(findClass(project, "browse"));
        QCOMPARE(findClass(project, "checkout"), nullptr);
        QCOMPARE(findScenario(project, "tomorrow"), nullptr);
    }

    void copiesShareAndCompareByValue() {
        const Shared<Component> one(Component{.id = "a", .type = "service", .name = "A"});
        const Shared<Component> copy = one;
        QCOMPARE(&*copy, &*one);
        QVERIFY(copy == one);
        QVERIFY(Shared<Component>(*one) == one);
        QVERIFY(!(Shared<Component>(Component{.id = "b", .type = "service", .name = "A"}) == one));
    }

    void valuesByClass() {
        const PerClass calls{1, {{"checkout", 3}}};
        QCOMPARE(calls.of("checkout"), 3.0);
        QCOMPARE(calls.of("browse"), 1.0);
    }
};

PLIMSOLL_TEST(DocumentTest);
#include "tst_document.moc"
