#include "gui/canvas/paint/area_painter.h"

#include "gui/canvas/geometry.h"
#include "gui/canvas/paint/card_text.h"
#include "gui/theme/icons.h"

#include <algorithm>

namespace plimsoll::gui {
namespace {
constexpr double kRadius = 8, kIconSize = 16, kDimOpacity = 0.4, kFillOpacity = 0.55;
constexpr double kTitleHeight = 16; // dpx, above the border when far away
} // namespace

QRectF areaPaintBounds(const QRectF& rect, double zoom) {
    const double d = 1 / zoom;
    return rect.adjusted(-5 * d, -(kTitleHeight + 5) * d, 5 * d, 5 * d);
}

void paintArea(QPainter& painter, const AreaFigure& area, const Theme& theme, const AreaLook& look) {
    const double d = 1 / look.zoom;
    const double opacity = painter.opacity();
    if (look.dimmed) painter.setOpacity(opacity * kDimOpacity);
    const bool far = look.detail == Detail::Far;
    painter.setRenderHint(QPainter::Antialiasing, !far);
    const bool marked = look.selected || look.entering || look.focused;
    const double line = marked ? 2 * d : std::max(1.0, d);
    QColor fill = theme.card;
    fill.setAlphaF(static_cast<float>(kFillOpacity));
    painter.setPen(QPen(marked ? theme.accent : theme.line, line, look.focused ? Qt::DashLine : Qt::SolidLine));
    painter.setBrush(fill);
    painter.drawRoundedRect(area.rect, far ? 0 : kRadius, far ? 0 : kRadius);

    const QRectF& r = area.rect;
    const double fontPixels = look.detail >= Detail::Normal ? 13 : kSmallestText * d;
    const double header = std::max(kAreaHeader, far ? 0 : fontPixels * 1.6);
    const double baseline = far ? r.top() - 4 * d : r.top() + header / 2 + fontPixels * 0.36;
    double left = r.left() + (far ? 0 : 12);
    if (look.detail >= Detail::Normal) {
        painter.setPen(QPen(theme.hairline, std::max(1.0, d)));
        painter.drawLine(QPointF(r.left() + line, r.top() + header), QPointF(r.right() - line, r.top() + header));
        drawComponentIcon(painter, QStringLiteral("area"),
                          QRectF(left, r.top() + (header - kIconSize) / 2, kIconSize, kIconSize), theme.muted);
        left += kIconSize + 8;
    }
    double right = r.right() - (far ? 0 : 12);
    painter.setFont(canvasFont(fontPixels, look.zoom));
    painter.setPen(theme.muted);
    if (look.zoom >= 0.55 || far)
        right -= drawLineRight(painter, area.summary, right, baseline, (right - left) / 2) + 8;
    painter.setFont(canvasFont(fontPixels, look.zoom, QFont::DemiBold));
    painter.setPen(theme.text);
    drawLine(painter, area.name, left, baseline, right - left);
    painter.setOpacity(opacity);
}

} // namespace plimsoll::gui
