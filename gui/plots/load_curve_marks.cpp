#include "gui/plots/load_curve_marks.h"

#include "gui/plots/axis_steps.h"
#include "gui/plots/label_places.h"
#include "gui/theme/fonts.h"
#include "models/text/figure_text.h"

#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr double kMockTick = 11; // the tick labels of the mock-up

QString factorText(double factor) {
    return QString::fromStdString(text::factor(factor).joined());
}

} // namespace

void drawPlimsollMark(QPainter& painter, QPointF centre, double radius, const QColor& colour, double leastStroke) {
    painter.setPen(QPen(colour, std::max(leastStroke, radius / 3.5), Qt::SolidLine, Qt::FlatCap));
    painter.setBrush(Qt::NoBrush);
    painter.drawEllipse(centre, radius, radius);
    painter.drawLine(centre - QPointF(1.75 * radius, 0), centre + QPointF(1.75 * radius, 0));
}

LoadCurveMarks::LoadCurveMarks(QCustomPlot* plot, const QString& layer, Part part, const LoadCurveSeries& series,
                               double textSize)
    : QCPLayerable(plot, layer), m_part(part), m_series(series), m_unit(textSize / kMockTick) {}

QRectF LoadCurveMarks::area() const {
    return mParentPlot->axisRect()->rect();
}
double LoadCurveMarks::xOf(double load) const {
    return mParentPlot->xAxis->coordToPixel(load);
}
double LoadCurveMarks::yOf(double milliseconds) const {
    return mParentPlot->yAxis->coordToPixel(milliseconds);
}
QFont LoadCurveMarks::font(double size, QFont::Weight weight) const {
    return uiFont(size * m_unit, weight);
}

void LoadCurveMarks::draw(QCPPainter* painter) {
    if (!m_series.missing.isEmpty()) return;
    painter->save();
    if (m_part == Part::Ground) {
        drawGround(*painter);
    } else {
        drawCaption(*painter);
        drawTargets(*painter);
        drawNames(*painter);
        drawSaturation(*painter);
        drawSafeLoad(*painter);
        drawPresentLoad(*painter);
        drawReadout(*painter);
    }
    painter->restore();
}

void LoadCurveMarks::drawPlate(QCPPainter& painter, const QRectF& box, const QColor& ground) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(ground);
    painter.drawRoundedRect(box, 3 * m_unit, 3 * m_unit);
}

/// Hatched by lines of our own: they stay vectors in every format, and as far apart at every size.
void LoadCurveMarks::drawGround(QCPPainter& painter) {
    if (!m_series.saturation) return;
    const double wall = xOf(*m_series.saturation);
    QRectF beyond = area();
    if (wall >= beyond.right()) return;
    beyond.setLeft(std::max(wall, beyond.left()));
    painter.setClipRect(beyond);
    QColor hatch = m_theme->error;
    hatch.setAlphaF(0.28F);
    painter.setPen(QPen(hatch, 1 * m_unit));
    const double gap = 10 * m_unit;
    for (double x = beyond.left() - beyond.height(); x < beyond.right(); x += gap)
        painter.drawLine(QLineF(x, beyond.bottom(), x + beyond.height(), beyond.top()));
    painter.setClipping(false);
    if (wall < area().left()) return;
    painter.setPen(QPen(m_theme->error, 1.5 * m_unit, Qt::DotLine));
    painter.drawLine(QLineF(wall, area().top(), wall, area().bottom()));
}

void LoadCurveMarks::drawCaption(QCPPainter& painter) {
    painter.setFont(font(11));
    painter.setPen(m_theme->muted);
    painter.drawText(QPointF(area().left() - 44 * m_unit, area().top() - 11 * m_unit),
                     QObject::tr("Latency, %1").arg(latencyUnit(m_series.highest_ms).name));
}

void LoadCurveMarks::drawTargets(QCPPainter& painter) {
    painter.setFont(font(12));
    const QFontMetricsF metrics(painter.font());
    std::vector<double> wanted;
    for (const TargetLine& target : m_series.targets) wanted.push_back(yOf(target.milliseconds));
    const auto places = spreadApart(wanted, metrics.height());
    for (std::size_t i = 0; i < m_series.targets.size(); ++i) {
        const TargetLine& target = m_series.targets[i];
        const double y = wanted[i];
        if (y < area().top() || y > area().bottom()) continue;
        const QColor& colour = m_theme->series[static_cast<std::size_t>(target.series) % m_theme->series.size()];
        QPen pen(colour, 1 * m_unit, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({5, 3});
        painter.setPen(pen);
        painter.drawLine(QLineF(area().left(), y, area().right(), y));
        const double width = metrics.horizontalAdvance(target.label) + 8 * m_unit;
        const QRectF box(area().right() - width - 6 * m_unit, places[i] - metrics.height() / 2, width,
                         metrics.height());
        drawPlate(painter, box, m_theme->plotGround);
        painter.setPen(m_theme->text);
        painter.drawText(box, Qt::AlignCenter, target.label);
    }
}

/// A name with its swatch beside its curve, near the left end, where the curves lie apart.
void LoadCurveMarks::drawNames(QCPPainter& painter) {
    painter.setFont(font(12, QFont::DemiBold));
    const QFontMetricsF metrics(painter.font());
    const double swatch = 16 * m_unit, gap = 5 * m_unit;
    std::vector<NamedCurve> curves;
    const double left = area().left() + 0.06 * area().width();
    for (const CurveLine& line : m_series.lines) {
        const double from = std::max(left, xOf(line.p99.front().x()) + 4 * m_unit);
        const auto y = valueAt(line.p99, mParentPlot->xAxis->pixelToCoord(from + swatch));
        if (y) curves.push_back({yOf(*y), from, &line});
    }
    const auto centres = nameCentres(curves, area(), metrics.height() + 3 * m_unit);
    for (std::size_t i = 0; i < curves.size(); ++i) {
        const CurveLine& line = *curves[i].line;
        const QColor& colour = m_theme->series[static_cast<std::size_t>(line.series) % m_theme->series.size()];
        painter.fillRect(QRectF(curves[i].x, centres[i] - 1.5 * m_unit, swatch, 3 * m_unit), colour);
        painter.setPen(m_theme->text);
        painter.drawText(QPointF(curves[i].x + swatch + gap, centres[i] + metrics.capHeight() / 2), line.name);
    }
}

void LoadCurveMarks::drawSaturation(QCPPainter& painter) {
    if (!m_series.saturation) return;
    const double wall = xOf(*m_series.saturation);
    if (wall < area().left() || wall > area().right()) return;
    painter.setFont(font(12, QFont::DemiBold));
    painter.setPen(m_theme->error);
    const QString who =
        m_series.saturates.isEmpty() ? QObject::tr("Saturates at %1") : QObject::tr("%2 saturates at %1");
    QString words = who.arg(factorText(*m_series.saturation));
    if (!m_series.saturates.isEmpty()) words = words.arg(m_series.saturates);
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(words);
    const double x = std::max(area().left(), std::min(wall + 10 * m_unit, area().right() - width));
    painter.drawText(QPointF(x, area().top() - 5 * m_unit), words);
}

void LoadCurveMarks::drawSafeLoad(QCPPainter& painter) {
    if (!m_series.safeLoad) return;
    const double x = xOf(*m_series.safeLoad);
    if (x < area().left() || x > area().right()) return;
    painter.setPen(QPen(m_theme->text, 1 * m_unit));
    painter.drawLine(QLineF(x, area().top() - 4 * m_unit, x, area().bottom()));
    const QPointF centre(x, area().top() - 9 * m_unit);
    drawPlimsollMark(painter, centre, 5 * m_unit, m_theme->text, 1.5 * m_unit);
    painter.setFont(font(12, QFont::DemiBold));
    painter.setPen(m_theme->text);
    const QString words = QObject::tr("safe load %1").arg(factorText(*m_series.safeLoad));
    const double width = QFontMetricsF(painter.font()).horizontalAdvance(words);
    const double left = x - 14 * m_unit - width;
    // To the left of the mark, since the name of what saturates is to the right.
    painter.drawText(QPointF(left >= area().left() - 40 * m_unit ? left : x + 14 * m_unit, area().top() - 5 * m_unit),
                     words);
}

QRectF LoadCurveMarks::presentGrip() const {
    const double x = xOf(m_series.presentLoad);
    return {x - 5 * m_unit, area().top() - 2 * m_unit, 10 * m_unit, 13 * m_unit};
}

void LoadCurveMarks::drawPresentLoad(QCPPainter& painter) {
    const double x = xOf(m_series.presentLoad);
    if (x < area().left() - 1 || x > area().right() + 1) return;
    painter.setPen(QPen(m_theme->accent, 2 * m_unit));
    painter.drawLine(QLineF(x, area().top(), x, area().bottom()));
    const QRectF grip = presentGrip();
    drawPlate(painter, grip, m_theme->accent);
    const QColor onAccent = m_theme->dark ? m_theme->canvas : m_theme->card;
    painter.setPen(QPen(onAccent, 1 * m_unit));
    for (const double dx : {-1.5, 1.5})
        painter.drawLine(QLineF(x + dx * m_unit, grip.top() + 4 * m_unit, x + dx * m_unit, grip.bottom() - 4 * m_unit));
    painter.setFont(font(11, QFont::DemiBold));
    const QFontMetricsF metrics(painter.font());
    const QString words = QStringLiteral("%1 · %2").arg(
        factorText(m_series.presentLoad),
        QString::fromStdString(text::rate(PerSecond{m_series.baseRate_per_s * m_series.presentLoad}).joined()));
    const double width = metrics.horizontalAdvance(words) + 14 * m_unit, height = metrics.height() + 5 * m_unit;
    const double left = x - 6 * m_unit - width >= area().left() ? x - 6 * m_unit - width : x + 6 * m_unit;
    const QRectF plate(left, area().bottom() - height - 6 * m_unit, width, height);
    drawPlate(painter, plate, m_theme->accent);
    painter.setPen(onAccent);
    painter.drawText(plate, Qt::AlignCenter, words);
}

void LoadCurveMarks::drawReadout(QCPPainter& painter) {
    if (!m_readout) return;
    const double x = xOf(*m_readout);
    QPen pen(m_theme->muted, 1 * m_unit);
    painter.setPen(pen);
    painter.drawLine(QLineF(x, area().top(), x, area().bottom()));
    QStringList rows{QStringLiteral("%1 · %2").arg(
        factorText(*m_readout),
        QString::fromStdString(text::rate(PerSecond{m_series.baseRate_per_s * *m_readout}).joined()))};
    for (const CurveLine& line : m_series.lines) {
        const auto p99 = valueAt(line.p99, *m_readout), p50 = valueAt(line.p50, *m_readout);
        const auto words = [](std::optional<double> ms) {
            return QString::fromStdString(
                text::duration(ms ? std::optional(seconds(*ms / 1000)) : std::nullopt).joined());
        };
        rows += QObject::tr("%1 %2, p50 %3").arg(line.name, words(p99), words(p50));
        if (!p99) continue;
        painter.setPen(QPen(m_theme->plotGround, 1 * m_unit));
        painter.setBrush(m_theme->series[static_cast<std::size_t>(line.series) % m_theme->series.size()]);
        painter.drawEllipse(QPointF(x, yOf(*p99)), 3.5 * m_unit, 3.5 * m_unit);
    }
    painter.setFont(font(12));
    const QFontMetricsF metrics(painter.font());
    double width = 0;
    for (const QString& row : rows) width = std::max(width, metrics.horizontalAdvance(row));
    const double padding = 8 * m_unit;
    QRectF box(x + 8 * m_unit, area().top() + 16 * m_unit, width + 2 * padding,
               metrics.height() * static_cast<double>(rows.size()) + padding);
    if (box.right() > area().right()) box.moveRight(x - 8 * m_unit);
    drawPlate(painter, box, m_theme->card);
    painter.setPen(QPen(m_theme->hairline, 1 * m_unit));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(box, 4 * m_unit, 4 * m_unit);
    painter.setPen(m_theme->text);
    painter.drawText(box.adjusted(padding, padding / 2, -padding, -padding / 2), Qt::AlignLeft, rows.join('\n'));
}

} // namespace plimsoll::gui
