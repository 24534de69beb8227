// The end of calls, signals and time. Picks are in choose.cpp, who takes part is in membership.cpp.
#include "engine/balancer/core.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

constexpr double kLargest = std::numeric_limits<double>::max();

// The first point of the grid `last` + k `step` after `now`; at least the next number after `now`.
double nextOnGrid(double last, double step, double now) {
    const double passed = std::floor((now - last) / step);
    const double next = std::isfinite(passed) ? last + (std::max(0.0, passed) + 1) * step : now;
    return std::max(next, std::nextafter(now, std::numeric_limits<double>::infinity()));
}

} // namespace

// ---------------------------------------------------------------- calls

void Core::closed(std::uint32_t target, Seconds latency, bool success) {
    if (m_settings.policy == flow::Policy::LeastConnections) {
        if (m_loads[target].available) m_order.decrease(target);
        return;
    }
    if (success && m_settings.policy == flow::Policy::LeastResponseTime) learn(target, latency.count());
    scoreChanged(target);
}

bool Core::observe(Target target, double utilisation, Seconds now) {
    advance(now);
    const std::uint32_t index = indexOf(target);
    if (index >= m_infos.size() || !m_infos[index].member || !(utilisation >= 0 && utilisation <= kLargest))
        return false;
    if (m_settings.policy == flow::Policy::ResourceBased) {
        m_infos[index].signal = utilisation;
        scoreChanged(index);
    }
    return true;
}

std::uint32_t Core::connections(Target target) const {
    return indexOf(target) < m_loads.size() ? m_loads[indexOf(target)].connections : 0;
}

bool Core::available(Target target) const {
    return indexOf(target) < m_loads.size() && m_loads[indexOf(target)].available;
}

// ---------------------------------------------------------------- signals

double Core::score(std::uint32_t target) const {
    const double afterOneMore = double(m_loads[target].connections) + 1;
    switch (m_settings.policy) {
    case flow::Policy::WeightedLeastConnections: return afterOneMore / weightReached(target);
    case flow::Policy::LeastResponseTime: return std::min(m_infos[target].signal * afterOneMore, kLargest);
    default: return m_infos[target].signal;
    }
}

void Core::scoreChanged(std::uint32_t target) {
    if (!m_loads[target].available) return; // joins with its score of then
    if (!aged()) {
        m_scores.set(target, score(target));
    } else if (!m_infos[target].changed) {
        m_infos[target].changed = true;
        m_changed.push_back(target);
    }
}

// The first samples are averaged plainly, so that the very first one is not remembered for 1 / smoothing calls.
void Core::learn(std::uint32_t target, double latency) {
    if (!(latency >= 0 && latency <= kLargest)) return;
    if (!m_anySample) { // until now all counted as equally fast; those without a sample still are
        m_anySample = true;
        for (Info& info : m_infos) info.signal = latency;
        for (const std::uint32_t other : m_available) scoreChanged(other);
    }
    Info& info = m_infos[target];
    const bool early = info.samples * m_settings.smoothing < 1;
    info.samples += early ? 1 : 0;
    const double share = early ? std::max(m_settings.smoothing, 1.0 / info.samples) : m_settings.smoothing;
    info.signal += share * (latency - info.signal);
}

void Core::poll() {
    for (const std::uint32_t target : m_changed) {
        m_infos[target].changed = false;
        if (m_loads[target].available) m_scores.set(target, score(target));
    }
    m_changed.clear();
    m_nextPoll = nextOnGrid(m_nextPoll, m_settings.signalAge.count(), m_now);
}

std::optional<Seconds> Core::nextPoll() const {
    if (!(m_nextPoll < kNever)) return std::nullopt;
    return Seconds{m_nextPoll > m_now ? m_nextPoll : nextOnGrid(m_nextPoll, m_settings.signalAge.count(), m_now)};
}

// ---------------------------------------------------------------- time

void Core::settle(bool picking) {
    m_health.settle(m_now, [this](std::uint32_t target) { place(target, true); });
    if (m_now > m_nextPoll || (picking && m_now == m_nextPoll)) poll();
    if (m_now >= m_nextStep) stepSlowStarts();
    wakeLater();
}

void Core::wakeLater() {
    m_wake = std::min({m_health.nextHang(), m_nextPoll, m_nextStep});
}

double Core::startShare(std::uint32_t target) const {
    const double passed = m_now - m_startedAt[target];
    return std::clamp(passed / m_settings.slowStart.count(), 0.0, 1.0);
}

double Core::weightReached(std::uint32_t target) const {
    const double weight = m_infos[target].weight;
    return m_loads[target].starting ? weight * std::max(kStartStep, startShare(target)) : weight;
}

void Core::start(std::uint32_t target) {
    m_startedAt[target] = m_now;
    m_loads[target].starting = true;
    m_starting.push_back(target);
    m_nextStep = std::min(m_nextStep, m_now + kStartStep * m_settings.slowStart.count());
}

void Core::stopStart(std::uint32_t target) {
    m_loads[target].starting = false;
    std::erase(m_starting, target);
}

void Core::stepSlowStarts() {
    std::erase_if(m_starting, [this](std::uint32_t target) {
        const bool done = startShare(target) >= 1;
        m_loads[target].starting = !done;
        weightChanged(target);
        return done;
    });
    const double step = kStartStep * m_settings.slowStart.count();
    m_nextStep = m_starting.empty() ? kNever : nextOnGrid(m_nextStep, step, m_now);
}

// ---------------------------------------------------------------- health checks

std::optional<Seconds> Core::nextHealthEvent() const {
    const double next = m_health.nextEvent();
    return next < kNever ? std::optional(Seconds{std::max(next, m_now)}) : std::nullopt;
}

std::optional<Check> Core::startCheck(Seconds now) {
    advance(now);
    const std::optional<Check> check = m_health.start(m_now);
    wakeLater();
    return check;
}

bool Core::endCheck(const Check& check, Seconds now, bool healthy) {
    advance(now);
    if (!m_health.end(check, healthy)) return false;
    place(indexOf(check.target), true);
    wakeLater();
    return true;
}

} // namespace plimsoll::balancer
