#pragma once
#include "gui/theme/theme.h"

#include <QPainter>
#include <QRectF>

namespace plimsoll::gui {

/// The ground of the canvas, with the dots of the grid from 50 % on.
void paintGround(QPainter& painter, const QRectF& exposed, const Theme& theme, double zoom);

} // namespace plimsoll::gui
