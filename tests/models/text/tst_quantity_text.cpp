#include "models/text/quantity_text.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

using plimsoll::components::Dimension;
using namespace plimsoll::text;

namespace {
constexpr int kDimensions = static_cast<int>(Dimension::Distance) + 1;
Dimension dimensionOf(int i) {
    return static_cast<Dimension>(i);
}
} // namespace

class TestQuantityText : public QObject {
    Q_OBJECT
private slots:
    void parses_data();
    void parses();
    void refuses_data();
    void refuses();
    void ranges_data();
    void ranges();
    void relative();
    void showsUnits_data();
    void showsUnits();
    void keepsUnit();
    void fieldTexts_data();
    void fieldTexts();
    void everyDoubleReadsBack();
    void everyTextIsAnswered();
};

void TestQuantityText::parses_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("dimension");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<double>("expected");
    const auto row = [](const char* typed, Dimension dimension, const char* unit, double expected) {
        QTest::addRow("%s as %d in %s", typed, static_cast<int>(dimension), unit)
            << QString::fromUtf8(typed) << static_cast<int>(dimension) << QString::fromUtf8(unit) << expected;
    };
    const auto T = Dimension::Time, R = Dimension::Rate, C = Dimension::Count, S = Dimension::Share;
    const auto B = Dimension::Bytes, V = Dimension::BytesPerSecond, D = Dimension::Distance;
    row("250us", T, "ms", 250e-6);
    row("250 µs", T, "ms", 250e-6);
    row("250 \u03bcs", T, "ms", 250e-6);
    row("2 s", T, "ms", 2);
    row("12 ms", T, "", 0.012);
    row("12", T, "ms", 0.012);
    row("12", T, "µs", 12e-6);
    row("12", T, "", 12);
    row("7ns", T, "s", 7e-9);
    row("10 min", T, "s", 600);
    row("2H", T, "s", 7200);
    row("30 d", T, "s", 2592000);
    row("3:30", T, "ms", 210);
    row("1:02:30", T, "ms", 3750);
    row("1 s + 200 ms", T, "s", 1.2);
    row("1 + 2 ms", T, "s", 0.003);
    row("2*6ms", T, "s", 0.012);
    row("2 × 6 ms", T, "s", 0.012);
    row("6 ms / 2", T, "s", 0.003);
    row("10-4", T, "s", 6);
    row("1.5", T, "s", 1.5);
    row("1,5", T, "s", 1.5);
    row("1,50", T, "s", 1.5);
    row("0,125", T, "s", 0.125);
    row("1.500", T, "s", 1.5);
    row("1,5000", T, "s", 1.5);
    row(".5", T, "s", 0.5);
    row(",5", T, "s", 0.5);
    row("1e-3", T, "s", 1e-3);
    row("1.2M/h", R, "/s", 1.2e6 / 3600);
    row("3.5k/s", R, "/min", 3500);
    row("3.5 K / S", R, "/min", 3500);
    row("3.5k", R, "/s", 3500);
    row("2*350/s", R, "/min", 700);
    row("60/min", R, "/s", 1);
    row("86400/d", R, "/s", 1);
    row("2628000/month", R, "/s", 1);
    row("12 400", C, "", 12400);
    row("12\u2009400", C, "", 12400);
    row("2M", C, "", 2e6);
    row("64Ki", C, "", 65536);
    row("1e6", C, "", 1e6);
    row("1/3", C, "", 1.0 / 3);
    row("70%", S, "%", 0.7);
    row("70", S, "%", 0.7);
    row("0.7", S, "", 0.7);
    row("0,1 %", S, "", 0.001);
    row("4GiB", B, "B", 4294967296.0);
    row("4Gi", B, "B", 4294967296.0);
    row("4gi", B, "B", 4294967296.0);
    row("20 kB", B, "B", 20000);
    row("20 KB", B, "B", 20000);
    row("512", B, "KiB", 524288);
    row("3 GB", B, "B", 3e9);
    row("10 MB/s", V, "B/s", 1e7);
    row("100 Mbit/s", V, "B/s", 12.5e6);
    row("1 Gb/s", V, "B/s", 125e6);
    row("6 GB/min", V, "B/s", 1e8);
    row("1.5", Dimension::Ratio, "", 1.5);
    row("150%", Dimension::Ratio, "", 1.5);
    row("-73.9", Dimension::Degrees, "°", -73.9);
    row("-73,9°", Dimension::Degrees, "°", -73.9);
    row("10900 km", D, "m", 1.09e7);
    row("200", D, "km", 200000);
    row("  5  ms  ", T, "s", 0.005);
}

void TestQuantityText::parses() {
    QFETCH(QString, typed);
    QFETCH(int, dimension);
    QFETCH(QString, unit);
    QFETCH(double, expected);
    const auto result = parse(typed.toStdString(), dimensionOf(dimension), unit.toStdString());
    QVERIFY2(result, result ? "" : result.error().c_str());
    QVERIFY(!result->range);
    QVERIFY2(std::abs(result->value - expected) <= 1e-15 * std::abs(expected),
             qPrintable(QString::number(result->value, 'g', 17)));
}

void TestQuantityText::refuses_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<int>("dimension");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* typed, Dimension dimension, const char* says) {
        QTest::addRow("%s as %d", typed, static_cast<int>(dimension))
            << QString::fromUtf8(typed) << static_cast<int>(dimension) << QString::fromUtf8(says);
    };
    const auto T = Dimension::Time, R = Dimension::Rate, C = Dimension::Count, S = Dimension::Share,
               B = Dimension::Bytes;
    row("1,500", T, "write 1500 or 1.5");
    row("1.500,0", T, "write 1500 or 1.5");
    row("1,500.0", T, "write 1500 or 1.5");
    row("12,345 ms", T, "write 12345 or 12.345");
    row("1,234,567", C, "write 1234567 or 1.234567");
    row("", T, "ns, us, ms, s, min, h or d");
    row("   ", R, "/s, /min, /h, /d or /month");
    row("ms", T, "a number is missing");
    row("5/s", T, "is a rate, not a time: write ns, us, ms, s, min, h or d");
    row("5 ms", R, "is a time, not a rate: write /s, /min");
    row("5 s", B, "is a time, not an amount of bytes");
    row("4 gb", B, "\"gb\" is not a unit");
    row("4 Mb", B, "is not a unit");
    row("5 MS", T, "is not a unit");
    row("5 Ms", T, "is not a unit");
    row("5 m", T, "is a distance");
    row("5k", T, "is a count");
    row("5 parsecs", T, "\"parsecs\" is not a unit of a time");
    row("nan", T, "number is missing");
    row("inf", R, "number is missing");
    row("infinity", R, "number is missing");
    row("-nan", R, "number is missing");
    row("0x10", C, "");
    row("1e999", T, "too large");
    row("1e99999", T, "too large");
    row("1e308 h", T, "too large");
    row("1e308*10", C, "too large");
    row("1e308+1e308", C, "too large");
    row("1e-999", T, "too small");
    row("1e-400 ns", T, "too small");
    row("1\n- 20", T, "control character"); // found by the fuzzer: the message quoted the line break
    row("5 ms 3", T, "not understood");
    row("5 ms ms", T, "");
    row("5 ms * 3 ms", T, "only one factor");
    row("3/4 h", T, "divide by a plain number");
    row("3/0", C, "division by zero");
    row("+5 ms", T, "+10%");
    row("+10%", T, "no present value");
    row("x2", T, "no present value");
    row("80..120", T, "three parts");
    row("80..120..90", T, "low over likely to high");
    row("1..2..3..4", T, "three parts");
    row("80..", T, "number is missing");
    row("3:75", T, "below 60");
    row("3:30", C, "");
    row("70%", C, "is a share");
    row("(1+2)", C, "number is missing");
    row("1 2", C, "not understood");
    row("двенадцать", C, "number is missing");
    row("5 €", C, "not understood");
    row("100 +- x", C, "number is missing");
    row("x", C, "number is missing");
    row("1.2.3", C, "");
    row("1..", S, "number is missing");
}

void TestQuantityText::refuses() {
    QFETCH(QString, typed);
    QFETCH(int, dimension);
    QFETCH(QString, says);
    const auto result = parse(typed.toStdString(), dimensionOf(dimension), shownUnit(1, dimensionOf(dimension)));
    QVERIFY2(!result, result ? qPrintable(QString::number(result->value)) : "");
    const QString message = QString::fromStdString(result.error());
    QVERIFY2(message.contains(says), qPrintable(message));
    QVERIFY(!message.contains('\n'));
}

void TestQuantityText::ranges_data() {
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("low");
    QTest::addColumn<double>("likely");
    QTest::addColumn<double>("high");
    QTest::newRow("three") << "80..120..190" << 0.08 << 0.12 << 0.19;
    QTest::newRow("unit at the end") << "80 .. 120 .. 190 us" << 80e-6 << 120e-6 << 190e-6;
    QTest::newRow("own units") << "80us..1ms..2s" << 80e-6 << 1e-3 << 2.0;
    QTest::newRow("decimals") << "1.5..2,5..3." << 1.5e-3 << 2.5e-3 << 3e-3;
    QTest::newRow("per cent") << "100 +- 20%" << 0.08 << 0.1 << 0.12;
    QTest::newRow("per cent, sign") << "100 ms ± 20 %" << 0.08 << 0.1 << 0.12;
    QTest::newRow("absolute") << "100 +- 20" << 0.08 << 0.1 << 0.12;
    QTest::newRow("absolute with unit") << "100 +- 20 us" << 80e-6 << 100e-6 << 120e-6;
}

void TestQuantityText::ranges() {
    QFETCH(QString, typed);
    QFETCH(double, low);
    QFETCH(double, likely);
    QFETCH(double, high);
    const auto result = parse(typed.toStdString(), Dimension::Time, "ms");
    QVERIFY2(result, result ? "" : result.error().c_str());
    QVERIFY(result->range);
    QCOMPARE(result->range->low, low);
    QCOMPARE(result->range->likely, likely);
    QCOMPARE(result->range->high, high);
    QCOMPARE(result->value, result->range->likely);
}

void TestQuantityText::relative() {
    QCOMPARE(parse("x1.5", Dimension::Time, "ms", 0.01)->value, 0.015);
    QCOMPARE(parse("×1,5", Dimension::Time, "ms", 0.01)->value, 0.015);
    QCOMPARE(parse("+10%", Dimension::Time, "ms", 0.01)->value, 0.011);
    QCOMPARE(parse("-10 %", Dimension::Time, "ms", 0.01)->value, 0.009);
    QCOMPARE(parse("+10%", Dimension::Share, "%", 0.5)->value, 0.55);
    QVERIFY(!parse("x1e300", Dimension::Time, "ms", 1e300));
}

void TestQuantityText::showsUnits_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("dimension");
    QTest::addColumn<QString>("text");
    const auto row = [](double value, Dimension dimension, const char* text) {
        QTest::addRow("%s", text) << value << static_cast<int>(dimension) << QString::fromUtf8(text);
    };
    row(0.012, Dimension::Time, "12 ms");
    row(0.0001, Dimension::Time, "100 µs");
    row(5e-9, Dimension::Time, "5 ns");
    row(1.5, Dimension::Time, "1.5 s");
    row(600, Dimension::Time, "10 min");
    row(100, Dimension::Time, "100 s");
    row(7200, Dimension::Time, "2 h");
    row(2592000, Dimension::Time, "30 d");
    row(0, Dimension::Time, "0 s");
    row(800, Dimension::Rate, "800/s");
    row(0.05, Dimension::Rate, "3/min");
    row(0, Dimension::Rate, "0/s");
    row(125000, Dimension::Rate, "125000/s");
    row(4, Dimension::Count, "4");
    row(0.99, Dimension::Share, "99 %");
    row(0.001, Dimension::Share, "0.1 %");
    row(4294967296.0, Dimension::Bytes, "4 GiB");
    row(20000, Dimension::Bytes, "20 kB");
    row(2048, Dimension::Bytes, "2 KiB");
    row(12.5e6, Dimension::BytesPerSecond, "12.5 MB/s");
    row(-73.9, Dimension::Degrees, "-73.9°");
    row(1.09e7, Dimension::Distance, "10900 km");
    row(1.3, Dimension::Ratio, "1.3");
}

void TestQuantityText::showsUnits() {
    QFETCH(double, value);
    QFETCH(int, dimension);
    QFETCH(QString, text);
    const auto unit = shownUnit(value, dimensionOf(dimension));
    QCOMPARE(QString::fromStdString(fieldText(value, dimensionOf(dimension), unit)), text);
}

void TestQuantityText::keepsUnit() {
    QCOMPARE(shownUnit(0.9, Dimension::Time, "s"), std::string("s"));
    QCOMPARE(shownUnit(1.2, Dimension::Time, "ms"), std::string("ms"));
    QCOMPARE(shownUnit(1.21, Dimension::Time, "ms"), std::string("s"));
    QCOMPARE(shownUnit(0.79e-3, Dimension::Time, "ms"), std::string("µs"));
    QCOMPARE(shownUnit(0, Dimension::Time, "ms"), std::string("ms"));
    QCOMPARE(shownUnit(1, Dimension::Time, "/s"), std::string("s"));
}

void TestQuantityText::fieldTexts_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("unit");
    QTest::addColumn<QString>("text");
    QTest::newRow("tenth") << 0.1 << "ms" << "100 ms";
    QTest::newRow("third") << 1.0 / 3 << "s" << "0.3333333333333333 s";
    QTest::newRow("minutes") << 90.0 << "min" << "1.5 min";
    QTest::newRow("SI, no unit") << 0.25 << "" << "0.25";
    QTest::newRow("tiny in days") << 1e-30 << "s" << "1e-30 s";
    QTest::newRow("micro") << 0.0000123 << "µs" << "12.3 µs";
}

void TestQuantityText::fieldTexts() {
    QFETCH(double, value);
    QFETCH(QString, unit);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(fieldText(value, Dimension::Time, unit.toStdString())), text);
}

// The property that matters: what a field shows reads back as exactly the value that it holds.
void TestQuantityText::everyDoubleReadsBack() {
    const std::vector<std::vector<std::string>> units = {{"", "ns", "us", "µs", "ms", "s", "min", "h", "d"},
                                                         {"", "/s", "/min", "/h", "/d", "/month", "k/s", "M/h"},
                                                         {""},
                                                         {"", "%"},
                                                         {"", "%"},
                                                         {"", "B", "kB", "GB", "KiB", "MiB", "GiB", "TiB"},
                                                         {"", "B/s", "MB/s", "GiB/s", "Mbit/s", "GB/h"},
                                                         {"", "°"},
                                                         {"", "m", "km"}};
    QCOMPARE(static_cast<int>(units.size()), kDimensions);
    std::mt19937_64 random(20261125);
    std::uniform_real_distribution<double> exponent(-12, 12);
    for (int i = 0; i < 40'000; ++i) {
        double value = 0;
        if (i % 2 == 0) { // any finite bits
            const std::uint64_t bits = random();
            std::memcpy(&value, &bits, sizeof value);
            if (!std::isfinite(value)) continue;
        } else { // what people have
            value = std::pow(10.0, exponent(random));
            if (i % 4 == 1) value = std::round(value * 100) / 100;
        }
        const auto dimension = static_cast<std::size_t>(random() % units.size());
        const auto& unit = units[dimension][random() % units[dimension].size()];
        const auto shown = i % 3 == 0 ? shownUnit(value, dimensionOf(static_cast<int>(dimension))) : unit;
        if (shown == "%") value = std::abs(value); // a minus and a per cent is a change: "-10 %"
        const auto text = fieldText(value, dimensionOf(static_cast<int>(dimension)), shown);
        const auto again = parse(text, dimensionOf(static_cast<int>(dimension)), shown);
        QVERIFY2(again, again ? "" : (text + ": " + again.error()).c_str());
        QVERIFY2(again->value == value, (text + " in " + shown).c_str());
        QVERIFY(!again->range);
    }
}

void TestQuantityText::everyTextIsAnswered() {
    const std::string alphabet = "0123456789.,+-*/x% kKmMGTiBbshund:eE\xc2\xb5\xff";
    std::mt19937_64 random(7);
    for (int i = 0; i < 40'000; ++i) {
        std::string text;
        for (std::uint64_t length = random() % 12; text.size() < length;) text += alphabet[random() % alphabet.size()];
        const auto dimension = dimensionOf(static_cast<int>(random() % static_cast<unsigned>(kDimensions)));
        const auto result = parse(text, dimension, shownUnit(1, dimension), 3.0);
        if (result)
            QVERIFY2(std::isfinite(result->value), text.c_str());
        else
            QVERIFY2(!result.error().empty() && result.error().find('\n') == std::string::npos, text.c_str());
    }
}

PLIMSOLL_TEST(TestQuantityText);
#include "tst_quantity_text.moc"
