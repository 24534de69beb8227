// M/G/1 whose server goes away whenever the queue is empty, again and again until it finds work (Levy and Yechiali
// 1975; Fuhrmann and Cooper 1985; theory/stations.md 10).
#pragma once
#include "engine/queueing/wait.h"

namespace plimsoll::queueing {

/// The wait, exact. Load < 1, a vacation of positive mean.
WaitTransform vacationWait(double arrivalRate_per_s, const distribution::Distribution& service,
                           const distribution::Distribution& vacation);

} // namespace plimsoll::queueing
