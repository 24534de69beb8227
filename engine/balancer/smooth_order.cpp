#include "engine/balancer/smooth_order.h"

#include <algorithm>
#include <bit>

namespace plimsoll::balancer {

void SmoothOrder::resize(std::size_t count) {
    m_leaves = count == 0 ? 0 : std::bit_ceil(static_cast<std::uint32_t>(count));
    m_lines.resize(m_leaves);
    m_nodes.assign(2 * std::size_t(m_leaves), Node{});
    rebuild();
}

void SmoothOrder::rebuild() {
    for (Line& line : m_lines)
        if (line.weight > 0) line.base = line.at(m_time);
    m_time = 0;
    m_total = 0;
    for (const Line& line : m_lines) m_total += line.weight;
    for (std::uint32_t place = 0; place < m_leaves; ++place) m_nodes[m_leaves + place].winner = place;
    for (std::uint32_t node = m_leaves; node-- > 1;) decide(node);
}

void SmoothOrder::restart() {
    m_time = 0;
    for (Line& line : m_lines) line.base = line.weight > 0 ? 0 : -kNever;
    rebuild();
}

void SmoothOrder::setWeight(std::uint32_t place, double weight) {
    Line& line = m_lines[place];
    if (line.weight == weight) return;
    const bool counted = line.weight > 0;
    const double counter = counted ? line.at(m_time) : 0;
    line.base = weight > 0 ? counter - weight * m_time : -kNever;
    m_total += weight - line.weight; // summed anew when rebased
    line.weight = weight;
    m_present += (weight > 0 ? 1 : 0) - (counted ? 1 : 0);
    climb(place);
}

std::optional<std::uint32_t> SmoothOrder::pick() {
    if (m_present == 0) return std::nullopt;
    advance();
    const std::uint32_t winner = m_nodes[1].winner;
    take(winner);
    return winner;
}

void SmoothOrder::advance() {
    if (m_time >= kRebase) rebuild();
    m_time += 1;
    refresh(1);
}

void SmoothOrder::take(std::uint32_t place) {
    m_lines[place].base -= m_total;
    climb(place);
}

bool SmoothOrder::leads(std::uint32_t a, std::uint32_t b) const { // a < b
    return m_lines[a].at(m_time) >= m_lines[b].at(m_time);
}

void SmoothOrder::decide(std::uint32_t node) {
    const Node& left = m_nodes[2 * std::size_t(node)];
    const Node& right = m_nodes[2 * std::size_t(node) + 1];
    const bool leftLeads = leads(left.winner, right.winner);
    const Line& ahead = m_lines[leftLeads ? left.winner : right.winner];
    const Line& behind = m_lines[leftLeads ? right.winner : left.winner];
    double until = std::min(left.until, right.until);
    if (behind.weight > ahead.weight) {
        // A little early, since to look too early costs a look, and too late a wrong pick.
        const double catchesUp = (ahead.base - behind.base) / (behind.weight - ahead.weight) * (1 - 1e-12);
        until = std::min(until, catchesUp);
    }
    m_nodes[node] = {until, leftLeads ? left.winner : right.winner};
}

void SmoothOrder::refresh(std::uint32_t node) {
    if (node >= m_leaves || m_nodes[node].until > m_time) return;
    refresh(2 * node);
    refresh(2 * node + 1);
    decide(node);
}

void SmoothOrder::climb(std::uint32_t place) {
    for (std::uint32_t node = (m_leaves + place) / 2; node >= 1; node /= 2) decide(node);
}

} // namespace plimsoll::balancer
