#include "gui/plots/load_curve_plot.h"

#include "gui/plots/plot_export.h"
#include "gui/theme/fonts.h"

#include <QClipboard>
#include <QMenu>

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kTickSize = 11;
constexpr double kGrab = 6;                         // dpx on each side of the present load's line
constexpr double kSnap = 8;                         // dpx from the readout to a curve's point
constexpr double kWheelStep = 480;                  // of angle delta for a factor of two, as on the canvas
constexpr double kLeastLoad = 0.1, kMostLoad = 100; // of the load slider
constexpr double kKeyStep = 0.01;                   // of the width, arrow keys

} // namespace

LoadCurvePlot::LoadCurvePlot(QWidget* parent) : QCustomPlot(parent), m_chart(*this, kTickSize) {
    setObjectName(QStringLiteral("loadCurve"));
    setAccessibleName(tr("Load curve"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumHeight(140);
    m_chart.show({.missing = tr("There are no figures yet."),
                  .lines = {},
                  .targets = {},
                  .safeLoad = {},
                  .saturation = {},
                  .saturates = {},
                  .twin = {}},
                 themeFor(palette()), true);
}

void LoadCurvePlot::showSeries(const LoadCurveSeries& series) {
    const bool first = !m_chart.series().missing.isEmpty();
    m_chart.show(series, themeFor(palette()), first || !m_zoomed);
    setAccessibleDescription(series.missing.isEmpty() ? series.twin : series.missing);
    replot(rpQueuedReplot);
}

void LoadCurvePlot::setPresentLoad(double load) {
    m_chart.setPresentLoad(load);
    replot(rpQueuedReplot);
}

void LoadCurvePlot::paintEvent(QPaintEvent* event) {
    QCustomPlot::paintEvent(event);
    if (m_chart.series().missing.isEmpty()) return;
    QPainter painter(this);
    painter.setFont(uiFont(13));
    painter.setPen(themeFor(palette()).muted);
    painter.drawText(rect().adjusted(24, 0, -24, 0), Qt::AlignCenter | Qt::TextWordWrap, m_chart.series().missing);
}

bool LoadCurvePlot::atPresentLoad(QPointF position) const {
    if (!m_chart.series().missing.isEmpty()) return false;
    const double distance = std::abs(position.x() - m_chart.xOf(m_chart.series().presentLoad));
    return distance <= kGrab && position.y() > 0 && position.y() < axisRect()->bottom() + kGrab;
}

void LoadCurvePlot::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    m_last = event->position();
    m_drag = atPresentLoad(m_last) ? Drag::Load : Drag::Pan;
}

void LoadCurvePlot::dragLoad(double x) {
    constexpr double kDigits = 100; // two decimals, as the field shows
    double load = m_chart.loadAt(x);
    const double detent = std::abs(m_chart.xOf(1) - x);
    load = detent <= kGrab ? 1 : std::round(load * kDigits) / kDigits;
    load = std::clamp(load, kLeastLoad, kMostLoad);
    if (load != m_chart.series().presentLoad) emit presentLoadDragged(load);
}

void LoadCurvePlot::mouseMoveEvent(QMouseEvent* event) {
    const QPointF position = event->position();
    switch (m_drag) {
    case Drag::Load: return dragLoad(position.x());
    case Drag::Pan:
        pan(position - m_last);
        m_last = position;
        return;
    case Drag::None: break;
    }
    setCursor(atPresentLoad(position) ? Qt::SizeHorCursor : Qt::ArrowCursor);
    if (axisRect()->rect().contains(position.toPoint()))
        moveReadout(m_chart.loadAt(position.x()));
    else
        leaveEvent(nullptr);
}

void LoadCurvePlot::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) m_drag = Drag::None;
}

void LoadCurvePlot::mouseDoubleClickEvent(QMouseEvent*) {
    m_drag = Drag::None;
    m_zoomed = false;
    m_chart.fit();
    replot(rpQueuedReplot);
}

/// The readout stands at the nearest computed point, if one is near, else at the pointer.
void LoadCurvePlot::moveReadout(double load) {
    if (!m_chart.series().missing.isEmpty()) return;
    double nearest = load, distance = kSnap;
    for (const CurveLine& line : m_chart.series().lines)
        for (const QPointF& point : line.p99)
            if (const double away = std::abs(m_chart.xOf(point.x()) - m_chart.xOf(load)); away < distance) {
                nearest = point.x();
                distance = away;
            }
    m_readout = nearest;
    m_chart.showReadout(m_readout);
    replot(rpQueuedReplot);
}

void LoadCurvePlot::leaveEvent(QEvent*) {
    if (!m_readout) return;
    m_readout.reset();
    m_chart.showReadout({});
    replot(rpQueuedReplot);
}

/// Axes stay within the data and a tenth more, and never at or below zero on a logarithmic one.
void LoadCurvePlot::keepInside(QCPAxis* axis, double lowest, double highest) {
    constexpr double kMargin = 0.1;
    QCPRange range = axis->range();
    const bool logarithmic = axis->scaleType() == QCPAxis::stLogarithmic;
    const double low = logarithmic ? lowest / (1 + kMargin) : lowest - 0, high = highest * (1 + kMargin);
    range.lower = std::max(range.lower, low);
    range.upper = std::min(range.upper, high);
    if (range.upper > range.lower) axis->setRange(range);
}

void LoadCurvePlot::zoom(QCPAxis* axis, double factor, double centre) {
    axis->scaleRange(factor, axis->pixelToCoord(centre));
    keepInside(xAxis, m_chart.series().lowestLoad, m_chart.series().highestLoad);
    keepInside(yAxis, m_chart.series().lowest_ms, m_chart.series().highest_ms);
    m_zoomed = true;
    replot(rpQueuedReplot);
}

void LoadCurvePlot::wheelEvent(QWheelEvent* event) {
    const int delta = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    event->accept();
    if (delta == 0 || !m_chart.series().missing.isEmpty()) return;
    const bool latency = event->modifiers() & Qt::ShiftModifier;
    const double factor = std::exp2(-delta / kWheelStep);
    latency ? zoom(yAxis, factor, event->position().y()) : zoom(xAxis, factor, event->position().x());
}

void LoadCurvePlot::pan(QPointF by) {
    if (!m_chart.series().missing.isEmpty() || by.isNull()) return;
    const auto move = [](QCPAxis* axis, double from, double to, double low, double high) {
        const double now = axis->pixelToCoord(to), before = axis->pixelToCoord(from);
        QCPRange range = axis->range();
        const bool logarithmic = axis->scaleType() == QCPAxis::stLogarithmic;
        if (logarithmic)
            range *= before / now;
        else
            range += before - now;
        if (range.lower >= low * 0.9 - 1e-12 && range.upper <= high * 1.1) axis->setRange(range);
    };
    move(xAxis, m_last.x(), m_last.x() + by.x(), m_chart.series().lowestLoad, m_chart.series().highestLoad);
    move(yAxis, m_last.y(), m_last.y() + by.y(), m_chart.series().lowest_ms, m_chart.series().highest_ms);
    m_zoomed = true;
    replot(rpQueuedReplot);
}

void LoadCurvePlot::copyReadout() const {
    if (!m_readout) return;
    QStringList cells{QString::number(*m_readout)};
    for (const CurveLine& line : m_chart.series().lines) {
        const auto value = valueAt(line.p99, *m_readout);
        cells += QStringLiteral("%1\t%2 ms").arg(line.name, value ? QString::number(*value, 'g', 6) : QString());
    }
    QGuiApplication::clipboard()->setText(cells.join('\t'));
}

void LoadCurvePlot::keyPressEvent(QKeyEvent* event) {
    const double step = kKeyStep * (xAxis->range().size());
    const double from = m_readout.value_or(m_chart.series().presentLoad);
    if (event->matches(QKeySequence::Copy)) return copyReadout();
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        if (!m_chart.series().missing.isEmpty()) return;
        m_readout = std::clamp(from + (event->key() == Qt::Key_Right ? step : -step), m_chart.series().lowestLoad,
                               m_chart.series().highestLoad);
        m_chart.showReadout(m_readout);
        return replot(rpQueuedReplot);
    case Qt::Key_Escape: return mouseDoubleClickEvent(nullptr);
    default: QCustomPlot::keyPressEvent(event);
    }
}

void LoadCurvePlot::changeEvent(QEvent* event) {
    QCustomPlot::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    const LoadCurveSeries series = m_chart.series();
    m_chart.show(series, themeFor(palette()), false);
    replot(rpQueuedReplot);
}

void LoadCurvePlot::contextMenuEvent(QContextMenuEvent* event) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const char* format : {"PNG", "SVG", "PDF", "CSV"}) {
        QAction* action = menu->addAction(tr("Save as %1…").arg(QLatin1String(format)));
        action->setEnabled(m_chart.series().missing.isEmpty());
        connect(action, &QAction::triggered, this,
                [this, format] { savePlot(this, m_chart.series(), QLatin1String(format)); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Show all")), &QAction::triggered, this, [this] { mouseDoubleClickEvent(nullptr); });
    menu->popup(event->globalPos());
}

} // namespace plimsoll::gui
