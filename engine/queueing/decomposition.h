// M/G/1 whose server is away at times: the wait is that of M/G/1 and, independently, a delay that the absence alone
// brings (Fuhrmann and Cooper 1985). Internal to setup.h, vacation.h and pauses.h.
#pragma once
#include "engine/queueing/wait.h"

namespace plimsoll::queueing {

/// An absence as an arrival meets it: nothing, the whole of it, or what is left of it.
struct AbsenceMet {
    double whole = 0, residual = 0; // probabilities
};

/// The wait of M/G/1 as `served`, and the absence on top; `waits` = P(wait > 0). Exact where `served` is.
WaitTransform delayedByAbsence(const WaitTransform& served, const distribution::Distribution& absence,
                               const AbsenceMet& met, double waits);

} // namespace plimsoll::queueing
