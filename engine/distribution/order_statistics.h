// When the k-th of n independent times is over (theory/networks.md 5).
#pragma once
#include <cstdint>
#include <span>

namespace plimsoll::distribution {

/// P(fewer than `need` of the times are over), from P(time_i > t) of each: all of them by the product of the
/// distribution functions, otherwise by how many are over, O(n need). Every term is positive, so that small tails keep
/// their digits. need >= 1; more than there are: 1.
double orderSurvival(std::span<const double> survivals, std::size_t need);
/// The same for n equal times: a binomial sum in O(1).
double orderSurvival(double survival, std::uint64_t count, std::uint64_t need);

} // namespace plimsoll::distribution
