// Whether requests can wait for each other for ever (DESIGN.md 3.1, rule 9).
#pragma once
#include "engine/flow/validate.h"

namespace plimsoll::flow {

/// Waiting for a token of Q while holding one of P must be an acyclic relation on pools. CircularHold naming the pools
/// of a loop. For a valid model; linear in its size.
std::expected<void, Error> checkHolds(const Model& model);

} // namespace plimsoll::flow
