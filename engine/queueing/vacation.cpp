#include "engine/queueing/vacation.h"

#include "engine/queueing/decomposition.h"
#include "engine/queueing/mg1.h"

namespace plimsoll::queueing {

WaitTransform vacationWait(double arrivalRate_per_s, const distribution::Distribution& service,
                           const distribution::Distribution& vacation) {
    const AbsenceMet met{.whole = 0, .residual = 1};
    return delayedByAbsence(mg1Transform(arrivalRate_per_s, service), vacation, met, 1);
}

} // namespace plimsoll::queueing
