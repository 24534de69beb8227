// Where a command reads a project from and writes one to.
#pragma once
#include "models/document/project.h"

#include <string>

namespace plimsoll::gui::cli {

/// Reads FILE: a .plimsoll file or JSON (told apart by their content), "template:ID", or "-" for JSON on standard
/// input. Ends with BadInput and one line where it cannot.
document::Project readProject(const std::string& file);
/// All of a text file or of standard input ("-").
std::string readText(const std::string& file);

/// Writes to FILE by its name (.plimsoll or .json; "-" is standard output as JSON). Ends with NoAnswer where it cannot.
void writeProject(const document::Project& project, const std::string& file);
void writeText(const std::string& text, const std::string& file);

/// The id of the scenario asked for, or of the first one. Ends with BadInput where there is none of that id.
document::Id pickScenario(const document::Project& project, const std::string& id);

} // namespace plimsoll::gui::cli
