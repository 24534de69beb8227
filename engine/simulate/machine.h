// One replication of a simulated system: runs the program event by event and counts.
#pragma once
#include "engine/balancer/balancer.h"
#include "engine/simulate/arrivals.h"
#include "engine/simulate/key_sets.h"
#include "engine/simulate/lru_cache.h"
#include "engine/simulate/machine_settings.h"
#include "engine/simulate/strand_store.h"
#include "engine/simulate/tally.h"
#include "engine/simulate/target_lists.h"

#include <stop_token>
#include <unordered_map>

namespace plimsoll::simulate {

class Machine {
public:
    Machine(const Program& program, std::uint64_t seed, std::stop_token stop);
    Machine(const Machine&) = delete;
    Machine& operator=(const Machine&) = delete;

    /// Runs until so many requests have arrived since the beginning or all before `until` has happened, or halts.
    Halt advance(std::uint64_t arrivals, double until = std::numeric_limits<double>::infinity());
    /// Runs all that happens before this time, or halts.
    Halt advanceTo(double time) { return advance(~std::uint64_t(0), time); }
    /// Forgets what was counted: the window begins now.
    void beginWindow();
    /// Ends a batch of the window.
    void closeBatch();
    /// Takes all integrals up to now; before the tallies are read.
    void settle();

    double now() const { return m_kernel.now; }
    double windowLength() const { return m_kernel.now - m_windowBegan; }
    std::uint64_t arrivals() const { return m_requests; }
    std::size_t liveStrands() const { return m_strands.live(); }
    /// Bytes that strands and their records take.
    std::size_t bytes() const { return m_strands.bytes(); }
    Limits& limits() { return m_limits; }
    /// Strands that do not wait for other strands.
    std::size_t strandsAtWork();
    /// How many wait in queues without a limit.
    std::size_t waitingWithoutLimit();
    std::uint64_t arrivalsBeforeWindow() const { return m_requestsBefore; }
    std::uint64_t stepsEntered() const { return m_stepsEntered; }

    const FlowTally& flow(std::size_t flow) const { return m_flows[flow]; }
    const StepTally& step(std::size_t flow, std::size_t step) const { return m_steps[flow * m_opCount + step]; }
    const CacheTally& cache(std::size_t cache, std::size_t cls) const {
        return m_cacheTallies[cache * m_program.classes.size() + cls];
    }
    /// A change to come, on a timeline.
    void schedule(double time, const Control& control);
    /// Health checks, and deaths drawn from Fleet::failures if asked for; before the first advance().
    void prepareOutages(bool drawFailures);
    /// Instances of a fleet that answer and have not left.
    double upInstances(std::uint32_t fleet) const;

    std::vector<Station>& stations() { return m_stations.all(); }
    std::vector<Pool>& pools() { return m_pools.all(); }
    std::vector<LimiterInstance>& limiters() { return m_limiters.all(); }

private:
    /// What a strand does next.
    struct Next {
        enum Kind : std::uint8_t { Enter, Leave, Wait } kind = Wait;
        Outcome outcome{};
        std::uint32_t step = 0;
    };
    static Next enterStep(std::uint32_t step) { return {Next::Enter, {}, step}; }
    static Next leaveWith(Outcome outcome) { return {Next::Leave, outcome, 0}; }
    static Next failWith(flow::Cause cause) { return leaveWith(Outcome(cause)); }
    static Next wait() { return {}; }

    // machine.cpp: arrivals, events, the ends of strands
    void arrive();
    void startRequest(std::size_t cls);
    void think(std::size_t cls);
    void dispatch(const Event& event);
    void laneDue(const Timer& timer);
    void makeResources();
    void makeBalancers();
    void finish(Strand& strand, Outcome outcome);
    static std::uint32_t wholeCount(double count, Random& random);

    // interpreter.cpp
    void run(Strand& strand, Next next);
    void resume(Strand& strand);
    Next enter(Strand& strand, std::uint32_t step);
    bool mustStop(const Strand& strand);
    static constexpr std::uint64_t kStepsBetweenChecks = 1024;
    Next leave(Strand& strand, Outcome outcome);
    Next close(Strand& strand, Outcome outcome);
    Next pauseFor(Strand& strand, double duration, std::uint32_t lane);
    Next enterRepeat(Strand& strand, const Op& op, std::uint32_t step);
    Next enterServe(Strand& strand, const Op& op, std::uint32_t step);
    Next enterHold(Strand& strand, const Op& op);
    Next enterLimit(Strand& strand, const Op& op);
    Next leaveAttempt(Strand& strand, const Op& op, std::uint32_t step, Outcome outcome);
    Next leaveRepeat(Strand& strand, const Op& op, Outcome outcome);
    bool retryAllowed(const Op& op, std::uint32_t step, std::uint32_t cls);
    Next choose(const Op& op, std::uint32_t step);
    void addOwn(Strand& strand, const Op& op) {
        if (op.fleet == strand.fleet) strand.own += m_kernel.now - strand.since;
    }
    std::uint32_t instanceOf(const Strand& strand, const Op& op) const {
        return op.alone ? op.resource : op.resource + strand.instance;
    }

    // calls.cpp
    Next enterCall(Strand& strand, const Op& op, std::uint32_t step);
    Next dial(Strand& strand, const Op& op);
    Next leaveCall(Strand& strand, const Op& op, Outcome outcome);
    std::optional<std::uint32_t> pick(Strand& strand, const Op& op, std::uint32_t instance,
                                      std::span<const balancer::Target> excluded);
    void hangUp(const Record& record, Outcome outcome);
    std::uint64_t balancerKey(Strand& strand, const BalancerPlan& plan, std::size_t instance);
    void everyTarget(Strand& strand, const Op& op, std::uint32_t instance, std::vector<balancer::Target>& targets);
    Next enterSpawn(Strand& strand, const Op& op, std::uint32_t step);
    std::optional<flow::Cause> spawnOne(Strand& strand, const Op& op, std::uint32_t target, std::uint32_t instance,
                                        bool picked);
    std::optional<flow::Cause> refusedAtOnce(const TargetEntry& entry);
    void beginCopy(Strand& copy, const Op& op, std::uint32_t target, std::uint32_t instance, bool picked);

    // forks.cpp
    Next enterParallel(Strand& strand, const Op& op);
    Next enterFanOut(Strand& strand, const Op& op, std::uint32_t step);
    void joined(Strand& strand, Outcome outcome);
    bool launchCopy(Strand& strand, const Op& op);
    void nextCopyDue(Strand& strand);
    Strand& addChild(Strand& parent);
    void childEnded(Strand& parent, Strand& child, Outcome outcome);
    void unlinkChild(Strand& child);
    void releaseLeftover(Strand& strand, bool cancel);
    void forgetUsed(Record& record);

    // cancel.cpp
    void timeoutDue(const Timer& timer);
    Strand& splitBelow(Strand& strand, std::uint32_t depth);
    void unblock(Strand& strand);
    void unwind(Strand& strand, std::uint32_t depth);
    void undo(Strand& strand, Record& record);
    void cancelStrand(Strand& strand);

    // caching.cpp
    Next enterLookup(Strand& strand, const Op& op, std::uint32_t step);
    Next resumeLookup(Strand& strand, const Op& op, Outcome outcome);
    void leaveLookup(Strand& strand, const Op& op, Outcome outcome);
    Next invalidate(Strand& strand, const Op& op, std::uint32_t step);
    std::uint32_t cacheInstance(const Strand& strand, const Op& op, std::uint64_t key) const;
    std::uint64_t keyOf(const Strand& strand, std::uint32_t space) { return m_keys.key(strand.keys, space); }
    void passFetchOn(std::uint32_t instance, std::uint64_t key);
    void endFetch(std::uint32_t instance, std::uint64_t key, Outcome outcome);
    void fillCaches();
    double sizeOf(const CachePlan& plan, std::uint64_t key) const;

    // signals.cpp
    // outages.cpp
    void controlDue(std::uint32_t number);
    void drawnDue(std::uint32_t number);
    std::uint32_t callTo(const Strand& strand, std::uint32_t fleet, std::uint32_t instance) const;
    std::vector<std::uint32_t> strandsOn(std::uint32_t fleet, std::uint32_t instance);
    void kill(std::uint32_t fleet, std::uint32_t instance);
    void revive(std::uint32_t fleet, std::uint32_t instance);
    void setMember(std::uint32_t fleet, std::uint32_t instance, bool out);
    Next callDead(Strand& strand);
    void scheduleHealth(std::uint32_t balancer);
    void healthDue(std::uint32_t balancer);
    bool isDead(std::uint32_t fleet, std::uint32_t instance) const {
        return m_deadCount > 0 && m_dead[m_program.fleetFirst[fleet] + instance] != 0;
    }

    void pollDue(std::uint32_t balancer);
    void observeAll(std::uint32_t balancer, bool average);
    void schedulePoll(std::uint32_t balancer);
    void prepareSignals();

    const Program& m_program;
    const std::size_t m_opCount = m_program.ops.size();
    std::stop_token m_stop;
    Kernel m_kernel;
    Stations m_stations{m_kernel};
    Pools m_pools{m_kernel};
    Limiters m_limiters{m_kernel};
    StrandStore m_strands;
    Arrivals m_arrivals;
    KeySets m_keys;
    Limits m_limits;
    Halt m_halt = Halt::No;
    std::uint64_t m_seed, m_requests = 0, m_requestsBefore = 0, m_eventsDone = 0, m_stepsEntered = 0;
    static constexpr std::uint64_t kRequestsInAdvance = 1000;
    static constexpr std::uint32_t kDeepest = 100'000; ///< steps within steps
    double m_windowBegan = 0, m_batchBegan = 0;

    std::vector<Control> m_controls;
    std::vector<std::uint8_t> m_dead, m_left; ///< by instance of all fleets
    std::uint32_t m_deadCount = 0;
    Random m_outageRandom;
    std::vector<Random> m_stepRandom, m_thinkRandom, m_balancerRandom;

    std::vector<std::optional<balancer::Balancer>> m_balancers; ///< by instance; none where there is nothing to pick
    std::vector<std::uint32_t> m_balancerOf;                    ///< BalancerId by instance
    std::vector<std::vector<double>> m_signalsBefore;           ///< by instance: busy integrals at the last poll
    std::vector<double> m_polledAt;

    static constexpr std::uint32_t kHit = 1, kFetches = 2, kWaitsForFetch = 3; ///< state of a Lookup's record
    std::vector<LruCache> m_caches;                                            ///< by instance
    std::vector<std::unordered_map<std::uint64_t, Fifo>> m_fetches; ///< by cache instance: who waits for a key
    TargetLists m_used;                                             ///< what fan-outs have called
    static constexpr unsigned kNestedSpawns = 64;                   ///< jobs that start within the start of another
    unsigned m_nested = 0;
    struct Budget {
        double firsts = 0, wanted = 0;
    };
    std::vector<Budget> m_budgets; ///< by op and class

    std::vector<FlowTally> m_flows;
    std::vector<StepTally> m_steps;
    std::vector<CacheTally> m_cacheTallies;
};

} // namespace plimsoll::simulate
