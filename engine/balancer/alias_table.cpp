#include "engine/balancer/alias_table.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {

void AliasTable::reserve(std::size_t count) {
    m_cells.reserve(count);
    m_scaled.reserve(count);
    m_pending.reserve(count);
}

void AliasTable::build(std::span<const double> weights) {
    const std::size_t count = weights.size();
    const double heaviest = *std::max_element(weights.begin(), weights.end());
    double total = 0; // of weights relative to the heaviest, so that it cannot overflow
    for (const double weight : weights) total += weight / heaviest;
    m_cells.assign(count, Cell{});
    m_scaled.resize(count);
    m_pending.resize(count);
    std::size_t small = 0, large = count;
    for (std::size_t place = 0; place < count; ++place) {
        m_scaled[place] = weights[place] / heaviest * double(count) / total;
        (m_scaled[place] < 1 ? m_pending[small++] : m_pending[--large]) = static_cast<std::uint32_t>(place);
    }
    const auto own = [](double share) {
        return static_cast<std::uint32_t>(std::clamp(std::round(share * 0x1p32) - 1, 0.0, 0x1p32 - 1));
    };
    while (small > 0 && large < count) {
        const std::uint32_t poor = m_pending[--small], rich = m_pending[large];
        m_cells[poor] = {own(m_scaled[poor]), rich};
        m_scaled[rich] -= 1 - m_scaled[poor];
        if (m_scaled[rich] < 1) {
            ++large;
            m_pending[small++] = rich;
        }
    }
    const auto whole = [&](std::uint32_t place) { m_cells[place] = {~0u, place}; };
    while (small > 0) whole(m_pending[--small]);
    while (large < count) whole(m_pending[large++]);
}

} // namespace plimsoll::balancer
