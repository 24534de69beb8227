#include "gui/canvas/ground.h"

#include "gui/canvas/geometry.h"

#include <QVarLengthArray>

#include <cmath>

namespace plimsoll::gui {
namespace {
constexpr double kDotsFrom = 0.5;
} // namespace

void paintGround(QPainter& painter, const QRectF& exposed, const Theme& theme, double zoom) {
    painter.fillRect(exposed, theme.canvas);
    if (zoom < kDotsFrom) return;
    QVarLengthArray<QPointF, 4096> dots;
    for (double x = std::ceil(exposed.left() / kGrid) * kGrid; x <= exposed.right(); x += kGrid)
        for (double y = std::ceil(exposed.top() / kGrid) * kGrid; y <= exposed.bottom(); y += kGrid)
            dots.append({x, y});
    painter.setRenderHint(QPainter::Antialiasing, false);
    QPen pen(theme.gridDots, painter.device()->devicePixelRatioF());
    pen.setCosmetic(true); // one pixel of the screen, whatever the zoom
    painter.setPen(pen);
    painter.drawPoints(dots.constData(), static_cast<int>(dots.size()));
}

} // namespace plimsoll::gui
