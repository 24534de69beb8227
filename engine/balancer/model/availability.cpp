#include "engine/balancer/model/availability.h"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::balancer {

Availability availabilityOf(double servers, double needed, double each) {
    if (needed <= 0) return {1, 0};
    if (needed > servers || each <= 0) return {0, 1};
    if (each >= 1) return {1, 0};
    return {boost::math::ibeta(needed, servers - needed + 1, each),
            boost::math::ibetac(needed, servers - needed + 1, each)};
}

Availability availabilityOf(const RepairedServers& asked) {
    const double ratio = asked.repairMean_s / asked.upMean_s, spare = asked.servers - asked.needed;
    // Outward from the most likely number down, so that nothing overflows.
    const auto up = [&](double down) { return (asked.servers - down) * ratio / std::min(down + 1, asked.crews); };
    double start = 0;
    while (start < asked.servers && up(start) > 1) ++start;
    double enough = 0, tooFew = 0, probability = 1;
    const auto add = [&](double down, double p) { (down <= spare ? enough : tooFew) += p; };
    for (double down = start;; ++down) {
        add(down, probability);
        if (down >= asked.servers || !(probability > 0)) break;
        probability *= up(down);
    }
    probability = 1;
    for (double down = start; down > 0 && probability > 0; --down) {
        probability /= up(down - 1);
        add(down - 1, probability);
    }
    const double total = enough + tooFew;
    return {enough / total, tooFew / total};
}

OneLoss oneLoss(double servers, double utilisation, double limit) {
    if (servers <= 1) return {std::numeric_limits<double>::infinity(), 0};
    return {utilisation * servers / (servers - 1), limit * (servers - 1) / servers};
}

} // namespace plimsoll::balancer
