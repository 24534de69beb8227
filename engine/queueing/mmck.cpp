#include "engine/queueing/mmck.h"

#include "engine/distribution/incomplete_gamma.h"
#include "engine/distribution/inversion.h"
#include "engine/queueing/erlang.h"
#include "engine/queueing/truncated.h"

#include <boost/math/quadrature/gauss_kronrod.hpp>

#include <cmath>
#include <limits>

namespace plimsoll::queueing {
namespace {

/// The probabilities of the chain that matter; r = load / servers.
struct Chain {
    double places = 0;                       // m = K - c
    double slope = 0;                        // ln r
    double allBusy = 0, full = 0, below = 0; // p_c, p_K, P(fewer than c)
    double queued = 0;                       // P(c <= number < K): waits and is let in
    double letIn() const { return below + queued; }
};

Chain chainOf(const FiniteStation& station) {
    const double c = station.servers, a = station.load;
    Chain chain;
    chain.places = station.capacity - c;
    chain.slope = std::abs(a - c) < c / 2 ? std::log1p((a - c) / c) : std::log(a / c);
    // 1 / B(c) - 1 = (c / a) / B(c - 1): P(fewer than c) in units of p_c, without cancellation.
    const double fewer = c / a / erlangB(c - 1, a);
    const double m = chain.places;
    if (chain.slope <= 0) {
        // In units of p_c; where B(c - 1) underflows only its logarithm is left.
        const double sum = geometricSum(chain.slope, m + 1);
        chain.allBusy = std::isfinite(fewer) ? 1 / (fewer + sum) : std::exp(logErlangB(c, a));
        chain.full = chain.allBusy * std::exp(m * chain.slope);
        chain.queued = m > 0 ? chain.allBusy * geometricSum(chain.slope, m) : 0;
        chain.below = std::isfinite(fewer) ? fewer * chain.allBusy : 1 - chain.queued - chain.full;
    } else {
        const double start = std::exp(-m * chain.slope); // p_c / p_K
        chain.full = 1 / (fewer * start + geometricSum(-chain.slope, m + 1));
        chain.allBusy = chain.full * start;
        chain.queued = m > 0 ? chain.full * std::exp(-chain.slope) * geometricSum(-chain.slope, m) : 0;
        chain.below = fewer * chain.allBusy;
    }
    return chain;
}

/// Sum over i < m of Poisson(i; y) (r^i - r^m) / (1 - r), times r^-m for r > 1. With r^j as the weight of state c + j
/// it is P(Erlang(j + 1) > y) summed over the states.
double waitSum(double m, double slope, double y) {
    if (std::abs(m * slope) < 1e-7)
        return (m - y) * distribution::upperGamma(m, y) + distribution::gammaFront(m, y); // r = 1
    const double excess = std::expm1(slope), r = std::exp(slope);                         // r - 1
    if (excess < 0)
        return (std::exp(y * excess) * distribution::upperGamma(m, r * y) -
                std::exp(m * slope) * distribution::upperGamma(m, y)) /
               -excess;
    constexpr double kOverflow = 500;
    const double exponent = y * excess - m * slope;
    const double other = exponent > kOverflow ? distribution::gammaFront(m, y) * distribution::upperGammaRatio(m, r * y)
                                              : std::exp(exponent) * distribution::upperGamma(m, r * y);
    return (distribution::upperGamma(m, y) - other) / excess;
}

/// P(wait > y) with time in units of the time between departures of the full station.
double waitSurvival(const Chain& chain, double y) {
    if (!(chain.places > 0)) return 0;
    const double weight = (chain.slope > 0 ? chain.full : chain.allBusy) / chain.letIn();
    return std::clamp(weight * waitSum(chain.places, chain.slope, y), 0.0, 1.0);
}

} // namespace

FiniteFigures finiteQueue(const FiniteStation& station) {
    FiniteFigures figures;
    if (!(station.load > 0)) return figures;
    const Chain chain = chainOf(station);
    figures.loss = chain.full;
    figures.carriedLoad = std::min(station.servers, station.load * chain.letIn());
    if (chain.places > 0 && chain.queued > 0) {
        // State c + j waits for j + 1 departures, each exponential.
        const distribution::Cumulants ahead = truncatedGeometric(chain.slope, chain.places);
        const double departures = ahead.mean + 1, unit = station.serviceMean_s / station.servers;
        figures.wait = waitFrom(std::min(1.0, chain.queued / chain.letIn()),
                                {departures * unit, (departures + ahead.variance) * unit * unit,
                                 (2 * departures + 3 * ahead.variance + ahead.third) * unit * unit * unit},
                                true);
    }
    figures.queueLength = figures.carriedLoad * figures.wait.cumulants.mean / station.serviceMean_s;
    figures.numberInSystem = figures.queueLength + figures.carriedLoad;
    return figures;
}

double finiteWaitSurvival(const FiniteStation& station, double t_s) {
    if (!(station.load > 0)) return 0;
    return waitSurvival(chainOf(station), t_s / station.serviceMean_s * station.servers);
}

double finiteResponseSurvival(const FiniteStation& station, double t_s) {
    const double t = t_s / station.serviceMean_s;
    if (!(station.load > 0)) return std::exp(-t);
    const double c = station.servers;
    if (c == 1) {
        // The response of one that finds n is that of a wait behind n + 1: the wait's law with one place more.
        Chain chain = chainOf(station);
        const double weight = (chain.slope > 0 ? chain.full : chain.below) / chain.letIn();
        return std::clamp(weight * waitSum(station.capacity, chain.slope, t), 0.0, 1.0);
    }
    const Chain chain = chainOf(station);
    // P(S > t) + integral of the service's density e^-s times P(W > t - s).
    const auto behind = [&](double u) { return std::exp(u - t) * waitSurvival(chain, c * u); };
    constexpr double kForgotten = 40; // e^-40 of the integral is left out
    const double sum = boost::math::quadrature::gauss_kronrod<double, 15>::integrate(
        behind, std::max(0.0, t - kForgotten), t, 12, 1e-9);
    return std::clamp(std::exp(-t) + sum, 0.0, 1.0);
}

Seconds finiteWaitQuantile(const FiniteStation& station, double level) {
    const Wait wait = finiteQueue(station).wait;
    if (wait.probability <= 1 - level) return Seconds{0};
    return Seconds{distribution::quantileOfSurvival([&](double t) { return finiteWaitSurvival(station, t); }, level,
                                                    wait.cumulants.mean / wait.probability)};
}

Seconds finiteResponseQuantile(const FiniteStation& station, double level) {
    const double guess = station.serviceMean_s + finiteQueue(station).wait.cumulants.mean;
    return Seconds{
        distribution::quantileOfSurvival([&](double t) { return finiteResponseSurvival(station, t); }, level, guess)};
}

} // namespace plimsoll::queueing
