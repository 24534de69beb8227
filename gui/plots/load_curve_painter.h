#pragma once
#include "gui/plots/load_curve_series.h"
#include "gui/theme/theme.h"

#include <QPainter>

namespace plimsoll::gui {

/// Draws the load curve into `place` of any painter, in vectors: for the report and for exports. It is the window's own
/// drawing (a QCustomPlot that LoadCurveChart dresses), recorded and played back, so that both always look the same.
/// `textSize` is that of the tick labels, in the painter's units. Needs a QApplication: QCustomPlot is a widget.
void paintLoadCurve(QPainter& painter, const QRectF& place, const LoadCurveSeries& series, const Theme& theme,
                    double textSize);

} // namespace plimsoll::gui
