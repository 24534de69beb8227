// What the load curve shows, as numbers and words: plain functions, no drawing.
#pragma once
#include "models/assess/assessment.h"

#include <QPointF>
#include <QString>

#include <optional>
#include <vector>

namespace plimsoll::gui {

/// One request type: (load factor, milliseconds) by ascending load; where it has no steady state the line ends.
struct CurveLine {
    QString name;   // "Checkout p99"
    int series = 0; // its colour, by the order of the project's request types
    std::vector<QPointF> p99, p50;
};

/// A bound on a latency, as a dashed line.
struct TargetLine {
    QString label; // "Checkout target 500 ms"
    double milliseconds = 0;
    int series = 0;
};

struct LoadCurveSeries {
    QString missing; // what has to be there first, in one line; nothing else is set then
    std::vector<CurveLine> lines;
    std::vector<TargetLine> targets;
    std::optional<double> safeLoad, saturation;
    QString saturates; // the name of the component that saturates first
    double presentLoad = 1;
    double baseRate_per_s = 0; // arrivals at factor 1
    double lowestLoad = 0, highestLoad = 1;
    bool logarithmicLoad = false;
    double lowest_ms = 1, highest_ms = 1000; // always logarithmic
    QString twin;                            // the chart in words: "Checkout p99 reaches 500 ms at ×1.21 (1 016/s)"
};

/// `presentLoad`: where the load slider stands, if that is not the assessment's load.
LoadCurveSeries loadCurveSeries(const document::Project& project, const assess::Assessment& assessment,
                                const assess::LoadCurve& curve, std::optional<double> presentLoad = {});

/// Where a line crosses the vertical at `load`, interpolated; none beyond its ends.
std::optional<double> valueAt(const std::vector<QPointF>& line, double load);
/// The chart as rows: load factor, arrivals, p50 and p99 of every request type.
QString curveAsCsv(const LoadCurveSeries& series);

} // namespace plimsoll::gui
