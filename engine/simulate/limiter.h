// Token buckets.
#pragma once
#include "engine/simulate/fifo.h"
#include "engine/simulate/kernel.h"
#include "engine/simulate/resource_tally.h"

#include <vector>

namespace plimsoll::simulate {

/// A bucket that is refilled at `rate` up to `burst`, full at the start.
class TokenBucket {
public:
    TokenBucket(double rate, double burst) : m_rate(rate), m_burst(burst), m_tokens(burst) {}

    bool has(double now) {
        refill(now);
        // A token that is due now may fall short of one by rounding.
        return m_tokens >= 1 - kRounding;
    }
    void take(double now) {
        refill(now);
        m_tokens = std::max(0.0, m_tokens - 1);
    }
    /// When it next holds a token; infinity where the rate is 0 and it holds none.
    double nextAt(double now) {
        refill(now);
        return m_tokens >= 1 ? now : now + (1 - m_tokens) / m_rate;
    }

private:
    static constexpr double kRounding = 1e-9;
    void refill(double now) {
        m_tokens = std::min(m_burst, m_tokens + (now - m_filled) * m_rate);
        m_filled = now;
    }
    double m_rate, m_burst, m_tokens, m_filled = 0;
};

/// How the limiters of one LimiterId work.
struct LimiterPlan {
    double rate = 0, burst = 1;
    bool delays = false;
};

struct LimiterInstance {
    TokenBucket bucket;
    bool delays = false;
    double rate = 0;
    Fifo queue;
    std::uint32_t waiting = 0;
    bool armed = false;
    ResourceTally tally{};
};

class Limiters {
public:
    enum class Answer { Passed, Refused, Waits };

    explicit Limiters(Kernel& kernel) : m_kernel(kernel) {}
    std::uint32_t add(const LimiterPlan& plan);
    std::vector<LimiterInstance>& all() { return m_limiters; }
    const std::vector<LimiterInstance>& all() const { return m_limiters; }

    Answer ask(std::uint32_t number, Strand& strand);
    /// Whether it would be refused now; counted as asked and refused if so.
    bool refusesNow(std::uint32_t number);
    void due(std::uint32_t number);
    void leave(Strand& strand);

private:
    void arm(std::uint32_t number, LimiterInstance& limiter);

    Kernel& m_kernel;
    std::vector<LimiterInstance> m_limiters;
};

} // namespace plimsoll::simulate
