// Tables as blocks: horizontal rules only, numbers to the right, a method letter in a strip of its own.
#pragma once
#include "gui/report/block.h"
#include "gui/report/page_metrics.h"

#include <optional>
#include <vector>

namespace plimsoll::gui::report {

struct TableColumn {
    QString head;
    bool number = false; // to the right, with a strip for the letter
};
struct Cell {
    QString text;
    QString letter = {}; // a analytic, s simulated, p probed, c catalogue price
    bool bold = false;
    std::optional<QColor> colour = {};
    std::optional<QColor> chip = {}; // a square before the text: the colour of its line in a plot
};
struct TableRow {
    std::vector<Cell> cells;
    bool tinted = false; // the recommended one
    /// What the first cell says where the row is the first of a page: its group again.
    std::optional<Cell> groupAgain = {};
};

/// The head (none where no column has one) and the rows, columns as wide as their content asks for. All text wraps and
/// rows grow with it; a row that would be higher than a third of a page goes on in the next.
std::vector<Block> tableBlocks(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows,
                               double width = kContentWidth);

} // namespace plimsoll::gui::report
