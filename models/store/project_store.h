// load() and save() for a given format: what project_file.h calls with the present one, and tests with others.
#pragma once
#include "models/store/migration.h"

namespace plimsoll::store {

std::expected<document::Project, document::Error> load(const std::filesystem::path& path, const Format& format);

/// Before a file of an older version is replaced, it is copied to backupPath().
std::expected<void, document::Error> save(const document::Project& project, const std::filesystem::path& path,
                                          const Format& format);

/// "shop.plimsoll" of version 1 -> "shop.v1.plimsoll", with a number where that is taken.
std::filesystem::path backupPath(const std::filesystem::path& path, int version);

} // namespace plimsoll::store
