// A project as the bytes of a SQLite database, and back. No file is touched here.
#pragma once
#include "models/store/migration.h"

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::store {

/// What the first bytes of a SQLite database say; none: it is not one.
struct Header {
    std::int32_t applicationId = 0;
    int version = 0;
    std::size_t declaredSize = 0; // bytes; 0: not told
};
std::optional<Header> headerOf(std::string_view bytes);

/// Why these bytes are not a project that `format` reads ("is empty", "is of format version 3 …"); none: try.
std::optional<std::string> whyNotOurs(std::string_view bytes, const Format& format);

/// The database of a project that has passed checkProject(). Throws SQLite::Exception when memory is short.
std::string toBytes(const document::Project& project, const Format& format);

/// Reads and checks; the error's `component` is left empty for the caller's file name.
std::expected<document::Project, document::Error> fromBytes(std::string_view bytes, const Format& format);

} // namespace plimsoll::store
