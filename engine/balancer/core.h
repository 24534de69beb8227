// What a balancer knows and does, for one thread at a time. balancer.h says what every function means.
#pragma once
#include "engine/balancer/alias_table.h"
#include "engine/balancer/connection_order.h"
#include "engine/balancer/health_monitor.h"
#include "engine/balancer/key_table.h"
#include "engine/balancer/range_table.h"
#include "engine/balancer/score_tree.h"
#include "engine/balancer/settings.h"
#include "engine/balancer/smooth_order.h"
#include "engine/solve/solution.h"

#include <expected>
#include <memory>
#include <span>

namespace plimsoll::balancer {

class Core {
public:
    static std::expected<Core, flow::Error> make(const Settings& settings, std::span<const Member> members,
                                                 Seconds now);

    std::optional<Target> pick(Seconds now, std::uint64_t key, std::span<const Target> excluded) {
        advance(now, true);
        if (m_available.empty()) return std::nullopt;
        if (m_restricted || !excluded.empty()) exclude(excluded);
        const std::uint32_t target = m_slots ? chooseByKey(key) : choose(key);
        if (target == kNobody) return std::nullopt;
        ++m_loads[target].connections;
        if (m_learns) opened(target);
        return Target{target};
    }
    bool take(Target target, Seconds now);
    bool release(Target target, Seconds now, Seconds latency, bool success) {
        advance(now);
        const std::uint32_t index = indexOf(target);
        if (index >= m_loads.size() || m_loads[index].connections == 0) return false;
        --m_loads[index].connections;
        if (m_learns) closed(index, latency, success);
        return true;
    }
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
    bool ejected(Target target) const { return m_health.ejected(indexOf(target)); }
    std::size_t availableCount() const { return m_available.size(); }
    Target availableAt(std::size_t index) const { return Target{m_available[index]}; }

    void reseed(std::uint64_t seed, Seconds now);

private:
    static constexpr double kNever = std::numeric_limits<double>::infinity();
    struct Load { // what a pick looks at
        std::uint32_t connections = 0;
        std::uint32_t passedOver = 0; // by the pick of this number
        bool available = false;
        bool starting = false; // slow start under way
    };
    struct Info { // what it does not, unless by a score; small, so that those of 1,000 targets stay near
        double weight = 0;
        double signal = 0;         // smoothed response time in seconds, or utilisation as last reported
        std::uint32_t samples = 0; // of the response time, counted while they are averaged plainly
        bool member = false, down = false;
        bool changed = false; // since the last poll
    };

    explicit Core(const Settings& settings) : m_settings(settings), m_generator(settings.seed) {}

    // A poll at `now` takes in what is reported at `now`: only a pick, or later time, ends it.
    void advance(Seconds now, bool picking = false) {
        if (now.count() > m_now && now.count() < kNever) m_now = now.count();
        if (m_now >= m_wake) settle(picking);
    }
    void settle(bool picking);
    void poll();
    void stepSlowStarts();
    void wakeLater();

    void reserve(std::uint32_t targets);
    std::optional<flow::Error> refused(Member member) const;
    void join(Member member);
    void place(std::uint32_t target, bool slowly);
    void start(std::uint32_t target);
    void stopStart(std::uint32_t target);
    double startShare(std::uint32_t target) const;
    double weightReached(std::uint32_t target) const;
    void weightChanged(std::uint32_t target);
    void rebuildTables(std::uint32_t target);
    void rebuildRanges();
    bool isMember(Target target) const;
    std::vector<double> memberWeights() const;

    bool scored() const {
        return m_settings.policy == flow::Policy::WeightedLeastConnections ||
               m_settings.policy == flow::Policy::LeastResponseTime || m_settings.policy == flow::Policy::ResourceBased;
    }
    bool aged() const { return m_settings.signalAge.count() > 0; }
    double score(std::uint32_t target) const;
    void scoreChanged(std::uint32_t target);
    void learn(std::uint32_t target, double latency);

    bool allowed(std::uint32_t target) const {
        return m_loads[target].available && m_loads[target].passedOver != m_pickNumber;
    }
    void passOver(std::uint32_t target) {
        m_loads[target].passedOver = m_pickNumber;
        m_restricted = true;
    }
    void exclude(std::span<const Target> excluded);
    std::uint32_t choose(std::uint64_t key);
    std::uint32_t chooseStarting();
    std::uint32_t chooseOnce();
    std::uint32_t chooseRandom();
    std::uint32_t chooseNext();
    std::uint32_t chooseSmooth();
    std::uint32_t chooseOfTwo();
    std::uint32_t chooseByKey(std::uint64_t key) {
        const std::uint32_t owner = m_slots[KeyTable::hash(key, 0) & m_slotMask];
        if (!m_restricted && owner < m_loads.size() && m_loads[owner].available && !m_loads[owner].starting)
            return owner;
        return chooseByFurtherHash(key);
    }
    std::uint32_t chooseByFurtherHash(std::uint64_t key);
    void useKeys(std::shared_ptr<const KeyTable> keys);
    std::uint32_t chooseByRange(std::uint64_t key);
    std::uint32_t anyAllowed(std::uint32_t except);
    template <class Score> std::uint32_t chooseLowest(const Score& score);
    template <class Weight> std::uint32_t drawByScan(const Weight& weight);
    template <class Find> std::uint32_t keyTarget(std::uint64_t key, const Find& find) const;
    void opened(std::uint32_t target);
    void closed(std::uint32_t target, Seconds latency, bool success);

    static constexpr std::uint32_t kNobody = ~0u;
    // Draws before a scan: while half may be had, 1 pick in 65,000 scans.
    static constexpr int kRounds = 16;
    static constexpr double kUnknown = 1;      // response time of all, in seconds, until there is a sample
    static constexpr double kStartStep = 0.01; // a slow start goes by hundredths of the weight

    Settings m_settings;
    Generator m_generator;
    double m_now = -kNever;
    double m_wake = kNever; // the next time at which something changes by itself
    double m_nextPoll = kNever, m_nextStep = kNever;
    std::uint32_t m_pickNumber = 1; // marks what the current pick passes over
    bool m_restricted = false;      // it passes over somebody
    std::vector<Load> m_loads;
    std::vector<std::uint32_t> m_available; // in the order of their numbers
    std::uint32_t m_turn = 0;               // RoundRobin: the first number that is next
    std::uint32_t m_cursor = 0;             // and the place there of the first target from that number on
    bool m_anySample = false;
    bool m_learns = false; // the policy looks at connections in an order that it keeps
    bool m_aliasStale = true;
    AliasTable m_alias;
    ConnectionOrder m_order;
    ScoreTree m_scores;
    SmoothOrder m_smooth;
    std::shared_ptr<const KeyTable> m_keys; // copies of a balancer share it until their members differ
    const std::uint32_t* m_slots = nullptr; // of the table, without the way there; none if it is empty
    std::uint64_t m_slotMask = 0;
    RangeTable m_ranges;
    HealthMonitor m_health;
    std::vector<Info> m_infos;
    std::vector<double> m_startedAt;       // of each target's last slow start
    std::vector<std::uint32_t> m_starting; // slow starts under way
    std::vector<std::uint32_t> m_changed;  // signals since the last poll
    std::vector<double> m_weights;         // working space of the alias table
};

} // namespace plimsoll::balancer
