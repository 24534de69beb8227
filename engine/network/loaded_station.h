// A station in product form as its closed customers see it. Internal to engine/network.
#pragma once
#include <cstddef>
#include <vector>

namespace plimsoll::network {

/// Speeds with 1, 2 ... closed customers present, in units of one server, constant beyond the last: min(n, servers)
/// without open customers, less with them (the station's share for closed customers, exact in product form). At most
/// `population` of them.
void loadedSpeeds(double servers, double openUtilisation, std::size_t population, std::vector<double>& speeds);

} // namespace plimsoll::network
