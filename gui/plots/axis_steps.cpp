#include "gui/plots/axis_steps.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

double decadeOf(double value) {
    return std::pow(10.0, std::floor(std::log10(value)));
}

constexpr double kClose = 1 + 1e-9; // 0.1 + 0.2 and its like

} // namespace

double niceStep(double last, int most) {
    const double least = last / most, decade = decadeOf(least);
    for (const double step : {1.0, 2.0, 2.5, 5.0})
        if (step * decade * kClose >= least) return step * decade;
    return 10 * decade;
}

double stepAtMost(double value) {
    const double decade = decadeOf(value * kClose);
    for (const double step : {5.0, 2.0})
        if (step * decade <= value * kClose) return step * decade;
    return decade;
}

double stepAtLeast(double value) {
    const double decade = decadeOf(value * kClose);
    for (const double step : {1.0, 2.0, 5.0})
        if (step * decade * kClose >= value) return step * decade;
    return 10 * decade;
}

std::vector<double> steps(double lower, double upper, int most) {
    std::vector<double> all, decades;
    for (double decade = decadeOf(lower); decade <= upper * kClose; decade *= 10)
        for (const double step : {1.0, 2.0, 5.0}) {
            const double value = step * decade;
            if (value * kClose < lower || value > upper * kClose) continue;
            all.push_back(value);
            if (step == 1) decades.push_back(value);
        }
    return static_cast<int>(all.size()) > most && decades.size() > 1 ? decades : all;
}

LatencyUnit latencyUnit(double highest_ms) {
    constexpr double kSecondsFrom_ms = 20'000, kMicrosecondsUpTo_ms = 1;
    if (highest_ms >= kSecondsFrom_ms) return {QStringLiteral("s"), 1e-3};
    if (highest_ms <= kMicrosecondsUpTo_ms) return {QStringLiteral("µs"), 1e3};
    return {QStringLiteral("ms"), 1};
}

QString tickText(double value) {
    constexpr int kDigits = 6;
    QString text = QString::number(value, 'g', kDigits);
    if (text.contains('e')) text = QString::number(value, 'f', 0);
    qsizetype point = text.indexOf('.');
    if (point < 0) point = text.size();
    for (qsizetype at = point - 3; at > 0; at -= 3) text.insert(at, QChar(0x2009)); // thin space
    return text;
}

} // namespace plimsoll::gui
