// What a balancer knows and does, for one thread at a time. balancer.h says what every function means.
#pragma once
#include "engine/balancer/settings.h"
#include "engine/solve/solution.h"

#include <expected>
#include <span>

namespace plimsoll::balancer {

class Core {
public:
    static std::expected<Core, flow::Error> make(const Settings& settings, std::span<const Member> members,
                                                 Seconds now);

    std::optional<Target> pick(Seconds now, std::uint64_t key, std::span<const Target> excluded);
    bool release(Target target, Seconds now, Seconds latency, bool success);
    bool observe(Target target, double utilisation, Seconds now);
    std::optional<Seconds> nextPoll() const;

    std::expected<void, flow::Error> add(Member member, Seconds now);
    std::expected<void, flow::Error> remove(Target target, Seconds now);
    std::expected<void, flow::Error> setWeight(Target target, double weight, Seconds now);
    std::expected<void, flow::Error> setDown(Target target, bool down, Seconds now);

    std::optional<Seconds> nextHealthEvent() const;
    std::optional<Check> startCheck(Seconds now);
    bool endCheck(const Check& check, Seconds now, bool healthy);

    std::uint32_t connections(Target target) const;
    bool available(Target target) const;
    bool ejected(Target target) const;
    std::size_t availableCount() const;

    void reseed(std::uint64_t seed, Seconds now);
};

} // namespace plimsoll::balancer
