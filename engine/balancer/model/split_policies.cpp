#include "engine/balancer/model/policy_case.h"
#include "engine/balancer/model/round_robin.h"
#include "engine/queueing/erlang.h"
#include "engine/queueing/ggc.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

/// In turns: every server gets requests at regular places of the order of arrival.
bool inTurns(flow::Policy policy) {
    return policy == flow::Policy::RoundRobin || policy == flow::Policy::WeightedRoundRobin;
}

/// Shares of one server of each candidate group.
std::vector<double> sharesOfServers(const PolicyCase& asked) {
    const PolicyLoad& load = asked.load;
    std::vector<double> shares;
    if (load.policy == flow::Policy::KeyHash && !load.keyShares.empty()) {
        for (std::size_t i = 0; i < asked.candidates.size(); ++i)
            shares.push_back(load.keyShares[asked.candidates[i]] / asked.group(i).count);
        return shares;
    }
    double total = 0;
    for (std::size_t i = 0; i < asked.candidates.size(); ++i) {
        shares.push_back(load.policy == flow::Policy::RoundRobin ? 1 : asked.group(i).weight);
        total += shares.back() * asked.group(i).count;
    }
    for (double& share : shares) share /= total;
    return shares;
}

/// More variable than Poisson: G/G/c by two moments.
Waiting burstyWaiting(const PolicyCase& asked, double utilisation, double arrivalScv) {
    const double c = asked.load.cores, load = c * utilisation;
    const queueing::GgcStation station{c, load, 1, arrivalScv, asked.serviceScv, queueing::erlangC(c, load)};
    const double mean = station.waitProbability / (c - load) * queueing::ggcWaitRatio(station);
    Waiting waiting;
    if (asked.sharing) {
        waiting.mean = mean / serviceFactor(asked, utilisation);
        if (asked.laws())
            waiting.seen =
                seenFrom(poissonBelow(c, load), withMean(poissonPlaces({1, c, utilisation}), waiting.mean * c));
        return waiting;
    }
    waiting.mean = mean;
    if (asked.laws()) waiting.wait = queueing::ggcWait(station);
    return waiting;
}

/// Less variable than Poisson, as in turns.
Waiting regularWaiting(const PolicyCase& asked, double utilisation, double arrivalScv) {
    const RegularArrivals server{1 / arrivalScv, asked.load.cores, utilisation};
    const Places places = regularPlaces(server);
    Waiting waiting;
    waiting.mean = regularWaitMean(server, places, asked.serviceScv);
    if (asked.sharing) {
        // The number present is the work over the mean residual service in heavy traffic (Gromoll 2004); less where
        // traffic is light and service varies (own fit, scv 4 and 9, n 3 to 16).
        waiting.mean /= serviceFactor(asked, utilisation);
        if (asked.serviceScv > 1)
            waiting.mean *= 1 - 0.42 * (1 - utilisation) * (1 - arrivalScv) * (1 - 1 / asked.serviceScv);
        if (!asked.laws()) return waiting;
        waiting.seen = seenFrom(poissonBelow(server.cores, server.cores * utilisation),
                                regularFound(server, places, asked.serviceScv, waiting.mean * server.cores));
    } else if (asked.laws()) {
        waiting.wait = regularWait(server, places, asked.service);
    }
    return waiting;
}

Waiting oneServer(const PolicyCase& asked, double utilisation, double arrivalScv) {
    if (!(utilisation > 0) || utilisation >= 1) return {};
    constexpr double kPoisson = 1e-12;
    if (std::abs(arrivalScv - 1) <= kPoisson) return poissonWaiting(asked, utilisation);
    return arrivalScv > 1 ? burstyWaiting(asked, utilisation, arrivalScv)
                          : regularWaiting(asked, utilisation, std::max(arrivalScv, kPoisson));
}

Waiting severalInTurns(const PolicyCase& asked, double utilisation, const Waiting& one, const Waiting& random) {
    const double c = asked.load.cores, way = likeRandomInTurns(asked.load.balancers, c, utilisation);
    Waiting waiting;
    waiting.mean = one.mean + way * (random.mean - one.mean);
    if (!asked.laws()) return waiting;
    if (asked.sharing)
        waiting.seen = mixed(one.seen, random.seen, way);
    else
        waiting.wait = onTheWay(one.wait, random.wait, way);
    return waiting;
}

flow::Method methodOf(const PolicyCase& asked) {
    const bool mean = asked.exponential || asked.sharing || asked.load.cores == 1;
    const bool poisson = asked.load.arrivalScv == 1;
    if (!inTurns(asked.load.policy))
        return {"policy-random", poisson && mean ? flow::Exactness::Exact : flow::Exactness::Approximation};
    const bool equal = std::ranges::all_of(asked.candidates, [&](std::size_t g) {
        return asked.load.groups[g].weight == asked.load.groups[asked.candidates[0]].weight;
    });
    const bool round = equal || asked.load.policy == flow::Policy::RoundRobin || asked.count <= 1;
    const bool exact = poisson && asked.exponential && round && (asked.load.balancers <= 1 || asked.count <= 1);
    return {round ? "policy-round-robin" : "policy-weighted-round-robin",
            exact ? flow::Exactness::Exact : flow::Exactness::Approximation};
}

} // namespace

void splitFigures(const PolicyCase& asked, PolicyFigures& figures) {
    const std::vector<double> shares = sharesOfServers(asked);
    const double arrivalScv = asked.load.arrivalScv;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const ServerGroup& group = asked.group(i);
        const double capacity = group.speed * asked.load.cores / asked.serviceMean_s / shares[i];
        figures.capacity.value = i == 0 ? capacity : std::min(figures.capacity.value, capacity);
        const double utilisation = asked.offered * shares[i] / (group.speed * asked.load.cores);
        const double atRandom = 1 + shares[i] * (arrivalScv - 1);
        Waiting waiting;
        if (!inTurns(asked.load.policy)) {
            waiting = oneServer(asked, utilisation, atRandom);
        } else {
            waiting = oneServer(asked, utilisation, shares[i] * arrivalScv);
            if (asked.load.balancers > 1 && utilisation > 0 && utilisation < 1)
                waiting = severalInTurns(asked, utilisation, waiting, oneServer(asked, utilisation, atRandom));
        }
        write(asked, i, group.count * shares[i], utilisation, waiting, figures);
    }
    figures.method = methodOf(asked);
}

} // namespace plimsoll::balancer
