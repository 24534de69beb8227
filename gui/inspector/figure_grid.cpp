#include "gui/inspector/figure_grid.h"

#include "gui/theme/fonts.h"
#include "gui/theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

namespace plimsoll::gui {
namespace {

constexpr int kColumns = 3, kIndent = 28, kRight = 12, kRowHeight = 40, kUnitGap = 5;
constexpr double kStaleOpacity = 0.6; // ux.md section 9

} // namespace

FigureGrid::FigureGrid(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void FigureGrid::showCells(std::vector<FigureCell> cells, bool stale) {
    if (cells == m_cells && stale == m_stale) return;
    m_cells = std::move(cells);
    m_stale = stale;
    const int rows = (static_cast<int>(m_cells.size()) + kColumns - 1) / kColumns;
    setFixedHeight(rows * kRowHeight);
    QStringList spoken;
    for (const FigureCell& cell : m_cells) spoken += QStringLiteral("%1 %2 %3").arg(cell.label, cell.number, cell.unit);
    setAccessibleName(spoken.join(QStringLiteral(", ")));
    update();
}

QRectF FigureGrid::boxOf(int index) const {
    const double width = (this->width() - kIndent - kRight) / double(kColumns);
    const int row = index / kColumns, column = index % kColumns;
    return {kIndent + width * column, double(kRowHeight * row), width, kRowHeight};
}

void FigureGrid::paintEvent(QPaintEvent*) {
    const Theme& theme = themeFor(palette());
    QPainter painter(this);
    painter.setOpacity(m_stale ? kStaleOpacity : 1);
    for (int i = 0; i < static_cast<int>(m_cells.size()); ++i) {
        const FigureCell& cell = m_cells[static_cast<std::size_t>(i)];
        const QRectF box = boxOf(i);
        painter.setFont(uiFont(12));
        painter.setPen(theme.muted);
        const QFontMetricsF small(painter.font());
        painter.drawText(QPointF(box.left(), box.top() + 13),
                         small.elidedText(cell.label, Qt::ElideRight, box.width() - 4));
        painter.setFont(uiFont(15, QFont::DemiBold));
        painter.setPen(cell.tone == FigureCell::Tone::Error   ? theme.error
                       : cell.tone == FigureCell::Tone::Muted ? theme.muted
                                                              : theme.text);
        painter.drawText(QPointF(box.left(), box.top() + 31), cell.number);
        if (cell.unit.isEmpty()) continue;
        const double advance = QFontMetricsF(painter.font()).horizontalAdvance(cell.number);
        painter.setFont(uiFont(12));
        painter.setPen(theme.muted);
        painter.drawText(QPointF(box.left() + advance + kUnitGap, box.top() + 31), cell.unit);
    }
}

const FigureCell* FigureGrid::cellAt(QPointF position) const {
    for (int i = 0; i < static_cast<int>(m_cells.size()); ++i)
        if (boxOf(i).contains(position)) return &m_cells[static_cast<std::size_t>(i)];
    return nullptr;
}

bool FigureGrid::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const FigureCell* cell = cellAt(help->pos());
    if (cell && !cell->tooltip.isEmpty())
        QToolTip::showText(help->globalPos(), cell->tooltip, this);
    else
        QToolTip::hideText();
    return true;
}

void FigureGrid::mouseDoubleClickEvent(QMouseEvent* event) {
    if (const FigureCell* cell = cellAt(event->position()))
        QGuiApplication::clipboard()->setText(QStringLiteral("%1 %2").arg(cell->number, cell->unit).trimmed());
}

} // namespace plimsoll::gui
