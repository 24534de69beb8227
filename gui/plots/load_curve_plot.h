#pragma once
#include "gui/plots/load_curve_chart.h"

#include <qcustomplot.h>

namespace plimsoll::gui {

/// The load curve as a widget: drag the present load, wheel zooms load about the pointer (with Shift latency), drag
/// pans, double-click fits, Esc resets, arrow keys move the readout, Ctrl+C copies its row.
class LoadCurvePlot : public QCustomPlot {
    Q_OBJECT
public:
    explicit LoadCurvePlot(QWidget* parent = nullptr);
    void showSeries(const LoadCurveSeries& series);
    void setPresentLoad(double load);
    const LoadCurveChart& chart() const { return m_chart; }

signals:
    void presentLoadDragged(double load);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void changeEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    enum class Drag { None, Load, Pan };
    bool atPresentLoad(QPointF position) const;
    void dragLoad(double x);
    void pan(QPointF by);
    void moveReadout(double load);
    void copyReadout() const;
    void zoom(QCPAxis* axis, double factor, double centre);
    void keepInside(QCPAxis* axis, double lowest, double highest);

    LoadCurveChart m_chart;
    Drag m_drag = Drag::None;
    QPointF m_last;
    std::optional<double> m_readout;
    bool m_zoomed = false; // by hand: new figures leave the ranges
};

} // namespace plimsoll::gui
