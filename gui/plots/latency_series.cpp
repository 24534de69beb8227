#include "gui/plots/latency_series.h"

#include "gui/plots/axis_steps.h"
#include "models/text/figure_text.h"

#include <QObject>

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kMilliseconds = 1000;
constexpr double kLeastShare = 1e-4; // 1 in 10,000: the last percentile that is computed

struct Level {
    std::size_t index; // of flow::kLevels
    const char* label;
};
constexpr Level kMarked[] = {{0, "p50"}, {2, "p95"}, {3, "p99"}, {4, "p99.9"}};

TailLine lineOf(const assess::ClassFigures& figures, int series) {
    TailLine line;
    line.name = QString::fromStdString(figures.name);
    line.series = series;
    for (const auto& [time, share] : figures.latency->cdf) {
        const double milliseconds = toSeconds(time) * kMilliseconds, slower = 1 - share.value;
        if (milliseconds > 0 && slower >= kLeastShare && std::isfinite(milliseconds))
            line.tail.emplace_back(milliseconds, slower);
    }
    for (const Level& level : kMarked) {
        const double milliseconds = toSeconds(figures.latency->quantile[level.index]) * kMilliseconds;
        if (milliseconds > 0 && std::isfinite(milliseconds))
            line.marks.push_back({QString::fromLatin1(level.label), {milliseconds, 1 - flow::kLevels[level.index]}});
    }
    return line;
}

} // namespace

LatencySeries latencySeries(const document::Project& project, const assess::Assessment& assessment) {
    LatencySeries series;
    const assess::ClassFigures* slowest = nullptr;
    constexpr std::size_t kP99 = 3;
    for (const auto& figures : assessment.classes) {
        if (!figures.latency) continue;
        const auto place = std::ranges::find(project.classes, figures.id, &document::RequestClass::id);
        series.lines.push_back(lineOf(figures, static_cast<int>(place - project.classes.begin())));
        if (series.lines.back().tail.empty())
            series.lines.pop_back();
        else if (!slowest || figures.latency->quantile[kP99] > slowest->latency->quantile[kP99])
            slowest = &figures;
    }
    if (!slowest) {
        series.missing = project.classes.empty() ? QObject::tr("No traffic yet: add Clients to see latencies.")
                         : !assessment.solved    ? QObject::tr("There are no figures yet.")
                                                 : QObject::tr("No request type has a steady state at this load.");
        return series;
    }
    double least = series.lines.front().tail.front().x(), most = 0;
    for (const TailLine& line : series.lines) {
        least = std::min(least, line.marks.empty() ? line.tail.front().x() : line.marks.front().at.x() / 2);
        most = std::max(most, line.tail.back().x());
        for (const auto& mark : line.marks) most = std::max(most, mark.at.x());
    }
    series.lowest_ms = stepAtMost(least);
    series.highest_ms = stepAtLeast(most);
    series.twin = QObject::tr("1 in 100 %1 requests takes longer than %2")
                      .arg(QString::fromStdString(slowest->name),
                           QString::fromStdString(text::duration(slowest->latency->quantile[kP99]).joined()));
    return series;
}

} // namespace plimsoll::gui
