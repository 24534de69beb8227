// Text on the canvas: fonts that stay readable at any zoom, text cut with an ellipsis.
#pragma once
#include <QFont>
#include <QPainter>
#include <QRectF>

namespace plimsoll::gui {

inline constexpr double kSmallestText = 11; // dpx

/// The face at `pixels` of the scene, larger where that would be less than 11 dpx at `zoom`.
QFont canvasFont(double pixels, double zoom, QFont::Weight weight = QFont::Normal);
/// Draws one line from `left` on `baseline`, cut to `width`; returns the width drawn.
double drawLine(QPainter& painter, const QString& text, double left, double baseline, double width);
/// The same, ending at `right`.
double drawLineRight(QPainter& painter, const QString& text, double right, double baseline, double width);

} // namespace plimsoll::gui
