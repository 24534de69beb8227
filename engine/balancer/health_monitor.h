// The verdicts of health checks: when checks start, when they have hung, who is ejected and who returns.
#pragma once
#include "engine/balancer/score_tree.h"
#include "engine/balancer/settings.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {

/// For each watched target a check starts every `interval` from a random phase, whatever became of the last one; one
/// without an answer fails `timeout` after its start. `fall` failures in a row eject, `rise` successes in a row bring
/// back. When a check ends and another starts at the same time, the end comes first. At most kOverlap checks of a
/// target are under way at once; starts that find all under way, or that were missed, are left out.
class HealthMonitor {
public:
    HealthMonitor() = default;
    explicit HealthMonitor(const flow::HealthCheck& check);

    /// Room for so many targets. Allocates; nothing else does.
    void resize(std::size_t targets);
    /// Healthy, first check after `phase` (a share of the interval in [0, 1)) from now.
    void watch(std::uint32_t target, double now, double phase);
    void forget(std::uint32_t target);

    bool ejected(std::uint32_t target) const { return target < m_watched.size() && m_watched[target].ejected; }
    /// Start of the next check or end of a hanging one, whichever is first; infinite when there is neither.
    double nextEvent() const { return std::min(m_starts.lowest(), m_hangs.lowest()); }
    /// The next end of a hanging check.
    double nextHang() const { return m_hangs.lowest(); }

    /// Fails the checks that have hung until now, in the order of time. `changed(target)` hears of ejections.
    template <class Changed> void settle(double now, const Changed& changed);
    /// The next check that is due.
    std::optional<Check> start(double now);
    /// An answer; false for a check that is not under way. Ask ejected() before and after for what it changed.
    bool end(const Check& check, bool healthy);

private:
    static constexpr std::size_t kOverlap = 64; // a timeout of more than 64 intervals has no use
    struct Pending {
        double startedAt = 0;
        std::uint64_t number = 0;
        bool open = false;
    };
    struct Watched {
        double nextStart = 0;
        std::uint64_t nextNumber = 0;
        std::uint32_t failures = 0, successes = 0; // in a row
        bool watched = false;
        bool ejected = false;
    };

    Pending* oldest(std::uint32_t target);
    void schedule(std::uint32_t target);
    void count(std::uint32_t target, bool healthy);

    flow::HealthCheck m_check;
    std::size_t m_overlap = 1;
    std::vector<Watched> m_watched;
    std::vector<Pending> m_pending; // m_overlap for each target
    ScoreTree m_starts, m_hangs;    // next start and next timeout of each target
};

template <class Changed> void HealthMonitor::settle(double now, const Changed& changed) {
    while (m_hangs.lowest() <= now) {
        const auto target = static_cast<std::uint32_t>(m_hangs.first());
        const bool before = m_watched[target].ejected;
        oldest(target)->open = false;
        count(target, false);
        schedule(target);
        if (m_watched[target].ejected != before) changed(target);
    }
}

} // namespace plimsoll::balancer
