#include "gui/plots/latency_plot.h"

#include "gui/plots/axis_steps.h"
#include "gui/plots/tickers.h"
#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kTickSize = 11, kLeastShare = 1e-4;
constexpr double kWheelStep = 480;

} // namespace

LatencyPlot::LatencyPlot(QWidget* parent) : QCustomPlot(parent) {
    setObjectName(QStringLiteral("latency"));
    setAccessibleName(tr("Latency distribution"));
    setMinimumHeight(140);
    setAntialiasedElements(QCP::aeAll);
    setNotAntialiasedElements(QCP::aeAxes | QCP::aeGrid);
    axisRect()->setAutoMargins(QCP::msNone);
    axisRect()->setMargins({76, 28, 24, 34});
    xAxis->setScaleType(QCPAxis::stLogarithmic);
    yAxis->setScaleType(QCPAxis::stLogarithmic);
    yAxis->setRangeReversed(true);
    yAxis->setTicker(QSharedPointer<TailTicker>::create());
    for (auto* axis : {xAxis, yAxis}) {
        axis->setTickLength(0, axis == xAxis ? 4 : 0);
        axis->setSubTicks(false);
        axis->setTickLabelFont(uiFont(kTickSize));
        axis->setVisible(false);
    }
}

void LatencyPlot::showSeries(const LatencySeries& series) {
    m_series = series;
    setAccessibleDescription(series.missing.isEmpty() ? series.twin : series.missing);
    dress();
    fit();
    replot(rpQueuedReplot);
}

void LatencyPlot::dress() {
    const Theme& theme = themeFor(palette());
    clearPlottables();
    clearItems();
    setBackground(theme.plotGround);
    for (auto* axis : {xAxis, yAxis}) {
        axis->setVisible(m_series.missing.isEmpty());
        axis->setTickLabelColor(theme.muted);
        axis->setBasePen(QPen(theme.line));
        axis->setTickPen(QPen(theme.line));
        axis->grid()->setPen(QPen(theme.hairline));
        axis->grid()->setZeroLinePen(Qt::NoPen);
    }
    xAxis->setTicker(QSharedPointer<LatencyTicker>::create(m_series.highest_ms));
    if (!m_series.missing.isEmpty()) return;
    for (const TailLine& line : m_series.lines) addLine(line);
}

void LatencyPlot::addLine(const TailLine& line) {
    const Theme& theme = themeFor(palette());
    const QColor& colour = theme.series[static_cast<std::size_t>(line.series) % theme.series.size()];
    auto* curve = new QCPCurve(xAxis, yAxis);
    QVector<double> index, x, y;
    for (const QPointF& point : line.tail) {
        index.append(double(index.size()));
        x.append(point.x());
        y.append(point.y());
    }
    curve->setData(index, x, y, true);
    curve->setPen(QPen(colour, 1.5));
    auto* marks = new QCPGraph(xAxis, yAxis);
    marks->setLineStyle(QCPGraph::lsNone);
    marks->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssCircle, QPen(colour, 1.5), theme.plotGround, 7));
    for (const auto& mark : line.marks) marks->addData(mark.at.x(), mark.at.y());
}

void LatencyPlot::fit() {
    if (!m_series.missing.isEmpty()) return;
    xAxis->setRange(m_series.lowest_ms, m_series.highest_ms);
    yAxis->setRange(kLeastShare, 1);
}

void LatencyPlot::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    if (!m_series.missing.isEmpty()) {
        painter.setFont(uiFont(13));
        painter.setPen(theme.muted);
        painter.drawText(rect().adjusted(24, 0, -24, 0), Qt::AlignCenter | Qt::TextWordWrap, m_series.missing);
        return;
    }
    const QRectF area = axisRect()->rect();
    painter.setFont(uiFont(kTickSize));
    painter.setPen(theme.muted);
    painter.drawText(QPointF(8, area.top() - 11), tr("Requests that take longer"));
    const QString unit = latencyUnit(m_series.highest_ms).name;
    const QString caption = tr("Latency, %1").arg(unit);
    painter.drawText(QPointF(area.right() - painter.fontMetrics().horizontalAdvance(caption), area.top() - 11),
                     caption);
    for (const TailLine& line : m_series.lines) {
        QPointF last;
        for (const auto& mark : line.marks) {
            const QPointF at(xAxis->coordToPixel(mark.at.x()), yAxis->coordToPixel(mark.at.y()));
            if (!area.contains(at)) continue;
            last = at;
            painter.setPen(theme.muted);
            painter.drawText(at + QPointF(8, -4), mark.label);
        }
        if (last.isNull()) continue;
        painter.save();
        painter.setFont(uiFont(12, QFont::DemiBold));
        const double width = painter.fontMetrics().horizontalAdvance(line.name) + 21;
        const QPointF at(std::min(last.x() + 48, area.right() - width), last.y() + 4);
        painter.fillRect(QRectF(at.x(), at.y() - 6, 16, 3),
                         theme.series[static_cast<std::size_t>(line.series) % theme.series.size()]);
        painter.setPen(theme.text);
        painter.drawText(at + QPointF(21, 0), line.name);
        painter.restore();
    }
}

void LatencyPlot::wheelEvent(QWheelEvent* event) {
    event->accept();
    if (event->angleDelta().y() == 0 || !m_series.missing.isEmpty()) return;
    xAxis->scaleRange(std::exp2(-event->angleDelta().y() / kWheelStep), xAxis->pixelToCoord(event->position().x()));
    const QCPRange range = xAxis->range();
    xAxis->setRange(std::max(range.lower, m_series.lowest_ms), std::min(range.upper, m_series.highest_ms));
    replot(rpQueuedReplot);
}

void LatencyPlot::mouseDoubleClickEvent(QMouseEvent*) {
    fit();
    replot(rpQueuedReplot);
}

void LatencyPlot::changeEvent(QEvent* event) {
    QCustomPlot::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    dress();
    replot(rpQueuedReplot);
}

} // namespace plimsoll::gui
