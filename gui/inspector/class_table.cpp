#include "gui/inspector/class_table.h"

#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"
#include "models/text/figure_text.h"

#include <QPainter>

namespace plimsoll::gui {
namespace {

constexpr int kHead = 24, kLine = 24, kIndent = 28, kRight = 16, kColumn = 58, kColumns = 4;
constexpr double kDot = 8, kStaleOpacity = 0.6;

QString joined(const text::Figure& figure) {
    return QString::fromStdString(figure.joined());
}

} // namespace

std::vector<ClassLine> classLines(const assess::Assessment& assessment) {
    std::vector<ClassLine> lines;
    for (const auto& one : assessment.classes) {
        ClassLine line;
        line.name = QString::fromStdString(one.name);
        const auto quantile = [&](std::size_t level) {
            return joined(text::duration(one.latency ? std::optional(one.latency->quantile[level]) : std::nullopt));
        };
        constexpr std::size_t kP50 = 0, kP99 = 3; // of flow::kLevels
        line.figures = {joined(text::rate(one.offered)), quantile(kP50), quantile(kP99),
                        one.errorShare == 0 ? QStringLiteral("0") : joined(text::share(one.errorShare))};
        line.trouble = !one.latency && one.offered.value > 0;
        lines.push_back(std::move(line));
    }
    return lines;
}

ClassTable::ClassTable(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ClassTable::showLines(std::vector<ClassLine> lines, bool stale) {
    if (lines == m_lines && stale == m_stale) return;
    m_lines = std::move(lines);
    m_stale = stale;
    setFixedHeight(m_lines.empty() ? 0 : kHead + kLine * static_cast<int>(m_lines.size()) + 4);
    QStringList spoken;
    for (const ClassLine& line : m_lines) spoken += line.name + ' ' + line.figures.join(' ');
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    update();
}

void ClassTable::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(m_stale ? kStaleOpacity : 1);
    const double right = width() - kRight, first = right - kColumns * kColumn;
    const auto column = [&](int i, double top, int height) {
        return QRectF(first + i * kColumn, top, kColumn, height);
    };
    painter.setFont(uiFont(12));
    painter.setPen(theme.muted);
    const QString heads[] = {tr("Offered"), QStringLiteral("p50"), QStringLiteral("p99"), tr("Errors")};
    for (int i = 0; i < kColumns; ++i)
        painter.drawText(column(i, 0, kHead), Qt::AlignRight | Qt::AlignVCenter, heads[i]);
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const ClassLine& line = m_lines[i];
        const double top = kHead + kLine * static_cast<double>(i);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.series[i % theme.series.size()]);
        painter.drawEllipse(QRectF(13, top + (kLine - kDot) / 2, kDot, kDot));
        painter.setPen(theme.text);
        painter.drawText(QRectF(kIndent, top, first - kIndent, kLine), Qt::AlignVCenter,
                         QFontMetrics(painter.font()).elidedText(line.name, Qt::ElideRight, qRound(first) - kIndent));
        for (int c = 0; c < kColumns && c < line.figures.size(); ++c) {
            painter.setPen(line.trouble && (c == 1 || c == 2) ? theme.error : theme.text);
            painter.drawText(column(c, top, kLine), Qt::AlignRight | Qt::AlignVCenter, line.figures[c]);
        }
    }
}

} // namespace plimsoll::gui
