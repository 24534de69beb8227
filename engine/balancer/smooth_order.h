// Smooth weighted round robin in O(log n) for any weights.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

namespace plimsoll::balancer {

/// The rule (nginx, "smooth weighted balancing", 2012): each pick adds every weight to its counter, takes the largest
/// counter (the first one if equal) and takes the sum of the weights off it. Between its own picks a counter is a line
/// over the number of picks, so the largest is kept in a kinetic tournament: each node knows the winner below it and
/// the earliest pick at which that can change (Basch, Guibas, Hershberger, Data structures for mobile data, 1999).
class SmoothOrder {
public:
    /// `count` places; new ones are absent.
    void resize(std::size_t count);
    /// Above 0: takes part, with its counter going on, or from 0 if it was absent. 0: absent.
    void setWeight(std::uint32_t place, double weight);
    /// All counters to 0.
    void restart();

    /// The next in turn; none if all are absent.
    std::optional<std::uint32_t> pick();
    /// The next in turn of those for which `allowed(place)`; counters of the others grow too. O(n) when the first one
    /// is not allowed. none: nothing changed.
    template <class Allowed> std::optional<std::uint32_t> pickAmong(const Allowed& allowed);

private:
    static constexpr double kNever = std::numeric_limits<double>::infinity();
    // Counters are rebased this often so that they stay exact for whole weights up to 2^53 / 2^20 in sum.
    static constexpr double kRebase = 0x1p20;
    struct Line { // counter = base + weight * picks so far; absent: weight 0, base -infinity
        double base = -kNever;
        double weight = 0;
        double at(double time) const { return base + weight * time; }
    };
    struct Node {
        double until = kNever; // the pick count at which this must be looked at again
        std::uint32_t winner = 0;
    };

    bool leads(std::uint32_t a, std::uint32_t b) const;
    void decide(std::uint32_t node);
    void refresh(std::uint32_t node);
    void climb(std::uint32_t place);
    void advance();
    void rebuild();
    void take(std::uint32_t place);

    std::vector<Line> m_lines; // one a leaf, as many as the next power of two
    std::vector<Node> m_nodes; // 1 is the root, node i has 2i and 2i + 1; leaves are nodes m_leaves ..
    std::uint32_t m_leaves = 0;
    double m_time = 0;
    double m_total = 0; // of all weights
    std::uint32_t m_present = 0;
};

template <class Allowed> std::optional<std::uint32_t> SmoothOrder::pickAmong(const Allowed& allowed) {
    std::optional<std::uint32_t> best;
    for (std::uint32_t place = 0; place < m_leaves; ++place) {
        if (m_lines[place].weight <= 0 || !allowed(place)) continue;
        if (!best || m_lines[place].at(m_time + 1) > m_lines[*best].at(m_time + 1)) best = place;
    }
    if (!best) return best;
    advance();
    take(*best);
    return best;
}

} // namespace plimsoll::balancer
