// M/M/c-PS as a tagged exponential request sees it: a birth-death chain of the others, killed when it is done.
#pragma once
#include "engine/queueing/ps.h"

#include <optional>

namespace plimsoll::queueing {

/// Cumulants of the response of an exponential request of this mean, by one tridiagonal solve; none where the chain
/// would be too long (utilisation very near 1, or very many cores): use the conditional gamma then.
std::optional<distribution::Cumulants> psTaggedCumulants(const PsStation& station, double demandMean_s);

/// The response as a mixture of `nodes` exponentials at most: its Gauss rule. None as above.
std::optional<flow::Distribution> psTaggedLaw(const PsStation& station, double demandMean_s, int nodes);

} // namespace plimsoll::queueing
