#include "gui/canvas/canvas_print.h"
#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"
#include "gui/theme/theme.h"
#include "models/assess/verdict.h"
#include "models/components/component_type.h"
#include "models/text/figure_text.h"

#include <algorithm>
#include <array>

namespace plimsoll::gui::report {
namespace {

struct Tile {
    QString label, verdict, figure, unit, text;
    QColor verdictColour = kMuted;
    double filled = 0; // of the bar; the figure against its bound
    std::optional<double> mark = {};
};

QString verdictWord(std::optional<bool> met) {
    return !met ? QString() : *met ? QObject::tr("met") : QObject::tr("missed");
}

/// The latency target that is used up most, or the slowest class where there is none.
Tile latencyTile(const Source& source) {
    Tile tile{
        QObject::tr("Worst p99"), {}, QStringLiteral("–"), {}, QObject::tr("No request type has a steady state.")};
    const assess::TargetVerdict* worst = nullptr;
    for (const auto& verdict : source.assessment.targets) {
        if (verdict.target.metric != document::Metric::P99 || !verdict.value) continue;
        if (!worst || *verdict.value / verdict.target.bound > *worst->value / worst->target.bound) worst = &verdict;
    }
    if (worst) {
        setFigure(tile.figure, tile.unit, text::duration(Seconds{*worst->value}));
        tile.verdict = verdictWord(worst->met);
        tile.verdictColour = worst->met.value_or(true) ? kMet : kMissed;
        tile.filled = std::min(1.0, *worst->value / worst->target.bound * 0.8);
        tile.mark = 0.8;
        tile.text = QObject::tr("%1; target %2.")
                        .arg(className(source, *worst->target.classId),
                             figure(assess::targetFigure(worst->target.metric, worst->target.bound)));
        return tile;
    }
    const assess::ClassFigures* slowest = nullptr;
    for (const auto& c : source.assessment.classes)
        if (c.latency && (!slowest || c.latency->quantile[3] > slowest->latency->quantile[3])) slowest = &c;
    if (!slowest) return tile;
    setFigure(tile.figure, tile.unit, text::duration(slowest->latency->quantile[3]));
    tile.text = QObject::tr("%1; no target is set.").arg(figure(slowest->name));
    return tile;
}

Tile safeLoadTile(const Source& source) {
    Tile tile{QObject::tr("Safe load"), {}, QStringLiteral("–"), {}, QObject::tr("Set a target to see the safe load.")};
    const auto& a = source.assessment;
    if (a.safeLoadFactor) {
        tile.figure = figure(text::factor(a.safeLoadFactor).joined());
        tile.text = QObject::tr("of the drawn load, %1, before a target is missed.")
                        .arg(figure(text::rate(PerSecond{source.curve.baseRate_per_s}).joined()));
        const double end = std::max(*a.safeLoadFactor, a.saturationLoadFactor.value_or(*a.safeLoadFactor)) * 1.1;
        tile.filled = *a.safeLoadFactor / end;
        tile.mark = a.loadFactor <= end ? std::optional(a.loadFactor / end) : std::nullopt;
    } else if (!a.targets.empty()) {
        const bool always = std::ranges::all_of(a.targets, &assess::TargetVerdict::holdsAtEveryLoad);
        tile.text = always ? QObject::tr("The targets hold at every load tried.")
                           : QObject::tr("At least one target holds at no load.");
    }
    return tile;
}

Tile costTile() {
    return {QObject::tr("Cost a month"),
            {},
            QStringLiteral("–"),
            {},
            QObject::tr("Prices are not part of this version; unknown, not zero.")};
}

Tile bottleneckTile(const Source& source) {
    Tile tile{QObject::tr("First to break"), {}, QStringLiteral("–"), {}, QObject::tr("Nothing drawn here saturates.")};
    const auto& a = source.assessment;
    const auto* first = a.bottleneck ? a.component(a.bottleneck->component) : nullptr;
    if (!first) return tile;
    tile.figure = figure(first->name);
    const double busy = first->offeredUtilisation.value_or(0);
    tile.filled = std::min(1.0, busy);
    tile.text =
        QObject::tr("%1 busy now, full at %2.")
            .arg(figure(text::utilisation(busy).joined()), figure(text::factor(first->saturationLoadFactor).joined()));
    return tile;
}

void paintTile(QPainter& painter, const Tile& tile, const QRectF& box) {
    painter.setPen(QPen(kInk, pt(0.9)));
    painter.drawLine(box.topLeft(), box.topRight());
    const QRectF head(box.left(), box.top() + mm(2), box.width(), mm(4.5));
    drawLine(painter, tile.label, face(kFigureText), kMuted, head);
    drawLine(painter, tile.verdict, face(kFigureText, QFont::Bold), tile.verdictColour, head, Qt::AlignRight);
    QFont large = face(kTitle, QFont::Bold);
    while (QFontMetricsF(large).horizontalAdvance(tile.figure) > box.width() && large.pixelSize() > pt(kBlock))
        large.setPixelSize(large.pixelSize() - kUnitsPerPoint);
    const QRectF figureBox(box.left(), head.bottom() + mm(0.5), box.width(), mm(8));
    drawLine(painter, tile.figure, large, kInk, figureBox);
    const double after = QFontMetricsF(large, painter.device()).horizontalAdvance(tile.figure) + pt(3);
    drawLine(painter, tile.unit, face(kText), kInk, figureBox.adjusted(after, mm(1.4), 0, 0));
    const QRectF bar(box.left(), figureBox.bottom() + mm(1), box.width(), mm(2));
    painter.fillRect(bar, QColor("#e6eaee"));
    painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * tile.filled, bar.height())), kAccent);
    if (tile.mark)
        painter.fillRect(QRectF(bar.left() + bar.width() * *tile.mark - pt(0.7), bar.top() - mm(0.8), pt(1.4), mm(3.6)),
                         kInk);
    drawWrapped(painter, tile.text, face(kFigureText), kInk,
                QRectF(box.left(), bar.bottom() + mm(2), box.width(), mm(20)));
}

Block tilesBlock(const Source& source) {
    const std::array<Tile, 4> tiles{latencyTile(source), safeLoadTile(source), costTile(), bottleneckTile(source)};
    const double gutter = mm(4), width = (kContentWidth - 3 * gutter) / 4;
    Block block;
    block.spaceBefore = mm(8);
    block.height = mm(19) + 3 * pt(kFigureText) * 1.4;
    block.paint = [=](QPainter& painter, const QRectF& place) {
        for (std::size_t i = 0; i < tiles.size(); ++i)
            paintTile(
                painter, tiles[i],
                QRectF(place.left() + static_cast<double>(i) * (width + gutter), place.top(), width, place.height()));
    };
    return block;
}

/// The canvas as vectors, as high as its shape asks for within a band that leaves room for the rest of the page.
Block canvasBlock(const Source& source) {
    const QRectF scene = sceneBounds(source.project, source.assessment.scenario);
    const double aspect = scene.isEmpty() ? 0.3 : scene.height() / scene.width();
    Block block;
    block.spaceBefore = mm(2);
    block.height = std::clamp(kContentWidth * aspect, mm(30), mm(105));
    block.paint = [&source](QPainter& painter, const QRectF& place) {
        painter.fillRect(place, lightTheme().canvas);
        paintCanvas(painter, source.project, source.assessment.scenario, &source.assessment, lightTheme(),
                    place.adjusted(mm(2), mm(2), -mm(2), -mm(2)));
    };
    return block;
}

Block legendBlock() {
    Block block;
    block.spaceBefore = mm(1);
    block.height = mm(5);
    block.paint = [](QPainter& painter, const QRectF& place) {
        const std::array<QString, 5> words{QObject::tr("under 30 %"), QStringLiteral("30–60"), QStringLiteral("60–80"),
                                           QStringLiteral("80–100"), QObject::tr("over 100 %")};
        const QFont font = face(kTable);
        double x = place.left();
        const auto put = [&](const QString& words_) {
            drawLine(painter, words_, font, kMuted, QRectF(x, place.top(), mm(40), place.height()));
            x += QFontMetricsF(font, painter.device()).horizontalAdvance(words_) + mm(3);
        };
        put(QObject::tr("Busy"));
        for (std::size_t i = 0; i < words.size(); ++i) {
            painter.fillRect(QRectF(x, place.center().y() - mm(1), mm(6), mm(2)), lightTheme().step[i]);
            x += mm(7.5);
            put(words[i]);
        }
    };
    return block;
}

Block columnsBlock(const Source& source) {
    const auto* scenario = document::findScenario(source.project, source.assessment.scenario);
    QString load = QObject::tr("×1 is the load as drawn:");
    for (const auto& c : source.assessment.classes)
        load += QStringLiteral("\n%1 %2").arg(
            figure(c.name), figure(text::rate(PerSecond{c.offered.value / source.assessment.loadFactor}).joined()));
    const InputTotals inputs = inputTotals(source);
    const std::array<std::pair<QString, QString>, 3> columns{
        std::pair{QObject::tr("Scenario"), QObject::tr("%1, drawn above").arg(figure(scenario->name))},
        std::pair{QObject::tr("Load"), load},
        std::pair{QObject::tr("Inputs"),
                  QObject::tr(
                      "%1 of %2 inputs are assumed values that nobody measured; the chapter on assumptions lists them.")
                      .arg(inputs.defaults)
                      .arg(inputs.all)}};
    const double gutter = mm(4), width = (kContentWidth - 2 * gutter) / 3;
    Block block;
    block.spaceBefore = mm(6);
    for (const auto& [head, words] : columns)
        block.height = std::max(block.height, pt(kText) * 1.4 + wrappedHeight(words, face(kFigureText), width));
    block.paint = [=](QPainter& painter, const QRectF& place) {
        double x = place.left();
        for (const auto& [head, words] : columns) {
            drawWrapped(painter, head, face(kFigureText, QFont::Bold), kInk, QRectF(x, place.top(), width, mm(5)));
            drawWrapped(painter, words, face(kFigureText), kInk,
                        QRectF(x, place.top() + pt(kText) * 1.4, width, place.height()));
            x += width + gutter;
        }
    };
    return block;
}

} // namespace

Chapter coverChapter(const Source& source) {
    Chapter chapter{QObject::tr("Capacity report"), figure(assess::verdict(source.project, source.assessment)), {}};
    if (const QString words = figure(source.project.note).section(QLatin1Char('\n'), 0, 0); !words.isEmpty())
        chapter.blocks.push_back(paragraph(words));
    chapter.blocks.push_back(tilesBlock(source));
    Block caption = paragraph(QObject::tr("The drawing at %1. Large figure: how busy the busiest resource is.")
                                  .arg(figure(text::factor(source.assessment.loadFactor).joined())),
                              kFigureText);
    caption.spaceBefore = mm(6);
    caption.keepWithNext = true;
    chapter.blocks.push_back(caption);
    chapter.blocks.push_back(canvasBlock(source));
    chapter.blocks.push_back(legendBlock());
    chapter.blocks.push_back(columnsBlock(source));
    return chapter;
}

} // namespace plimsoll::gui::report
