// Whole files, read without touching them and replaced in one instant.
#pragma once
#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace plimsoll::store {

/// The bytes of a regular file. The refusal says what is there instead ("is a directory"). A file without any read bit
/// is refused even where the user could read it, so that the answer does not depend on who asks.
std::expected<std::string, std::string> readFile(const std::filesystem::path& path);

/// Why `path` cannot be replaced: a directory, a read-only file or folder, no folder; empty: it can. Write bits count
/// even for a user whom they do not bind.
std::string whyNotWritable(const std::filesystem::path& path);

/// Puts `bytes` in the place of `path` (of the file that a symbolic link points to): a new file beside it, synced, with
/// the old one's permissions, renamed over it, and the folder synced. A kill at any moment leaves the old or the new.
std::expected<void, std::string> replaceFile(const std::filesystem::path& path, std::string_view bytes);

} // namespace plimsoll::store
