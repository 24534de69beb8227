#include "models/store/rows.h"

#include <fmt/format.h>

namespace plimsoll::store {

Rows::Rows(SQLite::Database& database, std::string_view table, std::string_view columns, std::string_view order)
    : m_table(table), m_statement(database, fmt::format("SELECT {} FROM {} ORDER BY {}", columns, table, order)) {}

bool Rows::next() {
    m_column = 0;
    return m_statement.executeStep();
}

SQLite::Column Rows::column() {
    return m_statement.getColumn(m_column++);
}

std::string Rows::text() {
    const auto value = column();
    if (!value.isText()) refuse(fmt::format("{} is not text", value.getName()));
    return value.getString();
}

double Rows::real() {
    const auto value = column();
    if (!value.isFloat() && !value.isInteger()) refuse(fmt::format("{} is not a number", value.getName()));
    return value.getDouble();
}

std::int64_t Rows::whole(std::int64_t least, std::int64_t most) {
    const auto value = column();
    const std::int64_t number = value.getInt64();
    if (!value.isInteger() || number < least || number > most)
        refuse(fmt::format("{} is not a whole number from {} to {}", value.getName(), least, most));
    return number;
}

bool Rows::nextIsNull() {
    if (!m_statement.getColumn(m_column).isNull()) return false;
    ++m_column;
    return true;
}

std::optional<std::string> Rows::optionalText() {
    return nextIsNull() ? std::nullopt : std::optional(text());
}

std::optional<double> Rows::optionalReal() {
    return nextIsNull() ? std::nullopt : std::optional(real());
}

std::optional<std::int64_t> Rows::optionalWhole(std::int64_t least, std::int64_t most) {
    return nextIsNull() ? std::nullopt : std::optional(whole(least, most));
}

void Rows::refuse(std::string_view why) const {
    throw Damaged(fmt::format("table {}: {}", m_table, why));
}

} // namespace plimsoll::store
