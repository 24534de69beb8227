#include "engine/queueing/impatience.h"

#include "engine/distribution/incomplete_gamma.h"
#include "engine/queueing/erlang.h"
#include "engine/queueing/mgc.h"
#include "engine/queueing/truncated.h"

#include <boost/math/quadrature/gauss.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace plimsoll::queueing {
namespace {

/// In units of the patience: X = c mu / theta and Y = lambda / theta.
struct Rates {
    double departures = 0, arrivals = 0;
    explicit Rates(const ImpatientStation& station)
        : departures(station.servers * station.patience_s / station.serviceMean_s),
          arrivals(std::min(kMostRate, departures * (station.load / station.servers))) {}
    static constexpr double kMostRate = 1e290; // beyond it nearly everybody gives up, to the last bit
};

/// Beyond these the queue is gone before anybody loses patience: M/M/c (theory/stations.md 8).
constexpr double kEndlessPatience = 1e8;

/// e^-d - 1 + d without cancellation.
double curvature(double d) {
    constexpr double kSmall = 1e-3;
    if (std::abs(d) > kSmall) return std::expm1(-d) + d;
    return d * d / 2 * (1 - d / 3 * (1 - d / 4 * (1 - d / 5)));
}

/// Where f, concave and 0 at 0, has fallen by forty e-folds on the side of `sign`, at most `furthest` away.
template <class Exponent> double fallenAt(Exponent f, double sign, double furthest) {
    constexpr double kFall = 40, kRelative = 1e-3;
    constexpr int kMost = 2100; // doublings and halvings of a double's whole range
    const auto fallen = [&](double d) { return -f(sign * d) > kFall; };
    double far = 1;
    for (int i = 0; i < kMost && !fallen(far); ++i) far *= 2;
    for (int i = 0; i < kMost && fallen(far / 2); ++i) far /= 2;
    double near = far / 2;
    while (far - near > kRelative * far) {
        const double middle = (near + far) / 2;
        (fallen(middle) ? far : near) = middle;
    }
    return std::min(far, furthest);
}

/// Cumulants of the density e^{f(u - top)} on u > 0, by Gauss on both sides of its top.
template <class Exponent> distribution::Cumulants concaveCumulants(Exponent f, double top) {
    using Gauss = boost::math::quadrature::gauss<double, 30>;
    std::vector<std::pair<double, double>> points; // u - top, weight
    const auto add = [&](double from, double to) {
        const double half = (to - from) / 2, middle = from + half;
        for (std::size_t i = 0; i < Gauss::abscissa().size(); ++i)
            for (const double side : {-1.0, 1.0}) {
                const double d = middle + side * half * Gauss::abscissa()[i];
                points.emplace_back(d, half * Gauss::weights()[i] * std::exp(f(d)));
            }
    };
    if (top > 0) add(-fallenAt(f, -1, top), 0);
    add(0, fallenAt(f, 1, std::numeric_limits<double>::infinity()));
    double total = 0, mean = 0;
    for (const auto& [d, weight] : points) total += weight;
    for (const auto& [d, weight] : points) mean += weight / total * d;
    distribution::Cumulants sum{top + mean, 0, 0};
    for (const auto& [d, weight] : points) {
        const double off = d - mean;
        sum.variance += weight / total * off * off;
        sum.third += weight / total * off * off * off;
    }
    return sum;
}

/// Of those that wait and are served, with exponential patience, in units of the patience.
distribution::Cumulants servedWait(const Rates& rates) {
    // Density of the virtual wait e^{Y (1 - e^-u) - X u}, of which a share e^-u is still there.
    const double slope = rates.departures + 1;
    const double top = std::max(0.0, std::log(rates.arrivals / slope));
    const double steep = top > 0 ? slope : rates.arrivals; // Y e^-top
    const auto exponent = [&](double d) { return -steep * curvature(d) - (slope - steep) * d; };
    return concaveCumulants(exponent, top);
}

bool isEndless(const ImpatientStation& station, const Rates& rates) {
    const double idle = (station.servers - station.load) / station.servers;
    return rates.departures > kEndlessPatience && idle * std::sqrt(rates.departures) > std::sqrt(kEndlessPatience);
}

/// Servers busy: those of the loss system of one server less while one is free; load x (1 - lost) without cancellation.
double carriedLoad(const ImpatientStation& station, const ImpatientFigures& figures) {
    const double c = station.servers, a = station.load, waits = figures.waitProbability;
    if (a < c) return a * (1 - figures.abandonProbability);
    return c * waits + (1 - waits) * a * (1 - erlangB(c - 1, a));
}

/// 1 / (1 + Y / (X + 1) + Y^2 / ((X + 1)(X + 2)) + ...); 0 where the sum overflows.
double inverseSum(const Rates& rates) {
    const double x = rates.departures, y = rates.arrivals;
    if (y > (x + 1) / 2) return distribution::gammaFront(x + 1, y) / y / distribution::lowerGamma(x, y);
    double term = 1, sum = 1; // falls by halves
    for (double j = 1; term > 1e-17 * sum; ++j) {
        term *= y / (x + j);
        sum += term;
    }
    return 1 / sum;
}

/// Mean of j over the weights Y^j / ((X + 1) ... (X + j)), times 1 / their sum; for Y below X.
double queuedOverSum(const Rates& rates) {
    double term = 1, sum = 1, queued = 0;
    constexpr double kMost = 1e7;
    for (double j = 1; j < kMost; ++j) {
        term *= rates.arrivals / (rates.departures + j);
        sum += term;
        queued += j * term;
        if (j * term < 1e-17 * queued) break;
    }
    return queued / sum;
}

} // namespace

ImpatientFigures exponentialPatience(const ImpatientStation& station) {
    ImpatientFigures figures;
    if (!(station.load > 0)) return figures;
    const double c = station.servers, a = station.load;
    const Rates rates(station);
    const double blocked = erlangB(c, a);
    if (isEndless(station, rates)) {
        figures.waitProbability = erlangC(c, a);
        figures.served = mmcWait(figures.waitProbability, c, a, station.serviceMean_s);
        figures.waitMeanAll_s = figures.served.cumulants.mean;
        figures.abandonProbability = figures.waitMeanAll_s / station.patience_s;
    } else {
        const double inverse = inverseSum(rates); // 1 / A
        figures.waitProbability = blocked / (inverse + (1 - inverse) * blocked);
        // Of those that wait: 1 / (rho A) + 1 - 1 / rho, which cancels below saturation.
        const double direct = inverse * c / a + (a - c) / a;
        constexpr double kCancelled = 1e-4;
        const double givesUp = direct > kCancelled * inverse * c / a ? direct : queuedOverSum(rates) / rates.arrivals;
        figures.abandonProbability = std::min(1.0, figures.waitProbability * givesUp);
        figures.waitMeanAll_s = figures.abandonProbability * station.patience_s;
    }
    figures.carriedLoad = carriedLoad(station, figures);
    figures.queueLength = a * figures.waitMeanAll_s / station.serviceMean_s;
    const double waits = figures.waitProbability - figures.abandonProbability, served = 1 - figures.abandonProbability;
    if (!figures.served.exact && waits > 0 && served > 0) {
        const auto unit = servedWait(rates);
        const double p = station.patience_s;
        figures.served = waitFrom(std::min(1.0, waits / served),
                                  {p * unit.mean, p * p * unit.variance, p * p * p * unit.third}, true);
    }
    return figures;
}

ImpatientFigures constantPatience(const ImpatientStation& station) {
    ImpatientFigures figures;
    if (!(station.load > 0)) return figures;
    // In units of the mean service: lambda = a, mu = 1, d = c - a.
    const double c = station.servers, a = station.load, d = c - a,
                 patience = station.patience_s / station.serviceMean_s;
    const double few = 1 / erlangB(c - 1, a); // e; infinite where nobody ever waits
    if (!std::isfinite(few)) {
        figures.carriedLoad = a;
        return figures;
    }
    // The virtual wait has density lambda p e^{-d x} up to the patience and those that meet more give up. With d < 0
    // everything is multiplied by e^{d patience}, so that nothing overflows.
    const double fall = std::exp(-std::abs(d) * patience), y = std::abs(d) * patience;
    const double area = y > 0 ? patience * -std::expm1(-y) / y : patience; // of e^{-|d| x}
    const double scale = d >= 0 ? 1 : fall, end = d >= 0 ? fall : 1;
    const double total = few * scale + a * area + a * end / c;
    figures.waitProbability = (a * area + a * end / c) / total;
    figures.abandonProbability = a * end / c / total;
    figures.carriedLoad = carriedLoad(station, figures);
    const double waits = a * area / total, served = 1 - figures.abandonProbability;
    if (waits > 0 && served > 0) {
        const auto unit = truncatedExponential(-d, patience);
        const double s = station.serviceMean_s;
        figures.served = waitFrom(std::min(1.0, waits / served),
                                  {s * unit.mean, s * s * unit.variance, s * s * s * unit.third}, true);
    }
    figures.waitMeanAll_s = served * figures.served.cumulants.mean + figures.abandonProbability * station.patience_s;
    figures.queueLength = a * figures.waitMeanAll_s / station.serviceMean_s;
    return figures;
}

double exponentialPatienceSurvival(const ImpatientStation& station, const ImpatientFigures& figures, double t_s) {
    if (!(figures.served.probability > 0)) return 0;
    const Rates rates(station);
    const double whole = distribution::lowerGamma(rates.departures + 1, rates.arrivals);
    if (!(whole > 0) || isEndless(station, rates)) {
        // Far below saturation: the wait of M/M/c with those that gave up left out in first order.
        return figures.served.probability *
               std::exp((station.load - station.servers) / station.serviceMean_s * t_s - t_s / station.patience_s);
    }
    return figures.served.probability *
           distribution::lowerGamma(rates.departures + 1, rates.arrivals * std::exp(-t_s / station.patience_s)) / whole;
}

double constantPatienceSurvival(const ImpatientStation& station, const ImpatientFigures& figures, double t_s) {
    if (t_s >= station.patience_s) return 0;
    const double d = (station.servers - station.load) / station.serviceMean_s, left = station.patience_s - t_s;
    // Integral of e^{-d x} from t to the patience over that from 0.
    if (d * station.patience_s == 0) return figures.served.probability * left / station.patience_s;
    const double share = d > 0 ? std::exp(-d * t_s) * std::expm1(-d * left) / std::expm1(-d * station.patience_s)
                               : std::expm1(d * left) / std::expm1(d * station.patience_s);
    return figures.served.probability * share;
}

} // namespace plimsoll::queueing
