// What a request class may say. Edits and lowering both ask here.
#pragma once
#include "models/document/error.h"
#include "models/document/project.h"

#include <optional>

namespace plimsoll::components {

/// The first field of the class, its id, name or load, whose value may not be; none if all are good.
std::optional<document::Error> firstFault(const document::RequestClass& requestClass);

} // namespace plimsoll::components
