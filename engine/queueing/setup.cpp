#include "engine/queueing/setup.h"

#include "engine/queueing/decomposition.h"
#include "engine/queueing/mg1.h"

namespace plimsoll::queueing {

WaitTransform setupWait(double arrivalRate_per_s, const distribution::Distribution& service,
                        const distribution::Distribution& setup) {
    // Of those that come while nobody is served, the first meets the whole setup, lambda E[U] others what is left.
    const double others = arrivalRate_per_s * distribution::mean(setup).count();
    const AbsenceMet met{.whole = 1 / (1 + others), .residual = others / (1 + others)};
    return delayedByAbsence(mg1Transform(arrivalRate_per_s, service), setup, met, 1);
}

} // namespace plimsoll::queueing
