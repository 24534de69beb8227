// Random operations on a balancer, each checked against the slow reference; for tests and for the fuzzer.
#pragma once
#include "tests/engine/balancer/reference.h"

#include <fmt/format.h>

#include <array>

namespace plimsoll::tests {

/// `next(bound)` gives a number below `bound`, `more()` says whether to go on. Targets are 0 .. kTargets - 1.
template <class Source> class Operations {
public:
    static constexpr std::uint32_t kTargets = 12;

    Operations(Source& source, flow::Policy policy) : m_source(source) {
        m_settings.policy = policy;
        m_settings.randomStart = false;
        m_settings.smoothing = 0.25;
        m_reference.policy = policy;
        for (std::uint64_t key = 0; key < m_keys.size(); ++key) m_keys[key] = key * 0x3c6ef372fe94f82b;
    }

    /// What went wrong, or nothing.
    std::string run() {
        std::vector<balancer::Member> members;
        const std::uint32_t count = m_source.next(kTargets + 1);
        for (std::uint32_t target = 0; target < count; ++target) members.push_back(member(target));
        auto made = balancer::Balancer::make(m_settings, members);
        if (!made) return "make: " + made.error().message;
        balancer::Balancer balancer = std::move(*made);
        for (const balancer::Member& each : members) m_reference.added(indexOf(each.target), each.weight);
        learnOwners(balancer);
        while (m_source.more() && m_failure.empty()) step(balancer);
        return m_failure;
    }

private:
    balancer::Member member(std::uint32_t target) {
        static constexpr double weights[] = {1, 1, 1, 2, 3, 5, 0.5, 0};
        return {balancer::Target{target}, weights[m_source.next(std::size(weights))]};
    }

    void step(balancer::Balancer& balancer) {
        m_now += m_source.next(8) == 0 ? -0.5 : 0.25 * m_source.next(3); // it also stands still and goes back
        const std::uint32_t target = m_source.next(kTargets + 1);
        switch (m_source.next(16)) {
        case 0: return change(balancer, target, Change::Add);
        case 1: return change(balancer, target, Change::Remove);
        case 2: return change(balancer, target, Change::Weight);
        case 3: return change(balancer, target, Change::Down);
        case 4: return observe(balancer, target);
        case 5:
        case 6:
        case 7:
        case 8:
        case 9: return release(balancer, target);
        default: return pick(balancer);
        }
    }

    void pick(balancer::Balancer& balancer) {
        std::set<std::uint32_t> excluded;
        std::vector<balancer::Target> list;
        if (m_source.next(4) == 0)
            for (std::uint32_t i = m_source.next(kTargets); i > 0; --i) {
                list.push_back(balancer::Target{m_source.next(kTargets + 2)});
                excluded.insert(indexOf(list.back()));
            }
        const std::uint64_t key = m_keys[m_source.next(std::uint32_t(m_keys.size()))];
        const std::set<std::uint32_t> answers = m_reference.answers(key, excluded);
        const auto target = balancer.pick(Seconds{m_now}, key, list);
        if (target.has_value() == answers.empty())
            return fail(fmt::format("pick gives {}, {} were possible", target ? "a target" : "none", answers.size()));
        if (!target) return;
        if (!answers.contains(indexOf(*target))) return fail(fmt::format("pick gives {}", indexOf(*target)));
        if (m_settings.policy == flow::Policy::KeyHash && list.empty() && m_owners[key] != indexOf(*target))
            return fail(fmt::format("key {} went to {} before and to {} now", key, m_owners[key], indexOf(*target)));
        m_reference.picked(indexOf(*target));
        if (balancer.connections(*target) != m_reference.all[indexOf(*target)].connections) fail("connections differ");
    }

    void release(balancer::Balancer& balancer, std::uint32_t target) {
        const double latency = 0.125 * m_source.next(16);
        const bool success = m_source.next(4) != 0;
        const bool open = m_reference.all[target].connections > 0;
        if (balancer.release(balancer::Target{target}, Seconds{m_now}, Seconds{latency}, success) != open)
            return fail("release of a call that was not open, or refusal of one that was");
        if (open) m_reference.released(target, latency, success, m_settings.smoothing);
    }

    void observe(balancer::Balancer& balancer, std::uint32_t target) {
        const double utilisation = 0.25 * m_source.next(5);
        const bool member = m_reference.all[target].member;
        if (balancer.observe(balancer::Target{target}, utilisation, Seconds{m_now}) != member)
            return fail("observe of a stranger, or refusal of a member");
        if (member) m_reference.all[target].utilisation = utilisation;
    }

    enum class Change { Add, Remove, Weight, Down };
    void change(balancer::Balancer& balancer, std::uint32_t target, Change what) {
        const balancer::Member changed = member(target);
        const Seconds now{m_now};
        ReferenceBalancer::Seen& seen = m_reference.all[target];
        const bool before = m_reference.available(target);
        const double weightBefore = seen.member ? seen.weight : 0;
        const bool expected = what == Change::Add ? !seen.member : seen.member;
        bool done = false;
        switch (what) {
        case Change::Add: done = balancer.add(changed, now).has_value(); break;
        case Change::Remove: done = balancer.remove(changed.target, now).has_value(); break;
        case Change::Weight: done = balancer.setWeight(changed.target, changed.weight, now).has_value(); break;
        case Change::Down: done = balancer.setDown(changed.target, !seen.down, now).has_value(); break;
        }
        if (done != expected) return fail("a change of members was done or refused wrongly");
        if (!done) return;
        if (what == Change::Add) m_reference.added(target, changed.weight);
        if (what == Change::Remove) m_reference.removed(target);
        if (what == Change::Weight) seen.weight = changed.weight;
        if (what == Change::Down) seen.down = !seen.down;
        m_reference.forgetCounters();
        if (balancer.available(changed.target) != m_reference.available(target)) return fail("availability differs");
        // One that is away takes slots when its weight grows; their keys look further until it is back.
        const bool takesWhileAway = seen.down && seen.weight > weightBefore;
        const bool nothingChanged = before && weightBefore == seen.weight && m_reference.available(target);
        checkOwners(balancer, target, nothingChanged, takesWhileAway);
    }

    void learnOwners(const balancer::Balancer& balancer) {
        balancer::Balancer probe = balancer;
        for (const std::uint64_t key : m_keys) {
            const auto owner = probe.pick(Seconds{m_now}, key);
            m_owners[key] = owner ? indexOf(*owner) : kNobody;
        }
    }
    // Only keys from or to the target that changed may have moved.
    void checkOwners(const balancer::Balancer& balancer, std::uint32_t changed, bool nothingChanged,
                     bool takesWhileAway) {
        if (m_settings.policy != flow::Policy::KeyHash) return;
        const std::map<std::uint64_t, std::uint32_t> before = m_owners;
        learnOwners(balancer);
        for (const auto& [key, owner] : m_owners) {
            const std::uint32_t was = before.at(key);
            if (owner == was || takesWhileAway) continue;
            if (nothingChanged || (was != changed && owner != changed))
                fail(fmt::format("key {} moved from {} to {} when {} changed", key, was, owner, changed));
        }
    }

    void fail(std::string message) {
        if (m_failure.empty()) m_failure = std::move(message);
    }

    static constexpr std::uint32_t kNobody = ~0u;
    Source& m_source;
    balancer::Settings m_settings;
    ReferenceBalancer m_reference;
    std::array<std::uint64_t, 32> m_keys;
    std::map<std::uint64_t, std::uint32_t> m_owners;
    double m_now = 0;
    std::string m_failure;
};

} // namespace plimsoll::tests
