// Pools of tokens: threads, connections, function instances.
#pragma once
#include "engine/simulate/fifo.h"
#include "engine/simulate/limiter.h"
#include "engine/simulate/sampler.h"

#include <optional>
#include <vector>

namespace plimsoll::simulate {

/// How the pools of one PoolId work.
struct PoolPlan {
    std::uint32_t tokens = 1;
    std::uint32_t queueLimit = kNone; ///< kNone: unlimited
    bool onDemand = false;
    std::uint32_t ranks = 1;
    std::uint32_t lane = kNone; ///< of maxWait; kNone: patience without end
    double maxWait = 0;
    // On demand only
    std::uint32_t provisioned = 0;
    Sampler boot;
    double keepAlive = 0;
    std::optional<TokenBucket> bootLimit;
    std::uint32_t attaches = kNone; ///< first instance of the pool that live tokens are attached to
    bool attachesAlone = true;      ///< that pool exists once
    flow::Cause refusal() const { return onDemand ? flow::Cause::Throttled : flow::Cause::Refused; }
};

/// Which kind of token a strand holds: it goes back to where it came from.
enum class TokenKind : std::uint32_t { None, Plain, Provisioned, Made };

struct Pool {
    const PoolPlan* plan = nullptr;
    std::uint32_t busy = 0; ///< held, and booting
    PriorityFifo queue;
    ResourceTally tally;
    // On demand only
    std::uint32_t live = 0; ///< busy and idle, provisioned too
    std::uint32_t idleProvisioned = 0;
    std::vector<double> idleSince;                                  ///< of made tokens; the most recently used one last
    std::size_t oldest = 0;                                         ///< those before it have died
    std::uint32_t expiryTicket = kNoTicket, bootTicket = kNoTicket; ///< of the events on their way
    std::optional<TokenBucket> bootLimit;
    std::uint32_t attached = kNone; ///< instance of the pool that live tokens are attached to
    Random random;

    std::size_t idleMade() const { return idleSince.size() - oldest; }
    void integrate(double now) {
        if (live > 0) tally.liveTime += live * (now - tally.changed);
        tally.integrate(now, busy, queue.size());
    }
};

/// All instances of all pools. Strands that wait are woken through the kernel when they have a token.
class Pools {
public:
    enum class Answer { Granted, Waits, Refused, Unattached };

    explicit Pools(Kernel& kernel) : m_kernel(kernel) {}
    std::uint32_t add(const PoolPlan& plan, std::uint32_t instance, std::uint64_t seed);
    /// Provisioned tokens come to life; after all pools have been added.
    void provision();
    std::vector<Pool>& all() { return m_pools; }
    const std::vector<Pool>& all() const { return m_pools; }

    /// Granted: `record.state` is the token's kind. Waits: it will be, once the strand is woken with success.
    Answer ask(std::uint32_t number, Strand& strand, Record& record, std::uint8_t rank);
    /// Whether it would be refused now; counted as asked and refused if so.
    std::optional<flow::Cause> refusesNow(std::uint32_t number);
    void giveBack(std::uint32_t number, TokenKind kind);
    /// A strand that waits for a token, or for its boot, leaves.
    void leave(Strand& strand);
    /// Its patience is over.
    void giveUp(Strand& strand);
    void bootEnded(std::uint32_t boot);
    void timerDue(std::uint32_t number, std::uint32_t ticket);

private:
    struct Boot {
        std::uint32_t pool = 0;
        Strand* strand = nullptr; ///< nullptr: it did not wait for it
    };
    bool mayBoot(Pool& pool);
    bool startBoot(std::uint32_t number, Pool& pool, Strand& strand);
    void grant(Pool& pool, Strand& strand, TokenKind kind);
    bool grantNext(Pool& pool, TokenKind kind);
    bool takeAttached(std::uint32_t number);
    void makeIdle(std::uint32_t number, Pool& pool, TokenKind kind);
    void armTimers(std::uint32_t number, Pool& pool);
    TokenKind takeIdle(Pool& pool);

    Kernel& m_kernel;
    std::vector<Pool> m_pools;
    std::vector<Boot> m_boots;
    std::vector<std::uint32_t> m_freeBoots;
};

} // namespace plimsoll::simulate
