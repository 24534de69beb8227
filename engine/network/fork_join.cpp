#include "engine/network/fork_join.h"

#include <boost/math/special_functions/digamma.hpp>

#include <algorithm>
#include <cmath>

namespace plimsoll::network {
namespace {

/// 1 + 1/2 + ... + 1/n.
double harmonic(double n) {
    return boost::math::digamma(n + 1) - boost::math::digamma(1.0);
}

} // namespace

double joinMeanRatio(const ForkJoin& join) {
    constexpr double kManyServers = 8; // independent from here on
    if (!(join.branches > 1) || join.servers >= kManyServers) return 1;
    const double all = harmonic(join.branches), two = 1.5, rho = join.utilisation;
    const double mean = (all / two + (1 - all / two) * 4 * rho / 11) * (12 - rho) / 8;
    const double ratio = std::min(1.0, mean / all);
    if (join.servers <= 1) return ratio;
    return std::pow(ratio, 0.5 * (kManyServers - join.servers) / (kManyServers - 2));
}

double joinFactor(double meanRatio, double level) {
    const double faded = std::clamp((level - 0.5) / (0.95 - 0.5), 0.0, 1.0);
    return meanRatio + (1 - meanRatio) * faded;
}

distribution::TabulatedLaw correctedJoin(distribution::TabulatedLaw independent, double meanRatio) {
    if (meanRatio == 1) return independent;
    for (std::size_t j = 0; j < independent.time_s.size(); ++j)
        independent.time_s[j] *= joinFactor(meanRatio, 1 - independent.survival[j]);
    return distribution::fromPoints(std::move(independent.time_s), std::move(independent.survival));
}

} // namespace plimsoll::network
