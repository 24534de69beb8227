// The terms of what runs side by side and of what is cut off.
#pragma once
#include "engine/solve/path_terms.h"
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// The term of a Fork node, its earliest end taken out as `shift`.
PathTerm forkTerm(const SolverState& state, const Solved& solved, std::uint32_t node);

/// The term of a Timeout node: its body, given that it comes in time.
PathTerm cutTerm(const SolverState& state, const Solved& solved, std::uint32_t node);

/// Sets the table of such a term, for its use in a sum.
void tabulate(PathTerm& term);

} // namespace plimsoll::flow
