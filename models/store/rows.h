// Rows of a table, column by column, each of the type that it has to be. Internal to models/store.
#pragma once
#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace plimsoll::store {

/// What makes a database no project of ours: thrown and caught inside the reader.
struct Damaged : std::runtime_error {
    using std::runtime_error::runtime_error;
};

class Rows {
public:
    /// SELECT `columns` FROM `table`, in the order of `order`.
    Rows(SQLite::Database& database, std::string_view table, std::string_view columns, std::string_view order);

    bool next();
    // The next column of the row, in the order in which they were asked for.
    std::string text();
    double real();
    std::int64_t whole(std::int64_t least, std::int64_t most);
    bool flag() { return whole(0, 1) == 1; }
    std::optional<std::string> optionalText();
    std::optional<double> optionalReal();
    std::optional<std::int64_t> optionalWhole(std::int64_t least, std::int64_t most);
    [[noreturn]] void refuse(std::string_view why) const;

private:
    SQLite::Column column();
    bool nextIsNull();

    std::string m_table;
    SQLite::Statement m_statement;
    int m_column = 0;
};

} // namespace plimsoll::store
