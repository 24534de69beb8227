// From the graph to the branches of a class's law: what matters is kept term by term, the rest is lumped.
#pragma once
#include "engine/solve/path_terms.h"
#include "engine/solve/state.h"

namespace plimsoll::flow {

/// Branches of the class's latency law; their weights sum to 1. Uses state.cumulants.
std::vector<PathLaw> expandClass(const SolverState& state, const Solved& solved, std::uint32_t cls);

/// The same for any node.
std::vector<PathLaw> expandNode(const SolverState& state, const Solved& solved, std::uint32_t node);
/// With the variance that the branches have beyond that of independent nodes, the skewness kept.
distribution::Cumulants widened(const distribution::Cumulants& cumulants, std::span<const PathLaw> branches);

/// The service mix of every cell that needs its transform (M/G/1), into state.serviceMix.
void collectServiceMixes(SolverState& state, const Solved& solved);

/// Number of Serve and Delay leaves below every node, at most kManyLeaves, into state.leaves.
void countLeaves(SolverState& state);
inline constexpr std::uint32_t kManyLeaves = 1000;

} // namespace plimsoll::flow
