#include "engine/distribution/distribution.h"

#include "engine/distribution/small_arguments.h"

#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>

namespace plimsoll::distribution {
namespace {

/// Boost's functions in double precision and without exceptions: what does not converge comes back as its best value.
using Quiet =
    boost::math::policies::policy<boost::math::policies::promote_double<false>,
                                  boost::math::policies::domain_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::pole_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;

bool isConstant(const Phase& phase) {
    return phase.scale.count() == 0;
}

/// E[(offset + G)^n] of one phase, G the gamma.
double rawMoment(const Phase& phase, int n) {
    const double offset = toSeconds(phase.offset), scale = toSeconds(phase.scale);
    double gammaMoment = 1, sum = 0, binomial = 1; // E[G^j], running binomial(n, j)
    for (int j = 0; j <= n; ++j) {
        sum += binomial * gammaMoment * std::pow(offset, n - j);
        gammaMoment *= (phase.shape + j) * scale;
        binomial = binomial * (n - j) / (j + 1);
    }
    return sum;
}

} // namespace

Distribution constant(Seconds value) {
    return {{Phase{.offset = value}}};
}

Distribution exponential(Seconds mean) {
    return {{Phase{.scale = mean}}};
}

Distribution gamma(Seconds mean, double scv) {
    return {{Phase{.shape = 1 / scv, .scale = mean * scv}}};
}

Distribution erlang(Seconds mean, std::uint32_t phases) {
    return {{Phase{.shape = double(phases), .scale = mean / double(phases)}}};
}

Distribution fromMeanScv(Seconds mean, double scv) {
    if (scv == 0) return constant(mean);
    if (scv == 1) return exponential(mean);
    if (scv < 1) return gamma(mean, scv);
    const double root = std::sqrt((scv - 1) / (scv + 1));
    const double rare = 1 / (scv + 1) / (1 + root); // (1 - root) / 2 without cancellation
    const double common = 1 - rare;
    return {
        {Phase{.weight = {common}, .scale = mean / (2 * common)}, Phase{.weight = {rare}, .scale = mean / (2 * rare)}}};
}

bool isExponential(const Distribution& law) {
    const Phase& first = law.phases.front();
    return std::ranges::all_of(law.phases, [&](const Phase& phase) {
        return phase.offset.count() == 0 && (phase.shape == 1 || isConstant(phase)) && phase.scale == first.scale;
    });
}

bool isConstant(const Distribution& law) {
    const Phase& first = law.phases.front();
    return std::ranges::all_of(law.phases,
                               [&](const Phase& phase) { return isConstant(phase) && phase.offset == first.offset; });
}

double rawMoment(const Distribution& law, int n) {
    double sum = 0;
    for (const Phase& phase : law.phases) sum += phase.weight.value * rawMoment(phase, n);
    return sum;
}

Seconds mean(const Distribution& law) {
    return Seconds{rawMoment(law, 1)};
}

Cumulants cumulants(const Phase& phase) {
    const double scale = toSeconds(phase.scale);
    const double variance = phase.shape * scale * scale;
    return {toSeconds(phase.offset) + phase.shape * scale, variance, 2 * variance * scale};
}

Cumulants cumulants(const Distribution& law) {
    MixtureCumulants mixture;
    for (const Phase& phase : law.phases) mixture.addMean(phase.weight.value, cumulants(phase).mean);
    for (const Phase& phase : law.phases) mixture.addSpread(phase.weight.value, cumulants(phase));
    return mixture.total();
}

double scv(const Distribution& law) {
    const Cumulants c = cumulants(law);
    return c.mean > 0 ? c.variance / c.mean / c.mean : 0;
}

std::complex<double> transform(const Distribution& law, std::complex<double> s) {
    std::complex<double> sum = 0;
    for (const Phase& phase : law.phases) {
        std::complex<double> value = phase.weight.value;
        if (phase.offset.count() > 0) value *= std::exp(-s * toSeconds(phase.offset));
        if (!isConstant(phase)) {
            const auto x = s * toSeconds(phase.scale);
            value *= phase.shape == 1 ? 1.0 / (1.0 + x) : std::exp(-phase.shape * logOnePlus(x));
        }
        sum += value;
    }
    return sum;
}

double survival(const Phase& phase, double t_s) {
    const double left = t_s - toSeconds(phase.offset);
    if (left < 0) return 1;
    if (isConstant(phase)) return 0;
    const double x = left / toSeconds(phase.scale);
    if (phase.shape == 1) return std::exp(-x);
    return boost::math::gamma_q(phase.shape, x, Quiet{});
}

double survival(const Distribution& law, double t_s) {
    double sum = 0;
    for (const Phase& phase : law.phases) sum += phase.weight.value * survival(phase, t_s);
    return std::min(sum, 1.0);
}

double cdf(const Distribution& law, double t_s) {
    return 1 - survival(law, t_s);
}

double quantile_s(const Phase& phase, double tail) {
    const double offset = toSeconds(phase.offset);
    if (isConstant(phase) || tail >= 1) return offset;
    if (phase.shape == 1) return offset - std::log(tail) * toSeconds(phase.scale);
    return offset + boost::math::gamma_q_inv(phase.shape, tail, Quiet{}) * toSeconds(phase.scale);
}

Seconds quantile(const Distribution& law, double level) {
    assert(level >= 0 && level < 1);
    const double tail = 1 - level;
    if (law.phases.size() == 1) return Seconds{quantile_s(law.phases.front(), tail)};
    // The quantile of a mixture lies between the smallest and the largest of its parts.
    double low = std::numeric_limits<double>::infinity(), high = 0;
    for (const Phase& phase : law.phases) {
        if (phase.weight.value == 0) continue;
        const double own = quantile_s(phase, tail);
        low = std::min(low, own);
        high = std::max(high, own);
    }
    if (survival(law, low) <= tail) return Seconds{low};
    while (high - low > 4 * std::numeric_limits<double>::epsilon() * high) {
        const double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) break;
        (survival(law, middle) > tail ? low : high) = middle;
    }
    return Seconds{high};
}

Distribution scaled(Distribution law, double factor) {
    for (Phase& phase : law.phases) {
        phase.offset *= factor;
        phase.scale *= factor;
    }
    return law;
}

} // namespace plimsoll::distribution
