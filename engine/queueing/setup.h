// M/G/1 whose server switches off when idle: the first request of a busy period waits for the whole setup (Welch 1964;
// theory/stations.md 10).
#pragma once
#include "engine/queueing/wait.h"

namespace plimsoll::queueing {

/// The wait, setup included, exact. Load < 1, a setup of positive mean.
WaitTransform setupWait(double arrivalRate_per_s, const distribution::Distribution& service,
                        const distribution::Distribution& setup);

} // namespace plimsoll::queueing
