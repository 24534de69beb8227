// One replication of a simulated system: runs the program event by event and counts. What it runs on has parts of its
// own: resources, balancers, caches, outages; here are the strands and the steps that they run.
#pragma once
#include "engine/simulate/arrivals.h"
#include "engine/simulate/balancers.h"
#include "engine/simulate/caches.h"
#include "engine/simulate/next.h"
#include "engine/simulate/outages.h"
#include "engine/simulate/resources.h"
#include "engine/simulate/strand_store.h"
#include "engine/simulate/target_lists.h"

#include <limits>
#include <stop_token>

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
    void settle() { m_resources.settle(m_kernel.now); }

    double now() const { return m_kernel.now; }
    double windowLength() const { return m_kernel.now - m_windowBegan; }
    std::uint64_t arrivals() const { return m_requests; }
    std::uint64_t arrivalsBeforeWindow() const { return m_requestsBefore; }
    std::uint64_t stepsEntered() const { return m_stepsEntered; }
    std::size_t liveStrands() const { return m_strands.live(); }
    /// Bytes that strands and their records take.
    std::size_t bytes() const { return m_strands.bytes(); }
    Limits& limits() { return m_limits; }
    /// Strands that do not wait for other strands.
    std::size_t strandsAtWork();
    /// How many wait in queues without a limit.
    std::size_t waitingWithoutLimit() const { return m_resources.waitingWithoutLimit(); }

    const FlowTally& flow(std::size_t flow) const { return m_flows[flow]; }
    const StepTally& step(std::size_t flow, std::size_t step) const { return m_steps[flow * m_opCount + step]; }
    const CacheTally& cache(std::size_t cache, std::size_t cls) const { return m_caches.tally(cache, cls); }
    std::vector<Station>& stations() { return m_resources.stations.all(); }
    std::vector<Pool>& pools() { return m_resources.pools.all(); }
    std::vector<LimiterInstance>& limiters() { return m_resources.limiters.all(); }

    /// A change to come, on a timeline.
    void schedule(double time, const Control& control) { m_outages.schedule(time, control); }
    /// Health checks, and deaths drawn from Fleet::failures if asked for; before the first advance().
    void prepareOutages(bool drawFailures);
    /// Instances of a fleet that answer and have not left.
    double upInstances(std::uint32_t fleet) const { return m_outages.up(fleet); }

private:
    // machine.cpp: arrivals, events, the ends of strands
    void arrive();
    void startRequest(std::size_t cls);
    void think(std::size_t cls);
    void dispatch(const Event& event);
    void timerDue(Strand& strand, std::uint32_t depth);
    void finish(Strand& strand, Outcome outcome);
    void setFlow(Strand& strand, std::uint32_t flow) {
        strand.flow = flow;
        strand.tallies = &m_steps[flow * m_opCount];
    }

    // interpreter.cpp
    void run(Strand& strand, Next next);
    void resume(Strand& strand);
    void served(Strand& strand);
    // Both are parts of run(), where most of the time goes.
    [[gnu::always_inline]] inline Next enter(Strand& strand, std::uint32_t step);
    [[gnu::always_inline]] inline Next leave(Strand& strand, Outcome outcome);
    bool mustStop(const Strand& strand);
    /// The step on top has ended: counts it and passes the outcome on to the one around it.
    Next close(Strand& strand, Outcome outcome) const {
        const Record& record = strand.top();
        strand.tallies[record.step].leave(outcome.ok(), m_kernel.now - record.entered, strand.own - record.own);
        --strand.depth;
        return Next::leave(outcome);
    }
    Next pauseFor(Strand& strand, double duration, std::uint32_t lane);
    Next enterTimeout(Strand& strand, const Op& op);
    Next enterAttempt(Strand& strand, const Op& op, std::uint32_t step);
    Next enterRepeat(Strand& strand, const Op& op, std::uint32_t step);
    Next enterServe(Strand& strand, const Op& op, std::uint32_t step);
    Next enterHold(Strand& strand, const Op& op);
    Next enterLimit(Strand& strand, const Op& op);
    Next leaveAttempt(Strand& strand, const Op& op, std::uint32_t step, Outcome outcome);
    Next leaveRepeat(Strand& strand, const Op& op, Outcome outcome);
    bool retryAllowed(const Op& op, std::uint32_t step, std::uint32_t cls);
    Next choose(const Op& op, std::uint32_t step);
    static std::uint32_t wholeCount(double count, Random& random);
    void addOwn(Strand& strand, const Op& op) const {
        if (op.fleet == strand.fleet) strand.own += m_kernel.now - strand.since;
    }
    static std::uint32_t instanceOf(const Strand& strand, const Op& op) {
        return op.alone ? op.resource : op.resource + strand.instance;
    }

    // calls.cpp
    Next enterCall(Strand& strand, const Op& op, std::uint32_t step);
    Next dial(Strand& strand, const Op& op);
    Next leaveCall(Strand& strand, const Op& op, Outcome outcome);
    static void comeBack(Strand& strand, const Record& call);
    Next enterSpawn(Strand& strand, const Op& op, std::uint32_t step);
    std::optional<flow::Cause> spawnOne(Strand& strand, const Op& op, std::uint32_t target, std::uint32_t instance,
                                        bool picked);
    std::optional<flow::Cause> refusedAtOnce(const TargetEntry& entry);
    void beginCopy(Strand& copy, const Op& op, std::uint32_t target, std::uint32_t instance, bool picked);

    // forks.cpp
    Next enterParallel(Strand& strand, const Op& op);
    Next enterFanOut(Strand& strand, const Op& op);
    void joined(Strand& strand, Outcome outcome);
    bool launchCopy(Strand& strand, const Op& op);
    void nextCopyDue(Strand& strand);
    Strand& addChild(Strand& parent);
    void childEnded(Strand& parent, Strand& child, Outcome outcome);
    static void unlinkChild(Strand& child);
    void releaseLeftover(Strand& strand, bool cancel);
    void forgetUsed(Record& record);

    // cancel.cpp
    void timeoutDue(Strand& strand, std::uint32_t place);
    Strand& splitBelow(Strand& strand, std::uint32_t depth);
    void unblock(Strand& strand);
    void unwind(Strand& strand, std::uint32_t depth);
    void undo(Strand& strand, Record& record);
    void cancelStrand(Strand& strand);

    // lookups.cpp
    Next enterLookup(Strand& strand, const Op& op, std::uint32_t step);
    Next resumeLookup(Strand& strand, const Op& op, Outcome outcome);
    void leaveLookup(const Record& record, const Op& op, Outcome outcome);
    void undoLookup(const Record& record, const Op& op);
    Next invalidate(Strand& strand, const Op& op, std::uint32_t step);
    std::uint32_t cacheInstance(const Strand& strand, const Op& op, std::uint64_t key) const;

    // deaths.cpp
    void changeDue(std::uint32_t number);
    void setMember(std::uint32_t fleet, std::uint32_t instance, bool out);
    void kill(std::uint32_t fleet, std::uint32_t instance);
    void revive(std::uint32_t fleet, std::uint32_t instance);
    Next callDead(Strand& strand);
    std::uint32_t callTo(const Strand& strand, std::uint32_t fleet, std::uint32_t instance) const;
    std::vector<std::uint32_t> strandsOn(std::uint32_t fleet, std::uint32_t instance);

    static constexpr std::uint64_t kStepsBetweenChecks = 1024, kRequestsInAdvance = 1000;
    static constexpr std::uint32_t kDeepest = 100'000;                         ///< steps within steps
    static constexpr unsigned kNestedSpawns = 64;                              ///< jobs started within another's start
    static constexpr std::uint32_t kHit = 1, kFetches = 2, kWaitsForFetch = 3; ///< state of a Lookup's record

    const Program& m_program;
    const std::size_t m_opCount = m_program.ops.size();
    std::stop_token m_stop;
    Limits m_limits;
    Halt m_halt = Halt::No;
    Kernel m_kernel;
    StrandStore m_strands;
    Arrivals m_arrivals;
    KeySets m_keys;
    Resources m_resources;
    Caches m_caches;
    Balancers m_balancers;
    Outages m_outages;
    TargetLists m_used; ///< what fan-outs have called
    std::vector<Random> m_stepRandom, m_thinkRandom;
    struct Budget {
        double firsts = 0, wanted = 0;
    };
    std::vector<Budget> m_budgets; ///< by op and class
    unsigned m_nested = 0;

    std::uint64_t m_requests = 0, m_requestsBefore = 0, m_eventsDone = 0, m_stepsEntered = 0;
    double m_windowBegan = 0, m_batchBegan = 0;
    std::vector<FlowTally> m_flows;
    std::vector<StepTally> m_steps; ///< by flow and op
};

} // namespace plimsoll::simulate
