#include "engine/distribution/cumulants.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace plimsoll::distribution {

double scv(const Cumulants& cumulants) {
    if (!(cumulants.mean > 0)) return 0;
    // One by one: the square of a mean of 1e-200 would be none.
    return std::min(cumulants.variance / cumulants.mean / cumulants.mean, std::numeric_limits<double>::max());
}

void MixtureCumulants::addSpread(double weight, const Cumulants& part) {
    const double off = part.mean - m_total.mean;
    m_total.variance += weight * (part.variance + off * off);
    m_total.third += weight * (part.third + off * (3 * part.variance + off * off));
}

Cumulants fromRawMoments(double first, double second, double third) {
    return {first, second - first * first, third - first * (3 * second - 2 * first * first)};
}

flow::Phase shiftedGamma(const Cumulants& cumulants) {
    const auto& [mean, variance, third] = cumulants;
    if (!(variance > 0)) return {.offset = Seconds{mean}};
    if (third > 0) {
        const double scale = third / (2 * variance);
        const double shape = variance / (scale * scale);
        const double offset = mean - shape * scale;
        if (offset >= 0 && std::isfinite(shape))
            return {.offset = Seconds{offset}, .shape = shape, .scale = Seconds{scale}};
    }
    return {.offset = Seconds{0}, .shape = mean * mean / variance, .scale = Seconds{variance / mean}};
}

} // namespace plimsoll::distribution
