#include "engine/balancer/model/policy_case.h"

#include "engine/queueing/erlang.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

/// Several balancers: powers of the number of cores and of the way.
constexpr double kMoreCores = 0.6, kLater = 1.25;

bool isNear(double value, double expected) {
    constexpr double kRelative = 1e-9;
    return std::abs(value - expected) <= kRelative * expected;
}

} // namespace

PolicyCase::PolicyCase(const PolicyLoad& asked, Detail wanted) : load(asked), detail(wanted) {
    for (std::size_t g = 0; g < asked.groups.size(); ++g) {
        const ServerGroup& each = asked.groups[g];
        if (!(each.count > 0 && each.weight > 0)) continue;
        candidates.push_back(g);
        count += each.count;
        speeds += each.count * each.speed;
    }
    serviceMean_s = asked.service.first;
    offered = asked.arrivalRate_per_s * serviceMean_s;
    const double square = serviceMean_s * serviceMean_s;
    service = {1, asked.service.second / square, asked.service.third / (square * serviceMean_s),
               asked.service.fourth / (square * square)};
    serviceScv = queueing::scv(service);
    exponential = isNear(service.second, 2) && isNear(service.third, 6) && isNear(service.fourth, 24);
    if (isNear(service.second, 2)) serviceScv = 1;
    sharing = asked.discipline == flow::Discipline::ProcessorSharing;
}

Seen withMeanWait(Seen seen, double cores, double mean) {
    double waits = 0, found = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
        if (double(k) < cores) continue;
        waits += seen[k];
        found += seen[k] * (double(k) + 1 - cores) / cores;
    }
    if (!(found > 0) || !(mean > 0)) return {};
    // More or fewer of those that wait, as far as there are others; then longer queues.
    constexpr double kNobody = 1e-9;
    const bool nobody = 1 - waits < kNobody; // found a free core: those that do now just find one
    const double factor = std::min(mean / found, nobody ? 1 : 1 / waits);
    const double others = nobody ? 0 : (1 - factor * waits) / (1 - waits);
    for (std::size_t k = 0; k < seen.size(); ++k) seen[k] *= double(k) < cores ? others : factor;
    if (nobody) seen[std::min(seen.size(), std::size_t(std::ceil(cores))) - 1] += 1 - factor * waits;
    return seen;
}

double serviceFactor(const PolicyCase& asked, double utilisation) {
    if (asked.serviceScv == 1) return 1;
    const double c = asked.load.cores;
    return c == 1 ? (1 + asked.serviceScv) / 2 : queueing::mgcWaitRatio(c, c * utilisation, asked.serviceScv);
}

Waiting poissonWaiting(const PolicyCase& asked, double utilisation) {
    const double c = asked.load.cores, load = c * utilisation;
    const Places places = poissonPlaces({1, c, utilisation});
    Waiting waiting;
    if (asked.sharing) {
        waiting.mean = places.first / c;
        waiting.poisson = true;
        if (asked.laws()) waiting.seen = seenFrom(poissonBelow(c, load), places);
        return waiting;
    }
    waiting.mean = places.first / c * serviceFactor(asked, utilisation);
    if (!asked.laws()) return waiting;
    if (asked.exponential)
        waiting.wait = queueing::mmcWait(places.waits, c, load, 1);
    else if (c == 1)
        waiting.wait = queueing::mg1Wait(utilisation, asked.service);
    else
        waiting.wait = queueing::mgcWait(places.waits, c, load, 1, asked.serviceScv);
    return waiting;
}

void write(const PolicyCase& asked, std::size_t candidate, double share, double utilisation, const Waiting& waiting,
           PolicyFigures& figures) {
    GroupFigures& out = figures.groups[asked.candidates[candidate]];
    out.share = share;
    out.utilisation = utilisation;
    out.steady = utilisation < 1;
    if (!out.steady) {
        figures.steady = figures.steady && !(share > 0);
        return;
    }
    // A wait of less is none, and its moments would underflow.
    constexpr double kLeastWait = 1e-60; // services
    if (waiting.mean < kLeastWait && !waiting.poisson) {
        // Shared: as with hardly any load.
        out.sharing = {asked.load.cores, 0, asked.serviceMean_s / asked.group(candidate).speed,
                       asked.serviceScv, 0, {}};
        return;
    }
    const double unit = asked.serviceMean_s / asked.group(candidate).speed, c = asked.load.cores;
    out.waitMean = Seconds{waiting.mean * unit};
    if (!asked.laws()) return;
    if (!asked.sharing) {
        const distribution::Cumulants& w = waiting.wait.cumulants;
        out.wait = {waiting.wait.probability,
                    {w.mean * unit, w.variance * unit * unit, w.third * unit * unit * unit},
                    waiting.wait.exact};
        return;
    }
    const double load = c * utilisation;
    out.sharing = {c, load, unit, asked.serviceScv, 0, {}};
    if (!waiting.poisson) {
        out.sharing.seen = withMeanWait(waiting.seen, c, waiting.mean);
        // Too many states: Poisson arrivals at a load that stretches as much (all cores busy nearly always).
        constexpr double kNearlyAll = 1 - 1e-9;
        if (out.sharing.seen.empty())
            out.sharing.load = c * std::min(kNearlyAll, waiting.mean * c / (1 + waiting.mean * c));
    }
    out.sharing.waitProbability = queueing::erlangC(c, out.sharing.load);
}

double likeRandomInTurns(double balancers, double cores, double utilisation) {
    const double odds = 0.48 * (balancers - 1) * std::pow(1 - utilisation, 1.5) / std::pow(cores, kMoreCores);
    return odds / (1 + odds);
}

double likeRandomCounting(double balancers, double cores, double utilisation) {
    const double odds =
        0.87 * std::pow(balancers - 1, 0.9) * std::pow(1 - utilisation, 1.4) / std::pow(cores, kMoreCores);
    return odds / (1 + odds);
}

Places onTheWay(const Places& one, const Places& random, double way) {
    if (!(one.waits > 0)) return withMean(random, way * random.first);
    const double from = one.first / one.waits, to = random.first / random.waits;
    const double first = one.first + way * (random.first - one.first);
    const double ofThose = from + (to - from) * std::pow(way, kLater);
    return withMean(geometricPlaces(std::min(1.0, first / ofThose), 1 - 1 / std::max(1.0, ofThose)), first);
}

queueing::Wait onTheWay(const queueing::Wait& one, const queueing::Wait& random, double way) {
    if (!(one.cumulants.mean > 0) || !(random.cumulants.mean > 0))
        return queueing::gammaWait(way * random.probability, way * random.cumulants.mean, 1);
    const auto scvOfThose = [](const queueing::Wait& wait) {
        const double ofThose = wait.cumulants.mean / wait.probability;
        const double relative = wait.cumulants.variance / wait.probability / ofThose / ofThose;
        return std::isfinite(relative) ? relative + wait.probability - 1 : 1;
    };
    const double from = one.cumulants.mean / one.probability, to = random.cumulants.mean / random.probability;
    const double mean = one.cumulants.mean + way * (random.cumulants.mean - one.cumulants.mean);
    const double ofThose = from + (to - from) * std::pow(way, kLater);
    const double scv = scvOfThose(one) + way * (scvOfThose(random) - scvOfThose(one));
    return queueing::gammaWait(std::min(1.0, mean / ofThose), mean, scv);
}

} // namespace plimsoll::balancer
