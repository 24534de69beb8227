// Several closed classes exactly: the normalising constant over the lattice of population vectors. Internal to
// engine/network.
#pragma once
#include "engine/network/closed_classes.h"

namespace plimsoll::network {

/// Operations of solveOnLattice().
double latticeCost(const ClosedClasses& network);

/// Everything of `figures` but utilisation and method. `guess` are throughputs within a few per cent (by a factor of 2
/// for few users), which keep the constants near 1. False: they left double precision, and `figures` is as it was.
bool solveOnLattice(const ClosedClasses& network, std::span<const double> guess, ClosedFigures& figures,
                    LatticeScratch& scratch);

} // namespace plimsoll::network
