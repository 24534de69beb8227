// The inspector of a link, by real keys and mouse; its declared ranges against what edits accept.
#include "gui/inspector/inspector_view.h"
#include "gui/inspector/link_fields.h"
#include "gui/widgets/unit_field.h"
#include "gui/widgets/word_box.h"
#include "tests/gui/inspector/sample_shop.h"
#include "tests/support/test_registry.h"

#include <QCheckBox>
#include <QToolButton>

using namespace plimsoll;
using gui::InspectorView;
using gui::UnitField;

namespace {

struct Window : tests::Shop {
    InspectorView inspector{document, view, figures};
    Window() {
        document.select({.components = {}, .links = {{"app", "db"}}});
        inspector.resize(340, 760);
    }
    template <class T> T* find(const char* name) const {
        return inspector.widget()->findChild<T*>(QLatin1String(name));
    }
    const document::Link& link() const {
        return *document::findLink(*document.project().scenarios.front(), "app", "db");
    }
    void type(const char* name, const char* text) {
        auto* field = find<UnitField>(name);
        field->setFocus();
        field->selectAll();
        QTest::keyClicks(field, QLatin1String(text));
        QTest::keyClick(field, Qt::Key_Return);
    }
    void choose(const char* name, const char* word) {
        auto* box = find<gui::WordBox>(name);
        box->setFocus();
        const int wanted = box->findData(QLatin1String(word));
        for (int i = 0; i < box->count() && box->currentIndex() != wanted; ++i)
            QTest::keyClick(box, box->currentIndex() < wanted ? Qt::Key_Down : Qt::Key_Up);
    }
};

} // namespace

class TestLinkPage : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::prepareWindow(); }

    void everyFieldIsEdited() {
        Window window;
        QVERIFY(tests::showActive(window.inspector));
        window.type("calls", "3");
        QCOMPARE(window.link().calls.value, 3.0);
        QCOMPARE(window.document.undoStack().undoText(), QStringLiteral("change Calls of the link Shop to Orders DB"));
        window.type("writes", "25%");
        QCOMPARE(window.link().writes.value, 0.25);
        window.type("stage", "2");
        QCOMPARE(window.link().stage, 2);
        window.type("stage", "none");
        QVERIFY(!window.link().stage);
        window.type("timeout_s", "250 ms");
        QCOMPARE(window.link().timeout, std::optional(seconds(0.25)));
        window.type("request_bytes", "2 KiB");
        QCOMPARE(window.link().requestBytes.value, 2048.0);
        window.type("response_bytes", "64 kB");
        QCOMPARE(window.link().responseBytes.value, 64'000.0);
        window.choose("mode", "async");
        QCOMPARE(window.link().mode, document::Mode::Async);
        window.choose("protocol", "grpc");
        QCOMPARE(window.link().protocol, document::Protocol::Grpc);
        QTest::mouseClick(window.find<QCheckBox>("cancel"), Qt::LeftButton, {}, QPoint(8, 14));
        QVERIFY(window.link().cancel);
        while (window.document.undoStack().canUndo()) window.document.undoStack().undo();
        QVERIFY(window.link() == (document::Link{.from = "app", .to = "db"}));
    }

    void callsMayDifferByType() {
        Window window;
        QVERIFY(tests::showActive(window.inspector));
        QTest::mouseClick(window.find<QToolButton>("calls/by_type"), Qt::LeftButton);
        window.type("calls@Checkout", "3");
        QCOMPARE(window.link().calls.of("checkout"), 3.0);
        QCOMPARE(window.link().calls.of("browse"), 1.0);
        window.type("calls@Checkout", "none");
        QVERIFY(window.link().calls.byClass.empty());
    }

    void aConditionBringsItsField() {
        Window window;
        QVERIFY(tests::showActive(window.inspector));
        QVERIFY(!window.find<UnitField>("share"));
        window.choose("when", "share");
        QTRY_VERIFY(window.find<UnitField>("share"));
        window.type("share", "30%");
        QCOMPARE(std::get<document::WithShare>(window.link().when).share, 0.3);
        window.choose("when", "miss:redis");
        QCOMPARE(std::get<document::MissOf>(window.link().when).cache, std::string("redis"));
        QTRY_VERIFY(!window.find<UnitField>("share"));
    }

    void attemptsBringThePause() {
        Window window;
        QVERIFY(tests::showActive(window.inspector));
        window.type("attempts", "3");
        QCOMPARE(window.link().retry->maxAttempts, 3U);
        QVERIFY(!window.link().retry->on.empty());
        QTRY_VERIFY(window.find<UnitField>("backoff_s"));
        window.type("backoff_s", "50 ms");
        QCOMPARE(window.link().retry->backoff, seconds(0.05));
        window.type("attempts", "1");
        QVERIFY(!window.link().retry);
    }

    void theRangesAreThoseOfTheModel_data() {
        QTest::addColumn<int>("index");
        for (std::size_t i = 0; i < gui::linkNumbers().size(); ++i)
            QTest::newRow(gui::linkNumbers()[i].parameter.key.data()) << static_cast<int>(i);
    }
    void theRangesAreThoseOfTheModel() {
        QFETCH(int, index);
        const auto& number = gui::linkNumbers()[static_cast<std::size_t>(index)];
        const auto project = tests::sampleShop();
        const auto accepted = [&](double value) {
            document::Link link{.from = "app", .to = "db"};
            if (number.parameter.key == "backoff_s") link.retry.emplace();
            number.write(link, {}, text::Typed{value, {}});
            return edit::setLink(project, tests::kScenario, link).has_value();
        };
        QVERIFY(accepted(number.parameter.minimum));
        QVERIFY(accepted(number.parameter.maximum));
        QVERIFY(!accepted(number.parameter.maximum * 1.01 + 1));
    }

    void looksRight() {
        Window window;
        window.type("attempts", "3");
        QVERIFY(tests::showActive(window.inspector));
        QVERIFY(tests::pictures(window.inspector, QStringLiteral("inspector-link")));
    }
};

PLIMSOLL_TEST(TestLinkPage);
#include "tst_link_page.moc"
