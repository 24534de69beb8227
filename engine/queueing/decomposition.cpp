#include "engine/queueing/decomposition.h"

#include "engine/distribution/residual.h"

namespace plimsoll::queueing {

using Complex = std::complex<double>;

WaitTransform delayedByAbsence(const WaitTransform& served, const distribution::Distribution& absence,
                               const AbsenceMet& met, double waits) {
    const distribution::Cumulants whole = distribution::cumulants(absence);
    const distribution::Cumulants residual = distribution::residualCumulants(absence);
    distribution::MixtureCumulants delay;
    delay.addMean(met.whole, whole.mean);
    delay.addMean(met.residual, residual.mean);
    delay.addSpread(met.whole, whole);
    delay.addSpread(met.residual, residual);
    delay.addSpread(1 - met.whole - met.residual, {});
    const auto conditional = [served, absence, met, waits](Complex s) {
        const double busy = served.wait.probability;
        const Complex queue = 1 - busy + (busy > 0 ? busy * served.conditional(s) : Complex(0));
        const Complex away = 1 - met.whole - met.residual + met.whole * distribution::transform(absence, s) +
                             met.residual * distribution::residualTransform(absence, s);
        return (queue * away - (1 - waits)) / waits;
    };
    return {{waits, served.wait.cumulants + delay.total(), served.wait.exact}, conditional};
}

} // namespace plimsoll::queueing
