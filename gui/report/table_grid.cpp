#include "gui/report/table_grid.h"

#include "gui/report/text_blocks.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace plimsoll::gui::report {
namespace {

constexpr double kGutter = mm(2.4);
constexpr double kWidestWord = mm(34); // a longer one is broken rather than push the others aside

struct Needs {
    std::vector<double> least, most;
};

Needs needsOf(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows) {
    Needs needs;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const QFont head = face(kTable);
        const double strip = columns[i].number ? kStrip : 0;
        double least = longestWordWidth(columns[i].head, head) + strip;
        double most = columns[i].number ? least : textWidth(columns[i].head, head);
        for (const auto& row : rows) {
            if (i >= row.cells.size()) continue;
            const Cell& cell = row.cells[i];
            const double extra = strip + (cell.chip ? kChip : 0);
            const double line = textWidth(cell.text, fontOf(cell)) + extra;
            const double word = columns[i].number ? line : longestWordWidth(cell.text, fontOf(cell)) + extra;
            least = std::max(least, std::min(word, kWidestWord));
            most = std::max(most, line);
        }
        needs.least.push_back(least);
        needs.most.push_back(std::max(least, most));
    }
    return needs;
}

double sum(const std::vector<double>& values) {
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// `from` and, of what is left of `available`, a part that grows with `weight`.
std::vector<double> shared(const std::vector<double>& from, const std::vector<double>& weight, double available) {
    const double left = available - sum(from), weights = sum(weight);
    std::vector<double> widths = from;
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] += weights > 0 ? left * weight[i] / weights : 0;
    return widths;
}

/// `least`, and what is left: first to the columns that little is enough for, so that short ones do not wrap because of
/// long neighbours; the others in proportion to a power of what they lack.
std::vector<double> stretched(const Needs& needs, double available, double power) {
    std::vector<double> widths = needs.least, weight(widths.size(), 0.0);
    double left = available - sum(widths);
    for (std::size_t i = 0; i < widths.size(); ++i) weight[i] = std::pow(needs.most[i] - needs.least[i], power);
    for (bool again = true; again;) {
        again = false;
        const double weights = sum(weight);
        for (std::size_t i = 0; i < widths.size() && !again; ++i) {
            const double lacks = needs.most[i] - needs.least[i];
            if (weight[i] <= 0 || left * weight[i] < lacks * weights) continue;
            widths[i] = needs.most[i];
            left -= lacks;
            weight[i] = 0;
            again = true;
        }
    }
    const double weights = sum(weight);
    for (std::size_t i = 0; i < widths.size(); ++i) widths[i] += weights > 0 ? left * weight[i] / weights : 0;
    return widths;
}

/// How many lines all rows take together.
qsizetype linesOf(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows,
                  const std::vector<double>& widths) {
    qsizetype lines = 0;
    for (const auto& row : rows) {
        qsizetype most = 1;
        for (std::size_t i = 0; i < row.cells.size() && i < columns.size(); ++i) {
            const double extra = (columns[i].number ? kStrip : 0) + (row.cells[i].chip ? kChip : 0);
            most = std::max(most, wrappedLines(row.cells[i].text, fontOf(row.cells[i]), widths[i] - extra).size());
        }
        lines += most;
    }
    return lines;
}

std::vector<double> widthsOf(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows,
                             double available) {
    const Needs needs = needsOf(columns, rows);
    const std::vector<double> none(needs.least.size(), 0.0);
    if (sum(needs.least) >= available) return shared(none, needs.least, available);
    if (sum(needs.most) <= available) return shared(needs.most, needs.most, available);
    // Which power is best depends on the texts: the one that makes the table shortest.
    std::vector<double> best;
    qsizetype fewest = std::numeric_limits<qsizetype>::max();
    for (const double power : {0.5, 0.75, 1.0, 1.5}) {
        std::vector<double> widths = stretched(needs, available, power);
        const qsizetype lines = linesOf(columns, rows, widths);
        if (lines < fewest) best = std::move(widths), fewest = lines;
    }
    return best;
}

} // namespace

QFont fontOf(const Cell& cell) {
    return face(kTable, cell.bold ? QFont::Bold : QFont::Normal);
}

Grid gridOf(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows, double total) {
    const double gutters = kGutter * static_cast<double>(columns.size() - 1);
    Grid grid{columns, {}, widthsOf(columns, rows, total - gutters), total};
    double x = 0;
    for (const double width : grid.width) {
        grid.left.push_back(x);
        x += width + kGutter;
    }
    return grid;
}

CellSpan spanOf(const Grid& grid, std::size_t column, bool chip) {
    const double before = chip ? kChip : 0, after = grid.columns[column].number ? kStrip : 0;
    return {before, grid.width[column] - before - after};
}

} // namespace plimsoll::gui::report
