#pragma once
#include "gui/inspector/figure_cells.h"

#include <QWidget>

namespace plimsoll::gui {

/// Figures in three columns, label above value; dimmed while they are older than the document. A double-click on
/// a figure takes it to the clipboard, value and unit.
class FigureGrid : public QWidget {
    Q_OBJECT
public:
    explicit FigureGrid(QWidget* parent = nullptr);
    void showCells(std::vector<FigureCell> cells, bool stale);
    const std::vector<FigureCell>& cells() const { return m_cells; }

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

private:
    QRectF boxOf(int index) const;
    const FigureCell* cellAt(QPointF position) const;

    std::vector<FigureCell> m_cells;
    bool m_stale = false;
};

} // namespace plimsoll::gui
