#include "gui/cli/table.h"

#include <algorithm>

namespace plimsoll::gui::cli {
namespace {

/// Characters on the screen: code points of UTF-8 (all that we print is one cell wide).
std::size_t width(const std::string& text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string line(const std::vector<Column>& columns, const std::vector<std::size_t>& widths,
                 const std::vector<std::string>& cells) {
    std::string result;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const std::string padding(widths[i] - width(cells[i]), ' ');
        if (i > 0) result += "  ";
        result += columns[i].align == Align::Left ? cells[i] + padding : padding + cells[i];
    }
    result.erase(result.find_last_not_of(' ') + 1);
    return result + "\n";
}

} // namespace

std::string table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::string> heads;
    std::vector<std::size_t> widths;
    for (const auto& column : columns) {
        heads.push_back(column.head);
        widths.push_back(width(column.head));
    }
    for (const auto& row : rows)
        for (std::size_t i = 0; i < columns.size(); ++i) widths[i] = std::max(widths[i], width(row[i]));
    std::string result = line(columns, widths, heads);
    std::size_t total = 2 * (columns.size() - 1);
    for (const auto w : widths) total += w;
    for (std::size_t i = 0; i < total; ++i) result += "─";
    result += "\n";
    for (const auto& row : rows) result += line(columns, widths, row);
    return result;
}

} // namespace plimsoll::gui::cli
