// The field of a number with a unit, by real keys.
#include "gui/widgets/last_digit.h"
#include "gui/widgets/unit_field.h"
#include "tests/gui/inspector/sample_shop.h"
#include "tests/support/test_registry.h"

#include <QSignalSpy>

#include <random>

using namespace plimsoll;
using components::Dimension;
using gui::FieldValue;
using gui::UnitField;

namespace {

components::Parameter parameter(Dimension dimension, double minimum, double maximum, std::optional<double> usual = 1) {
    return {.key = "x",
            .label = "X",
            .dimension = dimension,
            .minimum = minimum,
            .maximum = maximum,
            .defaultNumber = usual};
}

FieldValue number(double value) {
    return text::Typed{value, {}};
}

void retype(UnitField& field, const QString& text) {
    field.setFocus();
    field.selectAll();
    QTest::keyClicks(&field, text);
}

} // namespace

class TestUnitField : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::prepareWindow(); }

    void takesWhatPeopleType_data() {
        QTest::addColumn<int>("dimension");
        QTest::addColumn<QString>("typed");
        QTest::addColumn<double>("value");
        const auto row = [](const char* text, Dimension dimension, double value) {
            QTest::newRow(text) << static_cast<int>(dimension) << QString::fromUtf8(text) << value;
        };
        row("12 ms", Dimension::Time, 0.012);
        row("12ms", Dimension::Time, 0.012);
        row("1.5 min", Dimension::Time, 90);
        row("3.5k/s", Dimension::Rate, 3500);
        row("1,5k/s", Dimension::Rate, 1500);
        row("70%", Dimension::Share, 0.7);
        row("4GiB", Dimension::Bytes, 4294967296.0);
    }
    void takesWhatPeopleType() {
        QFETCH(int, dimension);
        QFETCH(QString, typed);
        QFETCH(double, value);
        UnitField field(parameter(static_cast<Dimension>(dimension), 0, 1e12));
        field.showValue(number(dimension == static_cast<int>(Dimension::Share) ? 0.5 : 1));
        QVERIFY(tests::showActive(field));
        QSignalSpy edited(&field, &UnitField::valueEdited), committed(&field, &UnitField::committed);
        retype(field, typed);
        QVERIFY(field.problem().isEmpty());
        QVERIFY(edited.count() > 0); // live, before Enter
        QCOMPARE(field.shownValue()->value, value);
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(committed.count(), 1);
        QCOMPARE(field.shownValue()->value, value);
    }

    void withoutAUnitTheShownOneIsMeant() {
        UnitField field(parameter(Dimension::Time, 0, 10));
        field.showValue(number(0.020));
        QVERIFY(tests::showActive(field));
        QCOMPARE(field.text(), QStringLiteral("20")); // the unit stands beside it
        retype(field, QStringLiteral("35"));
        QCOMPARE(field.shownValue()->value, 0.035);
    }

    void refusesWithTheReasonAndKeepsTheValue_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("says");
        QTest::newRow("too large") << "70 s" << "1 min";
        QTest::newRow("too small") << "-1" << "0 s";
        QTest::newRow("wrong dimension") << "12 /s" << "ms";
        QTest::newRow("thousands") << "1,500" << "1500";
        QTest::newRow("words") << "fast" << "ms";
        QTest::newRow("a range where none may be") << "1..2..3" << "range";
    }
    void refusesWithTheReasonAndKeepsTheValue() {
        QFETCH(QString, typed);
        QFETCH(QString, says);
        UnitField field(parameter(Dimension::Time, 0, 60));
        field.showValue(number(0.020));
        QVERIFY(tests::showActive(field));
        retype(field, typed);
        QVERIFY2(!field.problem().isEmpty(), qPrintable(field.text()));
        QVERIFY2(field.problem().contains(says), qPrintable(field.problem()));
        QVERIFY(field.property("invalid").toBool());
        QCOMPARE(field.shownValue()->value, 0.020); // what was valid on the way was not meant
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(field.text(), typed); // the text stays
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(field.text(), QStringLiteral("20"));
        QVERIFY(field.problem().isEmpty());
        QVERIFY(!field.property("invalid").toBool());
    }

    void escapeAsksForTheValueFromBefore() {
        UnitField field(parameter(Dimension::Time, 0, 60));
        field.showValue(number(0.020));
        QVERIFY(tests::showActive(field));
        QSignalSpy restored(&field, &UnitField::restored);
        retype(field, QStringLiteral("55 ms"));
        QCOMPARE(field.shownValue()->value, 0.055);
        QTest::keyClick(&field, Qt::Key_Escape);
        QCOMPARE(restored.count(), 1);
        QCOMPARE(field.shownValue()->value, 0.020);
    }

    void anUntouchedFieldNeverWrites() {
        QWidget window;
        UnitField field(parameter(Dimension::Time, 0, 60), &window);
        QLineEdit other(&window);
        field.showValue(number(0.1 + 0.2));
        QVERIFY(tests::showActive(window));
        QSignalSpy edited(&field, &UnitField::valueEdited), committed(&field, &UnitField::committed);
        for (int i = 0; i < 3; ++i) {
            field.setFocus();
            QTest::keyClick(&field, Qt::Key_Return);
            other.setFocus();
        }
        QCOMPARE(edited.count() + committed.count(), 0);
        QCOMPARE(field.shownValue()->value, 0.1 + 0.2);
    }

    void typingTheSameValueConfirmsIt() {
        UnitField field(parameter(Dimension::Time, 0, 60));
        field.showValue(number(0.020));
        QVERIFY(tests::showActive(field));
        QSignalSpy edited(&field, &UnitField::valueEdited);
        retype(field, QStringLiteral("20"));
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(edited.last()[0].value<FieldValue>(), number(0.020));
    }

    void noneClearsAnOptionalOne() {
        auto optional = parameter(Dimension::Count, 1, 100, std::nullopt);
        optional.absent = "no limit";
        UnitField field(optional);
        field.showValue({});
        QVERIFY(tests::showActive(field));
        QCOMPARE(field.text(), QStringLiteral("no limit"));
        retype(field, QStringLiteral("64"));
        QCOMPARE(field.shownValue()->value, 64.0);
        retype(field, QStringLiteral("none"));
        QVERIFY(!field.shownValue());
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(field.text(), QStringLiteral("no limit"));
        field.showValue(number(8));
        field.selectAll();
        QTest::keyClick(&field, Qt::Key_Delete);
        QCOMPARE(field.shownValue()->value, 8.0); // empty alone decides nothing
        QTest::keyClick(&field, Qt::Key_Return);
        QVERIFY(!field.shownValue());
    }

    void arrowsStepInTheLastTypedDigit() {
        UnitField field(parameter(Dimension::Time, 0, 60));
        field.showValue(number(0.0120));
        QVERIFY(tests::showActive(field));
        retype(field, QStringLiteral("12.0"));
        QTest::keyClick(&field, Qt::Key_Up);
        QCOMPARE(field.text(), QStringLiteral("12.1"));
        QTest::keyClick(&field, Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(field.text(), QStringLiteral("11.1"));
        QCOMPARE(field.shownValue()->value, 0.0111);
        retype(field, QStringLiteral("0 ms"));
        QTest::keyClick(&field, Qt::Key_Down); // below the range: stays
        QCOMPARE(field.text(), QStringLiteral("0 ms"));
        QCOMPARE(gui::steppedInLastDigit(QStringLiteral("9.9k/s"), 1), QStringLiteral("10.0k/s"));
        QCOMPARE(gui::steppedInLastDigit(QStringLiteral("0.05"), -6), QStringLiteral("-0.01"));
        QVERIFY(!gui::steppedInLastDigit(QStringLiteral("1..2..3"), 1));
    }

    void theWheelNeedsTheFocus() {
        QWidget window;
        UnitField field(parameter(Dimension::Time, 0, 60), &window);
        QLineEdit other(&window);
        field.showValue(number(0.020));
        QVERIFY(tests::showActive(window));
        other.setFocus();
        const auto turn = [&] {
            QWheelEvent wheel(QPointF(5, 5), field.mapToGlobal(QPointF(5, 5)), {}, {0, 120}, Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(&field, &wheel);
        };
        turn();
        QCOMPARE(field.shownValue()->value, 0.020);
        field.setFocus();
        turn();
        QCOMPARE(field.shownValue()->value, 0.021);
    }

    void undoIsTheDocumentsWhileNothingIsTyped() {
        UnitField field(parameter(Dimension::Time, 0, 60));
        field.showValue(number(0.020));
        QVERIFY(tests::showActive(field));
        QKeyEvent undo(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
        undo.setAccepted(false);
        QApplication::sendEvent(&field, &undo);
        QVERIFY(!undo.isAccepted());
        retype(field, QStringLiteral("25"));
        QKeyEvent own(QEvent::ShortcutOverride, Qt::Key_Z, Qt::ControlModifier);
        own.setAccepted(false);
        QApplication::sendEvent(&field, &own);
        QVERIFY(own.isAccepted());
    }

    void theShownTextReadsBackAsTheSameValue() {
        std::mt19937_64 random(20'261);
        std::uniform_real_distribution<double> exponent(-9, 9), mantissa(1, 10);
        const std::pair<Dimension, double> dimensions[] = {{Dimension::Time, 1e9},   {Dimension::Rate, 1e12},
                                                           {Dimension::Bytes, 1e18}, {Dimension::Count, 1e12},
                                                           {Dimension::Ratio, 1e12}, {Dimension::BytesPerSecond, 1e15}};
        for (int i = 0; i < 600; ++i) {
            const auto& [dimension, most] = dimensions[static_cast<std::size_t>(i) % std::size(dimensions)];
            const double value = mantissa(random) * std::pow(10, std::min(exponent(random), std::log10(most) - 1));
            UnitField field(parameter(dimension, 0, most));
            field.showValue(number(value));
            const QString shown = field.text();
            emit field.textEdited(shown + ' '); // as if typed anew, without a unit
            QVERIFY2(field.problem().isEmpty(), qPrintable(shown + ": " + field.problem()));
            QCOMPARE(field.shownValue()->value, value);
        }
    }

    void rangesAreShownAndTaken() {
        UnitField field(parameter(Dimension::Time, 0, 60));
        field.setRangesAllowed(true);
        field.showValue(text::Typed{0.020, document::Range{0.017, 0.020, 0.024}});
        QVERIFY(tests::showActive(field));
        QCOMPARE(field.text(), QStringLiteral("17 .. 20 .. 24"));
        retype(field, QStringLiteral("15..20..30 ms"));
        QCOMPARE(field.shownValue()->range, (document::Range{0.015, 0.020, 0.030}));
    }

    void anUndoTakesTheTypedTextAway() {
        UnitField field(parameter(Dimension::Time, 0, 60));
        field.showValue(number(0.020));
        QVERIFY(tests::showActive(field));
        retype(field, QStringLiteral("30"));
        field.showValue(number(0.030)); // the model follows: the text stays
        QCOMPARE(field.text(), QStringLiteral("30"));
        QVERIFY(field.isModified());
        field.showValue(number(0.020)); // undone
        QCOMPARE(field.text(), QStringLiteral("20"));
        QVERIFY(!field.isModified());
    }

    void looksRight() {
        UnitField field(parameter(Dimension::Time, 0, 60));
        field.showValue(number(0.012));
        field.resize(140, 28);
        QVERIFY(tests::pictures(field, QStringLiteral("field")));
    }
};

PLIMSOLL_TEST(TestUnitField);
#include "tst_unit_field.moc"
