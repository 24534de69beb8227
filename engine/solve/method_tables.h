// Parts of the table of methods that stand in files of their own. Internal to engine/solve.
#pragma once
#include "engine/solve/methods.h"

namespace plimsoll::flow {

/// Balancing policies, health checks, availability.
std::span<const MethodText> balancingMethods();

} // namespace plimsoll::flow
