#include "engine/queueing/erlang.h"

#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <limits>

namespace plimsoll::queueing {
namespace {

using Quiet =
    boost::math::policies::policy<boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::underflow_error<boost::math::policies::ignore_error>,
                                  boost::math::policies::evaluation_error<boost::math::policies::ignore_error>>;

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

/// c (a/c - 1 - ln(a/c)) = -ln of the size of both incomplete gammas' common factor: above this they underflow.
constexpr double kUnderflow = 600;
double largeDeviation(double servers, double load) {
    const double ratio = load / servers;
    return servers * (ratio - 1 - std::log(ratio));
}

} // namespace

double erlangB(double servers, double load) {
    if (servers == 0) return 1;
    if (load == 0) return 0;
    if (load >= 2 * servers) return 1 / inverseBySeries(servers, load);
    if (servers < kFewServers && servers == std::floor(servers)) return 1 / inverseErlangB(unsigned(servers), load);
    if (largeDeviation(servers, load) > kUnderflow)
        return load > servers ? 1 / inverseBySeries(servers, load) : std::exp(logErlangB(servers, load));
    return boost::math::gamma_p_derivative(servers + 1, load, Quiet{}) /
           boost::math::gamma_q(servers + 1, load, Quiet{});
}

double logErlangB(double servers, double load) {
    if (load == 0) return servers == 0 ? 0 : -std::numeric_limits<double>::infinity();
    if (load >= servers || largeDeviation(servers, load) <= kUnderflow) {
        const double direct = erlangB(servers, load);
        if (direct > 0) return std::log(direct);
    }
    // ln Q(c + 1, a) is within e^-600 of 0 here, except where few servers meet a tiny load.
    const double upper = boost::math::gamma_p(servers + 1, load, Quiet{});
    return servers * std::log(load) - load - std::lgamma(servers + 1) - std::log1p(-upper);
}

double erlangC(double servers, double load) {
    if (load >= servers) return 1;
    const double blocked = erlangB(servers, load);
    return blocked / ((servers - load) / servers + load / servers * blocked);
}

} // namespace plimsoll::queueing
