#include "engine/network/bounds.h"

#include <algorithm>
#include <limits>

namespace plimsoll::network {

ClosedBounds closedBounds(std::span<const double> demand_s, std::span<const double> servers, double think_s,
                          double users) {
    double total = 0, largest = 0;
    for (std::size_t i = 0; i < demand_s.size(); ++i) {
        total += demand_s[i];
        largest = std::max(largest, demand_s[i] / (servers.empty() ? 1 : servers[i]));
    }
    const double round = total + think_s;
    const double capacity = largest > 0 ? 1 / largest : std::numeric_limits<double>::max();
    ClosedBounds bounds;
    bounds.asymptoticUpper_per_s = std::min(capacity, users / round);
    bounds.asymptoticLower_per_s = users / (users * total + think_s); // everybody before oneself everywhere
    bounds.knee_users = largest > 0 ? round / largest : std::numeric_limits<double>::max();
    bounds.balancedLower_per_s = bounds.asymptoticLower_per_s;
    bounds.balancedUpper_per_s = bounds.asymptoticUpper_per_s;
    const bool single = std::ranges::all_of(servers, [](double count) { return count == 1; });
    if (!single || !(total > 0)) return bounds;
    const double average = total / double(demand_s.size());
    bounds.balancedLower_per_s = users / (round + (users - 1) * largest / (1 + think_s / (users * total)));
    bounds.balancedUpper_per_s = std::min(capacity, users / (round + (users - 1) * average / (1 + think_s / total)));
    return bounds;
}

} // namespace plimsoll::network
