// engine/solve/solution.h - what solver and simulator both return.
#pragma once
#include "engine/flow/model.h"

#include <array>
#include <memory>
#include <string_view>
#include <utility>
namespace plimsoll::flow {
struct Error { // of solve and simulate
    enum Kind { Invalid, CircularHold, Unbounded, NoConvergence, NotSolvedYet, Stopped };
    Kind kind = Invalid;
    std::string element, field, message; // as in model-json.md, rule 5
};
enum class Exactness { Exact, Approximation, Bound, Simulated };
struct Method {
    std::string_view id;
    Exactness exactness;
    bool insideValidity = true;
}; // text, assumptions, source: one table in the engine, by id
struct Interval {
    double low = 0, high = 0;
}; // 95 %; only from the simulator

inline constexpr std::array kLevels{0.5, 0.9, 0.95, 0.99, 0.999, 0.9999};
struct Latency { // of SUCCESSFUL requests only; see DESIGN.md section 5
    Seconds mean{0};
    double scv = 0;
    std::array<Seconds, kLevels.size()> quantile{};
    std::vector<std::pair<Seconds, Probability>> cdf; // 200 points, for plots
    Method method;
    std::optional<Interval> meanInterval; // simulated only
    std::optional<std::array<Interval, kLevels.size()>> quantileInterval;
};
struct Share {
    Cause cause;
    Probability share;
};

struct ClassResult {
    PerSecond offered, succeeded;   // first attempts; final successes
    std::vector<Share> errors;      // final failures by cause; with succeeded/offered they sum to 1
    double attemptsPerRequest = 1;  // 1 + retries by any Attempt of the class, per request; jobs do not count
    std::optional<Latency> latency; // none: no steady state (a queue on its path grows)
    std::optional<Latency> jobs;    // of work it spawned: from Spawn to the end of the job
};
struct ResourceResult { // one per station, pool, limiter; PER INSTANCE of the busiest member
    PerSecond offered, carried;
    Probability utilisation; // busy servers or tokens / all of them; a Limiter: carried / rate
    double demand = 0;       // offered work / capacity; may exceed 1
    double meanWaiting = 0;
    std::optional<Latency> wait;            // none: grows
    PerSecond growth;                       // of the queue; 0 in a steady state
    double strength = 0;                    // d ln(saturation load) / d ln(capacity): the bottleneck has the largest
    std::optional<double> saturationFactor; // load factor at which demand reaches 1; none: never
    Method method;
};
struct CacheResult {
    std::vector<Probability> hitRatioByClass;
    Probability hitRatio;
    Method method;
};
struct OnDemandResult {
    double busy, live;
    Probability cold;
    PerSecond boots;
}; // cold: of the requests admitted; busy includes booting
struct StepResult { // per step and class: what links and components are summed from
    ClassId cls;
    StepId step;
    PerSecond entered, succeeded;
    Seconds inclusive{0};      // mean time from entering to leaving, by success or failure, everything below included
    Seconds own{0};            // the part spent waiting for and using resources of the step's own fleet: of the steps
                               // below in the same entry too, not of what is called
    double ownVariance_s2 = 0; // its variance, for a component's own percentiles by a two-moment fit
    bool steady = true;        // false: a queue below grows; the three times are then 0 and mean nothing
};
enum class Severity { Error, Warning, Hint };
struct Problem { // what the reader of the figures has to know; `code` stays the same over versions
    Severity severity = Severity::Warning;
    std::string code, element, field, message;
};
enum class Regime { Steady, Overloaded, TwoStable };
struct Solution {
    Regime regime = Regime::Steady;
    std::vector<ClassResult> classes;
    std::vector<ResourceResult> stations, pools, limiters;
    std::vector<CacheResult> caches;
    std::vector<std::optional<OnDemandResult>> onDemand; // by PoolId
    std::vector<StepResult> steps;
    std::optional<double>
        saturationFactor; // of the whole, on the model as given (loadFactor left aside); none: nothing saturates
    std::shared_ptr<const Solution> badState; // TwoStable: the other fixed point
    std::vector<Problem> problems;            // absent figures and leaned-on approximations, with their reason
    int iterations = 0;
    double residual = 0;
};

struct Down {
    FleetId fleet;
    std::uint32_t instances;
}; // the first `instances` ones of the fleet; fewer than it has, or its callers get InstanceDown
struct SolveOptions {
    double loadFactor = 1;     // scales Open::rate and Closed::users (rounded, at least 1; 0 stays 0)
    std::vector<Down> down;    // N-1, zone loss: these instances are absent and already ejected
    bool distributions = true; // false: means only (optimiser, elasticities, saturation search)
    double tolerance = 1e-9;   // relative, on every flow and mean
    int maxIterations = 200;   // reached: Error::NoConvergence with the residual, never a silent result
};
struct SimulateOptions {                // beside loadFactor and down of SolveOptions
    std::uint64_t requests = 1'000'000; // of all classes, warm-up not counted
    std::uint64_t seed = 1;             // same seed, same result, on any number of threads
    std::optional<double> precision; // stop earlier when every class's 95 % half-width is below this share of its mean
};
} // namespace plimsoll::flow
