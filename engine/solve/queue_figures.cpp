#include "engine/solve/queue_figures.h"

#include "engine/network/pool.h"
#include "engine/queueing/erlang.h"
#include "engine/queueing/ggc.h"
#include "engine/queueing/mmck.h"
#include "engine/queueing/priority.h"
#include "engine/solve/cells.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::flow {
namespace {

/// theory/stations.md 6: the measured range of the two-moment approximation.
constexpr double kLargestServers = 64, kLargestScv = 10;

struct Arriving {
    double rate = 0, load = 0; // per s, erlangs
    queueing::ServiceMoments service;
    Arrivals arrivals = {};
};

void setWait(QueueFigures& figures, const queueing::Wait& wait) {
    figures.mustWait = wait.probability;
    figures.wait = wait.cumulants.mean;
    figures.cumulants = wait.cumulants;
}

void setWaitLaw(QueueFigures& figures, const queueing::Wait& wait) {
    setWait(figures, wait);
    figures.law = QueueFigures::Waits;
    figures.phases = queueing::waitLaw(wait).phases;
}

queueing::Wait generalWait(const Cell& cell, const Arriving& arriving, double scv) {
    const double waits = queueing::erlangC(cell.servers, arriving.load);
    return queueing::ggcWait({.servers = cell.servers,
                              .load = arriving.load,
                              .serviceMean_s = arriving.service.first,
                              .arrivalScv = arriving.arrivals.scv,
                              .serviceScv = scv,
                              .waitProbability = waits});
}

void share(const Cell& cell, const Arriving& arriving, QueueFigures& figures) {
    const double scv = scvOf(arriving.service), mean = arriving.service.first;
    figures.law = QueueFigures::Sharing;
    figures.mustWait = queueing::erlangC(cell.servers, arriving.load);
    figures.sharing = {.servers = cell.servers,
                       .load = arriving.load,
                       .serviceMean_s = mean,
                       .serviceScv = scv,
                       .waitProbability = figures.mustWait};
    figures.stretch = queueing::psStretch(figures.sharing);
    figures.method = {"ps", Exactness::Exact};
    if (arriving.arrivals.scv == 1 || !(figures.stretch > 1)) return;
    // theory/balancing.md 2: in heavy traffic the number that share is the work over its mean residual.
    const double queued = generalWait(cell, arriving, scv).cumulants.mean * 2 / (1 + scv);
    scaleWait(figures, queued / ((figures.stretch - 1) * mean));
    figures.method = {"ps-general-arrivals", Exactness::Approximation};
}

void queue(const Cell& cell, const Arriving& arriving, QueueFigures& figures) {
    const double waits = queueing::erlangC(cell.servers, arriving.load), mean = arriving.service.first;
    const double scv = scvOf(arriving.service);
    const bool inside = cell.servers <= kLargestServers && scv <= kLargestScv;
    if (arriving.arrivals.scv != 1) {
        setWaitLaw(figures, generalWait(cell, arriving, scv));
        figures.method = {"ggc", Exactness::Approximation, inside};
    } else if (cell.exponential) {
        setWait(figures, queueing::mmcWait(waits, cell.servers, arriving.load, mean));
        figures.law = QueueFigures::Mmc;
        figures.clearing = (cell.servers - arriving.load) / mean;
        figures.method = {"mmc", Exactness::Exact};
    } else if (cell.servers == 1) {
        setWait(figures, queueing::mg1Wait(arriving.rate, arriving.service));
        figures.law = QueueFigures::Pollaczek;
        figures.method = {"mg1", Exactness::Exact};
    } else {
        setWaitLaw(figures, queueing::mgcWait(waits, cell.servers, arriving.load, mean, scv));
        figures.method = {"mgc", Exactness::Approximation, inside};
    }
}

/// M/M/c/K; a general service by as many places as wait as long (theory/stations.md 11).
void finite(const Station& station, const Cell& cell, const Arriving& arriving, QueueFigures& figures) {
    const double mean = arriving.service.first, scv = scvOf(arriving.service);
    queueing::FiniteStation queue{cell.servers, double(*station.capacity), arriving.load, mean};
    const bool exact = cell.exponential || cell.sharing || queue.capacity == cell.servers;
    if (!exact) {
        constexpr double kHighest = 0.98; // utilisation at which the places are compared
        const double load = std::min(arriving.load, kHighest * cell.servers);
        queue.capacity =
            cell.servers + (queue.capacity - cell.servers) / queueing::mgcWaitRatio(cell.servers, load, scv);
    }
    const queueing::FiniteFigures found = queueing::finiteQueue(queue);
    figures.steady = true;
    figures.carried = 1;
    figures.blocked = found.loss;
    figures.busy = found.carriedLoad;
    figures.method = {"mmck", exact ? Exactness::Exact : Exactness::Approximation};
    const double rate = arriving.rate * (1 - found.loss);
    if (!(rate > 0)) return;
    if (cell.sharing) {
        const double stretch = std::max(1.0, found.numberInSystem / (rate * mean)), busy = 1 - 1 / stretch;
        figures.law = QueueFigures::Sharing;
        figures.stretch = stretch;
        figures.sharing = {
            .servers = 1, .load = busy, .serviceMean_s = mean, .serviceScv = scv, .waitProbability = busy};
        return;
    }
    setWaitLaw(figures, found.wait);
    if (!exact) return;
    // Who finds c + j there waits for j + 1 ends.
    constexpr double kMostPlaces = 64;
    const double places = queue.capacity - cell.servers, ratio = arriving.load / cell.servers;
    if (places > kMostPlaces || places < 1) return;
    figures.phases = {{.weight = {1 - found.wait.probability}, .shape = 1, .scale = Seconds{0}}};
    double sum = 0, weight = 1;
    for (double j = 0; j < places; ++j, weight *= ratio) sum += weight;
    weight = 1;
    for (double j = 0; j < places; ++j, weight *= ratio)
        figures.phases.push_back(
            {.weight = {found.wait.probability * weight / sum}, .shape = j + 1, .scale = Seconds{mean / cell.servers}});
}

/// A birth-death queue whose rate depends on how many are in service; sharing is insensitive to the service's law.
void slow(const Station& station, const Arriving& arriving, QueueFigures& figures) {
    const double mean = arriving.service.first;
    const bool shares = station.discipline == Discipline::ProcessorSharing;
    if (shares && !station.capacity) { // the holds around it bound it, and give its figures
        figures.steady = false;
        return;
    }
    network::PoolQueue queue;
    const double most = shares ? double(*station.capacity) : double(*station.servers);
    const std::vector<double> rates = slowingRates(station, most, mean);
    queue.arrivalRate_per_s = arriving.rate;
    queue.rates_per_s = rates;
    queue.tokens = most;
    if (station.capacity) queue.queueLimit = double(*station.capacity) - most;
    const network::PoolFigures found = network::poolQueue(queue);
    figures.steady = found.steady;
    figures.blocked = found.refused;
    figures.carried = found.steady ? 1 : found.carried_per_s / arriving.rate;
    figures.busy = shares ? std::min(found.busy, double(*station.servers)) : found.busy;
    figures.method = {"contention", Exactness::Approximation};
    if (!found.steady) return;
    figures.stretch = std::max(1.0, found.hold_s / mean);
    if (shares) {
        const double busy = 1 - 1 / figures.stretch;
        figures.law = QueueFigures::Sharing;
        figures.sharing = {.servers = 1, .load = busy, .serviceMean_s = mean, .serviceScv = 1, .waitProbability = busy};
    } else {
        setWaitLaw(figures, found.wait);
    }
}

void rank(const StationCell& at, const Traffic& traffic, std::uint32_t first, std::span<const Distribution> laws,
          std::span<QueueFigures> figures) {
    const Cell& cell = *at.cell;
    std::vector<queueing::PriorityClass> classes;
    for (std::uint32_t q = first; q < first + at.queues.size(); ++q)
        classes.push_back({traffic.queueRate[q], traffic.queueService[q], at.queues[q - first].priority});
    const bool interrupts = at.station->discipline == Discipline::PriorityPreemptiveResume;
    const auto found = interrupts ? queueing::preemptivePriority(cell.servers, classes)
                                  : queueing::nonPreemptivePriority(cell.servers, classes);
    for (std::size_t i = 0; i < found.size(); ++i) {
        QueueFigures& queue = figures[first + i];
        const queueing::PriorityFigures& one = found[i];
        const double offered = classes[i].arrivalRate_per_s, mean = classes[i].service.first;
        queue.steady = one.steady;
        queue.carried = offered > 0 ? std::min(1.0, one.carriedRate_per_s / offered) : 1;
        queue.busy = one.carriedRate_per_s * mean;
        queue.method = {interrupts ? "priority-preemptive" : "priority-nonpreemptive",
                        one.exact ? Exactness::Exact : Exactness::Approximation};
        if (!one.steady || !(offered > 0)) continue;
        setWaitLaw(queue, one.wait);
        if (interrupts && mean > 0)
            queue.stretch = std::max(1.0, (one.response.mean - one.wait.cumulants.mean) / mean);
        else if (one.wait.probability > 0) {
            queue.transform = std::make_shared<const queueing::WaitTransform>(
                queueing::nonPreemptiveTransform(cell.servers, classes, laws.subspan(first, found.size()), i));
            queue.law = QueueFigures::Given;
        }
    }
}

/// Who comes with others waits for those before it in the batch: the mean is exact for M^X/G/1 (Burke 1975), with
/// geometric batches of exponential services the law too: those that wait do so exponentially. Many servers are one of
/// c times the speed.
void addBatches(const Cell& cell, const Arriving& arriving, QueueFigures& figures) {
    const double batch = 1 + arriving.arrivals.excess / 2;
    const double more = (batch - 1) * arriving.service.first / (cell.servers - arriving.load);
    if (!(more > 0)) return;
    const double lost = figures.lost(arriving.service.first), mean = lost + more;
    if (cell.sharing && lost > 0) {
        scaleWait(figures, mean / lost);
    } else {
        const double waits = 1 - (1 - figures.mustWait) / batch, each = mean / waits;
        setWaitLaw(figures, queueing::waitFrom(waits, {each, each * each, 2 * each * each * each}, false));
    }
    figures.method = {"batch-arrivals", Exactness::Approximation};
}

} // namespace

std::vector<double> slowingRates(const Station& station, double most, double serviceMean_s) {
    std::vector<double> rates;
    for (double n = 1; n <= most; ++n) {
        const double slower = 1 + station.contention.sigma * (n - 1) + station.contention.kappa * n * (n - 1);
        rates.push_back(std::min(n, double(*station.servers)) / slower / serviceMean_s);
    }
    return rates;
}

void scaleWait(QueueFigures& figures, double factor) {
    if (factor == 1 || figures.law == QueueFigures::NoWait) return;
    figures.wait *= factor;
    if (figures.law == QueueFigures::Sharing) {
        // One core that is as slow: its law is that of M/G/1-PS with the same mean (theory/balancing.md 9).
        figures.stretch = 1 + factor * (figures.stretch - 1);
        const double busy = 1 - 1 / figures.stretch;
        figures.sharing = {.servers = 1,
                           .load = busy,
                           .serviceMean_s = figures.sharing.serviceMean_s,
                           .serviceScv = figures.sharing.serviceScv,
                           .waitProbability = busy};
        return;
    }
    if (figures.law != QueueFigures::Waits)
        figures.phases = queueing::waitLaw({figures.mustWait, figures.cumulants, false}).phases;
    for (Phase& phase : figures.phases) {
        phase.offset *= factor;
        phase.scale *= factor;
    }
    figures.law = QueueFigures::Waits;
    const auto& [mean, variance, third] = figures.cumulants;
    figures.cumulants = {factor * mean, factor * factor * variance, factor * factor * factor * third};
}

void computeQueues(const StationCell& at, const Traffic& traffic, std::uint32_t index, std::uint32_t firstQueue,
                   std::span<const Distribution> laws, std::span<QueueFigures> figures) {
    const Cell& cell = *at.cell;
    for (std::size_t q = firstQueue; q < firstQueue + at.queues.size(); ++q) {
        figures[q] = {};
        figures[q].method = {!cell.visited ? "unused" : cell.servers == 0 ? "delay-station" : "mmc", Exactness::Exact};
    }
    QueueFigures& first = figures[firstQueue];
    const Arriving arriving{traffic.rate[index], traffic.load[index], traffic.service[index], at.arrivals};
    if (cell.servers == 0 || !(arriving.load > 0)) {
        first.busy = cell.servers == 0 ? arriving.load : 0;
        return;
    }
    if (at.station->discipline == Discipline::PriorityNonPreemptive ||
        at.station->discipline == Discipline::PriorityPreemptiveResume)
        return rank(at, traffic, firstQueue, laws, figures);
    if (at.station->contention != Contention{}) {
        slow(*at.station, arriving, first);
    } else if (at.station->capacity) {
        finite(*at.station, cell, arriving, first);
    } else {
        first.steady = arriving.load < cell.servers;
        first.carried = first.steady ? 1 : cell.servers / arriving.load;
        first.busy = std::min(arriving.load, cell.servers);
        if (!first.steady) {
            first.method = {cell.sharing        ? "ps"
                            : cell.exponential  ? "mmc"
                            : cell.servers == 1 ? "mg1"
                                                : "mgc",
                            Exactness::Exact};
            return;
        }
        if (cell.sharing)
            share(cell, arriving, first);
        else
            queue(cell, arriving, first);
        addBatches(cell, arriving, first);
    }
    first.alone = first.lost(arriving.service.first);
}

} // namespace plimsoll::flow
