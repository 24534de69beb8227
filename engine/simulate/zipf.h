// Keys by popularity.
#pragma once
#include "engine/simulate/random.h"

#include <vector>

namespace plimsoll::simulate {

/// Key k = 0 .. keys - 1 with probability proportional to (k + 1)^-exponent. Up to kTableKeys by an alias table (Walker
/// 1977), beyond by rejection-inversion (Hoermann and Derflinger 1996): no memory, about one try a draw.
class Zipf {
public:
    static constexpr std::uint64_t kTableKeys = 1u << 18;

    Zipf(std::uint64_t keys, double exponent);
    std::uint64_t operator()(Random& random) const { return drawn(random.bits(), random); }
    /// The key that these bits stand for; `random` is asked for more where they are not enough.
    std::uint64_t drawn(std::uint64_t bits, Random& random) const;
    /// Fetches from memory what drawn() will read for these bits.
    void prefetch(std::uint64_t bits) const {
        if (!m_slots.empty()) __builtin_prefetch(&m_slots[slotOf(bits)]);
    }
    /// The share of the draws that fall below `key`, plus half of its own: its place in the order of popularity.
    double place(std::uint64_t key) const;

private:
    void buildTable();
    std::size_t slotOf(std::uint64_t bits) const { return std::size_t((static_cast<Wide>(bits) * m_keys) >> 64); }
    double sumUpTo(std::uint64_t key) const;
    double integral(double x) const; ///< of t^-exponent from 1 to x
    double inverse(double y) const;

    std::uint64_t m_keys;
    double m_exponent;
    double m_low = 0, m_high = 0, m_shortcut = 0; ///< of rejection-inversion
    std::vector<double> m_head;                   ///< sums of the first weights, for place()
    double m_sum = 0;                             ///< of all weights
    struct Slot {
        float keep = 1; ///< probability of the key itself, else `other`
        std::uint32_t other = 0;
    };
    std::vector<Slot> m_slots;
};

} // namespace plimsoll::simulate
