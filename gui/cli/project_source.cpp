#include "gui/cli/project_source.h"

#include "gui/cli/command.h"
#include "models/exchange/project_json.h"
#include "models/exchange/templates.h"
#include "models/store/project_file.h"

#include <fmt/format.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace plimsoll::gui::cli {
namespace {

constexpr std::string_view kTemplate = "template:";
constexpr std::string_view kSqlite = "SQLite format 3";

bool isPlimsollFile(const std::string& file) {
    if (file.ends_with(".plimsoll")) return true;
    std::ifstream in(file, std::ios::binary);
    char head[kSqlite.size()] = {};
    in.read(head, sizeof head);
    return in.gcount() == sizeof head && std::string_view(head, sizeof head) == kSqlite;
}

std::string all(std::istream& in) {
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

} // namespace

std::string readText(const std::string& file) {
    if (file == "-") return all(std::cin);
    std::error_code failure;
    if (std::filesystem::is_directory(file, failure)) badInput(fmt::format("{}: is a directory", file));
    std::ifstream in(file, std::ios::binary);
    if (!in) badInput(fmt::format("{}: {}", file, std::strerror(errno)));
    return all(in);
}

document::Project readProject(const std::string& file) {
    if (file.starts_with(kTemplate)) {
        auto made = exchange::templateProject(file.substr(kTemplate.size()));
        if (!made) badInput(made.error());
        return std::move(*made);
    }
    if (file != "-" && isPlimsollFile(file)) {
        auto loaded = store::load(file);
        if (!loaded) badInput(loaded.error());
        return std::move(*loaded);
    }
    auto read = exchange::projectFromJson(readText(file));
    if (!read) badInput(fmt::format("{}: {}", file == "-" ? "standard input" : file, document::text(read.error())));
    return std::move(*read);
}

void writeText(const std::string& text, const std::string& file) {
    if (file == "-") {
        std::cout << text << std::flush;
        if (!std::cout) throw Ended{NoAnswer, "standard output: cannot be written"};
        return;
    }
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    if (!out) throw Ended{NoAnswer, fmt::format("{}: cannot be written: {}", file, std::strerror(errno))};
    out << text;
    out.close();
    if (!out) throw Ended{NoAnswer, fmt::format("{}: cannot be written: {}", file, std::strerror(errno))};
}

void writeProject(const document::Project& project, const std::string& file) {
    if (file == "-" || file.ends_with(".json")) return writeText(exchange::projectToJson(project), file);
    if (!file.ends_with(".plimsoll")) badInput(fmt::format("{}: a project is written as .plimsoll or .json", file));
    if (auto saved = store::save(project, file); !saved) throw Ended{NoAnswer, document::text(saved.error())};
}

document::Id pickScenario(const document::Project& project, const std::string& id) {
    if (id.empty()) return project.scenarios.front()->id;
    if (document::findScenario(project, id)) return id;
    std::string known;
    for (const auto& scenario : project.scenarios) known += (known.empty() ? "" : ", ") + scenario->id;
    badInput(fmt::format("--scenario: there is no scenario \"{}\" (there are: {})", id, known));
}

} // namespace plimsoll::gui::cli
