#pragma once
#include "gui/plots/latency_series.h"

#include <qcustomplot.h>

namespace plimsoll::gui {

/// How many requests take longer than a time: 1 - p on a logarithmic axis, so that the tail is seen.
class LatencyPlot : public QCustomPlot {
    Q_OBJECT
public:
    explicit LatencyPlot(QWidget* parent = nullptr);
    void showSeries(const LatencySeries& series);
    const LatencySeries& series() const { return m_series; }

protected:
    void wheelEvent(QWheelEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void dress();
    void addLine(const TailLine& line);
    void fit();

    LatencySeries m_series;
};

} // namespace plimsoll::gui
