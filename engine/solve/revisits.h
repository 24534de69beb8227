// Requests that come to one station several times meet nearly the same queue again.
#pragma once
#include "engine/solve/leaf_terms.h"

namespace plimsoll::flow {

/// Several visits of one request to one queue.
struct Revisits {
    std::vector<std::uint32_t> visits; // indices, at least two, of the same cell
    double gap_s = 0;                  // mean time from the end of one to the start of the next
};

/// The visits as one term: with the weight of their mean correlation they all meet the same queue, otherwise each its
/// own. The variance of the sum beyond that of independent visits is added to `excess`.
/// - Processor sharing: visits at once after each other are one of the summed demand, exactly.
/// - In order of arrival, at once after each other: what waits at the next visit has come during this one, or was ahead
///   and has come back as this request does; Cov(W1, W2) from that.
/// - What lies between lets the queue forget (queueAutocorrelation). Own approximation; its error is in the README's
///   table, family `revisits`.
/// None where the visits are so little correlated that they add at most `negligible` (s^2) of variance.
std::optional<PathTerm> revisitTerm(const SolverState& state, const Solved& solved, const LeafTerms& leaf,
                                    const Revisits& revisits, double negligible, double& excess);

/// Whether visits to this queue are correlated at all: it has one, and it is steady.
bool isRevisitable(const SolverState& state, std::uint32_t visit);

} // namespace plimsoll::flow
