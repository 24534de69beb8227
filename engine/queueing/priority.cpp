#include "engine/queueing/priority.h"

#include "engine/queueing/priority_levels.h"

#include <cmath>

namespace plimsoll::queueing {
namespace {

using distribution::Cumulants;

Cumulants cumulantsOf(const ServiceMoments& service) {
    return distribution::fromRawMoments(service.first, service.second, service.third);
}

/// `residual`: what may be met in service.
Wait waitOf(const Level& level, const Offered& residual, const ManyServers& many) {
    if (!(residual.load > 0)) return {};
    const WaitMoments fast = fastServerWait(level, residual);
    const double first = fast.first / residual.load, second = fast.second / residual.load; // of those that wait
    return gammaWait(many.probability, many.probability * first * many.stretch, second / (first * first) - 1);
}

/// Service and a Poisson number of interruptions.
Cumulants completion(const Cumulants& service, const Interruptions& busy) {
    const double whole = 1 + busy.share;
    return {whole * service.mean, whole * whole * service.variance + busy.second * service.mean,
            whole * whole * whole * service.third + 3 * whole * busy.second * service.variance +
                busy.third * service.mean};
}

PriorityFigures basics(const PriorityClass& one, const Level& level) {
    PriorityFigures figures;
    figures.steady = level.steady;
    figures.carriedRate_per_s = one.arrivalRate_per_s * level.carried;
    return figures;
}

} // namespace

std::vector<PriorityFigures> nonPreemptivePriority(double servers, std::span<const PriorityClass> classes) {
    const Levels levels = levelsOf(servers, classes);
    const ManyServers many = manyServers(servers, levels.station);
    const bool exact = servers == 1 || isOneExponential(classes);
    std::vector<PriorityFigures> all;
    for (const PriorityClass& one : classes) {
        const Level& level = levels.of(one);
        PriorityFigures figures = basics(one, level);
        if (level.steady) {
            figures.wait = waitOf(level, levels.station, many);
            figures.response = figures.wait.cumulants + cumulantsOf(one.service);
            figures.queueLength = one.arrivalRate_per_s * figures.wait.cumulants.mean;
            figures.exact = exact;
        }
        all.push_back(figures);
    }
    return all;
}

std::vector<PriorityFigures> preemptivePriority(double servers, std::span<const PriorityClass> classes) {
    const Levels levels = levelsOf(servers, classes);
    const bool exact = servers == 1 || isOneExponential(classes);
    std::vector<PriorityFigures> all;
    for (const PriorityClass& one : classes) {
        const Level& level = levels.of(one);
        PriorityFigures figures = basics(one, level);
        if (level.steady) {
            const Offered upTo = level.upTo();
            figures.wait = waitOf(level, upTo, manyServers(servers, upTo));
            figures.response =
                figures.wait.cumulants + completion(cumulantsOf(one.service), interruptionsOf(servers, level));
            figures.queueLength = one.arrivalRate_per_s * (figures.response.mean - one.service.first);
            figures.exact = exact;
        }
        all.push_back(figures);
    }
    return all;
}

} // namespace plimsoll::queueing
