#include "models/store/database.h"

#include "models/exchange/project_json.h"
#include "models/store/reader.h"
#include "models/store/rows.h"
#include "models/store/schema.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <set>
#include <sqlite3.h>

namespace plimsoll::store {

namespace {

using document::Error;

// Offsets in the database header (sqlite.org/fileformat2.html, section 1.3).
constexpr std::string_view kMagic{"SQLite format 3\0", 16};
constexpr std::size_t kHeaderSize = 100, kPageSizeAt = 16, kChangesAt = 24, kPagesAt = 28, kVersionAt = 60,
                      kApplicationIdAt = 68, kValidForAt = 92;

std::uint32_t bigEndian(std::string_view bytes, std::size_t at, int count) {
    std::uint32_t value = 0;
    for (int i = 0; i < count; ++i)
        value = value << 8 | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
    return value;
}

/// Opens a copy of the bytes in memory, with everything off that a foreign schema could run.
SQLite::Database opened(std::string_view bytes) {
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    auto* copy = static_cast<unsigned char*>(sqlite3_malloc64(bytes.size()));
    if (!copy) throw SQLite::Exception("out of memory", SQLITE_NOMEM);
    std::memcpy(copy, bytes.data(), bytes.size());
    const auto size = static_cast<sqlite3_int64>(bytes.size());
    const int result = sqlite3_deserialize(database.getHandle(), "main", copy, size, size,
                                           SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
    if (result != SQLITE_OK) throw SQLite::Exception(sqlite3_errstr(result), result);
    for (const auto& [option, value] :
         {std::pair{SQLITE_DBCONFIG_DEFENSIVE, 1}, std::pair{SQLITE_DBCONFIG_ENABLE_VIEW, 0},
          std::pair{SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, std::pair{SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0}})
        sqlite3_db_config(database.getHandle(), option, value, nullptr);
    return database;
}

/// Stops a database whose pages send SQLite in circles: reading takes a few steps a byte, never thousands.
class Patience {
public:
    Patience(SQLite::Database& database, std::size_t bytes) : m_handle(database.getHandle()) {
        constexpr std::size_t kStepsPerByte = 1000;
        m_left = static_cast<std::int64_t>(bytes * kStepsPerByte / kEvery + 1);
        sqlite3_progress_handler(
            m_handle, kEvery, [](void* self) { return --static_cast<Patience*>(self)->m_left < 0 ? 1 : 0; }, this);
    }
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;
    ~Patience() { sqlite3_progress_handler(m_handle, 0, nullptr, nullptr); }

private:
    static constexpr int kEvery = 1000; // virtual-machine steps between two looks
    sqlite3* m_handle;
    std::int64_t m_left = 0;
};

void checkPages(SQLite::Database& database) {
    SQLite::Statement check(database, "PRAGMA quick_check(1)");
    if (!check.executeStep()) throw Damaged("it cannot be checked");
    const std::string answer = check.getColumn(0).getString();
    if (answer != "ok") throw Damaged(answer);
}

/// Exactly our tables: another one is data that a save would lose.
void checkTables(SQLite::Database& database) {
    std::set<std::string> names;
    SQLite::Statement schema(database,
                             "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'");
    while (schema.executeStep()) {
        const std::string type = schema.getColumn(0).getString(), name = schema.getColumn(1).getString();
        const bool known = type == "table" && std::ranges::find(kTables, name, &Table::name) != kTables.end();
        if (!known) throw Damaged(fmt::format("{} {} is not known", type, name));
        names.insert(name);
    }
    for (const Table& table : kTables)
        if (!names.contains(std::string(table.name))) throw Damaged(fmt::format("table {} is missing", table.name));
}

Error damaged(const char* why) {
    return {"", "", fmt::format("is damaged: {}", why)};
}

} // namespace

std::optional<Header> headerOf(std::string_view bytes) {
    if (bytes.size() < kHeaderSize || !bytes.starts_with(kMagic)) return {};
    Header header;
    header.applicationId = static_cast<std::int32_t>(bigEndian(bytes, kApplicationIdAt, 4));
    header.version = static_cast<int>(bigEndian(bytes, kVersionAt, 4));
    const std::uint32_t size = bigEndian(bytes, kPageSizeAt, 2);
    const bool told = bigEndian(bytes, kChangesAt, 4) == bigEndian(bytes, kValidForAt, 4);
    if (told) header.declaredSize = std::size_t{size == 1 ? 65536 : size} * bigEndian(bytes, kPagesAt, 4);
    return header;
}

std::optional<std::string> whyNotOurs(std::string_view bytes, const Format& format) {
    if (bytes.empty()) return "is empty";
    const auto header = headerOf(bytes);
    if (!header)
        return bytes.starts_with(kMagic.substr(0, std::min(bytes.size(), kMagic.size())))
                   ? "is cut short: not even the head of a SQLite file is there"
                   : "is not a Plimsoll project (not a SQLite file)";
    if (header->applicationId != kApplicationId) return "is a SQLite file of another program, not a Plimsoll project";
    if (header->version > format.version)
        return fmt::format("is of format version {}, newer than {}, the newest that this version reads",
                           header->version, format.version);
    if (header->version < oldestReadable(format))
        return fmt::format("is of format version {}; the oldest that this version reads is {}", header->version,
                           oldestReadable(format));
    if (header->declaredSize > bytes.size())
        return fmt::format("is cut short: {} of {} bytes are there", bytes.size(), header->declaredSize);
    return {};
}

std::expected<document::Project, Error> fromBytes(std::string_view bytes, const Format& format) {
    if (auto why = whyNotOurs(bytes, format)) return std::unexpected(Error{"", "", *why});
    try {
        SQLite::Database database = opened(bytes);
        const Patience patience(database, bytes.size());
        checkPages(database);
        migrate(database, headerOf(bytes)->version, format);
        checkTables(database);
        document::Project project = readProject(database);
        if (auto fine = exchange::checkProject(project); !fine)
            return std::unexpected(Error{"", "", "holds no valid project: " + document::text(fine.error())});
        return project;
    } catch (const SQLite::Exception& exception) {
        return std::unexpected(damaged(exception.what()));
    } catch (const Damaged& exception) {
        return std::unexpected(damaged(exception.what()));
    }
}

} // namespace plimsoll::store
