#include "models/store/project_file.h"

#include "models/exchange/json_text.h"
#include "models/exchange/project_json.h"
#include "models/store/database.h"
#include "models/store/file_io.h"
#include "models/store/project_store.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>

namespace plimsoll::store {

namespace {

using document::Error;
namespace fs = std::filesystem;

std::unexpected<Error> refusal(const fs::path& path, Error error) {
    return std::unexpected(exchange::oneLine({path.string(), std::move(error.field), std::move(error.message)}));
}

/// Why what is at `path` is not to be overwritten; copies it first where its format is older.
std::expected<void, std::string> makeWay(const fs::path& path, const Format& format) {
    std::error_code failure;
    if (!fs::exists(path, failure)) return {};
    const auto old = readFile(path);
    if (!old) return std::unexpected(old.error());
    const auto header = headerOf(*old);
    if (!header || header->applicationId != kApplicationId)
        return std::unexpected("is there already and is not a Plimsoll project: it is not overwritten");
    if (header->version > format.version)
        return std::unexpected(fmt::format("is of format version {}, newer than {}: it is not overwritten",
                                           header->version, format.version));
    if (header->version == format.version) return {};
    return replaceFile(backupPath(path, header->version), *old);
}

} // namespace

fs::path backupPath(const fs::path& path, int version) {
    std::error_code failure;
    for (int number = 1;; ++number) {
        const std::string again = number == 1 ? "" : fmt::format("-{}", number);
        fs::path backup = path;
        backup.replace_filename(
            fmt::format("{}.v{}{}{}", path.stem().string(), version, again, path.extension().string()));
        if (!fs::exists(backup, failure)) return backup;
    }
}

std::expected<document::Project, Error> load(const fs::path& path, const Format& format) {
    const auto bytes = readFile(path);
    if (!bytes) return refusal(path, {"", "", bytes.error()});
    auto project = fromBytes(*bytes, format);
    if (!project) return refusal(path, project.error());
    return project;
}

std::expected<void, Error> save(const document::Project& project, const fs::path& path, const Format& format) {
    if (auto fine = exchange::checkProject(project); !fine)
        return refusal(path, {"", "", "no valid project to save: " + document::text(fine.error())});
    if (const std::string why = whyNotWritable(path); !why.empty()) return refusal(path, {"", "", why});
    try {
        const std::string bytes = toBytes(project, format);
        if (auto way = makeWay(path, format); !way) return refusal(path, {"", "", way.error()});
        if (auto done = replaceFile(path, bytes); !done) return refusal(path, {"", "", done.error()});
        return {};
    } catch (const SQLite::Exception& exception) {
        return refusal(path, {"", "", fmt::format("cannot be written: {}", exception.what())});
    }
}

std::expected<document::Project, Error> load(const fs::path& path) {
    return load(path, currentFormat());
}

std::expected<void, Error> save(const document::Project& project, const fs::path& path) {
    return save(project, path, currentFormat());
}

} // namespace plimsoll::store
