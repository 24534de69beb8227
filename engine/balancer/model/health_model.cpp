#include "engine/balancer/model/health_model.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

using flow::Policy;

/// Servers beyond this are so many that the chain's empty end has no weight.
constexpr double kNegligible = 1e-17;

/// pi_b of b busy live servers: up at the rate of the live ones' part of the arrivals, down at b. The dead server is
/// one of the idle, and the only one when all others are busy.
double shareWhenCounting(double live, double offered) {
    if (!(offered > 0)) return 1 / (live + 1);
    // Outward from where up and down balance: offered (live - b) / (live - b + 1) = b + 1.
    const auto step = [&](double b) { return offered * ((live - b) / (live - b + 1)) / (b + 1); };
    const double start = std::clamp(std::floor(std::min(offered, live)), 0.0, live);
    double total = 1, share = 1 / (live - start + 1);
    double probability = 1;
    for (double b = start; b < live && probability > kNegligible * total; ++b) {
        probability *= step(b);
        total += probability;
        share += probability / (live - b);
    }
    probability = 1;
    for (double b = start; b > 0 && probability > kNegligible * total; --b) {
        probability /= step(b - 1);
        total += probability;
        share += probability / (live - b + 2);
    }
    return share / total;
}

} // namespace

DetectionTime detectionTime(const HealthRule& rule, flow::DownAs fault) {
    const Seconds interval = rule.check.interval;
    const Seconds hangs = fault == flow::DownAs::Hangs ? rule.check.timeout : Seconds{0};
    const double fall = rule.check.fall;
    const Seconds failing = rule.intervalWhileFailing.count() > 0 ? rule.intervalWhileFailing : interval;
    const Seconds least = rule.schedule == CheckSchedule::EveryInterval ? (fall - 1) * interval + hangs
                                                                        : fall * hangs + (fall - 1) * failing;
    return {least + interval / 2, least, least + interval};
}

Seconds readmissionTime(const HealthRule& rule) {
    return rule.check.interval / 2 + (double(rule.check.rise) - 1) * rule.check.interval;
}

double checksToFalseEjection(double failureProbability, double fall) {
    const double run = std::pow(failureProbability, fall);
    return (1 - run) / ((1 - failureProbability) * run);
}

double shareToDead(const DeadServer& server) {
    const double n = server.servers, even = 1 / n;
    switch (server.policy) {
    case Policy::LeastConnections:
    case Policy::WeightedLeastConnections:
    case Policy::LeastResponseTime:
    case Policy::ResourceBased:
        return server.fault == flow::DownAs::Hangs ? 0 : shareWhenCounting(n - 1, server.offered);
    case Policy::PowerOfTwo: {
        if (server.fault == flow::DownAs::Hangs) return 0;
        if (n <= 2) return shareWhenCounting(n - 1, server.offered);
        // f = (2 / n) (1 - idle / 2), idle = 1 - offered (1 - f) / (n - 1) at least 0.
        const double each = server.offered / (n - 1), share = (1 + each) / (n + each);
        return each * (1 - share) < 1 ? share : 2 * even;
    }
    default: return even;
    }
}

double deadErrorShare(const DeadServer& server, Seconds detection, Seconds up, Seconds down) {
    return std::min(1.0, server.servers * shareToDead(server) * (std::min(detection, down) / (up + down)));
}

double slowStartShare(double others, double weight, Seconds passed, Seconds window) {
    const double reached = window.count() > 0 ? weight * std::clamp(passed / window, 0.0, 1.0) : weight;
    return reached > 0 ? reached / (others + reached) : 0;
}

} // namespace plimsoll::balancer
