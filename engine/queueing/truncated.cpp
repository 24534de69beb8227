#include "engine/queueing/truncated.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plimsoll::queueing {

using distribution::Cumulants;

Cumulants tiltedUniform(double y) {
    if (std::abs(y) < 1) {
        // L'(y) = 1/2 + sum over k of B_2k y^(2k - 1) / (2k)!, with Bernoulli's numbers.
        constexpr std::array kTerms{1.0 / 12,          -1.0 / 720,
                                    1.0 / 30240,       -1.0 / 1209600,
                                    1.0 / 47900160,    -691.0 / 1307674368000,
                                    1.0 / 74724249600, -3617.0 / 10670622842880000};
        Cumulants sum{0.5, 0, 0};
        double odd = y, before = 0; // y^(2k - 1), y^(2k - 3)
        for (std::size_t i = 0; i < kTerms.size(); ++i) {
            const double order = double(2 * i + 1);
            sum.mean += kTerms[i] * odd;
            sum.variance += kTerms[i] * order * (i == 0 ? 1 : before * y);
            sum.third += kTerms[i] * order * (order - 1) * before;
            before = odd;
            odd *= y * y;
        }
        return sum;
    }
    const double half = y / 2, sinh = std::sinh(half);
    return {-1 / std::expm1(-y) - 1 / y, 1 / (y * y) - 1 / (4 * sinh * sinh),
            -2 / (y * y * y) + 1 / (4 * std::tanh(half) * sinh * sinh)};
}

Cumulants truncatedExponential(double slope, double end) {
    const Cumulants unit = tiltedUniform(slope * end);
    return {end * unit.mean, end * end * unit.variance, end * end * end * unit.third};
}

Cumulants truncatedGeometric(double slope, double count) {
    if (count == 1) return {};
    const Cumulants many = truncatedExponential(slope, count), one = tiltedUniform(slope);
    return {many.mean - one.mean, std::max(0.0, many.variance - one.variance), many.third - one.third};
}

double geometricSum(double slope, double count) {
    return slope == 0 ? count : std::expm1(count * slope) / std::expm1(slope);
}

} // namespace plimsoll::queueing
