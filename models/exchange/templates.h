// Ready-made architectures, compiled in from resources/templates.
#pragma once
#include "models/document/error.h"
#include "models/document/project.h"

#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace plimsoll::exchange {

struct Template {
    std::string id;          // "web-shop", the name of its file
    std::string name;        // of its project
    std::string description; // the first line of its note
};

/// Every template, in the order of their ids.
std::span<const Template> templates();
/// The project of one; the error lists the ids that there are.
std::expected<document::Project, document::Error> templateProject(std::string_view id);

} // namespace plimsoll::exchange
