// The .plimsoll file: SQLite with application_id and user_version. Saves are atomic; a file that is not ours is left
// untouched.
#pragma once
#include "models/document/error.h"
#include "models/document/project.h"

#include <expected>
#include <filesystem>

namespace plimsoll::store {

/// 'Plms' as a big-endian integer: what `file` and other SQLite programs see.
inline constexpr std::int32_t kApplicationId = 0x506c6d73;
inline constexpr int kFormatVersion = 1;

/// Reads a project. One clear line each for: not there, a directory, not SQLite, truncated, another program's file, a
/// newer version, a project that does not validate. The file is never changed by reading.
std::expected<document::Project, document::Error> load(const std::filesystem::path& path);

/// Writes a project: a new file beside it, synced, then renamed over it, so that a kill at any moment leaves the old or
/// the new file. Refused: a directory, a read-only file or folder, an existing file that is not a project of ours.
std::expected<void, document::Error> save(const document::Project& project, const std::filesystem::path& path);

} // namespace plimsoll::store
