// The events to come, in the order of their times.
#pragma once
#include "engine/simulate/random.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <vector>

namespace plimsoll::simulate {

/// At equal times an end of service comes before other ends, those before timers, all before arrivals (DESIGN.md 3.1
/// rule 12; arrivals of open classes stand beside this queue).
enum class Rank : std::uint32_t { ServiceEnd = 0, End = 1, Timer = 2, Arrival = 3 };

/// What an event is about; its number says which one.
enum class EventKind : std::uint32_t {
    Strand,
    SharedStation,
    Lane,
    User,
    Boot,
    PoolTimer,
    LimiterTimer,
    Poll,
    Health,
    Control
};

inline constexpr std::uint32_t kNoTicket = ~0u;

struct Event {
    double time = 0;
    std::uint32_t subject = 0;
    std::uint32_t order = 0; ///< rank, then the ticket: the order of asking, modulo 2^30

    static constexpr std::uint32_t kTicketMask = (1u << 30) - 1, kNumberMask = (1u << 28) - 1;
    EventKind kind() const { return EventKind(subject >> 28); }
    std::uint32_t number() const { return subject & kNumberMask; }
    std::uint32_t ticket() const { return order & kTicketMask; }
    /// Times are >= 0, and so are ordered like their bits. Tickets start anew after 2^30: two events at exactly the
    /// same time on either side of that come in the wrong order.
    bool before(const Event& other) const { return place() < other.place(); }

private:
    /// One number to compare, so that no branch has to be guessed.
    Wide place() const {
        return static_cast<Wide>(std::bit_cast<std::uint64_t>(time)) << 64 | std::uint64_t(order) << 32 | subject;
    }
};

/// Events that are not due soon: a heap of four children a node.
class EventHeap {
public:
    bool empty() const { return m_size == 0; }
    std::size_t size() const { return m_size; }
    const Event& top() const { return m_heap.front(); }
    void push(const Event& event) {
        if (m_size + kChildren >= m_heap.size()) [[unlikely]]
            m_heap.resize(std::max(2 * m_heap.size(), kFirstSize), kNever);
        std::size_t hole = m_size++;
        while (hole > 0) {
            const std::size_t parent = (hole - 1) / kChildren;
            if (!event.before(m_heap[parent])) break;
            m_heap[hole] = m_heap[parent];
            hole = parent;
        }
        m_heap[hole] = event;
    }
    Event pop() {
        const Event first = m_heap.front(), last = m_heap[--m_size];
        m_heap[m_size] = kNever;
        std::size_t hole = 0;
        for (std::size_t child = 1; child < m_size; child = kChildren * hole + 1) {
            const Event* const children = &m_heap[child];
            const std::size_t left = children[1].before(children[0]), right = 2 + children[3].before(children[2]);
            const std::size_t best = left + (right - left) * children[right].before(children[left]);
            if (!children[best].before(last)) break;
            m_heap[hole] = children[best];
            hole = child + best;
        }
        if (m_size > 0) m_heap[hole] = last;
        return first;
    }

private:
    static constexpr std::size_t kChildren = 4, kFirstSize = 64;
    /// Comes after every other, and stands where there is none.
    static constexpr Event kNever{std::numeric_limits<double>::infinity(), ~0u, ~0u};

    std::vector<Event> m_heap; ///< kNever beyond m_size, so that a node has four children to compare
    std::size_t m_size = 0;
};

/// The next few events in their order, where most are put and taken, and a heap for those that come after all of them.
/// Nothing is ever taken out of the middle: an owner whose event is void forgets the ticket and is not disturbed when
/// the event comes up.
class EventQueue {
public:
    bool empty() const { return m_soonSize == 0; }
    std::size_t size() const { return m_soonSize + m_later.size(); }
    const Event& top() const { return m_soon[m_soonSize - 1]; }

    /// The next ticket, for timers that wait in a lane of their own.
    std::uint32_t takeTicket() { return m_next++ & Event::kTicketMask; }

    std::uint32_t push(double time, Rank rank, EventKind kind, std::uint32_t number) {
        const std::uint32_t ticket = takeTicket();
        push(time, rank, kind, number, ticket);
        return ticket;
    }
    void push(double time, Rank rank, EventKind kind, std::uint32_t number, std::uint32_t ticket) {
        push({time, std::uint32_t(kind) << 28 | number, std::uint32_t(rank) << 30 | ticket});
    }
    Event pop() {
        const Event first = m_soon[--m_soonSize];
        if (m_soonSize == 0 && !m_later.empty()) [[unlikely]]
            refill();
        return first;
    }

private:
    static constexpr std::size_t kSoon = 32;
    void push(const Event& event) {
        if (!m_later.empty() && m_later.top().before(event)) return m_later.push(event);
        if (m_soonSize == kSoon) [[unlikely]] {
            spill();
            return push(event);
        }
        std::size_t place = m_soonSize++;
        for (; place > 0 && m_soon[place - 1].before(event); --place) m_soon[place] = m_soon[place - 1];
        m_soon[place] = event;
    }
    void spill();
    void refill();

    std::array<Event, kSoon> m_soon; ///< the first one last
    std::size_t m_soonSize = 0;      ///< 0 only where there are no events
    EventHeap m_later;
    std::uint32_t m_next = 0;
};

} // namespace plimsoll::simulate
