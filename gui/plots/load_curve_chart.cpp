#include "gui/plots/load_curve_chart.h"

#include "gui/plots/axis_steps.h"
#include "gui/plots/tickers.h"
#include "gui/theme/fonts.h"

#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kMockTick = 11;
constexpr double kLineWidth = 1.5; // wider lines are many times dearer in QCustomPlot (ux.md section 16)
constexpr double kThinWidth = 1;

int pixels(double mock, double textSize) {
    return qRound(mock * textSize / kMockTick);
}

} // namespace

LoadCurveChart::LoadCurveChart(QCustomPlot& plot, double textSize) : m_plot(plot), m_textSize(textSize) {
    plot.setAntialiasedElements(QCP::aeAll);
    plot.setNotAntialiasedElements(QCP::aeAxes | QCP::aeGrid);
    plot.plotLayout()->clear();
    auto* area = new QCPAxisRect(&plot);
    plot.plotLayout()->addElement(0, 0, area);
    plot.xAxis = area->axis(QCPAxis::atBottom);
    plot.yAxis = area->axis(QCPAxis::atLeft);
    plot.xAxis2 = area->axis(QCPAxis::atTop);
    plot.yAxis2 = area->axis(QCPAxis::atRight);
    for (auto* axis : area->axes()) {
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
    }
    area->setAutoMargins(QCP::msNone);
    area->setMargins({pixels(52, textSize), pixels(28, textSize), pixels(24, textSize), pixels(42, textSize)});
    plot.addLayer(QStringLiteral("ground"), plot.layer(QStringLiteral("main")), QCustomPlot::limBelow);
    plot.addLayer(QStringLiteral("marks"), plot.layer(QStringLiteral("axes")), QCustomPlot::limAbove);
    m_ground = new LoadCurveMarks(&plot, QStringLiteral("ground"), LoadCurveMarks::Part::Ground, m_series, textSize);
    m_marks = new LoadCurveMarks(&plot, QStringLiteral("marks"), LoadCurveMarks::Part::Front, m_series, textSize);
}

void LoadCurveChart::dressAxes(const Theme& theme) {
    for (auto* axis : {m_plot.xAxis, m_plot.yAxis}) {
        axis->setTickLabelFont(uiFont(m_textSize));
        axis->setTickLabelColor(theme.muted);
        axis->setBasePen(QPen(theme.line, pixels(1, m_textSize)));
        axis->setTickPen(QPen(theme.line, pixels(1, m_textSize)));
        axis->setTickLength(0, pixels(4, m_textSize));
        axis->setSubTicks(false);
        axis->setTickLabelPadding(pixels(4, m_textSize));
        axis->grid()->setPen(QPen(theme.hairline, pixels(1, m_textSize)));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    m_plot.xAxis->grid()->setVisible(false);
    m_plot.xAxis->setScaleType(m_series.logarithmicLoad ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    m_plot.yAxis->setScaleType(QCPAxis::stLogarithmic);
    m_plot.xAxis->setTicker(QSharedPointer<LoadTicker>::create(m_series.baseRate_per_s, m_series.logarithmicLoad));
    m_plot.yAxis->setTicker(QSharedPointer<LatencyTicker>::create(m_series.highest_ms));
    m_plot.yAxis->setTickLength(0, 0);
    m_plot.setBackground(theme.plotGround);
}

void LoadCurveChart::drawLines(const Theme& theme) {
    m_plot.clearPlottables();
    const auto add = [&](const std::vector<QPointF>& points, const QPen& pen) {
        auto* graph = new QCPCurve(m_plot.xAxis, m_plot.yAxis);
        QVector<double> index, x, y;
        for (const QPointF& point : points) {
            index.append(double(index.size()));
            x.append(point.x());
            y.append(point.y());
        }
        graph->setData(index, x, y, true);
        graph->setPen(pen);
        graph->setSelectable(QCP::stNone);
    };
    for (const CurveLine& line : m_series.lines) {
        const QColor& colour = theme.series[static_cast<std::size_t>(line.series) % theme.series.size()];
        const double unit = m_textSize / kMockTick;
        QPen thin(colour, kThinWidth * unit);
        QColor faint = colour;
        faint.setAlphaF(0.55F);
        thin.setColor(faint);
        add(line.p50, thin);
        add(line.p99, QPen(colour, kLineWidth * unit));
    }
}

void LoadCurveChart::show(const LoadCurveSeries& series, const Theme& theme, bool resetRanges) {
    m_series = series;
    const bool any = series.missing.isEmpty();
    for (auto* axis : {m_plot.xAxis, m_plot.yAxis}) axis->setVisible(any);
    m_ground->setTheme(theme);
    m_marks->setTheme(theme);
    dressAxes(theme);
    drawLines(theme);
    if (resetRanges && any) fit();
}

void LoadCurveChart::fit() {
    m_plot.xAxis->setRange(m_series.lowestLoad, m_series.highestLoad);
    m_plot.yAxis->setRange(m_series.lowest_ms, m_series.highest_ms);
}

void LoadCurveChart::showReadout(std::optional<double> load) {
    m_marks->setReadout(load);
}

void LoadCurveChart::setPresentLoad(double load) {
    m_series.presentLoad = load;
}

QRectF LoadCurveChart::presentGrip() const {
    return m_marks->presentGrip();
}

double LoadCurveChart::xOf(double load) const {
    return m_plot.xAxis->coordToPixel(load);
}

double LoadCurveChart::loadAt(double x) const {
    return m_plot.xAxis->pixelToCoord(x);
}

} // namespace plimsoll::gui
