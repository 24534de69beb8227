// How a file of an older format becomes one of this format: steps that work on tables, never on live classes.
#pragma once
#include "models/store/project_file.h"

#include <span>

namespace SQLite {
class Database;
}

namespace plimsoll::store {

/// From version `from` to `from` + 1.
struct MigrationStep {
    int from = 0;
    void (*run)(SQLite::Database&) = nullptr;
};

/// A version with the way to it.
struct Format {
    int version = kFormatVersion;
    std::span<const MigrationStep> steps; // in order of `from`
};

/// What this program writes. Version 1 is the first, so it has no steps yet.
Format currentFormat();

/// The oldest version that the steps lead from without a gap.
int oldestReadable(const Format& format);

/// Runs the steps from `version` on, in one transaction, and sets user_version. Throws SQLite::Exception.
void migrate(SQLite::Database& database, int version, const Format& format);

} // namespace plimsoll::store
