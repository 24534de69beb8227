#include "engine/network/loaded_station.h"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>

namespace plimsoll::network {

// The weight of n closed customers is F(n) = sum_j C(n + j, j) a^j / prod_{i <= n + j} min(i, c), a = open load;
// speed(n) = F(n - 1) / F(n). n! e^-a F(n) = P(Poisson(a) < c - n) + B(n), B(n) = [n / c B(n - 1) + e^-a a^(c-n) /
// (c-n)!] / (1 - a / c): own derivation, by Pascal's rule for the states with all servers busy.
void loadedSpeeds(double servers, double openUtilisation, std::size_t population, std::vector<double>& speeds) {
    speeds.clear();
    const auto most = std::size_t(std::min(servers, double(population)));
    if (!(openUtilisation > 0)) {
        for (std::size_t n = 1; n <= most; ++n) speeds.push_back(double(n));
        return;
    }
    const double load = openUtilisation * servers, left = 1 - openUtilisation;
    double full = 0, last = 0; // B and n! e^-a F so far
    for (std::size_t n = 0; n <= most; ++n) {
        const double places = servers - double(n);
        const double found = std::exp(places * std::log(load) - load - std::lgamma(places + 1));
        full = (double(n) / servers * full + found) / left;
        const double weight = full + (places > 0 ? boost::math::gamma_q(places, load) : 0);
        if (n > 0) speeds.push_back(double(n) * (last / weight));
        last = weight;
    }
    if (double(population) > servers) speeds.push_back(servers * left);
}

} // namespace plimsoll::network
