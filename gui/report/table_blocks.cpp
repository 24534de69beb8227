#include "gui/report/table_blocks.h"

#include "gui/report/table_grid.h"
#include "gui/report/text_blocks.h"

#include <algorithm>
#include <memory>

namespace plimsoll::gui::report {
namespace {

constexpr double kPadding = mm(0.75), kChipSide = mm(2.2), kBeforeLetter = mm(0.5);
constexpr double kHighestRow = (kContentBottom - kContentTop) / 3;
constexpr double kStrong = 0.9, kLight = 0.4; // rules, points

using SharedGrid = std::shared_ptr<const Grid>;

enum class Rule { None, Light, Strong };

void paintRule(QPainter& painter, const QRectF& place, Rule rule, const QColor& strong) {
    if (rule == Rule::None) return;
    const bool light = rule == Rule::Light;
    painter.setPen(QPen(light ? kRule : strong, pt(light ? kLight : kStrong), Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(place.bottomLeft(), place.bottomRight());
}

/// The words of a cell and its letter, at `column`.
void addCell(std::vector<Text>& texts, const SharedGrid& grid, std::size_t column, const Cell& cell) {
    const auto [left, width] = spanOf(*grid, column, cell.chip.has_value());
    const double x = grid->left[column] + left;
    const Qt::Alignment side = grid->columns[column].number ? Qt::AlignRight : Qt::AlignLeft;
    if (!cell.text.isEmpty())
        texts.push_back(
            placedText(cell.text, fontOf(cell), cell.colour.value_or(kInk), QRectF(x, kPadding, width, 0), side));
    if (cell.letter.isEmpty()) return;
    const QFont font = face(kLetter);
    Text letter =
        placedText(cell.letter, font, kMuted, QRectF(x + width + kBeforeLetter, kPadding, kStrip - kBeforeLetter, 0));
    letter.box.translate(0, (kTableLine - letter.box.height()) / 2);
    texts.push_back(std::move(letter));
}

double bottomOf(const std::vector<Text>& texts) {
    double bottom = kPadding + kTableLine;
    for (const Text& text : texts) bottom = std::max(bottom, text.box.bottom());
    return bottom + kPadding;
}

Block headBlock(const SharedGrid& grid) {
    Block head;
    for (std::size_t i = 0; i < grid->columns.size(); ++i)
        addCell(head.texts, grid, i, {.text = grid->columns[i].head, .colour = kMuted});
    head.height = bottomOf(head.texts);
    // Heads of one line stand on the rule, beside those that wrap.
    for (Text& text : head.texts) text.box.moveBottom(head.height - kPadding);
    head.keepWithNext = true;
    head.paint = [](QPainter& painter, const QRectF& place) { paintRule(painter, place, Rule::Strong, kInk); };
    return head;
}

Block rowBlock(const SharedGrid& grid, const TableRow& row, Rule rule) {
    Block block;
    std::vector<std::pair<double, QColor>> chips;
    for (std::size_t i = 0; i < row.cells.size() && i < grid->columns.size(); ++i) {
        addCell(block.texts, grid, i, row.cells[i]);
        if (row.cells[i].chip) chips.emplace_back(grid->left[i], *row.cells[i].chip);
    }
    block.height = bottomOf(block.texts);
    block.paint = [chips, tinted = row.tinted, rule](QPainter& painter, const QRectF& place) {
        if (tinted) painter.fillRect(place, kTint);
        for (const auto& [left, colour] : chips)
            painter.fillRect(QRectF(place.left() + left, place.top() + kPadding + (kTableLine - kChipSide) / 2,
                                    kChipSide, kChipSide),
                             colour);
        paintRule(painter, place, rule, kInk);
    };
    return block;
}

/// The lines `first` to `first + count` of every cell.
TableRow partOf(const Grid& grid, const TableRow& row, qsizetype first, qsizetype count) {
    TableRow part = row;
    for (std::size_t i = 0; i < row.cells.size() && i < grid.columns.size(); ++i) {
        Cell& cell = part.cells[i];
        const double width = spanOf(grid, i, cell.chip.has_value()).width;
        cell.text = QStringList(wrappedLines(cell.text, fontOf(cell), width).mid(first, count)).join(QLatin1Char('\n'));
        if (first > 0) cell.letter.clear(), cell.chip.reset();
    }
    return part;
}

/// One block, or several where the row is too high to be moved to the next page as a whole.
std::vector<Block> rowBlocks(const SharedGrid& grid, const TableRow& row, Rule rule) {
    std::vector<Block> blocks{rowBlock(grid, row, rule)};
    if (blocks.front().height <= kHighestRow) return blocks;
    const auto all = static_cast<qsizetype>(blocks.front().height / kTableLine);
    const auto piece = static_cast<qsizetype>(kHighestRow / kTableLine / 2);
    blocks.clear();
    for (qsizetype first = 0; first < all; first += piece)
        blocks.push_back(rowBlock(grid, partOf(*grid, row, first, piece), first + piece >= all ? rule : Rule::None));
    return blocks;
}

} // namespace

std::vector<Block> tableBlocks(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows,
                               double width) {
    const auto grid = std::make_shared<const Grid>(gridOf(columns, rows, width));
    std::vector<Block> blocks;
    std::shared_ptr<const Block> head;
    if (!std::ranges::all_of(columns, &QString::isEmpty, &TableColumn::head)) {
        blocks.push_back(headBlock(grid));
        head = std::make_shared<const Block>(blocks.front());
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Rule rule = i + 1 == rows.size() ? Rule::Strong : Rule::Light;
        std::vector<Block> row = rowBlocks(grid, rows[i], rule);
        for (Block& block : row) block.repeated = head;
        // No row alone at the foot below the head, none alone at the top of a page.
        row.back().keepWithNext = rows.size() > 2 && (i == 0 || i + 2 == rows.size());
        if (rows[i].groupAgain && row.size() == 1) {
            TableRow again = rows[i];
            again.cells.front() = *again.groupAgain;
            row.front().atTop = std::make_shared<const Block>(rowBlock(grid, again, rule));
        }
        append(blocks, std::move(row));
    }
    return blocks;
}

} // namespace plimsoll::gui::report
