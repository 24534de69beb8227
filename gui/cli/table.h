// A table of text for a terminal: columns as wide as their widest cell, numbers to the right.
#pragma once
#include <string>
#include <vector>

namespace plimsoll::gui::cli {

enum class Align { Left, Right };
struct Column {
    std::string head;
    Align align = Align::Right;
};

/// The rows under their heads, two blanks between columns, a rule under the head; no trailing blanks.
std::string table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows);

} // namespace plimsoll::gui::cli
