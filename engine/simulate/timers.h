// Timers of constant length. All timers of one lane last equally long, so they end in the order in which they were set:
// a lane is a list, only its head stands among the events, and a timer that is taken back leaves no trace.
#pragma once
#include "engine/simulate/event_queue.h"
#include "engine/simulate/strand.h"

#include <vector>

namespace plimsoll::simulate {

struct Timer {
    double time = 0;
    Strand* strand = nullptr;
    std::uint32_t previous = kNone, next = kNone;
    std::uint32_t ticket = 0, lane = 0;
    std::uint32_t depth = 0; ///< Timeout: place of its record on the strand's stack
};

class Timers {
public:
    explicit Timers(EventQueue& events) : m_events(events) {}

    /// A lane whose events have this rank.
    std::uint32_t addLane(Rank rank) {
        m_lanes.push_back({kNone, kNone, false, rank});
        return std::uint32_t(m_lanes.size() - 1);
    }
    void setRank(std::uint32_t lane, Rank rank) { m_lanes[lane].rank = rank; }
    std::uint32_t set(std::uint32_t lane, double time, Strand& strand, std::uint32_t depth = 0);
    void takeBack(std::uint32_t timer);
    struct Due {
        Strand* strand = nullptr;
        std::uint32_t depth = 0;
    };
    /// Who is due at an event of the lane, taken out; no strand if the timer was taken back meanwhile.
    Due due(std::uint32_t lane, double now);
    Timer& operator[](std::uint32_t timer) { return m_timers[timer]; }

private:
    struct Lane {
        std::uint32_t first, last;
        bool armed; ///< an event stands for its head, or for an earlier one that is gone
        Rank rank;
    };
    void arm(std::uint32_t lane);

    EventQueue& m_events;
    std::vector<Timer> m_timers;
    std::uint32_t m_free = kNone; ///< the first of those not in use, linked by next
    std::vector<Lane> m_lanes;
};

} // namespace plimsoll::simulate
