#include "gui/canvas/paint/card_painter.h"

#include "gui/canvas/geometry.h"
#include "gui/canvas/paint/card_marks.h"
#include "gui/canvas/paint/card_text.h"
#include "gui/theme/icons.h"

#include <QFontMetricsF>

#include <algorithm>

namespace plimsoll::gui {
namespace {

constexpr QRectF kBody{0, 0, kCardWidth, kCardHeight};
constexpr double kRadius = 8, kShadowDrop = 2;
constexpr QRectF kIcon{12, 12, 28, 28};
constexpr QRectF kBar{12, 68, 176, 6};
constexpr double kTextLeft = 48, kLeft = 12, kRight = 188;
constexpr double kNameBaseline = 25, kSubtitleBaseline = 40, kFigureBaseline = 62, kThroughputBaseline = 51;
constexpr double kSubtitleFrom = 0.8; // zoom from which subtitle and second figure are shown
constexpr double kStaleOpacity = 0.6, kDimOpacity = 0.4;
constexpr double kRingWidth = 2, kRingGap = 2; // dpx

void paintRings(QPainter& painter, const Theme& theme, const CardLook& look) {
    const double d = 1 / look.zoom;
    painter.setBrush(Qt::NoBrush);
    const double out = (kRingGap + kRingWidth / 2) * d;
    const QRectF ring = kBody.adjusted(-out, -out, out, out);
    const double radius = look.detail == Detail::Far ? 0 : kRadius + out;
    if (look.selected || look.illegal) {
        painter.setPen(QPen(look.illegal ? theme.error : theme.accent, kRingWidth * d));
        painter.drawRoundedRect(ring, radius, radius);
    }
    if (look.focused) {
        const double further = 3 * d;
        painter.setPen(QPen(theme.accent, kRingWidth * d, Qt::DashLine));
        const QRectF outer = look.selected ? ring.adjusted(-further, -further, further, further) : ring;
        painter.drawRoundedRect(outer, radius, radius);
    }
}

void paintPort(QPainter& painter, const QPointF& centre, double diameter, const Theme& theme, const QColor& line,
               double d) {
    painter.setPen(QPen(line, 1 * d));
    painter.setBrush(theme.card);
    painter.drawEllipse(centre, diameter / 2, diameter / 2);
}

/// Dots where links touch; while the card is hovered or a target, the middle ones as handles.
void paintPorts(QPainter& painter, const Theme& theme, const CardLook& look, const Ports& ports) {
    const double d = 1 / look.zoom, rest = std::min(6.0 * d, 8.0);
    for (const double y : ports.in) paintPort(painter, {0, y}, rest, theme, theme.line, d);
    for (const double y : ports.out) paintPort(painter, {kCardWidth, y}, rest, theme, theme.line, d);
    if (look.target) return paintPort(painter, {0, kPortY}, std::min(14 * d, 20.0), theme, theme.accent, 2 * d);
    if (!look.hovered) return;
    for (const double x : {0.0, kCardWidth})
        paintPort(painter, {x, kPortY}, std::min(10 * d, 14.0), theme, theme.accent, 1.5 * d);
}

/// Ring and count of the inputs that nobody has touched, at the end of a line.
void paintAssumed(QPainter& painter, int assumed, double baseline, const Theme& theme, const QFont& font) {
    const QString count = QString::number(assumed);
    painter.setFont(font);
    painter.setPen(theme.muted);
    const double width = drawLineRight(painter, count, kRight, baseline, kCardWidth);
    const double size = font.pixelSize();
    drawUiIcon(painter, QStringLiteral("assumed"),
               QRectF(kRight - width - size - 1, baseline - size * 0.86, size, size), theme.warning);
}

void paintHead(QPainter& painter, const CardFigure& card, const Theme& theme, const CardLook& look) {
    const double zoom = look.zoom, room = kRight - kTextLeft;
    drawComponentIcon(painter, card.typeId, kIcon, theme.text);
    const bool subtitle = zoom >= kSubtitleFrom;
    const QFont nameFont = canvasFont(15, zoom, QFont::DemiBold), small = canvasFont(12, zoom);
    double nameRoom = room, subtitleRoom = room;
    if (subtitle && card.assumed > 0) {
        const QFontMetricsF metrics(small);
        const double ring = metrics.horizontalAdvance(QString::number(card.assumed)) + small.pixelSize() + 6;
        // At the end of the subtitle; beside a short name where a long subtitle needs its line to itself.
        const bool above = metrics.horizontalAdvance(card.subtitle) > room - ring &&
                           QFontMetricsF(nameFont).horizontalAdvance(card.name) <= room - ring;
        paintAssumed(painter, card.assumed, above ? kNameBaseline : kSubtitleBaseline, theme, small);
        (above ? nameRoom : subtitleRoom) -= ring;
    }
    painter.setFont(nameFont);
    painter.setPen(theme.text);
    // Without its subtitle the name stands level with the icon.
    const double baseline = subtitle ? kNameBaseline : kIcon.center().y() + nameFont.pixelSize() * 0.36;
    drawLine(painter, card.name, kTextLeft, baseline, nameRoom);
    if (!subtitle) return;
    painter.setFont(small);
    painter.setPen(theme.muted);
    drawLine(painter, card.subtitle, kTextLeft, kSubtitleBaseline, subtitleRoom);
}

struct BarColours {
    QColor track, fill;
};

/// Fills the bar to `share`; the caller hatches what is beyond 1.
void paintBar(QPainter& painter, const QRectF& bar, const std::optional<double>& share, const BarColours& colours) {
    const double radius = bar.height() / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.track);
    painter.drawRoundedRect(bar, radius, radius);
    if (!share || !(*share > 0)) return;
    QRectF done = bar;
    done.setWidth(std::max(bar.width() * std::min(*share, 1.0), 1.0));
    painter.setBrush(colours.fill);
    painter.drawRoundedRect(done, std::min(radius, done.width() / 2), radius);
}

/// Third and fourth figure: on one line above the second, on two where the key figure leaves little room.
void paintThroughput(QPainter& painter, const CardFigure& card, const Theme& theme, const CardLook& look, double room) {
    if (card.offered.isEmpty()) return;
    painter.setFont(canvasFont(8, look.zoom));
    painter.setPen(theme.muted);
    const QString line = card.offered + QStringLiteral(", ") + card.carried;
    if (!card.second.isEmpty() || QFontMetricsF(painter.font()).horizontalAdvance(line) <= room) {
        drawLineRight(painter, line, kRight, kThroughputBaseline, room);
        return;
    }
    drawLineRight(painter, card.offered, kRight, kThroughputBaseline, room);
    drawLineRight(painter, card.carried, kRight, kThroughputBaseline + painter.font().pixelSize() + 2, room);
}

void paintFigures(QPainter& painter, const CardFigure& card, const Theme& theme, const CardLook& look) {
    const double opacity = painter.opacity();
    if (look.stale) painter.setOpacity(opacity * kStaleOpacity);
    const bool overloaded = card.bar && *card.bar > 1;
    // Red where the key figure is the offered work itself, not another overlay's.
    const QColor strong = card.keySuffix.isEmpty() ? theme.text : theme.step[4];
    painter.setFont(canvasFont(20, look.zoom, QFont::DemiBold));
    painter.setPen(strong);
    double right = kLeft + drawLine(painter, card.key, kLeft, kFigureBaseline, kRight - kLeft);
    if (!card.keySuffix.isEmpty()) {
        painter.setFont(canvasFont(12, look.zoom, QFont::DemiBold));
        right += 5 + drawLine(painter, card.keySuffix, right + 5, kFigureBaseline, kRight - right - 5);
    }
    if (look.zoom >= kSubtitleFrom) {
        painter.setFont(canvasFont(13, look.zoom));
        painter.setPen(card.secondTone == CardFigure::Tone::Error     ? theme.error
                       : card.secondTone == CardFigure::Tone::Warning ? theme.warning
                                                                      : theme.text);
        drawLineRight(painter, card.second, kRight, kFigureBaseline, kRight - right - 8);
    }
    if (look.detail == Detail::Close) paintThroughput(painter, card, theme, look, kRight - right - 8);
    if (card.hasBar) {
        const QColor fill = card.step ? theme.step[static_cast<std::size_t>(*card.step)] : theme.line;
        paintBar(painter, kBar, card.bar, {theme.barTrack, fill});
        if (overloaded) hatch(painter, kBar, kBar.height() / 2, theme, look.zoom);
    }
    painter.setOpacity(opacity);
}

void paintFull(QPainter& painter, const CardFigure& card, const Theme& theme, const CardLook& look,
               const Ports& ports) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.shadow);
    painter.drawRoundedRect(kBody.translated(0, kShadowDrop), kRadius, kRadius);
    painter.setPen(QPen(theme.line, std::max(1.0, 1 / look.zoom)));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(kBody, kRadius, kRadius);
    paintHead(painter, card, theme, look);
    paintFigures(painter, card, theme, look);
    paintRings(painter, theme, look);
    paintPorts(painter, theme, look, ports);
    paintNote(painter, card.note, theme, look);
    paintRank(painter, card.rank, theme, look);
    paintBadge(painter, card.badge, theme, look);
}

void paintBlock(QPainter& painter, const CardFigure& card, const Theme& theme, const CardLook& look) {
    const double d = 1 / look.zoom;
    const bool coloured = card.step.has_value();
    const auto step = static_cast<std::size_t>(card.step.value_or(0));
    const QColor fill = coloured ? theme.step[step] : theme.barTrack;
    const QColor text = coloured ? theme.textOnStep[step] : theme.text;
    painter.setPen(QPen(theme.line, d));
    painter.setBrush(fill);
    painter.drawRoundedRect(kBody, kRadius, kRadius);
    if (card.bar && *card.bar > 1) hatch(painter, kBody, kRadius, theme, look.zoom);
    const double icon = 14 * d, top = (kBar.top() - icon) / 2;
    drawComponentIcon(painter, card.typeId, QRectF(kLeft, top, icon, icon), text);
    painter.setFont(canvasFont(kSmallestText * d, look.zoom, QFont::DemiBold));
    painter.setPen(text);
    const double left = kLeft + icon + 4 * d;
    drawLine(painter, card.name, left, top + icon * 0.8, kCardWidth - 4 * d - left);
    if (card.hasBar) {
        QColor track = text;
        track.setAlphaF(0.3F);
        QRectF bar = kBar;
        bar.setHeight(std::max(kBar.height(), 2 * d));
        paintBar(painter, bar, card.bar, {track, text});
    }
    paintRings(painter, theme, look);
    paintRank(painter, card.rank, theme, look);
}

void paintFar(QPainter& painter, const CardFigure& card, const Theme& theme, const CardLook& look) {
    painter.fillRect(kBody, card.step ? theme.step[static_cast<std::size_t>(*card.step)] : theme.line);
    if (card.bar && *card.bar > 1) hatch(painter, kBody, 0, theme, look.zoom);
    if (!look.selected && !look.focused && !look.illegal && card.rank == 0) return;
    paintRings(painter, theme, look);
    painter.setRenderHint(QPainter::Antialiasing);
    paintRank(painter, card.rank, theme, look);
}

} // namespace

void hatch(QPainter& painter, const QRectF& box, double radius, const Theme& theme, double zoom) {
    const double spacing = 6 / zoom, height = box.height();
    QPainterPath lines;
    for (double x = box.left() - height; x < box.right(); x += spacing) {
        lines.moveTo(x, box.bottom());
        lines.lineTo(x + height, box.top());
    }
    painter.save();
    QPainterPath outline;
    outline.addRoundedRect(box, radius, radius);
    painter.setClipPath(outline, Qt::IntersectClip);
    QColor colour = theme.textOnStep[4];
    colour.setAlphaF(0.4F);
    painter.setPen(QPen(colour, 1.8 / zoom));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(lines);
    painter.restore();
}

void paintCard(QPainter& painter, const CardFigure& card, const Theme& theme, const CardLook& look,
               const Ports& ports) {
    const double opacity = painter.opacity();
    if (look.dimmed) painter.setOpacity(opacity * kDimOpacity);
    painter.setRenderHint(QPainter::Antialiasing, look.detail != Detail::Far);
    switch (look.detail) {
    case Detail::Far: paintFar(painter, card, theme, look); break;
    case Detail::Block: paintBlock(painter, card, theme, look); break;
    case Detail::Normal:
    case Detail::Close: paintFull(painter, card, theme, look, ports); break;
    }
    painter.setOpacity(opacity);
}

QRectF cardPaintBounds(const CardFigure& card, const CardLook& look) {
    const double d = 1 / look.zoom, ring = 8 * d;
    QRectF bounds = kBody.adjusted(-ring, -ring, ring, ring + kShadowDrop);
    bounds |= rankRect(look).adjusted(-d, -d, d, d);
    if (look.detail >= Detail::Normal) {
        bounds |= badgeRect({assess::Severity::Error, 1}, look).adjusted(-2 * d, -2 * d, 2 * d, 2 * d);
        if (!card.note.text.isEmpty()) bounds |= noteRect(card.note, look).adjusted(-d, -d, d, d);
    }
    return bounds;
}

} // namespace plimsoll::gui
