#include "gui/canvas/canvas_print.h"
#include "gui/report/chapters.h"
#include "gui/report/figure_cells.h"
#include "gui/report/filling_bars.h"
#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"
#include "gui/theme/theme.h"
#include "models/assess/verdict.h"
#include "models/components/component_type.h"
#include "models/text/figure_text.h"

#include <QFontMetricsF>
#include <QStringList>

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

namespace plimsoll::gui::report {
namespace {

struct Tile {
    QString label, verdict, figure, unit, text;
    QColor verdictColour = kMuted;
    double filled = 0; // of the bar; the figure against its bound
    std::optional<double> mark = {};
};

QString wordOf(const assess::TargetVerdict& verdict) {
    return verdict.met ? QString::fromUtf8(assess::verdictWord(verdict)) : QString();
}

/// The latency target that is used up most, or the slowest class where there is none.
Tile latencyTile(const Source& source) {
    Tile tile{
        QObject::tr("Worst p99"), {}, QStringLiteral("–"), {}, QObject::tr("No request type has a steady state.")};
    const assess::TargetVerdict *worst = nullptr, *lost = nullptr; // lost: missed, since there is no value at all
    for (const auto& verdict : source.assessment.targets) {
        if (verdict.target.metric != document::Metric::P99) continue;
        if (!verdict.value && verdict.met == false) lost = &verdict;
        if (!verdict.value) continue;
        if (!worst || *verdict.value / verdict.target.bound > *worst->value / worst->target.bound) worst = &verdict;
    }
    if (worst && !lost) {
        setFigure(tile.figure, tile.unit, text::duration(Seconds{*worst->value}));
        tile.verdict = wordOf(*worst);
        tile.verdictColour = worst->met.value_or(true) ? kMet : kMissed;
        tile.filled = std::min(1.0, *worst->value / worst->target.bound * 0.8);
        tile.mark = 0.8;
        tile.text = QObject::tr("%1; target %2.")
                        .arg(briefName(className(source, *worst->target.classId)),
                             figure(assess::targetFigure(worst->target.metric, worst->target.bound)));
        return tile;
    }
    if (lost) {
        tile.verdict = wordOf(*lost);
        tile.verdictColour = kMissed;
        tile.text = QObject::tr("%1 has no steady state; target %2.")
                        .arg(briefName(className(source, *lost->target.classId)),
                             figure(assess::targetFigure(lost->target.metric, lost->target.bound)));
        return tile;
    }
    const assess::ClassFigures* slowest = nullptr;
    for (const auto& c : source.assessment.classes)
        if (c.latency && (!slowest || c.latency->quantile[3] > slowest->latency->quantile[3])) slowest = &c;
    if (!slowest) return tile;
    setFigure(tile.figure, tile.unit, text::duration(slowest->latency->quantile[3]));
    tile.text = QObject::tr("%1; no target is set.").arg(briefName(figure(slowest->name)));
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
    tile.figure = briefName(figure(first->name));
    const double busy = first->offeredUtilisation.value_or(0);
    tile.filled = std::min(1.0, busy);
    tile.text =
        QObject::tr("%1 busy now, full at %2.")
            .arg(figure(text::utilisation(busy).joined()), figure(text::factor(first->saturationLoadFactor).joined()));
    return tile;
}

constexpr double kTileHead = mm(2), kFigureTop = mm(6.8), kFigureLine = mm(8.4), kBarGap = mm(1), kBarHeight = mm(2);
constexpr double kTitleOfTile = kFigureText * kUnitsPerPoint * 1.4;

/// The figure's font: as large as the width allows, no smaller than a block's heading.
QFont figureFont(const QString& words, double width) {
    QFont font = face(kTitle, QFont::Bold);
    while (textWidth(words, font) > width && font.pixelSize() > pt(kBlock))
        font.setPixelSize(font.pixelSize() - kUnitsPerPoint);
    return font;
}

struct PlacedTile {
    std::vector<Text> texts;
    double barTop = 0;
};

/// The words of a tile at `left`; a long name takes more lines and moves the bar down.
PlacedTile placedTile(const Tile& tile, double left, double width) {
    PlacedTile placed;
    const QFont word = face(kFigureText, QFont::Bold);
    const double verdictWidth = tile.verdict.isEmpty() ? 0 : textWidth(tile.verdict, word);
    placed.texts.push_back(
        placedText(tile.label, face(kFigureText), kMuted, QRectF(left, kTileHead, width - verdictWidth, kTitleOfTile)));
    if (!tile.verdict.isEmpty())
        placed.texts.push_back(placedText(tile.verdict, word, tile.verdictColour,
                                          QRectF(left + width - verdictWidth, kTileHead, verdictWidth, 0)));
    const QFont unit = face(kText);
    const double unitWidth = tile.unit.isEmpty() ? 0 : textWidth(tile.unit, unit) + pt(3);
    const QFont large = figureFont(tile.figure, width - unitWidth);
    Text number = placedText(tile.figure, large, kInk, QRectF(left, kFigureTop, width - unitWidth, 0));
    number.lineHeight = 1.2;
    number.box.setHeight(textHeight(number));
    const double line = std::max(kFigureLine, number.box.height());
    number.box.moveTop(kFigureTop + (line - number.box.height()) / 2);
    if (!tile.unit.isEmpty()) {
        Text small = placedText(tile.unit, unit, kInk,
                                QRectF(left + textWidth(tile.figure, large) + pt(3), kFigureTop, unitWidth, 0));
        // On the baseline of the figure.
        const double ascents = QFontMetricsF(large).ascent() - QFontMetricsF(large).height() / 2 -
                               (QFontMetricsF(unit).ascent() - QFontMetricsF(unit).height() / 2);
        small.box.moveTop(number.box.center().y() - small.box.height() / 2 + ascents);
        placed.texts.push_back(std::move(small));
    }
    placed.barTop = kFigureTop + line + kBarGap;
    placed.texts.push_back(std::move(number));
    return placed;
}

void paintTile(QPainter& painter, const Tile& tile, const QRectF& box, double barTop) {
    painter.setPen(QPen(kInk, pt(0.9)));
    painter.drawLine(box.topLeft(), box.topRight());
    const QRectF bar(box.left(), box.top() + barTop, box.width(), kBarHeight);
    painter.fillRect(bar, lightTheme().barTrack);
    painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * tile.filled, bar.height())), kAccent);
    if (tile.mark)
        painter.fillRect(QRectF(bar.left() + bar.width() * *tile.mark - pt(0.7), bar.top() - mm(0.8), pt(1.4), mm(3.6)),
                         kInk);
}

Block tilesBlock(const Source& source) {
    const std::array<Tile, 4> tiles{latencyTile(source), safeLoadTile(source), costTile(), bottleneckTile(source)};
    const double gutter = mm(4), width = (kContentWidth - 3 * gutter) / 4;
    Block block;
    block.spaceBefore = mm(7);
    double barTop = 0;
    const auto left = [=](std::size_t i) { return static_cast<double>(i) * (width + gutter); };
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        PlacedTile placed = placedTile(tiles[i], left(i), width);
        barTop = std::max(barTop, placed.barTop);
        std::ranges::move(placed.texts, std::back_inserter(block.texts));
    }
    for (std::size_t i = 0; i < tiles.size(); ++i) {
        const Text words = placedText(tiles[i].text, face(kFigureText), kInk,
                                      QRectF(left(i), barTop + kBarHeight + mm(1.6), width, 0));
        block.height = std::max(block.height, words.box.bottom());
        block.texts.push_back(words);
    }
    block.paint = [=](QPainter& painter, const QRectF& place) {
        for (std::size_t i = 0; i < tiles.size(); ++i)
            paintTile(painter, tiles[i], QRectF(place.left() + left(i), place.top(), width, place.height()), barTop);
    };
    return block;
}

/// The canvas as vectors, as high as its shape asks for within a band that leaves room for the rest of the page.
Block canvasBlock(const Source& source) {
    constexpr double kInset = mm(2);
    const QRectF scene = sceneBounds(source.project, source.assessment.scenario, &source.assessment);
    const double aspect = scene.isEmpty() ? 0.3 : scene.height() / scene.width();
    Block block;
    block.spaceBefore = mm(2);
    block.height = std::clamp((kContentWidth - 2 * kInset) * aspect + 2 * kInset, mm(30), kHighestCanvas);
    block.paint = [&source](QPainter& painter, const QRectF& place) {
        painter.fillRect(place, lightTheme().canvas);
        paintCanvas(painter, source.project, source.assessment.scenario, &source.assessment, lightTheme(),
                    place.adjusted(kInset, kInset, -kInset, -kInset));
    };
    return block;
}

Block legendBlock() {
    const std::array<QString, 5> words{QObject::tr("under 30 %"), QStringLiteral("30–60 %"), QStringLiteral("60–80 %"),
                                       QStringLiteral("80–100 %"), QObject::tr("over 100 %")};
    const QFont font = face(kTable);
    constexpr double kSwatch = mm(6), kAfterSwatch = mm(1.5), kBetween = mm(3);
    Block block;
    block.spaceBefore = mm(1);
    block.height = kTableLine;
    std::vector<double> swatches;
    double x = 0;
    const auto put = [&](const QString& label) {
        const double width = textWidth(label, font);
        block.texts.push_back(placedText(label, font, kMuted, QRectF(x, 0, width, 0)));
        x += width + kBetween;
    };
    put(QObject::tr("Busy"));
    for (const QString& label : words) {
        swatches.push_back(x);
        x += kSwatch + kAfterSwatch;
        put(label);
    }
    block.paint = [swatches](QPainter& painter, const QRectF& place) {
        for (std::size_t i = 0; i < swatches.size(); ++i)
            painter.fillRect(QRectF(place.left() + swatches[i], place.center().y() - mm(1), kSwatch, mm(2)),
                             lightTheme().step[i]);
    };
    return block;
}

/// What a request type brings at x1: "Browse 800/s", "Office 40 users".
QString loadOf(const document::RequestClass& requestClass) {
    const QString name = briefName(figure(requestClass.name));
    if (const auto* open = std::get_if<document::OpenLoad>(&requestClass.load))
        return QStringLiteral("%1 %2").arg(name, figure(text::rate(open->rate).joined()));
    const std::uint32_t users = std::get<document::ClosedLoad>(requestClass.load).users;
    return users == 1 ? QObject::tr("%1 one user").arg(name)
                      : QObject::tr("%1 %2 users").arg(name, figure(text::count(users).joined()));
}

QString loadWords(const Source& source) {
    constexpr qsizetype kMostNamed = 6;
    QStringList loads;
    for (const auto& requestClass : source.project.classes) loads << loadOf(requestClass);
    QString words = loads.size() <= kMostNamed
                        ? QObject::tr("×1 is the load as drawn: %1.").arg(loads.join(QStringLiteral(", ")))
                        : QObject::tr("×1 is the load as drawn: %1 request types, which the chapter on figures lists.")
                              .arg(loads.size());
    if (source.assessment.loadFactor != 1)
        words += QObject::tr(" This report is about %1 of it.")
                     .arg(figure(text::factor(source.assessment.loadFactor).joined()));
    return words;
}

QString inputWords(const Source& source) {
    const InputTotals inputs = inputTotals(source);
    if (inputs.defaults == 0) return QObject::tr("None is left at an assumed value.");
    const QString lists = QObject::tr("the chapter on assumptions lists them.");
    if (inputs.defaults == 1)
        return QObject::tr("One of %1 is an assumed value that nobody measured; ").arg(inputs.all) + lists;
    return QObject::tr("%1 of %2 are assumed values that nobody measured; ").arg(inputs.defaults).arg(inputs.all) +
           lists;
}

Block columnsBlock(const Source& source) {
    const auto* scenario = document::findScenario(source.project, source.assessment.scenario);
    const std::array<std::pair<QString, QString>, 3> columns{
        std::pair{QObject::tr("Scenario"), QObject::tr("%1, drawn above").arg(briefName(figure(scenario->name)))},
        std::pair{QObject::tr("Load"), loadWords(source)}, std::pair{QObject::tr("Inputs"), inputWords(source)}};
    const double gutter = mm(4), width = (kContentWidth - 2 * gutter) / 3;
    Block block;
    block.spaceBefore = mm(5);
    double x = 0;
    for (const auto& [head, words] : columns) {
        block.texts.push_back(placedText(head, face(kFigureText, QFont::Bold), kInk, QRectF(x, 0, width, 0)));
        block.texts.push_back(
            placedText(words, face(kFigureText), kInk, QRectF(x, block.texts.back().box.bottom(), width, 0)));
        block.height = std::max(block.height, block.texts.back().box.bottom());
        x += width + gutter;
    }
    return block;
}

Block smallHeading(const QString& words) {
    Block block;
    block.texts.push_back(placedText(words, face(kBlock, QFont::Bold), kInk, QRectF(0, 0, kHalfWidth, 0)));
    block.height = block.texts.front().box.height() + mm(1);
    return block;
}

/// The targets, missed ones first, then by how much of the room up to the bound is used.
std::vector<Block> targetsColumn(const Source& source, std::size_t most) {
    std::vector<Block> blocks{smallHeading(QObject::tr("Targets"))};
    if (source.assessment.targets.empty()) {
        Block none;
        none.texts.push_back(placedText(QObject::tr("No target is set: how slow is too slow is not known, so there is "
                                                    "neither a verdict nor a safe load."),
                                        face(kFigureText), kInk, QRectF(0, 0, kHalfWidth, 0)));
        none.height = none.texts.front().box.height();
        blocks.push_back(none);
        return blocks;
    }
    std::vector<const assess::TargetVerdict*> targets;
    targets.reserve(source.assessment.targets.size());
    for (const auto& target : source.assessment.targets) targets.push_back(&target);
    std::ranges::stable_sort(targets, {}, [](const auto* t) {
        return t->met == false ? 0.0 : t->safeLoadFactor.value_or(std::numeric_limits<double>::max());
    });
    std::vector<TableRow> rows;
    for (std::size_t i = 0; i < std::min(most, targets.size()); ++i)
        rows.push_back({{{figure(assess::targetName(source.project, targets[i]->target))},
                         {wantedWords(*targets[i])},
                         targetValueCell(*targets[i]),
                         verdictCell(*targets[i])}});
    append(blocks, tableBlocks({{QObject::tr("Target")},
                                {QObject::tr("Wanted"), true},
                                {QObject::tr("Value"), true},
                                {QObject::tr("Verdict")}},
                               rows, kHalfWidth));
    if (const std::size_t more = targets.size() - rows.size(); more > 0) {
        Block rest;
        rest.texts.push_back(placedText(more == 1 ? QObject::tr("One more is in the chapter on figures.")
                                                  : QObject::tr("%1 more are in the chapter on figures.").arg(more),
                                        face(kTable), kMuted, QRectF(0, mm(1), kHalfWidth, 0)));
        rest.height = rest.texts.front().box.bottom();
        blocks.push_back(rest);
    }
    return blocks;
}

/// Targets and what fills first, beside each other.
Block summaryBlock(const Source& source) {
    constexpr std::size_t kMostTargets = 6, kMostBars = 5;
    std::vector<Block> right = fillingBlocks(source, kHalfWidth, kMostBars);
    if (!right.empty()) right.insert(right.begin(), smallHeading(QObject::tr("What fills first")));
    Block block = besideEachOther(targetsColumn(source, kMostTargets), right);
    block.spaceBefore = mm(6);
    return block;
}

double heightOf(const std::vector<Block>& blocks) {
    double height = 0;
    for (const Block& block : blocks) height += block.spaceBefore + block.height;
    return height;
}

} // namespace

Chapter coverChapter(const Source& source) {
    Chapter chapter{QObject::tr("Capacity report"),
                    figure(assess::verdict(source.project, source.assessment)),
                    {},
                    figure(source.project.name)};
    if (const QString words = figure(source.project.note).section(QLatin1Char('\n'), 0, 0); !words.isEmpty())
        append(chapter.blocks, textBlocks(words, face(kText), kInk, mm(3)));
    chapter.blocks.push_back(tilesBlock(source));
    append(chapter.blocks, textBlocks(QObject::tr("The drawing at %1. Large figure: how busy the busiest resource is.")
                                          .arg(figure(text::factor(source.assessment.loadFactor).joined())),
                                      face(kFigureText), kInk, mm(6)));
    chapter.blocks.back().keepWithNext = true;
    chapter.blocks.push_back(canvasBlock(source));
    chapter.blocks.push_back(legendBlock());
    chapter.blocks.push_back(columnsBlock(source));
    // The chapters on figures and load say the same at length: only where it stands on the cover.
    Block summary = summaryBlock(source);
    const double used = heightOf(titleBlocks(chapter.project, chapter.title)) + heightOf(chapter.blocks);
    if (used + summary.spaceBefore + summary.height <= kContentBottom - kContentTop)
        chapter.blocks.push_back(std::move(summary));
    return chapter;
}

} // namespace plimsoll::gui::report
