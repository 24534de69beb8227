// Who takes part, with what weight.
#include "engine/balancer/core.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

flow::Error invalid(std::string element, std::string field, std::string message) {
    return {flow::Error::Invalid, std::move(element), std::move(field), std::move(message)};
}

flow::Error notAMember(Target target) {
    return invalid(fmt::format("targets[{}]", indexOf(target)), "target",
                   fmt::format("target is {}, which is no member of the balancer", indexOf(target)));
}

std::optional<flow::Error> wrongWeight(Target target, double weight) {
    if (weight == 0 || (weight >= kLeastWeight && weight <= kMostWeight)) return std::nullopt;
    return invalid(
        fmt::format("targets[{}]", indexOf(target)), "weight",
        fmt::format("weight is {:.6g}, must be 0 or lie in {:.6g} to {:.6g}", weight, kLeastWeight, kMostWeight));
}

std::optional<flow::Error> wrong(const Settings& settings) {
    const auto duration = [](std::string_view field, Seconds value, bool zero) -> std::optional<flow::Error> {
        if (std::isfinite(value.count()) && (zero ? value.count() >= 0 : value.count() > 0)) return std::nullopt;
        return invalid("balancer", std::string(field),
                       fmt::format("{} is {:.6g}, must be a finite number {} 0", field, value.count(),
                                   zero ? "of at least" : "above"));
    };
    if (settings.policy > flow::Policy::KeyRange) return invalid("balancer", "policy", "policy is no known value");
    if (auto error = duration("signal_age_s", settings.signalAge, true)) return error;
    if (auto error = duration("slow_start_s", settings.slowStart, true)) return error;
    if (!(settings.smoothing > 0 && settings.smoothing <= 1))
        return invalid("balancer", "smoothing",
                       fmt::format("smoothing is {:.6g}, must be above 0 and at most 1", settings.smoothing));
    if (!settings.health) return std::nullopt;
    if (auto error = duration("health.interval_s", settings.health->interval, false)) return error;
    if (auto error = duration("health.timeout_s", settings.health->timeout, false)) return error;
    if (settings.health->fall < 1) return invalid("balancer", "health.fall", "fall is 0, must be at least 1");
    if (settings.health->rise < 1) return invalid("balancer", "health.rise", "rise is 0, must be at least 1");
    return std::nullopt;
}

} // namespace

std::expected<Core, flow::Error> Core::make(const Settings& settings, std::span<const Member> members, Seconds now) {
    if (auto error = wrong(settings)) return std::unexpected(std::move(*error));
    Core core(settings);
    const bool hasSignals =
        settings.policy == flow::Policy::LeastResponseTime || settings.policy == flow::Policy::ResourceBased;
    if (!hasSignals) core.m_settings.signalAge = Seconds{0};
    core.m_learns = core.scored() || settings.policy == flow::Policy::LeastConnections;
    if (settings.health) core.m_health = HealthMonitor(*settings.health);
    core.m_now = std::isfinite(now.count()) ? now.count() : 0;
    std::vector<Member> sorted(members.begin(), members.end());
    std::ranges::sort(sorted, {}, &Member::target);
    std::uint32_t room = 0;
    for (const Member& member : sorted)
        if (indexOf(member.target) < kTargetLimit) room = indexOf(member.target) + 1;
    core.reserve(room);
    for (const Member& member : sorted) {
        if (auto error = core.refused(member)) return std::unexpected(std::move(*error));
        core.join(member);
        core.place(indexOf(member.target), false);
    }
    if (settings.policy == flow::Policy::KeyHash) core.useKeys(std::make_shared<KeyTable>(core.memberWeights()));
    core.rebuildRanges();
    core.reseed(settings.seed, now);
    return core;
}

// Room for more: storage is indexed by target, and pick and release must find it there.
void Core::reserve(std::uint32_t targets) {
    m_loads.resize(targets);
    m_infos.resize(targets);
    m_startedAt.resize(targets);
    m_available.reserve(targets);
    m_starting.reserve(targets);
    switch (m_settings.policy) {
    case flow::Policy::Random:
        m_alias.reserve(targets);
        m_weights.reserve(targets);
        break;
    case flow::Policy::LeastConnections: m_order.resize(targets); break;
    case flow::Policy::WeightedRoundRobin: m_smooth.resize(targets); break;
    case flow::Policy::LeastResponseTime:
    case flow::Policy::ResourceBased: m_changed.reserve(targets); [[fallthrough]];
    case flow::Policy::WeightedLeastConnections: m_scores.resize(targets); break;
    default: break;
    }
    if (m_settings.health) m_health.resize(targets);
}

std::optional<flow::Error> Core::refused(Member member) const {
    const std::uint32_t target = indexOf(member.target);
    if (target >= kTargetLimit)
        return invalid("balancer", "target",
                       fmt::format("target is {}, must lie in 0 to {}", target, kTargetLimit - 1));
    if (target < m_infos.size() && m_infos[target].member)
        return invalid(fmt::format("targets[{}]", target), "target",
                       fmt::format("target is {}, which is a member already", target));
    return wrongWeight(member.target, member.weight);
}

void Core::join(Member member) {
    Info& info = m_infos[indexOf(member.target)];
    double sum = 0, sampled = 0; // a newcomer counts as fast as the others on average
    if (m_anySample)
        for (const Info& other : m_infos)
            if (other.member && other.samples > 0) {
                sum += other.signal;
                ++sampled;
            }
    const bool changed = info.changed;
    info = {};
    info.changed = changed;
    info.member = true;
    info.weight = member.weight;
    if (m_settings.policy == flow::Policy::LeastResponseTime) info.signal = sampled > 0 ? sum / sampled : kUnknown;
}

std::expected<void, flow::Error> Core::add(Member member, Seconds now) {
    advance(now);
    if (auto error = refused(member)) return std::unexpected(std::move(*error));
    const std::uint32_t target = indexOf(member.target);
    if (target >= m_infos.size()) {
        const auto doubled = static_cast<std::uint32_t>(2 * m_infos.size());
        reserve(std::max(target + 1, std::min(doubled, kTargetLimit)));
    }
    join(member);
    if (m_settings.health) m_health.watch(target, m_now, m_generator.unit());
    rebuildTables(target);
    place(target, true);
    wakeLater();
    return {};
}

std::expected<void, flow::Error> Core::remove(Target target, Seconds now) {
    advance(now);
    if (!isMember(target)) return std::unexpected(notAMember(target));
    Info& info = m_infos[indexOf(target)];
    info.member = false;
    info.weight = 0;
    if (m_settings.health) m_health.forget(indexOf(target));
    rebuildTables(indexOf(target));
    place(indexOf(target), false);
    wakeLater();
    return {};
}

std::expected<void, flow::Error> Core::setWeight(Target target, double weight, Seconds now) {
    advance(now);
    if (!isMember(target)) return std::unexpected(notAMember(target));
    if (auto error = wrongWeight(target, weight)) return std::unexpected(std::move(*error));
    Info& info = m_infos[indexOf(target)];
    if (info.weight == weight) return {};
    info.weight = weight;
    rebuildTables(indexOf(target));
    place(indexOf(target), true);
    weightChanged(indexOf(target));
    wakeLater();
    return {};
}

std::expected<void, flow::Error> Core::setDown(Target target, bool down, Seconds now) {
    advance(now);
    if (!isMember(target)) return std::unexpected(notAMember(target));
    m_infos[indexOf(target)].down = down;
    place(indexOf(target), true);
    wakeLater();
    return {};
}

bool Core::isMember(Target target) const {
    return indexOf(target) < m_infos.size() && m_infos[indexOf(target)].member;
}

std::vector<double> Core::memberWeights() const {
    std::vector<double> weights;
    weights.reserve(m_infos.size());
    for (const Info& info : m_infos) weights.push_back(info.weight);
    return weights;
}

void Core::rebuildRanges() {
    if (m_settings.policy == flow::Policy::KeyRange) m_ranges = RangeTable(memberWeights());
}

// The tables of keys know members, not who is there at the moment.
void Core::rebuildTables(std::uint32_t target) {
    rebuildRanges();
    if (m_settings.policy != flow::Policy::KeyHash) return;
    auto table = std::make_shared<KeyTable>(*m_keys);
    table->setWeight(target, m_infos[target].weight);
    useKeys(std::move(table));
}

void Core::useKeys(std::shared_ptr<const KeyTable> keys) {
    m_keys = std::move(keys);
    m_slots = m_keys->owners().empty() ? nullptr : m_keys->owners().data();
    m_slotMask = m_keys->empty() ? 0 : m_keys->size() - 1;
}

// A weight above 0 became another one above 0, or the slow start has gone on.
void Core::weightChanged(std::uint32_t target) {
    m_aliasStale = true;
    if (!m_loads[target].available) return;
    if (m_settings.policy == flow::Policy::WeightedRoundRobin) m_smooth.setWeight(target, weightReached(target));
    if (m_settings.policy == flow::Policy::WeightedLeastConnections) scoreChanged(target);
}

// Makes the target available or not, as its state asks for.
void Core::place(std::uint32_t target, bool slowly) {
    const Info& info = m_infos[target];
    Load& load = m_loads[target];
    const bool belongs = info.member && info.weight > 0 && !info.down && !m_health.ejected(target);
    if (belongs == load.available) return;
    load.available = belongs;
    m_aliasStale = true;
    const auto at = std::ranges::lower_bound(m_available, target);
    if (belongs)
        m_available.insert(at, target);
    else
        m_available.erase(at);
    m_cursor = static_cast<std::uint32_t>(std::ranges::lower_bound(m_available, m_turn) - m_available.begin());
    if (!belongs) stopStart(target);
    if (belongs && slowly && m_settings.slowStart.count() > 0) start(target);
    if (m_settings.policy == flow::Policy::LeastConnections) {
        if (belongs)
            m_order.insert(target, load.connections);
        else
            m_order.erase(target);
    }
    if (m_settings.policy == flow::Policy::WeightedRoundRobin)
        m_smooth.setWeight(target, belongs ? weightReached(target) : 0);
    if (scored()) m_scores.set(target, belongs ? score(target) : ScoreTree::kAbsent);
}

void Core::reseed(std::uint64_t seed, Seconds now) {
    m_generator = Generator(seed);
    advance(now);
    for (std::uint32_t target = 0; target < m_infos.size(); ++target) {
        if (!m_infos[target].member || !m_settings.health) continue;
        m_health.watch(target, m_now, m_generator.unit());
        place(target, false);
    }
    if (aged()) m_nextPoll = m_now + m_generator.unit() * m_settings.signalAge.count();
    const auto count = static_cast<std::uint32_t>(m_available.size());
    const std::uint32_t before = m_settings.randomStart && count > 0 ? m_generator.below(count) : 0;
    m_cursor = before;
    m_turn = before > 0 ? m_available[before] : 0;
    if (m_settings.policy == flow::Policy::WeightedRoundRobin) {
        m_smooth.restart();
        for (std::uint32_t pick = 0; pick < before; ++pick) m_smooth.pick();
    }
    wakeLater();
}

} // namespace plimsoll::balancer
