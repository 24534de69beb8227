// Pieces of the queue at a pool. Internal to engine/network.
#pragma once
#include "engine/network/pool.h"

namespace plimsoll::network {

/// The states with a free token, given that one is free.
struct FreeStates {
    double logLast =
        0;           // logarithm of the chance of the last one, with one token left (Erlang's loss formula for T - 1)
    double mean = 0; // tokens in use
};
FreeStates freeStates(const PoolQueue& pool);

/// Chances up to a common factor.
struct PoolMasses {
    double below = 1;                 // a token is free
    double served = 0;                // of an arrival that waits and gets a token
    distribution::Cumulants wait{};   // of such an arrival
    double refused = 0, timedOut = 0; // of the others
};
/// Divides `below` (1) and what stands above (e^{logAbove}) by the larger one, so that they do not underflow together;
/// returns the latter.
double balance(PoolMasses& masses, double logAbove);
PoolMasses massesWithoutLimit(const PoolQueue& pool, const FreeStates& free);
PoolMasses massesWithLimit(const PoolQueue& pool, const FreeStates& free);
PoolMasses massesWithDeadline(const PoolQueue& pool, const FreeStates& free);
PoolMasses massesWithBoth(const PoolQueue& pool, const FreeStates& free);

} // namespace plimsoll::network
