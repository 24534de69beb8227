// How evenly a consistent hash spreads the key space (Karger et al. 1997; theory/balancing.md 8).
#pragma once
#include <vector>

namespace plimsoll::balancer {

/// `servers` >= 1 with `points` >= 1 uniform points each on a ring: a server's share is one component of a
/// Dirichlet(points, ..., points) law, i.e. a gamma of that shape over the sum of all, which is independent of the
/// ratio.
struct KeyRing {
    double servers = 1, points = 1;
};

/// Standard deviation over mean of a server's share. Exact.
double ringVariation(const KeyRing& ring);
/// Mean of the largest and of the smallest share over the mean share. Exact, by quadrature to 1e-9: E[max] and E[min]
/// of independent gammas.
double ringHottest(const KeyRing& ring);
double ringColdest(const KeyRing& ring);
/// `count` typical shares of the key space, each the middle of an equal part of the servers, coldest first; they sum
/// to 1. For a figure of many servers by few groups.
std::vector<double> ringShares(const KeyRing& ring, std::size_t count);

} // namespace plimsoll::balancer
