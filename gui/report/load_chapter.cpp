#include "gui/plots/load_curve_painter.h"
#include "gui/report/chapters.h"
#include "gui/report/curve_figure.h"
#include "gui/report/figure_cells.h"
#include "gui/report/filling_bars.h"
#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"
#include "gui/theme/theme.h"
#include "models/assess/verdict.h"

#include <algorithm>
#include <memory>

namespace plimsoll::gui::report {
namespace {

constexpr std::size_t kMostBars = 10; // of the components, in the figure of what fills first

QString loadRate(const Source& source, double factor) {
    return perSecond(PerSecond{source.curve.baseRate_per_s * factor});
}

QString title(const Source& source) {
    const auto& a = source.assessment;
    const auto* first = a.bottleneck ? a.component(a.bottleneck->component) : nullptr;
    if (!first || !a.saturationLoadFactor) return QObject::tr("Nothing that is drawn saturates");
    const QString full =
        QObject::tr("at %1 %2 is full").arg(figure(text::factor(a.saturationLoadFactor).joined()), figure(first->name));
    if (a.safeLoadFactor)
        return QObject::tr("Targets hold up to %1; %2").arg(figure(text::factor(a.safeLoadFactor).joined()), full);
    return full.left(1).toUpper() + full.mid(1);
}

Block curveBlock(const LoadCurveSeries& drawn) {
    const auto series = std::make_shared<const LoadCurveSeries>(drawn);
    Block block;
    block.height = mm(100);
    block.paint = [series](QPainter& painter, const QRectF& place) {
        // QCustomPlot thinks in pixels of a screen: points here.
        painter.scale(kUnitsPerPoint, kUnitsPerPoint);
        const QRectF points(place.topLeft() / kUnitsPerPoint, place.size() / kUnitsPerPoint);
        paintLoadCurve(painter, points, *series, lightTheme(), kFigureText);
    };
    return block;
}

struct Event {
    double factor;
    QString text, now;
};

/// What the curve reaches before it ends, by load: bounds of targets, and the first saturation.
std::vector<Event> eventsOf(const Source& source) {
    const auto& a = source.assessment;
    std::vector<Event> events;
    for (const auto& t : a.targets) {
        if (!t.safeLoadFactor || t.holdsAtEveryLoad) continue;
        const QString bound = figure(assess::targetFigure(t.target.metric, t.target.bound));
        const QString name = figure(assess::targetName(source.project, t.target));
        events.push_back({*t.safeLoadFactor,
                          t.breaksByCollapse ? QObject::tr("%1 can collapse").arg(name)
                                             : QObject::tr("%1 reaches %2").arg(name, bound),
                          t.value ? figure(assess::targetFigure(t.target.metric, *t.value)) : QStringLiteral("–")});
    }
    for (const auto* c : byOrderOfFilling(a))
        if (c->saturationLoadFactor && c->saturationLoadFactor == a.saturationLoadFactor)
            events.push_back({*c->saturationLoadFactor, QObject::tr("%1 is full").arg(figure(c->name)),
                              QObject::tr("%1 busy").arg(figure(text::utilisation(c->offeredUtilisation).joined()))});
    std::ranges::stable_sort(events, {}, &Event::factor);
    return events;
}

std::vector<Block> wordsTable(const Source& source) {
    const std::vector<Event> events = eventsOf(source);
    if (events.empty())
        return paragraph(QObject::tr("No target is reached and nothing is full at any load that was tried."));
    const bool rates = source.curve.baseRate_per_s > 0; // closed request types alone have no rate of their own
    std::vector<TableRow> rows;
    for (const Event& event : events) {
        const bool safe = source.assessment.safeLoadFactor == event.factor;
        TableRow row{{{.text = safe ? QObject::tr("%1: safe load").arg(event.text) : event.text, .bold = safe},
                      {figure(text::factor(event.factor).joined()), QStringLiteral("a"), safe}},
                     safe};
        if (rates) row.cells.push_back({.text = loadRate(source, event.factor), .bold = safe});
        row.cells.push_back({event.now, event.now == QStringLiteral("–") ? QString() : QStringLiteral("a")});
        rows.push_back(std::move(row));
    }
    std::vector<TableColumn> columns{{QObject::tr("What the curve says")}, {QObject::tr("Load"), true}};
    if (rates) columns.push_back({QObject::tr("requests/s"), true});
    columns.push_back({QObject::tr("At %1").arg(figure(text::factor(source.assessment.loadFactor).joined())), true});
    return tableBlocks(columns, rows);
}

} // namespace

Chapter loadChapter(const Source& source) {
    Chapter chapter{QObject::tr("Load"), title(source), {}};
    const CurveFigure curve = curveFigure(source);
    append(chapter.blocks, paragraph(curve.caption, kFigureText));
    chapter.blocks.back().keepWithNext = true;
    chapter.blocks.push_back(curveBlock(curve.series));
    chapter.blocks.push_back(sectionHeading(QObject::tr("In words")));
    append(chapter.blocks, wordsTable(source));
    if (std::vector<Block> bars = fillingBlocks(source, kContentWidth, kMostBars); !bars.empty()) {
        chapter.blocks.push_back(sectionHeading(QObject::tr("What fills first")));
        append(chapter.blocks, std::move(bars));
    }
    return chapter;
}

} // namespace plimsoll::gui::report
