#include "engine/distribution/order_statistics.h"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace plimsoll::distribution {

double orderSurvival(std::span<const double> survivals, std::size_t need) {
    const std::size_t count = survivals.size();
    if (need > count) return 1;
    if (need == count) {
        double logDone = 0;
        for (const double survival : survivals) {
            if (survival >= 1) return 1;
            logDone += std::log1p(-survival);
        }
        return -std::expm1(logDone);
    }
    std::vector<double> done(need, 0.0); // P(j are over), j < need
    done[0] = 1;
    for (const double survival : survivals) {
        for (std::size_t j = need - 1; j > 0; --j) done[j] = done[j] * survival + done[j - 1] * (1 - survival);
        done[0] *= survival;
    }
    double sum = 0;
    for (const double one : done) sum += one;
    return std::min(1.0, sum);
}

double orderSurvival(double survival, std::uint64_t count, std::uint64_t need) {
    if (need > count || survival >= 1) return 1;
    if (survival <= 0) return 0;
    if (need == count) return -std::expm1(double(count) * std::log1p(-survival));
    // P(Binomial(n, 1 - p) < k) = I_p(n - k + 1, k).
    return boost::math::ibeta(double(count - need + 1), double(need), survival);
}

} // namespace plimsoll::distribution
