#include "models/text/figure_text.h"
#include "tests/support/test_registry.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace plimsoll;
using namespace plimsoll::text;

class TestFigureText : public QObject {
    Q_OBJECT
private slots:
    void shows_data();
    void shows();
    void significantDigits_data();
    void significantDigits();
    void absent();
    void isCloseToTheValue();
};

namespace {
enum Kind { Duration, Rate, Utilisation, Share, Factor, Count, Bytes_ };
Figure figure(int kind, std::optional<double> value) {
    switch (kind) {
    case Duration: return duration(value ? std::optional(seconds(*value)) : std::nullopt);
    case Rate: return rate(value ? std::optional(perSecond(*value)) : std::nullopt);
    case Utilisation: return utilisation(value);
    case Share: return share(value);
    case Factor: return factor(value);
    case Count: return count(value);
    default: return bytes(value);
    }
}
} // namespace

void TestFigureText::shows_data() {
    QTest::addColumn<int>("kind");
    QTest::addColumn<double>("value");
    QTest::addColumn<QString>("text");
    const auto row = [](Kind kind, double value, const char* text) {
        QTest::addRow("%d %.17g", static_cast<int>(kind), value)
            << static_cast<int>(kind) << value << QString::fromUtf8(text);
    };
    row(Duration, 0.048, "48.0 ms");
    row(Duration, 1.2, "1.20 s");
    row(Duration, 0.312, "312 ms");
    row(Duration, 0.0485, "48.5 ms");
    row(Duration, 0.04855, "48.6 ms"); // half up in decimals, where binary is a little below
    row(Duration, 1.005, "1.01 s");
    row(Duration, 0.9996, "1.00 s");
    row(Duration, 0.9994, "999 ms");
    row(Duration, 0.000614, "614 µs");
    row(Duration, 5e-9, "5.00 ns");
    row(Duration, 0, "0 s");
    row(Duration, 90, "90.0 s");
    row(Duration, 600, "10.0 min");
    row(Duration, 7200, "2.00 h");
    row(Duration, 1e-15, "< 0.0001 ns");
    row(Rate, 840, "840/s");
    row(Rate, 1016.4, "1\u2009016/s");
    row(Rate, 12400, "12\u2009400/s");
    row(Rate, 96, "96.0/s");
    row(Rate, 0.5, "0.500/s");
    row(Rate, 0.05, "3.00/min");
    row(Rate, 0.001, "3.60/h");
    row(Rate, 0, "0/s");
    row(Rate, 1.24e6, "1.24 M/s");
    row(Utilisation, 0.734, "73 %");
    row(Utilisation, 0.735, "74 %");
    row(Utilisation, 0, "0 %");
    row(Utilisation, 0.004, "< 1 %");
    row(Utilisation, 0.005, "1 %");
    row(Utilisation, 0.99, "99.0 %");
    row(Utilisation, 0.9955, "99.6 %");
    row(Utilisation, 0.99999, "> 99.9 %");
    row(Utilisation, 1, "100 %");
    row(Utilisation, 1.0001, "> 100 %");
    row(Utilisation, 1.4, "140 %");
    row(Share, 0, "0 %");
    row(Share, 1, "100 %");
    row(Share, 0.93, "93.0 %");
    row(Share, 0.0345, "3.45 %");
    row(Share, 0.00012, "0.01 %");
    row(Share, 0.000449995, "0.04 %");
    row(Share, 0.00001, "< 0.01 %");
    row(Share, 0.99999, "> 99.9 %");
    row(Factor, 1.21, "×1.21");
    row(Factor, 0.4, "×0.400");
    row(Factor, 12.34, "×12.3");
    row(Count, 7, "7");
    row(Count, 1.5, "1.50");
    row(Count, 9999, "9\u2009999");
    row(Count, 12400, "12\u2009400");
    row(Count, 12449, "12\u2009400");
    row(Count, 999600, "1.00 M");
    row(Count, 1.24e6, "1.24 M");
    row(Count, 999.9e6, "1.00 G");
    row(Bytes_, 0, "0 B");
    row(Bytes_, 512, "512 B");
    row(Bytes_, 2048, "2.00 KiB");
    row(Bytes_, 1023 * 1024.0, "0.999 MiB");
    row(Bytes_, 4294967296.0, "4.00 GiB");
}

void TestFigureText::shows() {
    QFETCH(int, kind);
    QFETCH(double, value);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(figure(kind, value).joined()), text);
}

void TestFigureText::significantDigits_data() {
    QTest::addColumn<double>("value");
    QTest::addColumn<int>("digits");
    QTest::addColumn<QString>("text");
    QTest::newRow("zero") << 0.0 << 3 << "0";
    QTest::newRow("zeros kept") << 48.0 << 3 << "48.0";
    QTest::newRow("hundreds") << 312.4 << 3 << "312";
    QTest::newRow("thousands") << 1234.0 << 3 << "1\u2009230";
    QTest::newRow("carry") << 99.96 << 3 << "100";
    QTest::newRow("small") << 0.00123 << 3 << "0.00123";
    QTest::newRow("two") << 0.456 << 2 << "0.46";
    QTest::newRow("negative") << -1.5 << 3 << "\u22121.50";
    QTest::newRow("tiny") << 1.234e-9 << 3 << "1.23e-9";
    QTest::newRow("huge") << 1.5e300 << 3 << "1.50e300";
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << 3 << "\u2013";
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << 3 << "\u2013";
}

void TestFigureText::significantDigits() {
    QFETCH(double, value);
    QFETCH(int, digits);
    QFETCH(QString, text);
    QCOMPARE(QString::fromStdString(significant(value, digits)), text);
}

void TestFigureText::absent() {
    for (int kind = Duration; kind <= Bytes_; ++kind)
        for (const std::optional<double> value : {std::optional<double>(), std::optional(std::nan("")),
                                                  std::optional(HUGE_VAL), std::optional(-HUGE_VAL)}) {
            QCOMPARE(figure(kind, value).number, std::string("–"));
            QCOMPARE(figure(kind, value).unit, std::string());
        }
}

// Three digits are within half a per cent, whatever the size.
void TestFigureText::isCloseToTheValue() {
    for (int i = 0; i < 20'000; ++i) {
        const double value = std::pow(10.0, -9 + 18 * i / 20'000.0);
        QString text = QString::fromStdString(significant(value));
        text.remove(QChar(0x2009));
        QVERIFY2(std::abs(text.toDouble() - value) <= 0.0051 * value, qPrintable(text));
        const Figure shown = duration(seconds(value));
        const QMap<QString, double> units{{"ns", 1e-9}, {"µs", 1e-6}, {"ms", 1e-3}, {"s", 1}, {"min", 60}, {"h", 3600}};
        QString number = QString::fromStdString(shown.number);
        number.remove(QChar(0x2009));
        QVERIFY(std::abs(number.toDouble() * units[QString::fromStdString(shown.unit)] - value) <= 0.0051 * value);
    }
}

PLIMSOLL_TEST(TestFigureText);
#include "tst_figure_text.moc"
