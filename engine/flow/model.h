// engine/flow/model.h - the one model that the solver solves and the simulator runs.
// Plain values: copy, compare, hash. Everything is referred to by index into the vectors of Model.
#pragma once
#include "engine/units/quantity.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace plimsoll::flow {

enum class FleetId : std::uint32_t {};
enum class StationId : std::uint32_t {};
enum class PoolId : std::uint32_t {};
enum class LimiterId : std::uint32_t {};
enum class KeySpaceId : std::uint32_t {};
enum class CacheId : std::uint32_t {};
enum class BalancerId : std::uint32_t {};
enum class EntryId : std::uint32_t {};
enum class StepId : std::uint32_t {};
enum class ClassId : std::uint32_t {};
enum class Origin : std::uint32_t { None = 0 }; // opaque; models/ maps it back to a component or a link

// ---------------------------------------------------------------- distributions
// A finite mixture of shifted gammas. Constant, exponential, Erlang, hyperexponential and histograms are
// cases of it; transform, moments, CDF (boost gamma_p) and sampling are exact for every one of them.
struct Phase {
    Probability weight{1}; // the weights of a distribution sum to 1 (1e-12)
    Seconds offset{0};     // >= 0
    double shape = 1;      // > 0; 1 is exponential
    Seconds scale{0};      // >= 0; 0 makes the phase the constant `offset`
    bool operator==(const Phase&) const = default;
};
struct Distribution {
    std::vector<Phase> phases; // never empty
    bool operator==(const Distribution&) const = default;
};
// fromMeanScv: scv 0 constant; 0 < scv <= 1 one gamma of shape 1/scv; scv > 1 two exponentials with balanced means.
// Lognormal and Pareto are fitted in engine/distribution to at most 12 phases; the fit's CDF error is kept and shown.

// ---------------------------------------------------------------- where things are
// A fleet is a set of instances. Every station, pool, limiter, cache and balancer belongs to a fleet and exists
// once IN EACH INSTANCE of it. A thing that exists once is in a fleet of one.
struct Member {
    std::uint32_t count = 1; // equal instances
    double speed = 1;        // > 0; divides every Serve demand on this instance
    double weight = 1;       // >= 0; 0 = drained; see Policy for who looks at it
    bool operator==(const Member&) const = default;
};
enum class DownAs { RefusesAtOnce, Hangs }; // how a dead instance looks to a caller until it is ejected
struct Failures {
    Seconds meanTimeBetween{0};
    Distribution repair;
    DownAs looks = DownAs::RefusesAtOnce;
    bool operator==(const Failures&) const = default;
};
struct Fleet {
    Origin origin{};
    std::vector<Member> members = {Member{}}; // total instances >= 1; instances are numbered in this order
    std::optional<Failures>
        failures; // used by availability, by SolveOptions::down and by the timeline; see DESIGN.md 3.1 rule 10
    bool operator==(const Fleet&) const = default;
};

// ---------------------------------------------------------------- resources
enum class Discipline { Fcfs, ProcessorSharing, PriorityNonPreemptive, PriorityPreemptiveResume };
struct Contention {   // Universal Scalability Law. With n jobs in service (FCFS: n <= servers; PS: all jobs present)
    double sigma = 0; // the station's total speed is min(n, servers) / (1 + sigma (n-1) + kappa n (n-1)).
    double kappa = 0; // PS with sigma or kappa > 0 needs a bound: `capacity`, or a Hold around every Serve
    bool operator==(const Contention&) const = default;
};
struct Station {
    Origin origin{};
    FleetId fleet{};
    std::optional<std::uint32_t> servers = 1; // none = a pure delay
    Discipline discipline = Discipline::Fcfs; // PS: each job gets at most one server
    std::optional<std::uint32_t> capacity; // jobs waiting and in service; none = unlimited; beyond it Cause::QueueFull
    Contention contention;
    bool operator==(const Station&) const = default;
};

struct BootLimit { // how fast tokens may be added: `burst` at once, then `rate` (a token bucket, refilled at `rate` up
                   // to `burst`)
    PerSecond rate;
    double burst = 1; // >= 1
    bool operator==(const BootLimit&) const = default;
};
struct OnDemand {                       // tokens made when needed: function instances
    std::uint32_t provisioned = 0;      // always warm, never boots
    Distribution boot;                  // cold start, paid by the request that found no idle token
    Seconds keepAlive{0};               // an idle token dies after this; the most recently used one is reused first
    std::optional<BootLimit> bootLimit; // account-level scaling limit; beyond it the request queues, if it may
                                        // (DESIGN.md 3.1 rule 6), else Cause::Throttled
    std::optional<PoolId> attaches;     // each LIVE token (busy or idle) holds one token of this pool until it dies
    bool operator==(const OnDemand&) const = default;
};
struct Pool {
    Origin origin{};
    FleetId fleet{};
    std::uint32_t tokens = 1; // >= 1; with onDemand: the concurrency limit
    std::optional<std::uint32_t>
        queueLimit; // none = unlimited; beyond it Cause::Refused, with onDemand Cause::Throttled; 0 = nobody waits
    std::optional<Seconds> maxWait; // beyond it Cause::WaitTimeout; the caller leaves the queue
    std::optional<OnDemand> onDemand;
    bool operator==(const Pool&) const = default;
};

enum class OverLimit { Reject, Delay }; // Reject: Cause::Throttled
struct Limiter {                        // token bucket
    Origin origin{};
    FleetId fleet{};
    PerSecond rate;
    double burst = 1; // >= 1
    OverLimit over = OverLimit::Reject;
    bool operator==(const Limiter&) const = default;
};

// A request draws one key per key space when it arrives (and Repeat may draw new ones for a round); every cache, hash
// and shard that names the space sees the same key. That is what correlates edge and shield, cache and shard.
struct KeySpace {
    Origin origin{};
    std::uint64_t keys = 1;
    double zipf = 0;   // >= 0; 0 = uniform
    Bytes meanSize{1}; // > 0; with 1, a cache's capacity is in objects
    double sizeScv = 0;
    bool operator==(const KeySpace&) const = default;
};
enum class Eviction { Lru, Lfu, Fifo, Random, Clock, Arc, Sieve, S3Fifo, WTinyLfu };
struct Cache {
    Origin origin{};
    FleetId fleet{};                    // one cache per instance: a CDN of 50 PoPs has 50, each with 1/50 of the flow
    std::optional<KeySpaceId> keySpace; // none: only with fixedHitRatio
    Bytes capacity;                     // > 0, unless fixedHitRatio
    Eviction eviction = Eviction::Lru;
    std::optional<Seconds> ttl;               // counted from insertion, not renewed by hits
    bool coalesce = false;                    // concurrent misses of one key wait for the first
    std::optional<Probability> fixedHitRatio; // measured; the model above is then not used
    bool operator==(const Cache&) const = default;
};

// Random picks in proportion to the weights (equal weights: uniformly); RoundRobin, LeastConnections, PowerOfTwo,
// LeastResponseTime and ResourceBased ignore weights other than 0. PowerOfTwo compares two DIFFERENT candidates.
// WeightedRoundRobin is the smooth one; WeightedLeastConnections takes the smallest (connections + 1) / weight.
enum class Policy {
    Random,
    RoundRobin,
    WeightedRoundRobin,
    LeastConnections,
    WeightedLeastConnections,
    LeastResponseTime,
    ResourceBased,
    PowerOfTwo,
    KeyHash, // the key's hash: shares follow from the key space, so a hot key makes a hot instance
    KeyRange
}; // shares are the backends' weights: "newest month takes 80 % of the writes"
struct HealthCheck {
    Seconds interval{1}, timeout{1};
    std::uint32_t fall = 3, rise = 2;
    bool operator==(const HealthCheck&) const = default;
};
struct Backend {
    FleetId fleet{};
    double weight = 1; // per instance; multiplied by Member::weight
    bool operator==(const Backend&) const = default;
};
// Every call passes a balancer. A plain link is a balancer with one backend of one instance.
// Its counters live in each instance of `fleet`: one load balancer, or every client when balancing is client-side.
// "Connections" of an instance = calls dispatched to it by this balancer and not yet answered, downstream time
// included.
struct Balancer {
    Origin origin{};
    FleetId fleet{};
    Policy policy = Policy::Random;
    std::vector<Backend> backends;      // candidates: all instances of all backends
    std::optional<KeySpaceId> keySpace; // KeyHash, KeyRange: which key decides
    std::optional<HealthCheck> health;
    Seconds signalAge{0}; // LeastResponseTime, ResourceBased: how old the signal is
    Seconds slowStart{0}; // an instance that joins or returns gets its weight linearly over this time (timeline only)
    bool operator==(const Balancer&) const = default;
};

// ---------------------------------------------------------------- steps
// Steps form an acyclic graph by their ids (a call cycle goes through an Entry, not through a StepId); a step may have
// several parents, its StepResult is then the sum over them.
enum class Cause : std::uint8_t {
    Application,
    Refused,
    QueueFull,
    WaitTimeout,
    Timeout,
    Throttled,
    InstanceDown,
    ExecutionLimit,
    StateLost
};
enum class Leftover { Abandon, Cancel };
// Abandon: work below goes on, uses its resources and is thrown away (an HTTP timeout).
// Cancel: what waits leaves its queue, what is in service stops (cancellation is propagated).

struct Sequence {
    std::vector<StepId> steps;
    bool operator==(const Sequence&) const = default;
};
struct Repeat {
    StepId body{};
    double count = 1;      // >= 0; floor(count) rounds in sequence, one more with the fraction's probability
    bool freshKeys = true; // each round draws keys of its own (a page that reads 20 objects); false: the request's keys
    bool operator==(const Repeat&) const = default;
};
struct Serve {
    StationId station{};
    Distribution demand;
    std::uint8_t priority = 0; // 0 is served first
    bool operator==(const Serve&) const = default;
};
struct Delay {
    Distribution duration;
    bool operator==(const Delay&) const = default;
};
struct FanOut {
    std::uint32_t copies = 0;       // to that many different instances; 0 = to every one
    std::uint32_t need = 0;         // answers waited for; 0 = all
    std::optional<Seconds> stagger; // hedging: the next copy starts only after this long
    Leftover leftover = Leftover::Abandon;
    bool operator==(const FanOut&) const = default;
};
struct Call {
    BalancerId via{};
    std::vector<EntryId> entries; // one per backend of `via`, in its order
    double count = 1;             // >= 0; floor(count) calls, one more with the fraction's probability, in sequence
    std::optional<FanOut> fanOut;
    bool operator==(const Call&) const = default;
};
struct Spawn {
    BalancerId via{};
    std::vector<EntryId> entries;
    double count = 1;
    bool everyInstance = false; // one copy to each candidate: replication, cache broadcast
    // If what comes first in the spawned entry, inside any Sequence, Attempt and Timeout around it, is a
    // Hold or Limit that refuses at once, then no job is made and this step fails with that cause.
    bool refusalFailsCaller = true;
    bool operator==(const Spawn&) const = default;
};
struct Parallel {
    std::vector<StepId> branches;
    std::uint32_t need = 0; // 0 = all
    Leftover leftover = Leftover::Abandon;
    bool operator==(const Parallel&) const = default;
};
struct Branch {
    Probability probability;
    StepId step{};
    bool operator==(const Branch&) const = default;
};
struct Choice {
    std::vector<Branch> branches;
    bool operator==(const Choice&) const = default;
}; // sum to 1
struct Lookup {
    CacheId cache{};
    StepId onHit{}, onMiss{}; // a miss admits the key when onMiss has succeeded
    bool operator==(const Lookup&) const = default;
};
struct Invalidate {
    CacheId cache{};
    double keys = 1; // the request's own key first, others drawn by popularity
    bool operator==(const Invalidate&) const = default;
};
struct Hold {
    PoolId pool{};
    StepId body{};
    std::uint8_t priority = 0;
    bool operator==(const Hold&) const = default;
};
struct Limit {
    LimiterId limiter{};
    bool operator==(const Limit&) const = default;
};
struct Fail {
    Probability probability;
    Cause cause = Cause::Application;
    bool operator==(const Fail&) const = default;
};
struct Attempt {
    StepId body{}; // retry and fallback
    std::uint32_t maxAttempts = 1;
    Seconds backoff{0};
    double backoffFactor = 2;
    Seconds backoffCap{60};
    bool fullJitter = true;
    std::optional<double> budget;   // retries allowed per first attempt, averaged over the class
    std::vector<Cause> on;          // empty = every cause
    std::optional<StepId> fallback; // after the last failed attempt; its success is a success
    bool operator==(const Attempt&) const = default;
};
struct Timeout {
    Seconds after{0};
    StepId body{};
    Leftover leftover = Leftover::Abandon;
    Cause cause = Cause::Timeout;
    bool operator==(const Timeout&) const = default;
};

using Body = std::variant<Sequence, Repeat, Serve, Delay, Call, Spawn, Parallel, Choice, Lookup, Invalidate, Hold,
                          Limit, Fail, Attempt, Timeout>;
struct Step {
    Origin origin{};
    Body body;
    bool operator==(const Step&) const = default;
};
struct Entry {
    Origin origin{};
    FleetId fleet{};
    StepId root{};
    bool operator==(const Entry&) const = default;
};
// An entry runs on ONE instance of its fleet, chosen by the balancer that called it; Serve, Hold, Limit, Lookup on
// resources of that fleet use that instance's copy. Resources of another fleet are reached by Call only, except:
// those of a fleet of one, which any step may use, and Lookup / Invalidate on a cache of any other fleet, which take no
// time and use the instance that the key's hash picks (so a caller can branch on the outcome: cache-aside).

// ---------------------------------------------------------------- load
struct Open {
    PerSecond rate;
    double scv = 1;
    double batch = 1; // renewal arrivals; batch: mean size, geometric
    bool operator==(const Open&) const = default;
};
struct Closed {
    std::uint32_t users = 0;
    Distribution think;
    bool operator==(const Closed&) const = default;
};
struct RequestClass {
    std::string name; // not empty, unique in the model
    Origin origin{};
    std::variant<Open, Closed> arrivals;
    StepId root{}; // the client's own steps: network, retries, then a Call
    bool operator==(const RequestClass&) const = default;
};

struct Model {
    std::vector<Fleet> fleets = {Fleet{}}; // fleets[0] is "outside": one instance, for what belongs to no component
    std::vector<Station> stations;
    std::vector<Pool> pools;
    std::vector<Limiter> limiters;
    std::vector<KeySpace> keySpaces;
    std::vector<Cache> caches;
    std::vector<Balancer> balancers;
    std::vector<Entry> entries;
    std::vector<Step> steps;
    std::vector<RequestClass> classes;
    bool operator==(const Model&) const = default;
};
} // namespace plimsoll::flow
