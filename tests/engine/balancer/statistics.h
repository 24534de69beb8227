// Chi-square, for shares that are a matter of chance.
#pragma once
#include <boost/math/distributions/chi_squared.hpp>

#include <cstdint>
#include <vector>

namespace plimsoll::tests {

/// The probability that counts differ from expected shares at least so much by chance alone.
inline double chiSquareProbability(const std::vector<std::uint64_t>& counts, const std::vector<double>& shares) {
    double total = 0;
    for (const std::uint64_t count : counts) total += double(count);
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const double expected = total * shares[i];
        sum += (double(counts[i]) - expected) * (double(counts[i]) - expected) / expected;
    }
    const boost::math::chi_squared law(double(counts.size() - 1));
    return boost::math::cdf(boost::math::complement(law, sum));
}

/// The same for equal shares.
inline double chiSquareProbability(const std::vector<std::uint64_t>& counts) {
    return chiSquareProbability(counts, std::vector<double>(counts.size(), 1.0 / double(counts.size())));
}

/// Below this, chance is not believed: with fixed seeds a test either always passes or never.
inline constexpr double kUnbelievable = 1e-4;

} // namespace plimsoll::tests
