// The slider and its scale.
#include "gui/widgets/value_slider.h"
#include "tests/gui/inspector/sample_shop.h"
#include "tests/support/test_registry.h"

#include <QSignalSpy>

using namespace plimsoll;
using components::Dimension;
using gui::SliderScale;
using gui::ValueSlider;

namespace {

components::Parameter parameter(Dimension dimension, double minimum, double maximum, double usual,
                                bool integer = false) {
    return {.key = "x",
            .label = "X",
            .dimension = dimension,
            .minimum = minimum,
            .maximum = maximum,
            .defaultNumber = usual,
            .integer = integer};
}

} // namespace

class TestValueSlider : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { tests::prepareWindow(); }

    void wideRangesAreLogarithmic() {
        QVERIFY(SliderScale(parameter(Dimension::Time, 0, 86'400, 0.01)).isLogarithmic());
        QVERIFY(SliderScale(parameter(Dimension::Count, 1, 100, 2)).isLogarithmic());
        QVERIFY(!SliderScale(parameter(Dimension::Count, 1, 99, 2)).isLogarithmic());
        QVERIFY(!SliderScale(parameter(Dimension::Share, 0, 1, 0.5)).isLogarithmic());
        const SliderScale count(parameter(Dimension::Count, 1, 10'000, 10));
        QCOMPARE(count.positionOf(100), 200.0);
        QCOMPARE(count.valueAt(100), 10.0);
        QCOMPARE(count.valueAt(400), 10'000.0);
    }

    void zeroHasItsOwnTwoPercent() {
        const SliderScale scale(parameter(Dimension::Time, 0, 1000, 0.01));
        QCOMPARE(scale.valueAt(0), 0.0);
        QCOMPARE(scale.valueAt(7.9), 0.0);
        QVERIFY(scale.valueAt(8) > 0);
        QCOMPARE(scale.positionOf(0), 0.0);
        QCOMPARE(scale.valueAt(400), 1000.0);
    }

    void wholeNumbersRound() {
        const SliderScale scale(parameter(Dimension::Count, 1, 100'000, 2, true));
        for (int i = 0; i <= SliderScale::kPositions; ++i) QCOMPARE(scale.valueAt(i), std::round(scale.valueAt(i)));
    }

    void everyPositionReadsBack() {
        for (const auto& declared : {parameter(Dimension::Time, 0, 86'400, 0.01),
                                     parameter(Dimension::Ratio, 0.01, 100, 1), parameter(Dimension::Share, 0, 1, 0)}) {
            const SliderScale scale(declared);
            for (int i = 0; i <= SliderScale::kPositions; ++i) {
                const double value = scale.valueAt(i);
                QVERIFY(value >= declared.minimum && value <= declared.maximum);
                if (i >= 9) QVERIFY(std::abs(scale.positionOf(value) - i) < 1);
            }
        }
    }

    void detentsAreOneTwoFiveAndTheDefault() {
        const SliderScale scale(parameter(Dimension::Time, 0.001, 1, 0.033));
        QVERIFY(std::ranges::count(scale.detents(), 0.033) == 1);
        QVERIFY(std::ranges::count(scale.detents(), 0.02) == 1);
        QCOMPARE(scale.snapped(scale.positionOf(0.0202), 5), 0.02);
        QVERIFY(scale.snapped(scale.positionOf(0.0202), 0.01) != 0.02);
    }

    void aDragIsOneBurst() {
        ValueSlider slider(parameter(Dimension::Count, 1, 10'000, 10));
        slider.resize(300, 24);
        slider.showValue(10);
        QVERIFY(tests::showActive(slider));
        QSignalSpy pressed(&slider, &ValueSlider::sliderPressed), edited(&slider, &ValueSlider::valueEdited),
            released(&slider, &ValueSlider::sliderReleased);
        const auto at = [&](double value) { return QPoint(qRound(slider.xOf(value)), 10); };
        QTest::mousePress(&slider, Qt::LeftButton, {}, at(10));
        QCOMPARE(edited.count(), 0); // taking hold changes nothing
        for (const double value : {20.0, 70.0, 500.0}) QTest::mouseMove(&slider, at(value));
        QTest::mouseRelease(&slider, Qt::LeftButton, {}, at(500));
        QCOMPARE(pressed.count(), 1);
        QCOMPARE(released.count(), 1);
        QVERIFY(edited.count() >= 3);
        QCOMPARE(*slider.value(), 500.0);
    }

    void controlFreesFromTheDetents() {
        ValueSlider slider(parameter(Dimension::Ratio, 0, 10, 1));
        slider.resize(400, 24);
        slider.showValue(1);
        QVERIFY(tests::showActive(slider));
        const QPoint near(qRound(slider.xOf(5)) + 4, 10);
        QTest::mouseClick(&slider, Qt::LeftButton, {}, near);
        QCOMPARE(*slider.value(), 5.0);
        slider.showValue(1);
        QTest::mouseClick(&slider, Qt::LeftButton, Qt::ControlModifier, near);
        QVERIFY(*slider.value() > 5.0);
    }

    void pageKeysMoveATenth() {
        ValueSlider slider(parameter(Dimension::Share, 0, 1, 0.5));
        slider.showValue(0.2);
        QVERIFY(tests::showActive(slider));
        QTest::keyClick(&slider, Qt::Key_PageUp);
        QCOMPARE(*slider.value(), 0.3);
        QTest::keyClick(&slider, Qt::Key_PageDown);
        QCOMPARE(*slider.value(), 0.2);
        QTest::keyClick(&slider, Qt::Key_Right);
        QVERIFY(*slider.value() > 0.2);
    }

    void looksRight() {
        ValueSlider slider(parameter(Dimension::Time, 0, 3600, 0.01));
        slider.showValue(0.2);
        slider.resize(290, 24);
        QVERIFY(tests::pictures(slider, QStringLiteral("slider")));
    }
};

PLIMSOLL_TEST(TestValueSlider);
#include "tst_value_slider.moc"
