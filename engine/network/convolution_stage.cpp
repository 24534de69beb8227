// g_n is the normalising constant with n inside, before the station; h_n = sum_j f_j g_{n-j} after it, f_j = the
// product of 1 / rate(i), i <= j. Both grow without bound, so that only ratios are kept: a_n = g_{n-1} / g_n is the
// throughput before, t_j = f_j g_{n-j} / g_n = prod_{i<=j} a_{n-i+1} / rate(i) a term, and a_n (h_{n-1} / g_{n-1}) /
// (h_n / g_n) the throughput after. From state c on, where the rate stays, the terms are summed by recurrence:
// T_n = sum_{j>=c} t_j = t_c + a_n / rate(c) T_{n-1}.
#include "engine/network/convolution_stage.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::network {
namespace {

/// Terms that are smaller than this share of the largest one do not count.
constexpr double kNegligible = 1e-18;

/// The station's rates and their inverses with 1 .. c present, at [1] .. [c]; c at most the population.
std::size_t fillRates(const ClosedStation& station, std::size_t population, ConvolutionScratch& scratch) {
    const bool given = !station.rates_per_s.empty();
    const double most = given ? double(station.rates_per_s.size()) : station.servers;
    const auto levels = std::size_t(std::min(most, double(population)));
    scratch.rate.resize(levels + 1);
    scratch.inverse.resize(levels + 1);
    for (std::size_t j = 1; j <= levels; ++j) {
        scratch.rate[j] = given ? station.rates_per_s[j - 1] / station.visits : double(j) / station.demand_s;
        scratch.inverse[j] = 1 / scratch.rate[j];
    }
    return levels;
}

/// The first station of a network.
void alone(std::size_t levels, ClosedRates& after, std::span<double> numbers, const ConvolutionScratch& scratch) {
    const std::size_t population = after.rate_per_s.size();
    for (std::size_t n = 1; n <= population; ++n) {
        after.rate_per_s[n - 1] = scratch.rate[std::min(n, levels)];
        if (!numbers.empty()) numbers[n - 1] = double(n);
    }
}

/// One server: only the chance that it is idle is carried.
void singleServer(double demand_s, std::span<const double> before, std::span<double> after) {
    double idle = 1;
    for (std::size_t n = 0; n < before.size(); ++n) {
        const double grown = idle + demand_s * before[n];
        idle /= grown;
        after[n] = before[n] / grown;
    }
}

/// Rates that rise with the number present, behind a network whose throughput rises too: the terms have one peak, near
/// which they are summed. `peakShare` is the chance of the peak's state, `tailShare` that of c or more.
class RisingStage {
public:
    RisingStage(std::span<const double> before, std::size_t levels, const ConvolutionScratch& scratch)
        : m_before(before), m_levels(levels), m_scratch(scratch) {}

    /// Throughput with n inside, called for n = 1, 2 ...
    double next(std::size_t n) {
        const double a = before(n), growth = movePeak(n), last = m_scratch.inverse[m_levels];
        sumTerms(n);
        const double weight = growth * m_peakShare, kept = a * last;
        const double grown = weight * (m_below + m_atLevels) + kept * m_tailShare;
        m_number = (weight * m_belowFirst +
                    (m_tailFirst = (weight * m_atLevels * double(m_levels) + kept * (m_tailFirst + m_tailShare)))) /
                   grown;
        m_tailFirst /= grown;
        m_tailShare = (weight * m_atLevels + kept * m_tailShare) / grown;
        m_peakShare = weight / grown;
        if (m_peakShare < kVanished) m_peakShare = 0; // it only falls from here on
        return a / grown;
    }
    double number() const { return m_number; }

private:
    static constexpr double kVanished = 1e-290;
    double before(std::size_t n) const { return m_before[n - 1]; }

    /// The largest term of n inside over that of n - 1; the peak moves up by one at most.
    double movePeak(std::size_t n) {
        if (m_peak < std::min(m_levels, n) && before(n - m_peak) * m_scratch.inverse[m_peak + 1] >= 1)
            return before(n) * m_scratch.inverse[++m_peak];
        return m_peak == 0 ? 1 : before(n) * m_scratch.inverseBefore[n - m_peak - 1];
    }

    /// Terms over the largest one: sum and first moment below c, and the one at c.
    void sumTerms(std::size_t n) {
        m_below = m_peak < m_levels ? 1 : 0;
        m_belowFirst = m_below * double(m_peak);
        m_atLevels = 1 - m_below;
        double term = 1;
        for (std::size_t j = m_peak; j > 0 && term > kNegligible; --j) {
            term *= m_scratch.rate[j] * m_scratch.inverseBefore[n - j];
            m_below += term;
            m_belowFirst += term * double(j - 1);
        }
        term = 1;
        const std::size_t top = std::min(m_levels, n);
        for (std::size_t j = m_peak + 1; j <= top && term > kNegligible; ++j) {
            term *= m_before[n - j] * m_scratch.inverse[j];
            if (j == m_levels) {
                m_atLevels = term;
                break;
            }
            m_below += term;
            m_belowFirst += term * double(j);
        }
    }

    std::span<const double> m_before;
    std::size_t m_levels;
    const ConvolutionScratch& m_scratch;
    std::size_t m_peak = 0;
    double m_peakShare = 1, m_tailShare = 0, m_tailFirst = 0;
    double m_below = 0, m_belowFirst = 0, m_atLevels = 0;
    double m_number = 0;
};

/// A positive number of any size: mantissa x 2^(512 exponent).
struct Scaled {
    double mantissa = 0;
    long exponent = 0;

    static constexpr int kStep = 512;
    static constexpr double kHigh = 0x1p256, kLow = 0x1p-256;
    bool settled() const { return mantissa >= kLow && mantissa <= kHigh; }
    Scaled& settle() {
        while (mantissa > kHigh) mantissa = std::ldexp(mantissa, -kStep), ++exponent;
        while (mantissa > 0 && mantissa < kLow) mantissa = std::ldexp(mantissa, kStep), --exponent;
        return *this;
    }
    Scaled& operator*=(double factor) {
        mantissa *= factor;
        return settle();
    }
    Scaled& operator+=(const Scaled& other) {
        if (other.mantissa == 0 || (mantissa > 0 && other.exponent < exponent)) return addSmaller(other);
        const Scaled mine = *this;
        *this = other;
        return addSmaller(mine);
    }
    friend double operator/(const Scaled& a, const Scaled& b) {
        return a.mantissa == 0 ? 0 : a.mantissa / b.mantissa * powerOf(a.exponent - b.exponent);
    }
    /// 2^(512 steps), where that is a double.
    static double powerOf(long steps) { return std::ldexp(1.0, int(std::clamp(steps, -4L, 4L)) * kStep); }

private:
    Scaled& addSmaller(const Scaled& other) {
        if (other.mantissa > 0) mantissa += other.mantissa * powerOf(other.exponent - exponent);
        return *this;
    }
};

/// Rates that fall somewhere: terms may rise again, so that they are summed until nothing that may still come counts.
class AnyStage {
public:
    AnyStage(std::span<const double> before, std::size_t levels, ConvolutionScratch& scratch)
        : m_before(before), m_levels(levels), m_scratch(scratch) {
        scratch.highestBefore.resize(before.size());
        double highest = 0;
        for (std::size_t n = 0; n < before.size(); ++n)
            scratch.highestBefore[n] = highest = std::max(highest, before[n]);
        scratch.longest.resize(levels + 1);
        double longest = 0;
        for (std::size_t j = levels; j > 0; --j) scratch.longest[j] = longest = std::max(longest, scratch.inverse[j]);
    }

    double next(std::size_t n) {
        const double a = m_before[n - 1];
        Scaled sum, start;
        const double first = sumTerms(n, sum, start);
        m_tail *= a * m_scratch.inverse[m_levels];
        Scaled tailFirst = m_tail, startFirst = start;
        tailFirst *= m_tailMean + 1;
        tailFirst += startFirst *= double(m_levels);
        m_tail += start;
        m_tailMean = m_tail.mantissa > 0 ? tailFirst / m_tail : 0;
        Scaled whole = sum;
        whole += m_tail;
        m_number = first * (sum / whole) + tailFirst / whole;
        const double throughput = a * (m_sum / whole);
        m_sum = whole;
        return throughput;
    }
    double number() const { return m_number; }

private:
    /// The sum of the terms below c, the term at c, and the mean of j over the former.
    double sumTerms(std::size_t n, Scaled& sum, Scaled& start) {
        constexpr std::size_t kLookEvery = 16;
        Scaled term{1, 0};
        double first = 0, toSum = 1; // what makes the term's mantissa one of the sum
        sum = {1, 0};
        const std::size_t top = std::min(m_levels, n);
        for (std::size_t j = 1; j <= top; ++j) {
            term.mantissa *= m_before[n - j] * m_scratch.inverse[j];
            if (!term.settled()) {
                term.settle();
                if (term.exponent > sum.exponent) {
                    const double shrunk = Scaled::powerOf(sum.exponent - term.exponent);
                    sum = {sum.mantissa * shrunk, term.exponent};
                    first *= shrunk;
                }
                toSum = Scaled::powerOf(term.exponent - sum.exponent);
            }
            if (j == m_levels) {
                start = term;
                break;
            }
            const double share = term.mantissa * toSum;
            sum.mantissa += share;
            first += share * double(j);
            if (j % kLookEvery == 0 && j < top) {
                const double ratio = m_scratch.highestBefore[n - j - 1] * m_scratch.longest[j + 1];
                if (ratio < 1 && share < kNegligible * (1 - ratio) * sum.mantissa) break;
            }
        }
        first /= sum.mantissa;
        sum.settle();
        return first;
    }

    std::span<const double> m_before;
    std::size_t m_levels;
    const ConvolutionScratch& m_scratch;
    Scaled m_sum{1, 0}, m_tail{0, 0};
    double m_tailMean = 0, m_number = 0;
};

template <class Stage> void run(Stage stage, ClosedRates& after, std::span<double> numbers) {
    for (std::size_t n = 1; n <= after.rate_per_s.size(); ++n) {
        after.rate_per_s[n - 1] = stage.next(n);
        if (!numbers.empty()) numbers[n - 1] = stage.number();
    }
}

} // namespace

void addStation(const ClosedStation& station, const ClosedRates& before, ClosedRates& after, std::span<double> numbers,
                ConvolutionScratch& scratch) {
    const std::size_t population = before.rate_per_s.size();
    after.rate_per_s.resize(population);
    after.empty = false;
    const std::size_t levels = fillRates(station, population, scratch);
    after.rising = before.rising && std::is_sorted(scratch.rate.begin() + 1, scratch.rate.end());
    if (before.empty) return alone(levels, after, numbers, scratch);
    if (!after.rising) return run(AnyStage(before.rate_per_s, levels, scratch), after, numbers);
    if (levels == 1 && numbers.empty()) return singleServer(scratch.inverse[1], before.rate_per_s, after.rate_per_s);
    scratch.inverseBefore.resize(population);
    for (std::size_t n = 0; n < population; ++n) scratch.inverseBefore[n] = 1 / before.rate_per_s[n];
    run(RisingStage(before.rate_per_s, levels, scratch), after, numbers);
}

} // namespace plimsoll::network
