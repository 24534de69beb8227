#include "engine/balancer/health_monitor.h"

namespace plimsoll::balancer {

HealthMonitor::HealthMonitor(const flow::HealthCheck& check) : m_check(check) {
    const double overlap = std::ceil(check.timeout / check.interval);
    m_overlap = overlap < double(kOverlap) ? std::max<std::size_t>(1, static_cast<std::size_t>(overlap)) : kOverlap;
}

void HealthMonitor::resize(std::size_t targets) {
    m_watched.resize(targets);
    m_pending.resize(targets * m_overlap);
    m_starts.resize(targets);
    m_hangs.resize(targets);
}

void HealthMonitor::watch(std::uint32_t target, double now, double phase) {
    forget(target);
    m_watched[target].nextStart = now + phase * m_check.interval.count();
    m_watched[target].watched = true;
    schedule(target);
}

void HealthMonitor::forget(std::uint32_t target) {
    // Numbers go on, so that the answer to an old check is not taken for that to a new one.
    const std::uint64_t number = m_watched[target].nextNumber;
    m_watched[target] = {};
    m_watched[target].nextNumber = number;
    for (std::size_t i = 0; i < m_overlap; ++i) m_pending[target * m_overlap + i].open = false;
    schedule(target);
}

HealthMonitor::Pending* HealthMonitor::oldest(std::uint32_t target) {
    Pending* found = nullptr;
    for (std::size_t i = 0; i < m_overlap; ++i) {
        Pending& pending = m_pending[target * m_overlap + i];
        if (pending.open && (!found || pending.number < found->number)) found = &pending;
    }
    return found;
}

void HealthMonitor::schedule(std::uint32_t target) {
    const Pending* first = oldest(target);
    // Whatever the resolution of time, an answer at the moment of the start is in time.
    const auto hangs = [&](double start) {
        return std::max(start + m_check.timeout.count(), std::nextafter(start, ScoreTree::kAbsent));
    };
    m_hangs.set(target, first ? hangs(first->startedAt) : ScoreTree::kAbsent);
    bool room = false;
    for (std::size_t i = 0; i < m_overlap; ++i) room |= !m_pending[target * m_overlap + i].open;
    m_starts.set(target, m_watched[target].watched && room ? m_watched[target].nextStart : ScoreTree::kAbsent);
}

std::optional<Check> HealthMonitor::start(double now) {
    if (!(m_starts.lowest() <= now)) return std::nullopt;
    const auto target = static_cast<std::uint32_t>(m_starts.first());
    Watched& watched = m_watched[target];
    const double interval = m_check.interval.count();
    const double missed = std::floor((now - watched.nextStart) / interval);
    const double next = std::isfinite(missed) ? watched.nextStart + (missed + 1) * interval : now;
    // An interval too short for the resolution of `now` must not start checks for ever.
    watched.nextStart = std::max(next, std::nextafter(now, ScoreTree::kAbsent));
    const Check check{Target{target}, watched.nextNumber++, Seconds{now}};
    for (std::size_t i = 0; i < m_overlap; ++i) {
        Pending& pending = m_pending[target * m_overlap + i];
        if (pending.open) continue;
        pending = {now, check.number, true};
        break;
    }
    schedule(target);
    return check;
}

bool HealthMonitor::end(const Check& check, bool healthy) {
    const std::uint32_t target = indexOf(check.target);
    if (target >= m_watched.size()) return false;
    for (std::size_t i = 0; i < m_overlap; ++i) {
        Pending& pending = m_pending[target * m_overlap + i];
        if (!pending.open || pending.number != check.number) continue;
        pending.open = false;
        count(target, healthy);
        schedule(target);
        return true;
    }
    return false;
}

void HealthMonitor::count(std::uint32_t target, bool healthy) {
    Watched& watched = m_watched[target];
    std::uint32_t& row = healthy ? watched.successes : watched.failures;
    (healthy ? watched.failures : watched.successes) = 0;
    if (row < ~0u) ++row;
    if (healthy && watched.ejected && row >= m_check.rise) watched.ejected = false;
    if (!healthy && !watched.ejected && row >= m_check.fall) watched.ejected = true;
}

} // namespace plimsoll::balancer
