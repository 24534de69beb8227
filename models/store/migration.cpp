#include "models/store/migration.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

namespace plimsoll::store {

Format currentFormat() {
    return {kFormatVersion, {}};
}

int oldestReadable(const Format& format) {
    int oldest = format.version;
    for (auto step = format.steps.rbegin(); step != format.steps.rend() && step->from == oldest - 1; ++step) --oldest;
    return oldest;
}

void migrate(SQLite::Database& database, int version, const Format& format) {
    if (version == format.version) return;
    SQLite::Transaction transaction(database);
    for (const MigrationStep& step : format.steps)
        if (step.from >= version) step.run(database);
    database.exec(fmt::format("PRAGMA user_version = {}", format.version));
    transaction.commit();
}

} // namespace plimsoll::store
