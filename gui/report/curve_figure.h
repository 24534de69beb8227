// The load curve as the report draws it: few lines, short labels, and the words that go with them.
#pragma once
#include "gui/plots/load_curve_series.h"
#include "gui/report/report.h"

#include <QString>

namespace plimsoll::gui::report {

struct CurveFigure {
    LoadCurveSeries series;
    QString caption; // what is drawn, which request types are not, and what short labels stand for
};

/// At most five request types, those whose targets give out first (then the slowest); long names become "Type A".
CurveFigure curveFigure(const Source& source);

} // namespace plimsoll::gui::report
