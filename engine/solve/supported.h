// What this solver answers so far. Everything else is Error::NotSolvedYet that names the element and what it is.
#pragma once
#include "engine/solve/solution.h"

#include <optional>

namespace plimsoll::flow {

std::optional<Error> unsupportedClass(const Model& model, std::size_t index);
std::optional<Error> unsupportedStation(const Model& model, std::size_t index);
/// A balancer that a call passes.
std::optional<Error> unsupportedBalancer(const Model& model, std::size_t index);
/// A step that a request enters, with the cache it asks.
std::optional<Error> unsupportedStep(const Model& model, std::size_t index);

} // namespace plimsoll::flow
