// What every part of a simulated system shares: the clock, the events, the timers, and the strands that go on now.
#pragma once
#include "engine/simulate/timers.h"

#include <algorithm>
#include <vector>

namespace plimsoll::simulate {

struct Kernel {
    double now = 0;
    EventQueue events;
    Timers timers{events};

    Kernel() = default;
    Kernel(const Kernel&) = delete;
    Kernel& operator=(const Kernel&) = delete;

    /// `strand` goes on in this instant, after those woken before it.
    void wake(Strand& strand, Outcome outcome) {
        strand.ready = true;
        strand.outcome = outcome;
        m_ready.push_back(&strand);
    }
    /// The next strand that goes on now; nullptr when there is none.
    Strand* takeReady() {
        if (m_next == m_ready.size()) {
            m_ready.clear();
            m_next = 0;
            return nullptr;
        }
        Strand* strand = m_ready[m_next++];
        if (strand) strand->ready = false;
        return strand ? strand : takeReady();
    }
    /// A woken strand has been stopped before it could go on.
    void unwake(Strand& strand) {
        std::replace(m_ready.begin() + std::ptrdiff_t(m_next), m_ready.end(), &strand, static_cast<Strand*>(nullptr));
        strand.ready = false;
    }

private:
    std::vector<Strand*> m_ready;
    std::size_t m_next = 0;
};

} // namespace plimsoll::simulate
