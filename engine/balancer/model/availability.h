// How often enough servers are up (theory/balancing.md 12). Exact for independent servers; common causes (a zone, a
// deployment) come on top, as factors.
#pragma once

namespace plimsoll::balancer {

struct Availability {
    double up = 1, down = 0; // P(enough servers are up) and its complement, each to full precision
};

/// `needed` of `servers`, each up with this probability: the incomplete beta function.
Availability availabilityOf(double servers, double needed, double each);

/// Each fails after `upMean_s` on average and is repaired in `repairMean_s`, by at most `crews` at a time: birth-death
/// on the number down. Servers up to kMostRepaired.
struct RepairedServers {
    double servers = 1, needed = 1;
    double upMean_s = 1, repairMean_s = 1;
    double crews = 1;
};
Availability availabilityOf(const RepairedServers& asked);
inline constexpr double kMostRepaired = 1e7;

/// When one of equal servers is lost.
struct OneLoss {
    double utilisationAfter = 0; // of the others; infinite for the only one
    double largestBefore = 0;    // utilisation that the others can take over within `limit`
};
OneLoss oneLoss(double servers, double utilisation, double limit);

} // namespace plimsoll::balancer
