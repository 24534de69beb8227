#include "engine/simulate/timers.h"

namespace plimsoll::simulate {

std::uint32_t Timers::set(std::uint32_t lane, double time, Strand& strand, std::uint32_t depth) {
    std::uint32_t number = m_free;
    if (number == kNone) {
        number = std::uint32_t(m_timers.size());
        m_timers.emplace_back();
    } else {
        m_free = m_timers[number].next;
    }
    Lane& list = m_lanes[lane];
    m_timers[number] = {time, &strand, list.last, kNone, m_events.takeTicket(), lane, depth};
    (list.last == kNone ? list.first : m_timers[list.last].next) = number;
    list.last = number;
    if (!list.armed) arm(lane);
    return number;
}

void Timers::takeBack(std::uint32_t number) {
    Timer& timer = m_timers[number];
    Lane& list = m_lanes[timer.lane];
    (timer.previous == kNone ? list.first : m_timers[timer.previous].next) = timer.next;
    (timer.next == kNone ? list.last : m_timers[timer.next].previous) = timer.previous;
    timer.next = m_free;
    m_free = number;
}

void Timers::arm(std::uint32_t lane) {
    Lane& list = m_lanes[lane];
    if (list.first == kNone) return;
    const Timer& head = m_timers[list.first];
    m_events.push(head.time, list.rank, EventKind::Lane, lane, head.ticket);
    list.armed = true;
}

Timers::Due Timers::due(std::uint32_t lane, double now) {
    Lane& list = m_lanes[lane];
    list.armed = false;
    Due result;
    if (list.first != kNone && m_timers[list.first].time <= now) {
        result = {m_timers[list.first].strand, m_timers[list.first].depth};
        takeBack(list.first);
    }
    arm(lane);
    return result;
}

} // namespace plimsoll::simulate
