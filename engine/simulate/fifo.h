// Queues of waiting strands, linked through the strands themselves.
#pragma once
#include "engine/simulate/strand.h"

#include <vector>

namespace plimsoll::simulate {

struct Fifo {
    Strand* first = nullptr;
    Strand* last = nullptr;

    void pushBack(Strand& strand) {
        strand.previous = last;
        strand.next = nullptr;
        (last ? last->next : first) = &strand;
        last = &strand;
    }
    void pushFront(Strand& strand) {
        strand.next = first;
        strand.previous = nullptr;
        (first ? first->previous : last) = &strand;
        first = &strand;
    }
    void remove(Strand& strand) {
        (strand.previous ? strand.previous->next : first) = strand.next;
        (strand.next ? strand.next->previous : last) = strand.previous;
        strand.previous = strand.next = nullptr;
    }
};

/// One queue for each priority in use; the lowest rank goes first. Nearly always there is only one.
class PriorityFifo {
public:
    void setRanks(std::size_t ranks) { m_lower.resize(ranks > 1 ? ranks - 1 : 0); }
    std::uint32_t size() const { return m_size; }
    bool empty() const { return m_size == 0; }

    void pushBack(Strand& strand) {
        queue(strand.rank).pushBack(strand);
        ++m_size;
    }
    void pushFront(Strand& strand) {
        queue(strand.rank).pushFront(strand);
        ++m_size;
    }
    void remove(Strand& strand) {
        queue(strand.rank).remove(strand);
        --m_size;
    }
    Strand* front() {
        if (m_highest.first || m_size == 0) return m_highest.first;
        for (Fifo& fifo : m_lower)
            if (fifo.first) return fifo.first;
        return nullptr;
    }
    Strand& popFront() {
        Strand& strand = *front();
        remove(strand);
        return strand;
    }

private:
    Fifo& queue(std::uint8_t rank) { return rank == 0 ? m_highest : m_lower[rank - 1u]; }

    Fifo m_highest;
    std::uint32_t m_size = 0;
    std::vector<Fifo> m_lower;
};

} // namespace plimsoll::simulate
