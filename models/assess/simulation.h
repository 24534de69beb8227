// The judge of assess(): the same scenario, simulated event by event on the real balancer core.
#pragma once
#include "engine/simulate/simulate.h"
#include "models/assess/assess.h"

namespace plimsoll::assess {

/// The figures of assess(), simulated, with 95 % intervals in every latency; what no request count can show
/// (saturation, safe loads) is absent. Features that the solver does not know yet are simulated all the same. Never
/// fails: what is in the way stands in `problems` and `solved` is false; a stop gives the problem code "stopped".
Assessment simulate(const document::Project& project, const Id& scenario, const Options& options,
                    const flow::SimulateOptions& simulation, std::stop_token stop = {},
                    const flow::SimulateRun& run = {});

} // namespace plimsoll::assess
