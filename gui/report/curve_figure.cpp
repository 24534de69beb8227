#include "gui/report/curve_figure.h"

#include "gui/report/figure_cells.h"

#include <QStringList>

#include <algorithm>
#include <limits>
#include <set>
#include <tuple>

namespace plimsoll::gui::report {
namespace {

constexpr std::size_t kMostLines = 5;   // that labels at the lines can tell apart (mock/report.md)
constexpr qsizetype kLongestLabel = 22; // characters that stand beside a line without covering another

/// The colours (indices of the project's request types) of those that are drawn.
std::set<int> shownOf(const Source& source, const LoadCurveSeries& series) {
    const auto rank = [&](const CurveLine& line) {
        const document::Id& id = source.project.classes[static_cast<std::size_t>(line.series)].id;
        double limit = std::numeric_limits<double>::max();
        for (const auto& target : source.assessment.targets)
            if (target.target.classId == id && target.safeLoadFactor) limit = std::min(limit, *target.safeLoadFactor);
        const auto* figures = source.assessment.requestClass(id);
        const double p99 = figures && figures->latency ? figures->latency->quantile[3].count() : 0;
        return std::tuple(limit, -p99, line.series);
    };
    std::vector<std::tuple<double, double, int>> ranks;
    ranks.reserve(series.lines.size());
    for (const CurveLine& line : series.lines) ranks.push_back(rank(line));
    std::ranges::sort(ranks);
    std::set<int> shown;
    for (const auto& one : ranks)
        if (shown.size() < kMostLines) shown.insert(std::get<2>(one));
    return shown;
}

/// The project with labels in place of names that are too long for a figure, and what they stand for.
document::Project labelled(const document::Project& project, QStringList& key) {
    document::Project copy = project;
    char letter = 'A';
    for (auto& requestClass : copy.classes) {
        const QString name = figure(requestClass.name);
        if (name.size() <= kLongestLabel) continue;
        const QString label = letter <= 'Z' ? QObject::tr("Type %1").arg(QLatin1Char(letter++))
                                            : QObject::tr("Type %1").arg(&requestClass - copy.classes.data() + 1);
        requestClass.name = label.toStdString();
        key << QStringLiteral("%1: %2").arg(label, name);
    }
    return copy;
}

} // namespace

CurveFigure curveFigure(const Source& source) {
    QStringList key;
    CurveFigure made{loadCurveSeries(labelled(source.project, key), source.assessment, source.curve),
                     QObject::tr("Latency in milliseconds against load. Lines: analytic, p99 thick, p50 thin.")};
    LoadCurveSeries& series = made.series;
    if (const std::size_t all = series.lines.size(); all > kMostLines) {
        const std::set<int> shown = shownOf(source, series);
        std::erase_if(series.lines, [&](const CurveLine& line) { return !shown.contains(line.series); });
        std::erase_if(series.targets, [&](const TargetLine& line) { return !shown.contains(line.series); });
        made.caption += QObject::tr(" Drawn are %1 of %2 request types, those whose targets give out first.")
                            .arg(shown.size())
                            .arg(all);
    }
    if (series.saturates.size() > kLongestLabel) series.saturates = QObject::tr("The first");
    if (!key.isEmpty()) made.caption += QStringLiteral(" %1.").arg(key.join(QStringLiteral("; ")));
    return made;
}

} // namespace plimsoll::gui::report
