// The plots below the canvas: a bar of tabs with the chart's text twin at its right, and the chart.
#pragma once
#include "gui/document/document.h"
#include "gui/document/figures.h"
#include "gui/document/view_state.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTabBar;

namespace plimsoll::gui {

class LatencyPlot;
class LoadCurvePlot;
class Simulation;
class SimulationPage;

class PlotsView : public QWidget {
    Q_OBJECT
public:
    PlotsView(Document& document, ViewState& view, Figures& figures, Simulation& simulation, QWidget* parent = nullptr);
    enum class Tab { LoadCurve, Latency, Simulation };
    void showTab(Tab tab);
    LoadCurvePlot* loadCurve() const { return m_loadCurve; }
    LatencyPlot* latency() const { return m_latency; }
    SimulationPage* simulation() const { return m_simulation; }
    QSize sizeHint() const override { return {850, 260}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refreshLoadCurve();
    void refreshLatency();
    void followLoad();
    void showTwin();

    Document& m_document;
    ViewState& m_view;
    Figures& m_figures;
    QTabBar* m_tabs;
    QLabel* m_twin;
    QString m_twinText;
    QStackedWidget* m_stack;
    LoadCurvePlot* m_loadCurve;
    LatencyPlot* m_latency;
    SimulationPage* m_simulation;
};

} // namespace plimsoll::gui
