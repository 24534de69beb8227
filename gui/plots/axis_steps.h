// Round numbers for axes: plain functions.
#pragma once
#include <QString>

#include <vector>

namespace plimsoll::gui {

/// 1, 2, 2.5 or 5 times a power of ten, so that 0 to `last` has at most `most` steps.
double niceStep(double last, int most);
/// The largest of 1, 2, 5 x 10^n that is at most `value`, and the least that is at least `value`; `value` > 0.
double stepAtMost(double value);
double stepAtLeast(double value);
/// The 1-2-5 numbers in [lower, upper], lower > 0; only the powers of ten where there are more than `most`.
std::vector<double> steps(double lower, double upper, int most);

/// The unit of a latency axis that ends at `highest_ms`, and how many of it make a millisecond.
struct LatencyUnit {
    QString name;
    double perMillisecond = 1;
};
LatencyUnit latencyUnit(double highest_ms);
/// "1 000", "0.5": a tick without its unit.
QString tickText(double value);

} // namespace plimsoll::gui
