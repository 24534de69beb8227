// Everything that must hold of a project, whatever it was read from or edited by.
#pragma once
#include "models/document/error.h"
#include "models/document/project.h"

#include <optional>
#include <string>

namespace plimsoll::exchange {

/// An offence in the words of people (component by name) and its place as a JSON pointer.
struct Fault {
    std::string place;
    document::Error error;
};

/// The first offence against ids, references, ranges and limits; none: the project may be kept.
std::optional<Fault> firstFault(const document::Project& project);

} // namespace plimsoll::exchange
