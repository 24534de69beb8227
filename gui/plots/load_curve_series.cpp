#include "gui/plots/load_curve_series.h"

#include "gui/plots/axis_steps.h"
#include "models/assess/verdict.h"
#include "models/text/figure_text.h"

#include <QObject>

#include <algorithm>
#include <cmath>
#include <set>

namespace plimsoll::gui {
namespace {

constexpr double kMilliseconds = 1000;
constexpr std::size_t kP50 = 0, kP99 = 3; // of flow::kLevels

bool isLatency(document::Metric metric) {
    return metric <= document::Metric::P999;
}

QString factorText(double factor) {
    return QString::fromStdString(text::factor(factor).joined());
}

QString rateText(double perSecond) {
    return QString::fromStdString(text::rate(PerSecond{perSecond}).joined());
}

int seriesOf(const document::Project& project, const document::Id& id) {
    const auto found = std::ranges::find(project.classes, id, &document::RequestClass::id);
    return static_cast<int>(found - project.classes.begin());
}

std::vector<CurveLine> linesOf(const document::Project& project, const assess::LoadCurve& curve) {
    std::vector<CurveLine> lines;
    for (std::size_t i = 0; i < curve.classes.size(); ++i) {
        const auto* requestClass = document::findClass(project, curve.classes[i]);
        if (!requestClass) continue;
        CurveLine line;
        line.name = QObject::tr("%1 p99").arg(QString::fromStdString(requestClass->name));
        line.series = seriesOf(project, requestClass->id);
        for (const auto& point : curve.points) {
            if (i >= point.latency.size() || !point.latency[i]) continue;
            const auto& quantile = point.latency[i]->quantile;
            for (const auto& [level, into] : {std::pair(kP50, &line.p50), std::pair(kP99, &line.p99)}) {
                const double milliseconds = toSeconds(quantile[level]) * kMilliseconds;
                if (std::isfinite(milliseconds) && milliseconds > 0) into->emplace_back(point.loadFactor, milliseconds);
            }
        }
        if (!line.p99.empty()) lines.push_back(std::move(line));
    }
    return lines;
}

std::vector<TargetLine> targetsOf(const document::Project& project) {
    std::vector<TargetLine> lines;
    for (const auto& target : project.targets) {
        const auto* requestClass = target.classId ? document::findClass(project, *target.classId) : nullptr;
        if (!requestClass || !isLatency(target.metric) || !target.atMost || !(target.bound > 0)) continue;
        const QString bound = QString::fromStdString(assess::targetFigure(target.metric, target.bound));
        lines.push_back({QObject::tr("%1 target %2").arg(QString::fromStdString(requestClass->name), bound),
                         target.bound * kMilliseconds, seriesOf(project, requestClass->id)});
    }
    return lines;
}

/// ux.md section 12: logarithmic when the range is over 30; room beyond saturation, to show that nothing is there.
void setLoadRange(LoadCurveSeries& series) {
    constexpr double kBeyondSaturation = 1.25, kBeyondOthers = 1.1, kLogarithmicFrom = 30;
    double first = series.presentLoad, last = series.presentLoad * kBeyondOthers;
    for (const auto& line : series.lines) {
        first = std::min(first, line.p99.front().x());
        last = std::max(last, line.p99.back().x());
    }
    if (series.saturation) last = std::max(last, *series.saturation * kBeyondSaturation);
    if (series.safeLoad && *series.safeLoad < kLogarithmicFrom * first)
        last = std::max(last, *series.safeLoad * kBeyondOthers);
    series.logarithmicLoad = last / first > kLogarithmicFrom;
    if (series.logarithmicLoad) {
        series.lowestLoad = first * 0.8;
        series.highestLoad = last * 1.25;
        return;
    }
    const double step = niceStep(last, 7);
    series.lowestLoad = 0;
    series.highestLoad = std::ceil(last / step - 1e-9) * step;
}

/// From half the least p50 to twice the highest target; without targets far enough up to show the bend.
void setLatencyRange(LoadCurveSeries& series) {
    constexpr double kWithoutTarget = 20; // times the p99 at the lowest load
    double least = series.lines.front().p99.front().y(), highest = 0, atRest = 0;
    for (const auto& line : series.lines) {
        for (const auto& point : line.p50.empty() ? line.p99 : line.p50) least = std::min(least, point.y());
        for (const auto& point : line.p99) highest = std::max(highest, point.y());
        atRest = std::max(atRest, line.p99.front().y());
    }
    double top = std::min(highest * 1.2, atRest * kWithoutTarget);
    if (!series.targets.empty())
        top = 2 * std::ranges::max_element(series.targets, {}, &TargetLine::milliseconds)->milliseconds;
    top = std::max(top, 1.5 * atRest);
    series.lowest_ms = stepAtMost(least / 2);
    series.highest_ms = stepAtLeast(top);
}

QString whatIsMissing(const document::Project& project, const assess::Assessment& assessment) {
    if (project.classes.empty()) return QObject::tr("No traffic yet: add Clients to see latency against load.");
    if (!assessment.solved) {
        for (const auto& problem : assessment.problems)
            if (problem.severity == assess::Severity::Error) return QString::fromStdString(problem.message);
        return QObject::tr("There are no figures yet.");
    }
    return QObject::tr("No request type of this scenario has a latency at any load.");
}

/// The target that breaks first, or the saturation, in words.
QString twinOf(const document::Project& project, const assess::Assessment& assessment, const LoadCurveSeries& series) {
    const assess::TargetVerdict* first = nullptr;
    for (const auto& verdict : assessment.targets)
        if (verdict.safeLoadFactor && (!first || *verdict.safeLoadFactor < *first->safeLoadFactor)) first = &verdict;
    if (first) {
        const double at = *first->safeLoadFactor;
        const QString present = factorText(series.presentLoad), rate = rateText(series.baseRate_per_s * at);
        if (first->breaksByCollapse) {
            const QString collapse =
                QObject::tr("%1 can collapse from %2 on")
                    .arg(QString::fromStdString(assess::targetName(project, first->target)), factorText(at));
            return series.presentLoad > at ? QObject::tr("%1; the load is %2").arg(collapse, present)
                                           : QObject::tr("%1 (%2)").arg(collapse, rate);
        }
        const QString what =
            QObject::tr("%1 %3 %2")
                .arg(QString::fromStdString(assess::targetName(project, first->target)),
                     QString::fromStdString(assess::targetFigure(first->target.metric, first->target.bound)));
        if (series.presentLoad > at)
            return QObject::tr("%1 at %2; the load is %3")
                .arg(what.arg(QObject::tr("passes")), factorText(at), present);
        return QObject::tr("%1 at %2 (%3)").arg(what.arg(QObject::tr("reaches")), factorText(at), rate);
    }
    if (series.saturation)
        return QObject::tr("%1 saturates at %2 (%3)")
            .arg(series.saturates.isEmpty() ? QObject::tr("Something") : series.saturates,
                 factorText(*series.saturation), rateText(series.baseRate_per_s * *series.saturation));
    return QObject::tr("Nothing saturates up to %1").arg(factorText(series.highestLoad));
}

} // namespace

LoadCurveSeries loadCurveSeries(const document::Project& project, const assess::Assessment& assessment,
                                const assess::LoadCurve& curve, std::optional<double> presentLoad) {
    LoadCurveSeries series;
    series.presentLoad = presentLoad.value_or(assessment.loadFactor);
    series.lines = linesOf(project, curve);
    if (series.lines.empty()) {
        series.missing = whatIsMissing(project, assessment);
        return series;
    }
    series.baseRate_per_s = curve.baseRate_per_s;
    series.targets = targetsOf(project);
    series.safeLoad = assessment.safeLoadFactor;
    series.saturation = assessment.saturationLoadFactor;
    for (const auto& component : assessment.components)
        if (component.saturationRank == 1) series.saturates = QString::fromStdString(component.name);
    if (series.saturates.isEmpty() && assessment.bottleneck)
        if (const auto* component = assessment.component(assessment.bottleneck->component))
            series.saturates = QString::fromStdString(component->name);
    setLoadRange(series);
    setLatencyRange(series);
    series.twin = twinOf(project, assessment, series);
    return series;
}

std::optional<double> valueAt(const std::vector<QPointF>& line, double load) {
    if (line.empty() || load < line.front().x() || load > line.back().x()) return {};
    const auto after = std::ranges::lower_bound(line, load, {}, &QPointF::x);
    if (after->x() == load || after == line.begin()) return after->y();
    const auto before = after - 1;
    const double share = (load - before->x()) / (after->x() - before->x());
    return before->y() * std::pow(after->y() / before->y(), share); // straight on the logarithmic axis
}

QString curveAsCsv(const LoadCurveSeries& series) {
    QString csv = QStringLiteral("load_factor,requests_per_s");
    std::set<double> loads;
    for (const auto& line : series.lines) {
        const QString name = QString(line.name).remove(QStringLiteral(" p99")).replace('"', QStringLiteral("\"\""));
        csv += QStringLiteral(",\"%1 p50_ms\",\"%1 p99_ms\"").arg(name);
        for (const auto& point : line.p99) loads.insert(point.x());
    }
    csv += '\n';
    for (const double load : loads) {
        csv += QString::number(load, 'g', 12) + ',' + QString::number(load * series.baseRate_per_s, 'g', 12);
        for (const auto& line : series.lines)
            for (const auto* values : {&line.p50, &line.p99}) {
                const auto value = valueAt(*values, load);
                csv += ',' + (value ? QString::number(*value, 'g', 12) : QString());
            }
        csv += '\n';
    }
    return csv;
}

} // namespace plimsoll::gui
