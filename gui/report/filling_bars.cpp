#include "gui/report/filling_bars.h"

#include "gui/report/figure_cells.h"
#include "gui/report/page_metrics.h"
#include "gui/report/parameter_text.h"
#include "gui/report/text_blocks.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::gui::report {
namespace {

constexpr double kRow = mm(6), kBar = mm(2.6), kChipWidth = mm(5.4), kChipHeight = mm(4), kBeforeFigure = mm(1.5);
constexpr double kTickGap = mm(10);   // at least, from the middle of one label of the axis to the next
constexpr double kRateWidth = mm(32); // of "28 600 requests/s"
const QColor kLater("#b8c4d0"), kGrid("#dfe3e8");

/// Where things stand in a row and how the axis runs.
struct Axis {
    double nameLeft = 0, nameWidth = 0, left = 0, length = 0; // of the track
    double low = 1, high = 10, width = 0;
    double figureWidth = 0, tickGap = kTickGap;
    bool rates = false; // at the right

    double at(double factor) const {
        return left + length * std::clamp(std::log(factor / low) / std::log(high / low), 0.0, 1.0);
    }
};

QString fullAt(const assess::ComponentFigures& component) {
    return figure(text::factor(component.saturationLoadFactor).joined());
}

/// "×1.5", "×1 000 000"
QString tickLabel(double factor) {
    const bool whole = factor >= 1 && factor == std::floor(factor);
    return whole ? grouped(QStringLiteral("×%1").arg(factor, 0, 'f', 0)) : QStringLiteral("×%1").arg(factor, 0, 'g', 6);
}

/// A name gets what it needs on one line, up to a third of the width.
Axis axisOf(double width, const std::vector<const assess::ComponentFigures*>& shown, bool rates) {
    Axis axis;
    axis.nameLeft = kChipWidth + mm(2);
    for (const auto* component : shown)
        axis.nameWidth =
            std::max(axis.nameWidth, textWidth(briefName(figure(component->name)), face(kFigureText, QFont::Bold)));
    axis.nameWidth = std::min(axis.nameWidth, width / 3);
    axis.left = axis.nameLeft + axis.nameWidth + mm(3);
    axis.rates = rates;
    axis.width = width;
    for (const auto* component : shown) // the first one is bold
        for (const auto weight : {QFont::Normal, QFont::Bold})
            axis.figureWidth = std::max(axis.figureWidth, textWidth(fullAt(*component), face(kFigureText, weight)));
    axis.length = width - axis.left - axis.figureWidth - kBeforeFigure - (rates ? kRateWidth : 0);
    const double first = *shown.front()->saturationLoadFactor, last = *shown.back()->saturationLoadFactor;
    // From the load as drawn, or from the ten before where something is full sooner.
    axis.low = first > 1 ? 1 : std::pow(10, std::ceil(std::log10(first)) - 1);
    axis.high = std::max(last, axis.low * 3);
    axis.tickGap =
        std::max(kTickGap, textWidth(tickLabel(std::pow(10, std::floor(std::log10(axis.high)))), face(kTable)) + mm(2));
    return axis;
}

/// Round factors, as many as have room.
std::vector<double> ticksOf(const Axis& axis) {
    static const std::vector<double> kSteps[] = {{1, 1.5, 2, 3, 5, 7}, {1, 2, 5}, {1, 3}, {1}};
    std::vector<double> ticks;
    for (const auto& steps : kSteps) {
        ticks.clear();
        const int tens = static_cast<int>(std::floor(std::log10(axis.high / axis.low)));
        for (int ten = 0; ten <= tens; ++ten)
            for (const double step : steps)
                if (const double tick = axis.low * std::pow(10, ten) * step; tick <= axis.high) ticks.push_back(tick);
        const auto tooClose = [&](double a, double b) { return axis.at(b) - axis.at(a) < axis.tickGap; };
        if (std::ranges::adjacent_find(ticks, tooClose) == ticks.end()) return ticks;
    }
    // Many tens: every second, third ... of them.
    const double gap = axis.at(axis.low * 10) - axis.at(axis.low);
    const auto stride = static_cast<std::size_t>(std::ceil(axis.tickGap / gap));
    std::vector<double> few;
    for (std::size_t i = 0; i < ticks.size(); i += stride) few.push_back(ticks[i]);
    return few;
}

Block axisBlock(const Axis& axis, const std::vector<double>& ticks) {
    Block block;
    block.height = pt(kTable) * 1.4;
    block.keepWithNext = true;
    for (const double tick : ticks)
        block.texts.push_back(placedText(tickLabel(tick), face(kTable), kMuted,
                                         QRectF(axis.at(tick) - axis.tickGap / 2, 0, axis.tickGap, 0),
                                         Qt::AlignHCenter));
    return block;
}

Block barBlock(const assess::ComponentFigures& component, std::size_t rank, const QString& rate, const Axis& axis,
               const std::vector<double>& ticks) {
    const double factor = *component.saturationLoadFactor;
    Block block;
    const Text name = placedText(briefName(figure(component.name)), face(kFigureText, QFont::Bold), kInk,
                                 QRectF(axis.nameLeft, 0, axis.nameWidth, 0));
    block.height = std::max(kRow, name.box.height() + mm(1));
    block.texts.push_back(name);
    block.texts.push_back(placedText(QString::number(rank), face(kTable, QFont::Bold),
                                     rank == 1 ? QColor(Qt::white) : kInk, QRectF(0, 0, kChipWidth, 0),
                                     Qt::AlignHCenter));
    const double end = std::max(axis.at(factor), axis.left + mm(0.8));
    block.texts.push_back(placedText(fullAt(component), face(kFigureText, rank == 1 ? QFont::Bold : QFont::Normal),
                                     kInk, QRectF(end + kBeforeFigure, 0, axis.figureWidth, 0)));
    if (!rate.isEmpty())
        block.texts.push_back(placedText(rate, face(kFigureText), kMuted,
                                         QRectF(axis.width - kRateWidth, 0, kRateWidth, 0), Qt::AlignRight));
    for (Text& text : block.texts) text.box.moveTop((block.height - text.box.height()) / 2);
    block.paint = [axis, ticks, rank, end](QPainter& painter, const QRectF& place) {
        painter.setPen(QPen(kGrid, pt(0.5)));
        for (const double tick : ticks) {
            const double x = place.left() + axis.at(tick);
            painter.drawLine(QPointF(x, place.top()), QPointF(x, place.bottom()));
        }
        const double middle = place.center().y();
        painter.fillRect(QRectF(place.left() + axis.left, middle - kBar / 2, end - axis.left, kBar),
                         rank == 1 ? kInk : kLater);
        painter.setPen(QPen(kInk, pt(0.6)));
        painter.setBrush(rank == 1 ? QBrush(kInk) : Qt::NoBrush);
        painter.drawRoundedRect(QRectF(place.left(), middle - kChipHeight / 2, kChipWidth, kChipHeight), mm(0.8),
                                mm(0.8));
    };
    return block;
}

} // namespace

std::vector<Block> fillingBlocks(const Source& source, double width, std::size_t most) {
    std::vector<const assess::ComponentFigures*> filling;
    for (const auto* component : byOrderOfFilling(source.assessment))
        if (component->saturationLoadFactor) filling.push_back(component);
    if (filling.empty()) return {};
    const std::size_t all = filling.size();
    filling.resize(std::min(most, all));
    const double base = source.curve.baseRate_per_s; // 0: closed request types alone have no rate of their own
    const Axis axis = axisOf(width, filling, base > 0 && width >= kContentWidth);
    const std::vector<double> ticks = ticksOf(axis);
    Block words;
    words.texts.push_back(placedText(QObject::tr("Load at which the first resource of a component has no capacity "
                                                 "left; ×1 is the load as drawn."),
                                     face(kTable), kMuted, QRectF(0, 0, width, 0)));
    words.height = words.texts.front().box.height() + mm(1.5);
    words.keepWithNext = true;
    std::vector<Block> blocks{words, axisBlock(axis, ticks)};
    for (std::size_t i = 0; i < filling.size(); ++i) {
        QString rate = axis.rates ? perSecond(PerSecond{base * *filling[i]->saturationLoadFactor}) : QString();
        if (axis.rates && i == 0) rate = QObject::tr("%1 requests/s").arg(rate);
        blocks.push_back(barBlock(*filling[i], i + 1, rate, axis, ticks));
    }
    if (const std::size_t more = all - filling.size(); more > 0) {
        Block rest;
        rest.texts.push_back(placedText(
            more == 1 ? QObject::tr("One more is full later; the chapter on figures has it.")
                      : QObject::tr("%1 more are full later; the chapter on figures has them all.").arg(more),
            face(kTable), kMuted, QRectF(0, mm(1), width, 0)));
        rest.height = rest.texts.front().box.bottom();
        blocks.push_back(std::move(rest));
    }
    return blocks;
}

} // namespace plimsoll::gui::report
