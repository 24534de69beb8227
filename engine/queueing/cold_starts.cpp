#include "engine/queueing/cold_starts.h"

#include "engine/distribution/euler.h"
#include "engine/queueing/erlang.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

namespace plimsoll::queueing {
namespace {

/// P(n busy), n = 0 ... of a Poisson law cut off at the limit.
std::vector<double> busyStates(double load, double limit) {
    const double most = std::min(limit, std::ceil(load + 12 * std::sqrt(load) + 30)); // theory/serverless.md 1
    std::vector<double> states;
    double sum = 0;
    for (double n = 0; n <= most; ++n) {
        states.push_back(load > 0 ? std::exp(n * std::log(load) - load - std::lgamma(n + 1)) : (n == 0 ? 1.0 : 0.0));
        sum += states.back();
    }
    for (double& state : states) state /= sum;
    return states;
}

struct Renewal {
    double cold = 0, live = 0;
};

/// Inverts sums over n of pi_n (1 - f_n(z)) / z and g_n(z) / z at the keep-alive time: f_n is the transform of the time
/// in which the number of busy ones first goes from n to n + 1.
Renewal renewal(const OnDemandServers& servers, double busy_s, const std::vector<double>& states) {
    using Complex = std::complex<double>;
    const double rate = servers.arrivalRate_per_s, end = 1 / busy_s;
    double load = 0;
    for (std::size_t n = 0; n < states.size(); ++n) load += double(n) * states[n];
    const auto first = std::size_t(std::min(servers.provisioned, double(states.size())));
    const auto& rule = distribution::eulerRule();
    double cold = 0, above = 0;
    for (int k = 0; k < distribution::EulerRule::kNodes; ++k) {
        const Complex z{rule.real / servers.keepAlive_s, rule.imaginary[std::size_t(k)] / servers.keepAlive_s};
        Complex f = rate / (rate + z), reached = 0, coldAt = 0, aboveAt = 0;
        for (std::size_t n = 0; n < states.size(); ++n) {
            if (n > 0) f = rate / (rate + z + double(n) * end * (1.0 - f));
            if (n >= first) coldAt += states[n] * (1.0 - f);
            reached = (reached + states[n]) * f;
            if (n >= first) aboveAt += reached;
        }
        cold += rule.weight[std::size_t(k)] * (coldAt / z).real();
        above += rule.weight[std::size_t(k)] * (aboveAt / z).real();
    }
    double beyond = 0; // busy beyond the provisioned ones
    for (std::size_t n = first; n < states.size(); ++n) beyond += double(n - first) * states[n];
    return {std::clamp(cold / servers.keepAlive_s, 0.0, 1.0),
            servers.provisioned + beyond + std::max(0.0, above / servers.keepAlive_s)};
}

} // namespace

ColdStarts coldStarts(const OnDemandServers& servers) {
    constexpr int kRounds = 100;
    constexpr double kClose = 1e-12;
    ColdStarts figures;
    figures.live = servers.provisioned;
    if (!(servers.arrivalRate_per_s > 0) || !(servers.busy_s + servers.boot_s > 0)) return figures;
    for (int round = 0; round < kRounds; ++round) {
        const double before = figures.cold, busy_s = servers.busy_s + figures.cold * servers.boot_s;
        const double load = servers.arrivalRate_per_s * std::max(busy_s, 1e-300);
        figures.refused = erlangB(servers.limit, load);
        const std::vector<double> states = busyStates(load, servers.limit);
        double busy = 0, needed = 0; // finds all provisioned ones busy
        for (std::size_t n = 0; n < states.size(); ++n) {
            busy += double(n) * states[n];
            if (double(n) >= servers.provisioned && double(n) < servers.limit) needed += states[n];
        }
        figures.busy = busy;
        if (servers.keepAlive_s > 0 && busy_s > 0) {
            const Renewal found = renewal(servers, busy_s, states);
            figures.cold = std::min(found.cold, needed);
            figures.live = std::min(std::max(found.live, busy), servers.limit);
        } else {
            figures.cold = needed;
            figures.live = std::max(busy, servers.provisioned);
        }
        if (figures.refused < 1) figures.cold = std::min(1.0, figures.cold / (1 - figures.refused));
        if (std::abs(figures.cold - before) <= kClose) break;
    }
    return figures;
}

} // namespace plimsoll::queueing
