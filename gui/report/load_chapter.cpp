#include "gui/plots/load_curve_painter.h"
#include "gui/plots/load_curve_series.h"
#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"
#include "gui/theme/theme.h"
#include "models/assess/verdict.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace plimsoll::gui::report {
namespace {

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

Block curveBlock(const Source& source) {
    const auto series =
        std::make_shared<const LoadCurveSeries>(loadCurveSeries(source.project, source.assessment, source.curve));
    Block block;
    block.height = mm(105);
    block.paint = [series](QPainter& painter, const QRectF& place) {
        // QCustomPlot thinks in pixels of a screen: points here.
        painter.scale(kUnitsPerPoint, kUnitsPerPoint);
        const QRectF points(place.topLeft() / kUnitsPerPoint, place.size() / kUnitsPerPoint);
        paintLoadCurve(painter, points, *series, lightTheme(), kFigureText);
    };
    return block;
}

QString loadRate(const Source& source, double factor) {
    return figure(text::rate(PerSecond{source.curve.baseRate_per_s * factor}).number);
}

std::vector<Block> wordsTable(const Source& source) {
    struct Event {
        double factor;
        QString text;
        bool first = false;
    };
    std::vector<Event> events;
    const auto& a = source.assessment;
    for (const auto& t : a.targets)
        if (t.safeLoadFactor)
            events.push_back(
                {*t.safeLoadFactor, QObject::tr("%1 reaches %2")
                                        .arg(figure(assess::targetName(source.project, t.target)),
                                             figure(assess::targetFigure(t.target.metric, t.target.bound)))});
    for (const auto* c : byOrderOfFilling(a))
        if (c->saturationLoadFactor && *c->saturationLoadFactor < 1000)
            events.push_back({*c->saturationLoadFactor, QObject::tr("%1 is full").arg(figure(c->name))});
    std::ranges::stable_sort(events, {}, &Event::factor);
    std::vector<TableRow> rows;
    for (const auto& event : events) {
        const bool safe = a.safeLoadFactor == event.factor;
        rows.push_back({{{safe ? event.text + QObject::tr(": safe load") : event.text, {}, safe, {}},
                         {figure(text::factor(event.factor).joined()), QStringLiteral("a"), safe, {}},
                         {loadRate(source, event.factor), {}, safe, {}}},
                        safe});
    }
    return tableBlocks(
        {{QObject::tr("What the curve says"), 3}, {QObject::tr("Load"), 1, true}, {QObject::tr("requests/s"), 1, true}},
        rows);
}

struct Bar {
    QString name;
    double factor;
    int rank;
};

Block barBlock(const Source& source, const Bar& bar, double most) {
    const QString rate = loadRate(source, bar.factor);
    Block block;
    block.height = mm(6.5);
    block.paint = [bar, most, rate](QPainter& painter, const QRectF& place) {
        const QRectF chip(place.left(), place.center().y() - mm(2), mm(4), mm(4));
        painter.setPen(QPen(kInk, pt(0.6)));
        painter.setBrush(bar.rank == 1 ? QBrush(kInk) : Qt::NoBrush);
        painter.drawRoundedRect(chip, mm(0.8), mm(0.8));
        drawLine(painter, QString::number(bar.rank), face(kTable, QFont::Bold),
                 bar.rank == 1 ? QColor(Qt::white) : kInk, chip, Qt::AlignHCenter);
        drawLine(painter, bar.name, face(kFigureText, QFont::Bold), kInk,
                 QRectF(place.left() + mm(7), place.top(), mm(42), place.height()));
        const QRectF track(place.left() + mm(50), place.center().y() - mm(1.3), mm(80), mm(2.6));
        // Logarithmic from x0.1, so that what is full soon and what is never full fit on one axis.
        const double length =
            track.width() * std::clamp(std::log10(bar.factor / 0.1) / std::log10(most / 0.1), 0.02, 1.0);
        painter.fillRect(QRectF(track.topLeft(), QSizeF(length, track.height())),
                         bar.rank == 1 ? kInk : QColor("#b8c4d0"));
        drawLine(painter, figure(text::factor(bar.factor).joined()), face(kFigureText, QFont::Bold), kInk,
                 QRectF(track.left() + length + mm(2), place.top(), mm(22), place.height()));
        drawLine(painter, rate, face(kFigureText), kInk, place, Qt::AlignRight);
    };
    return block;
}

} // namespace

Chapter loadChapter(const Source& source) {
    Chapter chapter{QObject::tr("Load"), title(source), {}};
    Block caption = paragraph(
        QObject::tr("Latency in milliseconds against load. Lines: analytic, p99 thick, p50 thin."), kFigureText);
    caption.keepWithNext = true;
    chapter.blocks.push_back(caption);
    chapter.blocks.push_back(curveBlock(source));
    chapter.blocks.push_back(sectionHeading(QObject::tr("In words")));
    append(chapter.blocks, wordsTable(source));

    std::vector<Bar> bars;
    for (const auto* c : byOrderOfFilling(source.assessment))
        if (c->saturationLoadFactor)
            bars.push_back({figure(c->name), *c->saturationLoadFactor, static_cast<int>(bars.size()) + 1});
    if (bars.empty()) return chapter;
    chapter.blocks.push_back(sectionHeading(QObject::tr("What fills first")));
    Block words = paragraph(QObject::tr("Load at which each component's first resource has no capacity left, "
                                        "logarithmic; requests/s at the right."),
                            kFigureText);
    words.keepWithNext = true;
    chapter.blocks.push_back(words);
    for (const auto& bar : bars) chapter.blocks.push_back(barBlock(source, bar, std::max(10.0, bars.back().factor)));
    return chapter;
}

} // namespace plimsoll::gui::report
