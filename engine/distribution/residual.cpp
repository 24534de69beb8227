#include "engine/distribution/residual.h"

#include "engine/distribution/small_arguments.h"

namespace plimsoll::distribution {

std::complex<double> complement(const Distribution& law, std::complex<double> s) {
    std::complex<double> sum = 0;
    for (const Phase& phase : law.phases) {
        std::complex<double> exponent = s * toSeconds(phase.offset);
        if (phase.scale.count() > 0) exponent += phase.shape * logOnePlus(s * toSeconds(phase.scale));
        sum += phase.weight.value * oneMinusExp(exponent);
    }
    return sum;
}

std::complex<double> residualTransform(const Distribution& law, std::complex<double> s) {
    return complement(law, s) / (s * toSeconds(mean(law)));
}

Cumulants residualCumulants(const Distribution& law) {
    const double unit = rawMoment(law, 1);
    return fromRawMoments(rawMoment(law, 2) / (2 * unit), rawMoment(law, 3) / (3 * unit),
                          rawMoment(law, 4) / (4 * unit));
}

} // namespace plimsoll::distribution
