#include "engine/simulate/event_queue.h"

namespace plimsoll::simulate {

/// The later half goes to the heap.
void EventQueue::spill() {
    constexpr std::size_t kHalf = kSoon / 2;
    for (std::size_t i = 0; i < kHalf; ++i) m_later.push(m_soon[i]);
    std::copy(m_soon.begin() + kHalf, m_soon.end(), m_soon.begin());
    m_soonSize = kSoon - kHalf;
}

void EventQueue::refill() {
    m_soonSize = std::min(kSoon / 2, m_later.size());
    for (std::size_t place = m_soonSize; place-- > 0;) m_soon[place] = m_later.pop();
}

} // namespace plimsoll::simulate
