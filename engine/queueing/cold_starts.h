// Function instances made when needed: Poisson arrivals, exponential busy time, the most recently used idle instance
// first, an idle one dies after the keep-alive time (theory/serverless.md 1, 2; own derivation there).
#pragma once

namespace plimsoll::queueing {

struct OnDemandServers {
    double arrivalRate_per_s = 0;
    double busy_s = 0;      // mean time that a request keeps an instance, boots left aside
    double boot_s = 0;      // mean, added where no idle instance is found
    double keepAlive_s = 0; // 0: every request boots, unless provisioned
    double provisioned = 0; // always there
    double limit = 1;       // instances at most; beyond it a request is refused
};

struct ColdStarts {
    double cold = 0;    // share of the admitted that boots
    double refused = 0; // share of the arrivals
    double busy = 0;    // instances, those that boot included
    double live = 0;    // busy or idle, provisioned ones included
};

/// Exact for a boot that takes no time, without provisioned instances and far below the limit (the limit itself is
/// Erlang's loss formula, exact for any busy time); other busy times -5 to +6 % in the cold share. Boots lengthen the
/// busy time in a fixed point. The inversion's floor is about 1e-9.
ColdStarts coldStarts(const OnDemandServers& servers);

} // namespace plimsoll::queueing
