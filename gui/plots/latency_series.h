// The distribution of latencies, as numbers and words: plain functions, no drawing.
#pragma once
#include "models/assess/assessment.h"

#include <QPointF>
#include <QString>

#include <vector>

namespace plimsoll::gui {

/// One request type: (milliseconds, share of requests that are slower), and its percentiles as points.
struct TailLine {
    QString name;
    int series = 0;
    std::vector<QPointF> tail;
    struct Mark {
        QString label; // "p99"
        QPointF at;
    };
    std::vector<Mark> marks; // p50, p95, p99, p99.9
};

struct LatencySeries {
    QString missing; // what has to be there first, in one line
    std::vector<TailLine> lines;
    double lowest_ms = 1, highest_ms = 1000;
    QString twin; // "1 in 100 Checkout requests takes longer than 322 ms"
};

LatencySeries latencySeries(const document::Project& project, const assess::Assessment& assessment);

} // namespace plimsoll::gui
