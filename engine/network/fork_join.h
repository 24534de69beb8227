// Branches that are asked at once: what their common arrivals do to the wait for all of them (theory/networks.md 5).
#pragma once
#include "engine/distribution/tabulated.h"

namespace plimsoll::network {

/// `branches` equal stations that see the same arrivals.
struct ForkJoin {
    double branches = 2;
    double servers = 1;     // of one branch
    double utilisation = 0; // of one branch, < 1
};

/// Mean until all branches are done over that of independent ones, at most 1: Nelson and Tantawi 1988 (exact for two,
/// -4.0 to +2.3 % for 4 to 32 single servers), its square root for two servers a branch (measured: 0.926 for 0.931),
/// fading to 1 at eight (measured: 0.996); in between not measured.
double joinMeanRatio(const ForkJoin& join);

/// Times at `level` of the independent law are multiplied by this: the ratio up to the median, 1 from p95 on.
double joinFactor(double meanRatio, double level);

/// The table of independent branches so corrected; `independent` starts at 0.
distribution::TabulatedLaw correctedJoin(distribution::TabulatedLaw independent, double meanRatio);

} // namespace plimsoll::network
