#include "gui/plots/tickers.h"

#include "gui/plots/axis_steps.h"
#include "models/text/figure_text.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::gui {
namespace {

constexpr int kMostLoadTicks = 8, kMostLatencyTicks = 8;

QVector<double> vectorOf(const std::vector<double>& values) {
    return {values.begin(), values.end()};
}

} // namespace

QString loadTickText(double factor, double step) {
    if (factor == 0) return QStringLiteral("0");
    const double needed = std::abs(step - std::round(step * 10) / 10) > 1e-9 * step ? 2 : 1;
    const int decimals = step >= 1 ? 0 : static_cast<int>(std::max(needed, std::ceil(-std::log10(step) - 1e-9)));
    return QStringLiteral("×") + QString::number(factor, 'f', decimals);
}

double LoadTicker::getTickStep(const QCPRange& range) {
    m_step = niceStep(range.size(), kMostLoadTicks);
    return m_step;
}

QVector<double> LoadTicker::createTickVector(double tickStep, const QCPRange& range) {
    if (m_logarithmic) return vectorOf(steps(range.lower, range.upper, kMostLoadTicks + 4));
    QVector<double> ticks;
    for (double i = std::ceil(range.lower / tickStep - 1e-9); i * tickStep <= range.upper * (1 + 1e-9); ++i)
        ticks.append(i * tickStep);
    return ticks;
}

QString LoadTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
    const double step = m_logarithmic ? std::pow(10.0, std::floor(std::log10(tick) + 1e-9)) : m_step;
    QString factor = loadTickText(tick, step);
    if (tick == 0 || m_baseRate <= 0) return factor;
    return factor + '\n' + QString::fromStdString(text::rate(PerSecond{m_baseRate * tick}).joined());
}

QVector<double> LatencyTicker::createTickVector(double, const QCPRange& range) {
    return vectorOf(steps(std::max(range.lower, 1e-9), range.upper, kMostLatencyTicks));
}

QString LatencyTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
    return tickText(tick * latencyUnit(m_highest).perMillisecond);
}

QVector<double> TailTicker::createTickVector(double, const QCPRange& range) {
    QVector<double> ticks;
    for (double tick = 1; tick >= range.lower * (1 - 1e-9) && tick > 0; tick /= 10)
        if (tick <= range.upper) ticks.prepend(tick);
    return ticks;
}

QString TailTicker::getTickLabel(double tick, const QLocale&, QChar, int) {
    return tick >= 1 ? QObject::tr("all") : QObject::tr("1 in %1").arg(tickText(std::round(1 / tick)));
}

} // namespace plimsoll::gui
