// The load curve on a QCustomPlot: the window's plot and the report's figure are this one drawing.
#pragma once
#include "gui/plots/load_curve_marks.h"
#include "gui/plots/load_curve_series.h"
#include "gui/theme/theme.h"

class QCustomPlot;

namespace plimsoll::gui {

/// Dresses `plot`, which is its alone: axes, curves, hatched ground, targets, marks. `textSize` is that of the tick
/// labels (11 in the window); all else keeps its proportion to it.
class LoadCurveChart {
public:
    LoadCurveChart(QCustomPlot& plot, double textSize);

    /// Shows `series` in `theme`; `resetRanges` also goes back to showing all of it.
    void show(const LoadCurveSeries& series, const Theme& theme, bool resetRanges);
    void fit();
    const LoadCurveSeries& series() const { return m_series; }
    void showReadout(std::optional<double> load); // the crosshair
    void setPresentLoad(double load);
    /// Where the grip of the present load is, in the plot's pixels.
    QRectF presentGrip() const;
    double xOf(double load) const;
    double loadAt(double x) const;

private:
    void dressAxes(const Theme& theme);
    void drawLines(const Theme& theme);

    QCustomPlot& m_plot;
    double m_textSize;
    LoadCurveSeries m_series;
    LoadCurveMarks *m_ground, *m_marks; // the plot's
};

} // namespace plimsoll::gui
