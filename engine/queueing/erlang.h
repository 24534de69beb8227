// Erlang's loss and delay formulas (Erlang 1917; Jagerman 1974). theory/stations.md 1 gives the choice of form.
#pragma once

namespace plimsoll::queueing {

/// P(an arrival finds all `servers` busy) in M/G/c/c; load = arrival rate x mean service, in erlangs, any size >= 0.
/// Relative error about 1e-13 up to 1e6 servers; answers at once for any number. Below 1e-308 it is 0: use logErlangB.
double erlangB(double servers, double load);
/// Its natural logarithm, also where it underflows; -infinity for load 0.
double logErlangB(double servers, double load);
/// P(an arrival waits) in M/M/c; 1 for load >= servers.
double erlangC(double servers, double load);
/// 1 / erlangB by Horner's rule, for few servers: infinity where B underflows. load > 0.
inline double inverseErlangB(unsigned servers, double load) {
    const double inverse = 1 / load;
    double sum = 1;
    for (unsigned n = 1; n <= servers; ++n) sum = 1 + double(n) * inverse * sum;
    return sum;
}
/// Below this many servers the recurrence is quicker than the incomplete gamma.
inline constexpr unsigned kFewServers = 64;

} // namespace plimsoll::queueing
