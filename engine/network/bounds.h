// Bounds of a closed network of one class without solving it: asymptotic (Denning and Buzen 1978) and balanced job
// bounds (Zahorjan, Sevcik, Eager and Galler 1982).
#pragma once
#include <span>

namespace plimsoll::network {

struct ClosedBounds {
    double asymptoticLower_per_s = 0, asymptoticUpper_per_s = 0; // of the throughput
    double balancedLower_per_s = 0, balancedUpper_per_s = 0;     // single servers; asymptotic where there are others
    double knee_users = 0;                                       // where the asymptotes meet
};
/// `servers` empty: one each. users >= 1; something takes time.
ClosedBounds closedBounds(std::span<const double> demand_s, std::span<const double> servers, double think_s,
                          double users);

} // namespace plimsoll::network
