#include "engine/queueing/contention.h"

#include "engine/queueing/truncated.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::queueing {

double relativeCapacity(const flow::Contention& contention, double n) {
    return n / (1 + contention.sigma * (n - 1) + contention.kappa * n * (n - 1));
}

BestConcurrency bestConcurrency(const flow::Contention& contention) {
    BestConcurrency best;
    if (contention.kappa > 0) {
        const double real = std::sqrt(std::max(0.0, 1 - contention.sigma) / contention.kappa);
        const double below = std::max(1.0, std::floor(real)), above = std::max(1.0, std::ceil(real));
        best.real = real;
        best.whole = relativeCapacity(contention, above) > relativeCapacity(contention, below) ? above : below;
    } else if (contention.sigma > 0) {
        best.limit = 1 / contention.sigma;
    }
    return best;
}

double stationSpeed(const ContentionStation& station, double present) {
    const double working = std::min(present, station.servers), inService = station.shared ? present : working;
    if (inService == 0) return 0;
    return working / inService * relativeCapacity(station.contention, inService);
}

namespace {

/// Sums over the probabilities of 0 .. `count` present, in units of the largest; the last of them.
struct Present {
    double total = 0, number = 0, inService = 0, speed = 0, last = 0;
};
/// In logarithms: between a few and many present, where contention halts the station, they may be e^-1000 of both.
Present addUp(const ContentionStation& station, double count, double& highestSpeed) {
    const auto walk = [&](auto visit) {
        const double logLoad = std::log(station.load);
        double log = 0;
        visit(0.0, log);
        for (double n = 1; n <= count; ++n) {
            const double speed = stationSpeed(station, n);
            highestSpeed = std::max(highestSpeed, speed);
            log += logLoad - std::log(speed);
            visit(n, log);
        }
    };
    double highest = 0;
    walk([&](double, double log) { highest = std::max(highest, log); });
    Present sums;
    walk([&](double n, double log) {
        sums.last = std::exp(log - highest);
        sums.total += sums.last;
        sums.number += n * sums.last;
        sums.speed += stationSpeed(station, n) * sums.last;
        sums.inService += (station.shared ? n : std::min(n, station.servers)) * sums.last;
    });
    return sums;
}

/// A queue of `places` behind c in service: the states beyond c fall geometrically. `chain`: the sums as far as c.
void addQueue(const ContentionStation& station, const Present& chain, std::optional<double> places,
              ContentionFigures& figures) {
    const double speed = figures.speed, unit = station.serviceMean_s / speed, c = station.servers;
    double scale = 1; // of the sums as far as c, where the end of a long queue is the unit
    double queued = 0, above = 0, waiting = 0, full = 0; // P(c .. K - 1), P(> c), mean number waiting, P(K)
    distribution::Cumulants ahead{};
    if (!places) {
        const double idle = (speed - station.load) / speed, ratio = station.load / speed;
        queued = chain.last / idle;
        above = queued * ratio;
        waiting = above / idle;
        ahead = {ratio / idle, ratio / (idle * idle), ratio * (1 + ratio) / (idle * idle * idle)};
    } else {
        const double slope = std::log(station.load / speed), rise = std::exp(-std::abs(slope));
        const double sum = *places > 0 ? chain.last * geometricSum(-std::abs(slope), *places) : 0;
        scale = slope > 0 ? std::exp(-*places * slope) : 1;
        full = slope > 0 ? chain.last : chain.last * std::exp(*places * slope);
        queued = slope > 0 ? sum * rise : sum;
        above = slope > 0 ? sum : sum * rise;
        if (*places > 0) ahead = truncatedGeometric(slope, *places);
        waiting = above * (ahead.mean + 1);
    }
    const double total = chain.total * scale + above;
    figures.loss = full / total;
    figures.numberInSystem = (chain.number * scale + c * above + waiting) / total;
    figures.inService = (chain.inService * scale + c * above) / total;
    figures.carriedLoad = (chain.speed * scale + speed * above) / total;
    if (!(queued > 0)) return;
    const double letIn = (chain.total - chain.last) * scale + queued;
    const double departures = ahead.mean + 1;
    figures.wait = waitFrom(std::min(1.0, queued / letIn),
                            {departures * unit, (departures + ahead.variance) * unit * unit,
                             (2 * departures + 3 * ahead.variance + ahead.third) * unit * unit * unit},
                            true);
}

} // namespace

std::optional<ContentionFigures> contentionStation(const ContentionStation& station) {
    ContentionFigures figures;
    const double counted =
        station.shared ? *station.capacity : std::min(station.servers, station.capacity.value_or(station.servers));
    if (!(counted <= kMostPresent)) return std::nullopt;
    figures.speed = stationSpeed(station, counted);
    if (!(station.load > 0)) {
        figures.highestSpeed = figures.speed;
        figures.responseMean_s = station.serviceMean_s;
        return figures;
    }
    const Present chain = addUp(station, counted, figures.highestSpeed);
    if (!station.capacity && station.load >= figures.speed) {
        figures.steady = false;
        return figures;
    }
    if (station.shared) {
        figures.loss = chain.last / chain.total;
        figures.numberInSystem = figures.inService = chain.number / chain.total;
        figures.carriedLoad = chain.speed / chain.total;
    } else {
        std::optional<double> places;
        if (station.capacity) places = *station.capacity - counted;
        addQueue(station, chain, places, figures);
    }
    figures.responseMean_s = figures.numberInSystem / figures.carriedLoad * station.serviceMean_s;
    return figures;
}

std::optional<PsStation> sharedStation(const ContentionStation& station, double serviceScv) {
    const double places = station.capacity.value_or(0);
    if (!(places >= 1 && places <= kMostSeen)) return std::nullopt;
    PsStation seen{.servers = station.servers,
                   .load = station.load,
                   .serviceMean_s = station.serviceMean_s,
                   .serviceScv = serviceScv,
                   .waitProbability = 0,
                   .seen = {},
                   .contention = station.contention};
    // Logarithms: from 1 the probabilities may leave a double's range in either direction.
    std::vector<double> logs{0};
    const bool nobody = !(station.load > 0);
    for (double n = 1; n < places && !nobody; ++n)
        logs.push_back(logs.back() + std::log(station.load / stationSpeed(station, n)));
    const double most = *std::ranges::max_element(logs);
    double total = 0;
    for (const double log : logs) {
        seen.seen.push_back(std::exp(log - most));
        total += seen.seen.back();
    }
    for (double& p : seen.seen) p /= total;
    return seen;
}

} // namespace plimsoll::queueing
