#include "engine/queueing/erlang.h"

#include "engine/distribution/incomplete_gamma.h"

#include <cmath>
#include <limits>

namespace plimsoll::queueing {
namespace {

/// 1 / B = 1 + c/a + c(c-1)/a^2 + ..., for a > c: the terms fall at least like (c/a)^j.
double inverseBySeries(double servers, double load) {
    double term = 1, sum = 1, left = servers;
    while (left > 0 && term > sum * std::numeric_limits<double>::epsilon() / 4) {
        term *= left / load;
        sum += term;
        --left;
    }
    return sum;
}

} // namespace

double erlangB(double servers, double load) {
    if (servers == 0) return 1;
    if (load == 0) return 0;
    if (load >= 2 * servers) return 1 / inverseBySeries(servers, load);
    if (servers < kFewServers && servers == std::floor(servers)) return 1 / inverseErlangB(unsigned(servers), load);
    const double inverse = load * distribution::upperGammaRatio(servers + 1, load);
    return std::isfinite(inverse) ? 1 / inverse : std::exp(logErlangB(servers, load));
}

double logErlangB(double servers, double load) {
    if (load == 0) return servers == 0 ? 0 : -std::numeric_limits<double>::infinity();
    if (load >= servers) return std::log(erlangB(servers, load));
    // ln(x times the density of a gamma of shape c + 1) - ln a - ln Q; Q is near 1 here.
    return distribution::logGammaFront(servers + 1, load) - std::log(load) -
           std::log1p(-distribution::lowerGamma(servers + 1, load));
}

double erlangC(double servers, double load) {
    if (load >= servers) return 1;
    const double blocked = erlangB(servers, load);
    return blocked / ((servers - load) / servers + load / servers * blocked);
}

} // namespace plimsoll::queueing
