// Internal to models/store.
#pragma once
#include "models/document/project.h"

namespace SQLite {
class Database;
}

namespace plimsoll::store {

/// The project in a database of the present format. Throws Damaged or SQLite::Exception; not checked yet.
document::Project readProject(SQLite::Database& database);

} // namespace plimsoll::store
