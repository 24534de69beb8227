// What this solver answers so far. Everything else is Error::NotSolvedYet that names the element and what it is.
#pragma once
#include "engine/solve/solution.h"

#include <optional>

namespace plimsoll::flow {

/// A step that a request enters, with the cache it asks.
std::optional<Error> unsupportedStep(const Model& model, std::size_t index);

} // namespace plimsoll::flow
