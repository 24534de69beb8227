#include "gui/report/table_blocks.h"

#include "gui/report/page_metrics.h"
#include "gui/report/text_blocks.h"

#include <algorithm>
#include <iterator>
#include <memory>

namespace plimsoll::gui::report {
namespace {

constexpr double kPadding = mm(0.75), kStrip = mm(2.6), kGutter = mm(2);

struct Grid {
    std::vector<TableColumn> columns;
    std::vector<double> left, width;
};

Grid gridOf(const std::vector<TableColumn>& columns) {
    Grid grid{columns, {}, {}};
    double total = 0, x = 0;
    for (const auto& column : columns) total += column.share;
    for (const auto& column : columns) {
        const double width = kContentWidth * column.share / total;
        grid.left.push_back(x);
        grid.width.push_back(width - (x + width < kContentWidth - 1 ? kGutter : 0));
        x += width;
    }
    return grid;
}

QFont fontOf(const Cell& cell) {
    return face(kTable, cell.bold ? QFont::Bold : QFont::Normal);
}

double cellHeight(const Cell& cell, const TableColumn& column, double width) {
    return column.number ? pt(kTable) * 1.4 : wrappedHeight(cell.text, fontOf(cell), width);
}

void paintCell(QPainter& painter, const Cell& cell, const TableColumn& column, const QRectF& box) {
    const QColor colour = cell.colour.value_or(kInk);
    if (!column.number) return drawWrapped(painter, cell.text, fontOf(cell), colour, box);
    const QRectF line(box.left(), box.top(), box.width() - kStrip, pt(kTable) * 1.4);
    drawLine(painter, cell.text, fontOf(cell), colour, line, Qt::AlignRight);
    if (!cell.letter.isEmpty())
        drawLine(painter, cell.letter, face(kLetter), kMuted,
                 QRectF(line.right() + mm(0.5), line.top(), kStrip, line.height()));
}

void rule(QPainter& painter, const QRectF& place, double y, double points, const QColor& colour) {
    painter.setPen(QPen(colour, pt(points), Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(QPointF(place.left(), y), QPointF(place.right(), y));
}

Block headBlock(const std::shared_ptr<const Grid>& grid) {
    double height = 0;
    for (std::size_t i = 0; i < grid->columns.size(); ++i)
        height = std::max(height, wrappedHeight(grid->columns[i].head, face(kTable), grid->width[i]));
    Block head;
    head.height = height + 2 * kPadding;
    head.keepWithNext = true;
    head.paint = [grid](QPainter& painter, const QRectF& place) {
        for (std::size_t i = 0; i < grid->columns.size(); ++i) {
            const auto& column = grid->columns[i];
            const QRectF box(place.left() + grid->left[i], place.top() + kPadding, grid->width[i],
                             place.height() - 2 * kPadding);
            paintCell(painter, {column.head, {}, false, kMuted}, column, box);
        }
        rule(painter, place, place.bottom(), 0.9, kInk);
    };
    return head;
}

Block rowBlock(const std::shared_ptr<const Grid>& grid, const TableRow& row, bool last) {
    double height = 0;
    for (std::size_t i = 0; i < row.cells.size() && i < grid->columns.size(); ++i)
        height =
            std::max(height, cellHeight(row.cells[i], grid->columns[i], row.heading ? kContentWidth : grid->width[i]));
    Block block;
    block.height = height + 2 * kPadding;
    block.keepWithNext = row.heading;
    block.paint = [grid, row, last](QPainter& painter, const QRectF& place) {
        if (row.tinted) painter.fillRect(place, kTint);
        for (std::size_t i = 0; i < row.cells.size() && i < grid->columns.size(); ++i) {
            const double width = row.heading ? kContentWidth : grid->width[i];
            paintCell(
                painter, row.cells[i], grid->columns[i],
                QRectF(place.left() + grid->left[i], place.top() + kPadding, width, place.height() - 2 * kPadding));
        }
        rule(painter, place, place.bottom(), last ? 0.9 : 0.4, last ? kInk : kRule);
    };
    return block;
}

} // namespace

std::vector<Block> tableBlocks(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows) {
    const auto grid = std::make_shared<const Grid>(gridOf(columns));
    std::vector<Block> blocks{headBlock(grid)};
    const auto head = std::make_shared<const Block>(blocks.front());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        blocks.push_back(rowBlock(grid, rows[i], i + 1 == rows.size()));
        blocks.back().repeated = head;
    }
    return blocks;
}

void append(std::vector<Block>& blocks, std::vector<Block> more) {
    std::ranges::move(more, std::back_inserter(blocks));
}

} // namespace plimsoll::gui::report
