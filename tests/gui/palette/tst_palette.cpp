#include "gui/palette/palette_drag.h"
#include "gui/palette/palette_list.h"
#include "gui/palette/palette_view.h"
#include "gui/theme/resources.h"
#include "gui/theme/theme.h"
#include "models/components/component_type.h"
#include "tests/support/test_registry.h"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>

using namespace plimsoll;
using namespace plimsoll::gui;

class TestPalette : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        loadResources();
        QApplication::setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
        QApplication::setPalette(paletteFor(lightTheme()));
        qApp->setStyleSheet(styleSheetFor(lightTheme()));
    }
    void init() {
        m_palette = std::make_unique<PaletteView>();
        m_palette->resize(220, 700);
        m_palette->show();
        QApplication::setActiveWindow(m_palette.get());
        m_list = m_palette->findChild<PaletteList*>();
        m_search = m_palette->findChild<QLineEdit*>(QStringLiteral("paletteSearch"));
    }
    void showsEveryTypeInOrder();
    void searchFinds_data();
    void searchFinds();
    void withoutHitsItOffersToClear();
    void ctrlSpaceGoesToTheSearch();
    void enterAdds();
    void doubleClickAdds();
    void dragBeginsPastTheThreshold();
    void rowsAreTallEnough();

private:
    std::unique_ptr<PaletteView> m_palette;
    PaletteList* m_list = nullptr;
    QLineEdit* m_search = nullptr;
};

void TestPalette::showsEveryTypeInOrder() {
    const auto shown = m_list->shownTypes();
    QCOMPARE(shown.size(), components::registry().size());
    for (std::size_t i = 0; i < shown.size(); ++i)
        QCOMPARE(shown[i].toStdString(), std::string(components::registry()[i]->id));
}

void TestPalette::searchFinds_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("best");
    QTest::newRow("beginning") << "cac" << "cache";
    QTest::newRow("any case") << "CACHE" << "cache";
    QTest::newRow("a word inside") << "balanc" << "load_balancer";
    QTest::newRow("spaces around") << "  sql " << "sql_database";
}

void TestPalette::searchFinds() {
    QFETCH(const QString, typed);
    QFETCH(const QString, best);
    QTest::keyClicks(m_search, typed);
    QVERIFY(!m_list->shownTypes().empty());
    QCOMPARE(m_list->shownTypes().front(), best);
    QCOMPARE(m_list->current(), best);
}

void TestPalette::withoutHitsItOffersToClear() {
    QTest::keyClicks(m_search, QStringLiteral("teapot"));
    QVERIFY(m_list->shownTypes().empty());
    QVERIFY(!m_list->isVisible());
    auto* clear = m_palette->findChild<QPushButton*>(QStringLiteral("clearSearch"));
    QVERIFY(clear->isVisible());
    QTest::mouseClick(clear, Qt::LeftButton);
    QVERIFY(m_search->text().isEmpty());
    QVERIFY(m_list->isVisible());
    QCOMPARE(m_list->shownTypes().size(), components::registry().size());
}

void TestPalette::ctrlSpaceGoesToTheSearch() {
    m_list->setFocus();
    QTest::keyClick(m_list, Qt::Key_Space, Qt::ControlModifier);
    QVERIFY(m_search->hasFocus());
}

void TestPalette::enterAdds() {
    QSignalSpy added(m_palette.get(), &PaletteView::addRequested);
    QTest::keyClicks(m_search, QStringLiteral("cache"));
    QTest::keyClick(m_search, Qt::Key_Return);
    QCOMPARE(added.count(), 1);
    QCOMPARE(added.front().front().toString(), QStringLiteral("cache"));
    // With the arrows, from the list.
    QTest::keyClick(m_search, Qt::Key_Escape);
    m_list->setFocus();
    QTest::keyClick(m_list, Qt::Key_Down);
    QTest::keyClick(m_list, Qt::Key_Return);
    QCOMPARE(added.back().front().toString(), m_list->shownTypes()[1]);
}

void TestPalette::doubleClickAdds() {
    QSignalSpy added(m_palette.get(), &PaletteView::addRequested);
    const QPoint at = m_list->rectOf(QStringLiteral("service")).center();
    QTest::mouseDClick(m_list->viewport(), Qt::LeftButton, {}, at);
    QCOMPARE(added.count(), 1);
    QCOMPARE(added.front().front().toString(), QStringLiteral("service"));
}

void TestPalette::dragBeginsPastTheThreshold() {
    QSignalSpy wanted(m_list, &PaletteList::dragWanted);
    const QPoint at = m_list->rectOf(QStringLiteral("service")).center();
    QTest::mousePress(m_list->viewport(), Qt::LeftButton, {}, at);
    QTest::mouseMove(m_list->viewport(), at + QPoint(QApplication::startDragDistance() / 2, 0));
    QCOMPARE(wanted.count(), 0);
    QTest::mouseMove(m_list->viewport(), at + QPoint(QApplication::startDragDistance() + 5, 0));
    QCOMPARE(wanted.count(), 1);
    QCOMPARE(wanted.front().front().toString(), QStringLiteral("service"));
    QVERIFY(!palettePicture(*m_list, QStringLiteral("service")).isNull());
    // The press is over: further moves start nothing.
    QTest::mouseMove(m_list->viewport(), at + QPoint(60, 40));
    QCOMPARE(wanted.count(), 1);
    QTest::mouseRelease(m_list->viewport(), Qt::LeftButton, {}, at);
}

void TestPalette::rowsAreTallEnough() {
    for (const auto& type : m_list->shownTypes()) QCOMPARE(m_list->rectOf(type).height(), 32);
}

PLIMSOLL_TEST(TestPalette);
#include "tst_palette.moc"
