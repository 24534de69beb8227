// The JSON form of a project (design/project-json.md): what is exported, imported, shipped as templates and tested.
#pragma once
#include "models/document/error.h"
#include "models/document/project.h"

#include <expected>
#include <string>
#include <string_view>

namespace plimsoll::exchange {

/// Reads a project. Unknown keys, repeated ids, wrong types, values out of range, links to nothing and self links are
/// errors that name the place ("/scenarios/0/links/2").
std::expected<document::Project, document::Error> projectFromJson(std::string_view text);
/// Writes it; what is at its default is left out, so reading it again gives an equal project.
std::string projectToJson(const document::Project& project);

/// Checks what both the reader and the editor rely on: ids, references, ranges, limits. The first offence.
std::expected<void, document::Error> checkProject(const document::Project& project);

} // namespace plimsoll::exchange
