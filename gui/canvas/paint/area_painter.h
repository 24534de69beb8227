// Paints an area (region, zone, VPC) by plain values.
#pragma once
#include "gui/canvas/detail.h"
#include "gui/theme/theme.h"

#include <QPainter>
#include <QRectF>

namespace plimsoll::gui {

struct AreaFigure {
    QString name, summary; // "eu-west-1, VPC", "busiest 74 %"
    QRectF rect;
    int depth = 0; // of nesting
    bool operator==(const AreaFigure&) const = default;
};

struct AreaLook {
    Detail detail = Detail::Normal;
    double zoom = 1;
    bool selected = false, focused = false, entering = false, dimmed = false;
};

/// In scene coordinates.
void paintArea(QPainter& painter, const AreaFigure& area, const Theme& theme, const AreaLook& look);
QRectF areaPaintBounds(const QRectF& rect, double zoom);

} // namespace plimsoll::gui
