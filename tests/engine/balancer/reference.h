// The balancer again, slow and obvious: who may be picked, by looking at everybody. Ties are a set of answers.
#pragma once
#include "engine/balancer/balancer.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace plimsoll::tests {

class ReferenceBalancer {
public:
    struct Seen {
        double weight = 0;
        bool member = false, down = false;
        std::uint32_t connections = 0;
        double utilisation = 0;
        double response = 1;
        std::uint32_t samples = 0;
        double counter = 0; // WeightedRoundRobin
    };
    std::map<std::uint32_t, Seen> all;
    flow::Policy policy = flow::Policy::Random;

    bool available(std::uint32_t target) const {
        const auto found = all.find(target);
        return found != all.end() && found->second.member && found->second.weight > 0 && !found->second.down;
    }

    /// Everyone whom a pick may fall on.
    std::set<std::uint32_t> answers(std::uint64_t key, const std::set<std::uint32_t>& excluded) const {
        std::set<std::uint32_t> candidates;
        for (const auto& [target, seen] : all)
            if (available(target) && !excluded.contains(target)) candidates.insert(target);
        if (candidates.empty()) return candidates;
        using enum flow::Policy;
        switch (policy) {
        case RoundRobin: {
            auto next = candidates.upper_bound(m_last);
            return {m_anyPicked && next != candidates.end() ? *next : *candidates.begin()};
        }
        case WeightedRoundRobin: return {largestCounter(candidates)};
        case LeastConnections: return lowest(candidates, [](const Seen& seen) { return double(seen.connections); });
        case WeightedLeastConnections:
            return lowest(candidates, [](const Seen& seen) { return (double(seen.connections) + 1) / seen.weight; });
        case LeastResponseTime:
            return lowest(candidates, [](const Seen& seen) { return seen.response * (double(seen.connections) + 1); });
        case ResourceBased: return lowest(candidates, [](const Seen& seen) { return seen.utilisation; });
        case PowerOfTwo: return notAloneAtTheTop(candidates);
        case KeyRange: return {owner(candidates, excluded, double(key >> 11) * 0x1p-53)};
        default: return candidates;
        }
    }

    void picked(std::uint32_t target) {
        if (policy == flow::Policy::WeightedRoundRobin) {
            double sum = 0;
            for (auto& [other, seen] : all) {
                if (!available(other)) continue;
                seen.counter += seen.weight;
                sum += seen.weight;
            }
            all[target].counter -= sum;
        }
        m_last = target;
        m_anyPicked = true;
        ++all[target].connections;
    }
    void released(std::uint32_t target, double latency, bool success, double smoothing) {
        --all[target].connections;
        if (!success || policy != flow::Policy::LeastResponseTime) return;
        if (!m_anySample)
            for (auto& [other, seen] : all) seen.response = latency;
        m_anySample = true;
        Seen& seen = all[target];
        ++seen.samples;
        seen.response += std::max(smoothing, 1.0 / seen.samples) * (latency - seen.response);
    }
    void added(std::uint32_t target, double weight) {
        double sum = 0, count = 0;
        for (const auto& [other, seen] : all)
            if (seen.member && seen.samples > 0) {
                sum += seen.response;
                ++count;
            }
        Seen fresh;
        fresh.connections = all[target].connections;
        fresh.member = true;
        fresh.weight = weight;
        if (count > 0) fresh.response = sum / count;
        all[target] = fresh;
    }
    void removed(std::uint32_t target) {
        all[target].member = false;
        all[target].weight = 0;
    }
    /// After every change of the state: who left starts from 0 when it is back.
    void forgetCounters() {
        for (auto& [target, seen] : all)
            if (!available(target)) seen.counter = 0;
    }

private:
    template <class Score>
    std::set<std::uint32_t> lowest(const std::set<std::uint32_t>& candidates, const Score& score) const {
        double best = score(all.at(*candidates.begin()));
        for (const std::uint32_t target : candidates) best = std::min(best, score(all.at(target)));
        std::set<std::uint32_t> result;
        for (const std::uint32_t target : candidates)
            if (score(all.at(target)) == best) result.insert(target);
        return result;
    }
    std::uint32_t largestCounter(const std::set<std::uint32_t>& candidates) const {
        std::uint32_t best = *candidates.begin();
        for (const std::uint32_t target : candidates)
            if (all.at(target).counter + all.at(target).weight > all.at(best).counter + all.at(best).weight)
                best = target;
        return best;
    }
    std::set<std::uint32_t> notAloneAtTheTop(const std::set<std::uint32_t>& candidates) const {
        if (candidates.size() == 1) return candidates;
        std::set<std::uint32_t> result;
        for (const std::uint32_t target : candidates)
            for (const std::uint32_t other : candidates)
                if (other != target && all.at(other).connections >= all.at(target).connections) result.insert(target);
        return result;
    }
    std::uint32_t owner(const std::set<std::uint32_t>& candidates, const std::set<std::uint32_t>& excluded,
                        double share) const {
        double heaviest = 0, total = 0, allowed = 0;
        for (const auto& [target, seen] : all) heaviest = std::max(heaviest, seen.member ? seen.weight : 0);
        for (const auto& [target, seen] : all) total += seen.member ? seen.weight / heaviest : 0;
        for (const std::uint32_t target : candidates) allowed += all.at(target).weight / heaviest;
        double before = 0;
        for (const auto& [target, seen] : all) {
            if (!seen.member || seen.weight <= 0) continue;
            const double begin = before / total;
            before += seen.weight / heaviest;
            const double end = before / total;
            if (share >= end && before < total) continue;
            if (available(target) && !excluded.contains(target)) return target;
            double left = (share - begin) / (end - begin) * allowed;
            for (const std::uint32_t other : candidates) {
                if (left < all.at(other).weight / heaviest) return other;
                left -= all.at(other).weight / heaviest;
            }
            return *candidates.rbegin();
        }
        return *candidates.rbegin();
    }

    std::uint32_t m_last = 0;
    bool m_anyPicked = false;
    bool m_anySample = false;
};

} // namespace plimsoll::tests
