#include "engine/queueing/finite_queue.h"

#include "engine/queueing/mg1k.h"
#include "engine/queueing/mgc.h"
#include "engine/queueing/phase_chain.h"

#include <algorithm>

namespace plimsoll::queueing {
namespace {

/// Mean wait over that of M/M/c, at a load that has one.
double waitRatio(const GeneralFiniteStation& station, double load, double scv) {
    constexpr double kHighest = 0.98; // utilisation
    return mgcWaitRatio(station.servers, std::min(load, kHighest * station.servers), scv);
}

/// M/M/c/K with the places over this ratio, and a queue longer by it: as a random walk of steps that much larger.
FiniteFigures interpolated(FiniteStation station, double ratio) {
    const double places = station.capacity - station.servers;
    station.capacity = station.servers + places / ratio;
    FiniteFigures figures = finiteQueue(station);
    figures.wait.cumulants = {ratio * figures.wait.cumulants.mean, ratio * ratio * figures.wait.cumulants.variance,
                              ratio * ratio * ratio * figures.wait.cumulants.third};
    figures.wait.exact = false;
    figures.queueLength = std::min(ratio * figures.queueLength, places); // beside many servers a place is rounded
    figures.numberInSystem = figures.queueLength + figures.carriedLoad;
    return figures;
}

/// The figures of M/M/c/K with its waits stretched to this queue length.
FiniteFigures withQueue(const FiniteFigures& base, const PhaseChainFigures& chain, double serviceMean) {
    FiniteFigures figures;
    figures.loss = chain.loss;
    figures.carriedLoad = chain.carriedLoad;
    figures.queueLength = chain.queueLength;
    figures.numberInSystem = chain.queueLength + chain.carriedLoad;
    const double mean = chain.queueLength * serviceMean / chain.carriedLoad;
    if (!(mean > 0) || !(base.wait.probability > 0)) return figures;
    // Those that wait: the base's law times a factor.
    const distribution::Cumulants& c = base.wait.cumulants;
    const double p = base.wait.probability, first = c.mean / p, second = (c.variance + c.mean * c.mean) / p;
    figures.wait = gammaWait(chain.waitProbability, mean, second / (first * first) - 1);
    return figures;
}

} // namespace

GeneralFiniteFigures generalFiniteQueue(const GeneralFiniteStation& station) {
    const double mean = distribution::mean(station.service).count(), load = station.arrivalRate_per_s * mean;
    const double scv = distribution::scv(station.service);
    const FiniteStation exponential{station.servers, station.capacity, load, mean};
    constexpr double kHopeless =
        1e12; // offered over served: the law of the service makes no difference of 1e-12 any more
    if (station.capacity == station.servers || distribution::isExponential(station.service) || !(load > 0) ||
        load > kHopeless * station.servers)
        return {finiteQueue(exponential), FiniteMethod::Exact};
    const FiniteFigures base = interpolated(exponential, waitRatio(station, load, scv));
    if (station.servers == 1) {
        if (const auto one = finiteOneServer(station.arrivalRate_per_s, station.service, station.capacity)) {
            const double idle = one->present.front();
            return {withQueue(base, {one->loss, one->queueLength, 1 - idle, 1 - idle / (1 - one->loss)}, mean),
                    FiniteMethod::Exact};
        }
    }
    if (const auto phases = twoPhases(station.service)) {
        if (const auto chain = phaseChain(station.arrivalRate_per_s, *phases, station.servers, station.capacity)) {
            const bool itself = station.service.phases.size() == 2 && phases->onward == 0 &&
                                station.service.phases[0].shape == 1 && station.service.phases[1].shape == 1;
            return {withQueue(base, *chain, mean), itself ? FiniteMethod::Exact : FiniteMethod::TwoPhases};
        }
    }
    return {base, FiniteMethod::Interpolated};
}

} // namespace plimsoll::queueing
