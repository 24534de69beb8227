// The balancer core: every policy of flow::Policy behind pick, release and observe, with membership, health checks and
// slow start. Real code: the simulator, the probe and tests drive this same class.
//
// WHO CALLS WHAT WHEN
//   A call starts:        pick(now, key, excluded) -> target; its connections go up by one.
//   That call has ended:  release(target, now, latency, success), once per pick, also when the call failed, timed out
//                         or was abandoned ("answered" is for the caller to say: a connection is open until then).
//   A target reports:     observe(target, utilisation, now), ResourceBased only. To average over the last period, call
//                         it for each target at nextPoll(), before the next pick.
//   Health checks:        at nextHealthEvent(): while (auto check = startCheck(now)) send it; when its answer comes,
//                         endCheck(*check, now, healthy). Nobody need report a check that hangs: it has failed
//                         `timeout` after its start. Checks of ejected targets go on; `rise` good ones in a row bring
//                         it back.
//   Membership:           add, remove, setWeight (0 drains), setDown (out by decree, whatever the checks say).
// A fan-out passes the targets that it has already used as `excluded`.
//
// TIME is passed in and has no meaning but its differences (simulated or real seconds). A `now` before the latest one
// seen, or not finite, counts as the latest one: the clock may stand still, it never runs backwards in here. Health
// verdicts fall due by themselves: each call with a `now` first settles the checks that have hung until then.
//
// A POLICY SEES only targets that are members with a weight above 0, not down, not ejected and not excluded; none: pick
// answers none. Ties are broken uniformly at random by the balancer's own generator: same seed, same calls, same picks.
//   Random                    in proportion to the weights.
//   RoundRobin                in the order of the target numbers.
//   WeightedRoundRobin        smooth: each pick adds every weight to its target's counter, takes the largest (the
//                             lowest number if equal) and takes the sum of the weights off it.
//   LeastConnections          fewest connections of this balancer.
//   WeightedLeastConnections  smallest (connections + 1) / weight.
//   PowerOfTwo                the one with fewer connections of two different targets drawn uniformly.
//   LeastResponseTime         smallest smoothed latency of successful calls x (connections + 1). With signalAge the
//   whole
//                             product is as old as the last poll, and the lowest takes all until the next: a herd.
//   ResourceBased             lowest reported utilisation takes all; a target that never reported counts as idle.
//   KeyHash                   the key's hash, shares in proportion to the weights; when a target leaves, only its keys
//                             move, when it returns, only they move back, for every balancer with the same members
//                             alike.
//   KeyRange                  `key` is the key's place in the order of keys, as a share of the traffic in units of
//   2^-64
//                             (see keyAt); every target owns a range as long as its share of the weights. The range of
//                             an absent target is divided among the others in proportion; theirs do not move.
// RoundRobin, LeastConnections, PowerOfTwo, LeastResponseTime and ResourceBased ignore weights other than 0.
// SLOW START: weighted policies use the weight reached (in steps of 1 %); the others, and keys, pass a starting target
// over with the probability that is still missing (KeyHash and KeyRange by key, so that each key moves once).
//
// THREADS: Balancer is for one thread at a time and pays nothing for more. SharedBalancer is the same behind a spin
// lock held for one pick or release; every member function but construction, copying and destruction may be called from
// any thread. Neither allocates in pick and release. A copy is independent; give it another seed with reseed().
#pragma once
#include "engine/balancer/core.h"
#include "engine/balancer/lock.h"

#include <mutex>

namespace plimsoll::balancer {

/// `key` for KeyRange at this share of the traffic, in [0, 1); outside it, the nearest end.
std::uint64_t keyAt(double share);

template <class Lock> class BasicBalancer {
public:
    /// `members` are there from the start: no slow start for them. Errors name element ("targets[3]"), field and range.
    static std::expected<BasicBalancer, flow::Error> make(const Settings& settings, std::span<const Member> members,
                                                          Seconds now = Seconds{0}) {
        auto core = Core::make(settings, members, now);
        if (!core) return std::unexpected(std::move(core).error());
        return BasicBalancer(std::move(*core));
    }

    /// The target of one call, or none if there is none to pick. No allocation.
    std::optional<Target> pick(Seconds now, std::uint64_t key = 0, std::span<const Target> excluded = {}) {
        const std::scoped_lock guard(m_lock);
        return m_core.pick(now, key, excluded);
    }
    /// A call to a target of the caller's own choice (a fan-out to all of them), counted like a pick; false if it is
    /// not available.
    bool take(Target target, Seconds now) {
        const std::scoped_lock guard(m_lock);
        return m_core.take(target, now);
    }
    /// The call has ended. `latency` (>= 0) counts for LeastResponseTime if `success`. false, and nothing changes, for
    /// a target that has no call open. A target that has left may still be released. No allocation.
    bool release(Target target, Seconds now, Seconds latency, bool success = true) {
        const std::scoped_lock guard(m_lock);
        return m_core.release(target, now, latency, success);
    }
    /// The target's utilisation now. false, and nothing changes, for no member or a signal that is negative or not
    /// finite.
    bool observe(Target target, double utilisation, Seconds now) {
        const std::scoped_lock guard(m_lock);
        return m_core.observe(target, utilisation, now);
    }
    /// When picks will next see newer signals, after the latest `now`; they take in what is reported up to that very
    /// moment. none unless signalAge > 0 and the policy uses signals.
    std::optional<Seconds> nextPoll() const {
        const std::scoped_lock guard(m_lock);
        return m_core.nextPoll();
    }

    /// Errors: a target that is a member already, a number or a weight out of its range.
    std::expected<void, flow::Error> add(Member member, Seconds now) {
        const std::scoped_lock guard(m_lock);
        return m_core.add(member, now);
    }
    /// Error: not a member. Its open calls may still be released, and count again if it is added again.
    std::expected<void, flow::Error> remove(Target target, Seconds now) {
        const std::scoped_lock guard(m_lock);
        return m_core.remove(target, now);
    }
    /// From 0 to more is a return: slow start. Errors: not a member; a weight out of its range.
    std::expected<void, flow::Error> setWeight(Target target, double weight, Seconds now) {
        const std::scoped_lock guard(m_lock);
        return m_core.setWeight(target, weight, now);
    }
    /// Out of the choice by decree, or back (a return: slow start). Error: not a member.
    std::expected<void, flow::Error> setDown(Target target, bool down, Seconds now) {
        const std::scoped_lock guard(m_lock);
        return m_core.setDown(target, down, now);
    }

    /// The earliest time at which a check starts or has hung; none without health checks or targets. Never before the
    /// latest `now`.
    std::optional<Seconds> nextHealthEvent() const {
        const std::scoped_lock guard(m_lock);
        return m_core.nextHealthEvent();
    }
    /// The next check that is due by `now`, none when there is none left. Starts that were missed by more than an
    /// interval are not made up.
    std::optional<Check> startCheck(Seconds now) {
        const std::scoped_lock guard(m_lock);
        return m_core.startCheck(now);
    }
    /// false, and nothing changes, for a check that was answered, has hung or whose target has left.
    bool endCheck(const Check& check, Seconds now, bool healthy) {
        const std::scoped_lock guard(m_lock);
        return m_core.endCheck(check, now, healthy);
    }

    /// Calls picked and not yet released; 0 for a stranger.
    std::uint32_t connections(Target target) const {
        const std::scoped_lock guard(m_lock);
        return m_core.connections(target);
    }
    /// A pick may fall on it: member, weight above 0, not down, not ejected (as of the latest `now`).
    bool available(Target target) const {
        const std::scoped_lock guard(m_lock);
        return m_core.available(target);
    }
    /// Taken out by its health checks.
    bool ejected(Target target) const {
        const std::scoped_lock guard(m_lock);
        return m_core.ejected(target);
    }
    /// How many are available.
    std::size_t availableCount() const {
        const std::scoped_lock guard(m_lock);
        return m_core.availableCount();
    }
    /// The available ones in the order of their numbers; none beyond the last. Take each of them for a fan-out to all.
    std::optional<Target> availableAt(std::size_t index) const {
        const std::scoped_lock guard(m_lock);
        return index < m_core.availableCount() ? std::optional(m_core.availableAt(index)) : std::nullopt;
    }

    /// Starts the generator anew and draws the starting point, the poll's phase and the checks' phases from it: for a
    /// copy, before its first pick.
    void reseed(std::uint64_t seed, Seconds now) {
        const std::scoped_lock guard(m_lock);
        m_core.reseed(seed, now);
    }

private:
    explicit BasicBalancer(Core core) : m_core(std::move(core)) {}

    [[no_unique_address]] mutable Lock m_lock;
    Core m_core;
};

using Balancer = BasicBalancer<NoLock>;
using SharedBalancer = BasicBalancer<SpinLock>;

} // namespace plimsoll::balancer
