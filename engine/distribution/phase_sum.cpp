#include "engine/distribution/phase_sum.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace plimsoll::distribution {

std::optional<double> stagesSurvival(std::span<const double> means_s, double t_s) {
    const double rate = 1 / *std::ranges::min_element(means_s), jumps = rate * t_s;
    const double most = jumps + 9 * std::sqrt(jumps) + 40;
    if (!(most * double(means_s.size()) <= kMostJumps)) return std::nullopt;
    // Probability of each stage after n jumps of a Poisson process; what is in none of them is done.
    std::vector<double> stage(means_s.size(), 0), advance;
    stage[0] = 1;
    for (const double mean : means_s) advance.push_back(1 / (mean * rate));
    double survival = 0;
    for (double n = 0; n <= most; ++n) {
        double inside = 0;
        for (const double p : stage) inside += p;
        survival += std::exp(n * std::log(jumps) - jumps - std::lgamma(n + 1)) * inside;
        for (std::size_t i = stage.size(); i-- > 0;)
            stage[i] = stage[i] * (1 - advance[i]) + (i > 0 ? stage[i - 1] * advance[i - 1] : 0);
    }
    return std::min(1.0, survival);
}

} // namespace plimsoll::distribution
