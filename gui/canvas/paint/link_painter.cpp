#include "gui/canvas/paint/link_painter.h"

#include "gui/canvas/paint/card_text.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kBendRadius = 6, kHeadGap = 4, kHeadBase = 7, kHeadPerWidth = 0.9; // dpx
constexpr double kLossWidth = 1.5, kLossGap = 2;                                    // dpx
constexpr double kBlockScale = 0.6, kBlockBelow = 0.55;                             // links thin out with the cards
constexpr double kDimOpacity = 0.4, kStaleOpacity = 0.6, kBackOpacity = 0.25;

QPointF unit(const QPointF& vector) {
    const double length = std::hypot(vector.x(), vector.y());
    return length > 0 ? vector / length : QPointF(1, 0);
}

/// The route cut `length` before its end.
std::vector<QPointF> shortened(std::vector<QPointF> route, double length) {
    while (route.size() >= 2 && length > 0) {
        const QPointF last = route.back(), before = route[route.size() - 2];
        const QPointF vector = last - before;
        const double here = std::hypot(vector.x(), vector.y());
        if (here > length) {
            route.back() = last - unit(vector) * length;
            break;
        }
        if (route.size() == 2) break;
        route.pop_back();
        length -= here;
    }
    return route;
}

void paintHead(QPainter& painter, const QPointF& tip, const QPointF& direction, double length, const QColor& colour,
               bool open, double lineWidth) {
    const QPointF back = tip - direction * length, side(-direction.y() * length / 2, direction.x() * length / 2);
    if (open) {
        painter.setPen(QPen(colour, lineWidth, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(QPolygonF({back + side, tip, back - side}));
        return;
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF({back + side, tip, back - side}));
}

QColor colourOf(const LinkFigure& link, const Theme& theme, const LinkLook& look) {
    if (look.selected || look.target) return theme.accent;
    if (link.tint) return theme.series[static_cast<std::size_t>(*link.tint) % theme.series.size()];
    return look.hovered ? theme.text : theme.line;
}

void paintLoss(QPainter& painter, const std::vector<QPointF>& route, const Theme& theme, double width, double d) {
    painter.setPen(QPen(theme.error, kLossWidth * d));
    painter.setBrush(Qt::NoBrush);
    const double apart = width / 2 + (kLossGap + kLossWidth / 2) * d;
    // Parallel below: each corner moves by the normals of both of its segments.
    QPolygonF line;
    for (std::size_t i = 0; i < route.size(); ++i) {
        const QPointF in = i > 0 ? unit(route[i] - route[i - 1]) : unit(route[1] - route[0]);
        const QPointF out = i + 1 < route.size() ? unit(route[i + 1] - route[i]) : in;
        QPointF shift(-in.y(), in.x());
        if (in != out) shift += QPointF(-out.y(), out.x());
        line << route[i] + shift * apart;
    }
    painter.drawPolyline(line);
}

} // namespace

double linkPaintMargin(double zoom) {
    return (kHeadBase + 6 * kHeadPerWidth + 4) / zoom;
}

QPainterPath roundedPath(const std::vector<QPointF>& route, double radius) {
    QPainterPath path;
    if (route.empty()) return path;
    path.moveTo(route.front());
    for (std::size_t i = 1; i + 1 < route.size(); ++i) {
        const QPointF before = route[i - 1] - route[i], after = route[i + 1] - route[i];
        const double room = std::min(std::hypot(before.x(), before.y()), std::hypot(after.x(), after.y())) / 2;
        const double r = std::min(radius, room);
        path.lineTo(route[i] + unit(before) * r);
        path.quadTo(route[i], route[i] + unit(after) * r);
    }
    path.lineTo(route.back());
    return path;
}

void paintLink(QPainter& painter, const LinkFigure& link, const std::vector<QPointF>& route, const Theme& theme,
               const LinkLook& look) {
    if (route.size() < 2) return;
    const double d = 1 / look.zoom;
    const double scale = look.zoom < kBlockBelow ? kBlockScale : 1;
    const double widthDpx = link.idle ? 1 : std::max(1.0, link.width * scale) + (look.hovered || look.target ? 0.5 : 0);
    const double width = widthDpx * d;
    const double opacity = painter.opacity();
    painter.setOpacity(opacity * (look.dimmed ? kDimOpacity : 1) * (look.stale ? kStaleOpacity : 1) *
                       (link.stepsBack ? kBackOpacity : 1));
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = colourOf(link, theme, look);

    const double head = (kHeadBase * (scale + 1) / 2 + kHeadPerWidth * widthDpx) * d;
    const double gap = std::min(kHeadGap * d, 6.0);
    const QPointF direction = unit(route.back() - route[route.size() - 2]);
    const QPointF tip = route.back() - direction * gap;
    const auto line = shortened(route, gap + (link.async ? 0 : head * 0.8));

    QPen pen(colour, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (link.idle)
        pen.setDashPattern({1, 3});
    else if (link.async)
        pen.setDashPattern({6 / widthDpx, 4 / widthDpx});
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(roundedPath(line, kBendRadius * d));
    paintHead(painter, tip, direction, head, colour, link.async, std::max(width * 0.6, 1.5 * d));
    if (link.parallel && !link.async)
        paintHead(painter, tip - direction * head * 0.8, direction, head, colour, false, width);
    if (link.lost > 0) paintLoss(painter, shortened(route, gap + head), theme, width, d);
    painter.setOpacity(opacity);
    if (look.label) paintLinkLabel(painter, link, route, theme, look);
}

void paintLinkLabel(QPainter& painter, const LinkFigure& link, const std::vector<QPointF>& route, const Theme& theme,
                    const LinkLook& look) {
    if (link.label.isEmpty() || route.size() < 2) return;
    const double d = 1 / look.zoom;
    std::size_t longest = 1;
    double length = 0;
    for (std::size_t i = 1; i < route.size(); ++i) {
        const double here = QPointF(route[i] - route[i - 1]).manhattanLength();
        if (here > length) {
            length = here;
            longest = i;
        }
    }
    const QPointF centre = (route[longest] + route[longest - 1]) / 2;
    const QFont font = canvasFont(kSmallestText * d, look.zoom, QFont::DemiBold);
    const QFontMetricsF metrics(font);
    const QSizeF size(metrics.horizontalAdvance(link.label) + 10 * d, 18 * d);
    // On a piece that it would hide it stands above.
    const double above = length < 2 * size.width() ? size.height() / 2 + 8 * d : 0;
    const QRectF plate(centre - QPointF(size.width() / 2, size.height() / 2 + above), size);
    painter.setPen(QPen(theme.hairline, d));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(plate, 4 * d, 4 * d);
    painter.setFont(font);
    painter.setPen(link.lost > 0 ? theme.error : theme.text);
    painter.drawText(plate, Qt::AlignCenter, link.label);
}

} // namespace plimsoll::gui
