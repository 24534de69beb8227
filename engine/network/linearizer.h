// Approximate mean value analysis of closed classes. Internal to engine/network.
#pragma once
#include "engine/network/closed_classes.h"

namespace plimsoll::network {

/// Throughputs good to a few per cent by the method of Schweitzer and Bard: a guess for scaling. Into
/// scratch.throughput, 0 for classes without users.
void schweitzerThroughputs(const ClosedClasses& network, LinearizerScratch& scratch);

/// Linearizer with Seidmann's split: everything of `figures` but utilisation and method.
void linearizer(const ClosedClasses& network, ClosedFigures& figures, LinearizerScratch& scratch);

} // namespace plimsoll::network
