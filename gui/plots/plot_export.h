#pragma once
#include "gui/plots/load_curve_series.h"

class QWidget;

namespace plimsoll::gui {

/// Writes the load curve as PNG (at twice the size), SVG, PDF or CSV, in the light theme. False: the file could not be
/// written.
bool writePlot(const LoadCurveSeries& series, const QString& format, const QString& path);
/// Asks for a file and writes it; a failure is said in one line.
void savePlot(QWidget* parent, const LoadCurveSeries& series, const QString& format);

} // namespace plimsoll::gui
