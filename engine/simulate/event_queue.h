// The events to come, in the order of their times.
#pragma once
#include <bit>
#include <cstdint>
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
    std::uint32_t order = 0; ///< rank, then the ticket: the order of asking, modulo 2^30
    std::uint32_t subject = 0;

    static constexpr std::uint32_t kTicketMask = (1u << 30) - 1, kNumberMask = (1u << 28) - 1;
    EventKind kind() const { return EventKind(subject >> 28); }
    std::uint32_t number() const { return subject & kNumberMask; }
    std::uint32_t ticket() const { return order & kTicketMask; }
    /// Times are >= 0, and so are ordered like their bits. Tickets start anew after 2^30: two events at exactly the
    /// same time on either side of that come in the wrong order.
    bool before(const Event& other) const {
        const std::uint64_t mine = std::bit_cast<std::uint64_t>(time), its = std::bit_cast<std::uint64_t>(other.time);
        return (mine < its) | ((mine == its) & (order < other.order));
    }
};

/// A heap of four children a node. Nothing is ever taken out of its middle: an owner whose event is void forgets the
/// ticket and is not disturbed when the event comes up.
class EventQueue {
public:
    bool empty() const { return m_heap.empty(); }
    std::size_t size() const { return m_heap.size(); }
    const Event& top() const { return m_heap.front(); }

    /// The next ticket, for timers that wait in a lane of their own.
    std::uint32_t takeTicket() { return m_next++ & Event::kTicketMask; }

    std::uint32_t push(double time, Rank rank, EventKind kind, std::uint32_t number) {
        const std::uint32_t ticket = takeTicket();
        push(time, rank, kind, number, ticket);
        return ticket;
    }
    void push(double time, Rank rank, EventKind kind, std::uint32_t number, std::uint32_t ticket) {
        const Event event{time, std::uint32_t(rank) << 30 | ticket, std::uint32_t(kind) << 28 | number};
        std::size_t hole = m_heap.size();
        m_heap.push_back(event);
        while (hole > 0) {
            const std::size_t parent = (hole - 1) / 4;
            if (!event.before(m_heap[parent])) break;
            m_heap[hole] = m_heap[parent];
            hole = parent;
        }
        m_heap[hole] = event;
    }
    Event pop() {
        const Event first = m_heap.front();
        const Event last = m_heap.back();
        m_heap.pop_back();
        if (!m_heap.empty()) sink(last);
        return first;
    }

private:
    void sink(const Event& event) {
        const std::size_t count = m_heap.size();
        std::size_t hole = 0;
        for (;;) {
            const std::size_t child = 4 * hole + 1;
            std::size_t best = child;
            if (child + 4 <= count) { // without branches: which child is the first is anyone's guess
                const Event* const children = &m_heap[child];
                const std::size_t left = children[1].before(children[0]), right = 2 + children[3].before(children[2]);
                best += children[right].before(children[left]) ? right : left;
            } else {
                if (child >= count) break;
                for (std::size_t i = child + 1; i < count; ++i)
                    if (m_heap[i].before(m_heap[best])) best = i;
            }
            if (!m_heap[best].before(event)) break;
            m_heap[hole] = m_heap[best];
            hole = best;
        }
        m_heap[hole] = event;
    }

    std::vector<Event> m_heap;
    std::uint32_t m_next = 0;
};

} // namespace plimsoll::simulate
