// The widths of a table's columns, from what stands in them.
#pragma once
#include "gui/report/table_blocks.h"

#include <QFont>

#include <vector>

namespace plimsoll::gui::report {

struct Grid {
    std::vector<TableColumn> columns;
    std::vector<double> left, width; // of the columns, the strip for letters included
    double total = 0;
};

/// Each column at least as wide as its longest word (numbers: their longest figure) and at most as its longest line;
/// what is left goes to those that would have to wrap, or to all alike. Together with the gutters: exactly `total`.
Grid gridOf(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows, double total);

/// Where a cell's words stand in their column, from the column's left.
struct CellSpan {
    double left = 0, width = 0;
};
CellSpan spanOf(const Grid& grid, std::size_t column, bool chip);
QFont fontOf(const Cell& cell);

inline constexpr double kStrip = mm(2.6); // of the method letter, right of the number
inline constexpr double kChip = mm(3.6);  // of the coloured square and the space behind it

} // namespace plimsoll::gui::report
