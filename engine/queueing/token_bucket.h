// Token buckets: `burst` tokens at most, refilled at a constant rate; a request takes one. What is missing in the
// bucket is the work of a queue with constant service of 1 / rate (theory/serverless.md 3).
#pragma once
#include "engine/queueing/wait.h"

namespace plimsoll::queueing {

struct TokenBucket {
    double arrivalRate_per_s = 0; // Poisson
    double rate_per_s = 1;        // > 0
    double burst = 1;             // >= 1
};

/// Share of the arrivals that find less than one token: the loss of M/D/1/burst, exact for a whole burst; between two
/// whole ones geometrically.
double rejectedShare(const TokenBucket& bucket);

/// The wait for a token where nobody is refused; arrival rate below the rate. For a burst of 1 the wait of M/D/1;
/// above, what that queue's work exceeds burst - 1 by, with the work taken as an atom and a gamma of its exact first
/// two moments.
Wait delayedWait(const TokenBucket& bucket);

} // namespace plimsoll::queueing
