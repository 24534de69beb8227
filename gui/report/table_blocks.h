// Tables as blocks: horizontal rules only, numbers to the right, a method letter in a strip of its own.
#pragma once
#include "gui/report/block.h"

#include <QColor>

#include <optional>
#include <vector>

namespace plimsoll::gui::report {

struct TableColumn {
    QString head;
    double share = 1; // of the table's width
    bool number = false;
};
struct Cell {
    QString text;
    QString letter; // a analytic, s simulated, p probed, c catalogue price
    bool bold = false;
    std::optional<QColor> colour;
};
struct TableRow {
    std::vector<Cell> cells;
    bool tinted = false;  // the recommended one
    bool heading = false; // a group's name over all columns
};

/// The head and the rows. Text that does not fit wraps in columns that are not numbers.
std::vector<Block> tableBlocks(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows);
/// Appends `more` to `blocks`.
void append(std::vector<Block>& blocks, std::vector<Block> more);

} // namespace plimsoll::gui::report
