#include "engine/simulate/zipf.h"

#include <algorithm>

namespace plimsoll::simulate {

namespace {

constexpr std::uint64_t kHead = 64; // from there on the midpoint rule is right to 1e-4 of a weight

} // namespace

Zipf::Zipf(std::uint64_t keys, double exponent) : m_keys(std::max<std::uint64_t>(keys, 1)), m_exponent(exponent) {
    if (exponent == 0 || m_keys == 1) return;
    m_head.push_back(0);
    while (m_head.size() <= std::min(m_keys, kHead))
        m_head.push_back(m_head.back() + std::pow(double(m_head.size()), -exponent));
    m_sum = sumUpTo(m_keys);
    if (m_keys <= kTableKeys) {
        buildTable();
        return;
    }
    m_low = integral(1.5) - 1;
    m_high = integral(double(m_keys) + 0.5);
    m_shortcut = 2 - inverse(integral(2.5) - std::pow(2.0, -m_exponent));
}

void Zipf::buildTable() {
    const std::size_t n = m_keys;
    std::vector<double> weight(n);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += weight[i] = std::pow(double(i + 1), -m_exponent);
    for (double& w : weight) w *= double(n) / sum;
    m_slots.resize(n);
    // The weights fall with i, so the small ones are at the end: a large one in front fills them up in turn.
    std::vector<std::uint32_t> small, large;
    for (std::size_t i = n; i-- > 0;) (weight[i] < 1 ? small : large).push_back(std::uint32_t(i));
    while (!small.empty() && !large.empty()) {
        const std::uint32_t i = small.back(), j = large.back();
        small.pop_back();
        m_slots[i] = {float(weight[i]), j};
        weight[j] -= 1 - weight[i];
        if (weight[j] < 1) {
            large.pop_back();
            small.push_back(j);
        }
    }
}

std::uint64_t Zipf::drawn(std::uint64_t bits, Random& random) const {
    if (m_exponent == 0 || m_keys == 1) return slotOf(bits);
    if (!m_slots.empty()) {
        const std::size_t i = slotOf(bits);
        const double rest = double((bits * m_keys) >> 11) * 0x1p-53; // what the index left of the draw
        return rest < double(m_slots[i].keep) ? i : m_slots[i].other;
    }
    for (;; bits = random.bits()) {
        const double u = m_high + double(bits >> 11) * 0x1p-53 * (m_low - m_high);
        const double x = inverse(u);
        const double k = std::clamp(std::floor(x + 0.5), 1.0, double(m_keys));
        if (k - x <= m_shortcut || u >= integral(k + 0.5) - std::pow(k, -m_exponent)) return std::uint64_t(k) - 1;
    }
}

double Zipf::integral(double x) const {
    const double rest = 1 - m_exponent, l = std::log(x);
    return std::fabs(rest * l) < 1e-8 ? l * (1 + rest * l / 2) : std::expm1(rest * l) / rest;
}

double Zipf::inverse(double y) const {
    const double rest = 1 - m_exponent, t = std::max(rest * y, -1.0);
    return std::exp(std::fabs(t) < 1e-8 ? y * (1 - t / 2) : std::log1p(t) / rest);
}

/// By the midpoint rule beyond the exact head (theory/caches.md 1 is the same with correction terms).
double Zipf::sumUpTo(std::uint64_t key) const {
    if (key < m_head.size()) return m_head[key];
    return m_head.back() + integral(double(key) + 0.5) - integral(double(m_head.size()) - 0.5);
}

double Zipf::place(std::uint64_t key) const {
    if (m_head.empty()) return (double(key) + 0.5) / double(m_keys);
    return std::min((sumUpTo(key) + 0.5 * std::pow(double(key + 1), -m_exponent)) / m_sum, 1.0);
}

} // namespace plimsoll::simulate
