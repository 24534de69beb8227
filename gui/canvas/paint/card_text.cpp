#include "gui/canvas/paint/card_text.h"

#include "gui/theme/fonts.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {

QFont canvasFont(double pixels, double zoom, QFont::Weight weight) {
    return uiFont(std::ceil(std::max(pixels, kSmallestText / zoom)), weight);
}

double drawLine(QPainter& painter, const QString& text, double left, double baseline, double width) {
    if (text.isEmpty() || width <= 0) return 0;
    const QFontMetricsF metrics(painter.font());
    double drawn = metrics.horizontalAdvance(text);
    if (drawn <= width) {
        painter.drawText(QPointF(left, baseline), text);
        return drawn;
    }
    const QString cut = metrics.elidedText(text, Qt::ElideRight, width);
    painter.drawText(QPointF(left, baseline), cut);
    return metrics.horizontalAdvance(cut);
}

double drawLineRight(QPainter& painter, const QString& text, double right, double baseline, double width) {
    const QFontMetricsF metrics(painter.font());
    const double drawn = std::min(metrics.horizontalAdvance(text), width);
    drawLine(painter, text, right - drawn, baseline, width);
    return drawn;
}

} // namespace plimsoll::gui
