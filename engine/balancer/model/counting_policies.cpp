#include "engine/balancer/model/held_connections.h"
#include "engine/balancer/model/policy_case.h"
#include "engine/balancer/model/power_of_choices.h"
#include "engine/balancer/model/shortest_queue.h"
#include "engine/balancer/model/signal_policies.h"
#include "engine/balancer/model/unequal_servers.h"
#include "engine/queueing/erlang.h"
#include "engine/queueing/ggc.h"

#include <algorithm>
#include <cmath>

namespace plimsoll::balancer {
namespace {

using flow::Policy;

/// Whose keys are (connections + 1) / weight; for LeastResponseTime the weight is the speed, which is what a slowly
/// smoothed response time measures.
bool byWeight(const PolicyCase& asked) {
    return asked.load.policy == Policy::WeightedLeastConnections || asked.load.policy == Policy::LeastResponseTime;
}

double weightOf(const PolicyCase& asked, std::size_t candidate) {
    const ServerGroup& group = asked.group(candidate);
    if (!byWeight(asked)) return 1;
    return asked.load.policy == Policy::LeastResponseTime ? group.speed : group.weight;
}

bool allEqual(const PolicyCase& asked) {
    for (std::size_t i = 1; i < asked.candidates.size(); ++i)
        if (asked.group(i).speed != asked.group(0).speed || weightOf(asked, i) != weightOf(asked, 0)) return false;
    return true;
}

/// Arrivals that are not Poisson: as they change the wait of one shared queue; under the best of several the geometric
/// mean of that and of what they do behind random (own measurement: within 10 % of the mean response at scv 1/4 and 4).
double arrivalFactor(const PolicyCase& asked, const EqualServers& servers, bool choices) {
    const double scv = asked.load.arrivalScv;
    if (scv == 1) return 1;
    const auto factor = [&](double cores, double arrivalScv) {
        const double load = cores * servers.utilisation;
        queueing::GgcStation station{cores, load, 1, arrivalScv, asked.serviceScv, queueing::erlangC(cores, load)};
        const double own = queueing::ggcWaitRatio(station);
        station.arrivalScv = 1;
        const double poisson = queueing::ggcWaitRatio(station);
        return poisson > 0 && std::isfinite(own) ? own / poisson : 1;
    };
    const double shared = factor(servers.count * servers.cores, scv);
    return choices ? std::sqrt(shared * factor(servers.cores, 1 + (scv - 1) / servers.count)) : shared;
}

/// What one balancer's requests meet, exponential service.
struct Met {
    double wait = 0;
    Places places;
    Seen seen;
};

Met metByCounting(const PolicyCase& asked, const EqualServers& servers, double held) {
    if (held > 0) {
        HeldFound found = heldConnections(servers, held, asked.laws() && asked.sharing);
        return {found.wait, found.places, std::move(found.seen)};
    }
    Met met;
    met.places = shortestQueuePlaces(servers);
    met.wait = met.places.first / servers.cores;
    if (asked.laws() && asked.sharing) met.seen = shortestQueueSeen(servers, met.places);
    return met;
}

/// The lowest utilisation, at once.
Met metByIdleness(const PolicyCase& asked, const EqualServers& servers) {
    Met met;
    met.places = idleFirstPlaces(servers);
    met.wait = met.places.first / servers.cores;
    if (asked.laws() && asked.sharing)
        met.seen = seenFrom(poissonBelow(servers.cores, servers.cores * servers.utilisation), met.places);
    return met;
}

/// Best of several, drawn towards least connections by connections that are held elsewhere: own fit, two choices, n 4
/// and 8, held for 0.3 to 30 services, mean response within 3 %.
Met metByChoices(const PolicyCase& asked, const EqualServers& servers, double held) {
    const double choices = asked.load.choices, wait = powerOfChoicesWait(servers, choices);
    const double own = 1 / (1 + held / 2);
    Met met{wait, {}, {}};
    if (asked.laws()) {
        ChoicesFound found = powerOfChoicesFound(servers, choices);
        met.places = found.places;
        if (asked.sharing) met.seen = std::move(found.seen);
    }
    if (!(held > 0)) return met;
    const Met unheld = metByCounting(asked, servers, 0), counting = metByCounting(asked, servers, held);
    met.wait = counting.wait + own * (wait - unheld.wait);
    const double first = met.wait * servers.cores;
    if (asked.laws()) {
        met.places = mixed(withMean(counting.places, first), withMean(met.places, first), own);
        if (asked.sharing) met.seen = mixed(counting.seen, met.seen, own);
    }
    return met;
}

/// Signals of some age: the lowest takes all until the next poll.
void addHerd(const PolicyCase& asked, const EqualServers& servers, Waiting& waiting) {
    const double age = asked.load.signalAge_s * asked.group(0).speed / asked.serviceMean_s;
    const bool byTime = asked.load.policy == Policy::LeastResponseTime;
    if (!(age > 0) || !(byTime || asked.load.policy == Policy::ResourceBased)) return;
    waiting.mean += byTime ? herdByResponseTime(servers, age) : herdByUtilisation(servers, age);
    waiting.seen.clear();
    // Most wait, for anything up to twice the mean behind one server, and more unevenly behind several (simulated).
    constexpr double kInTurn = 0.5, kShared = 1;
    const double waits = std::max(waiting.wait.probability, servers.utilisation);
    if (asked.laws() && !asked.sharing)
        waiting.wait = queueing::gammaWait(waits, waiting.mean, byTime ? kInTurn : kShared);
}

/// Several balancers that see their own connections only: towards random, and away from servers with long requests,
/// for these keep their connections (own fit, scv 4, 2 to 32 balancers, mean response within 9 %).
void turnTowardsRandom(const PolicyCase& asked, const EqualServers& servers, bool choices, Met& met, double& factor) {
    const double c = servers.cores;
    const double way = likeRandomCounting(asked.load.balancers, choices ? 1 : c, servers.utilisation);
    const Places random = poissonPlaces(servers);
    met.wait += way * (random.first / c - met.wait);
    if (asked.laws()) {
        met.places = onTheWay(met.places, random, way);
        if (asked.sharing) met.seen = seenFrom(poissonBelow(c, c * servers.utilisation), met.places);
    }
    constexpr double kLargestFitted = 0.2;
    const double spread = std::clamp(residualSpread(asked.service), 0.0, kLargestFitted);
    const double plain = serviceFactor(asked, servers.utilisation);
    const double avoided = choices ? std::max(1 - factor / plain, 1.6 * spread) : 2.6 * spread;
    factor = plain * (1 - avoided * std::sqrt(1 - way));
}

Waiting equalWaiting(const PolicyCase& asked, const EqualServers& servers) {
    const bool choices = asked.load.policy == Policy::PowerOfTwo && asked.load.choices < servers.count;
    const double held = asked.load.heldElsewhere_s * asked.group(0).speed / asked.serviceMean_s;
    const bool idle = asked.load.policy == Policy::ResourceBased;
    Met met = idle      ? metByIdleness(asked, servers)
              : choices ? metByChoices(asked, servers, held)
                        : metByCounting(asked, servers, held);
    double factor = 1;
    if (!asked.exponential)
        factor = idle      ? serviceFactor(asked, servers.utilisation)
                 : choices ? powerOfChoicesServiceFactor(servers, asked.service)
                           : shortestQueueServiceFactor(servers, met.places.waits, asked.service);
    if (asked.load.balancers > 1) turnTowardsRandom(asked, servers, choices, met, factor);
    const double arrivals = arrivalFactor(asked, servers, choices);
    Waiting waiting;
    waiting.mean = met.wait * arrivals;
    if (asked.sharing) {
        waiting.seen = std::move(met.seen);
        return waiting;
    }
    waiting.mean *= factor;
    if (!asked.laws()) return waiting;
    // Arrivals in bursts find the servers busy more often, by about as much in odds (own measurement).
    Places places = met.places;
    places.waits = arrivals * places.waits / (1 - places.waits + arrivals * places.waits);
    places.second *= places.waits / met.places.waits;
    places.first *= places.waits / met.places.waits;
    waiting.wait = waitOf(places, servers.cores, waiting.mean, asked.service);
    return waiting;
}

/// More work than the servers do: whoever is counted grows equally (by weight) everywhere, and each serves at capacity.
void writeOverload(const PolicyCase& asked, PolicyFigures& figures) {
    const double capacity = asked.speeds * asked.load.cores, extra = asked.offered - capacity;
    double keys = 0;
    for (std::size_t i = 0; i < asked.candidates.size(); ++i) keys += asked.group(i).count * weightOf(asked, i);
    for (std::size_t i = 0; i < asked.candidates.size(); ++i) {
        const ServerGroup& group = asked.group(i);
        const double own = group.count * group.speed * asked.load.cores;
        const double offered = own + extra * group.count * weightOf(asked, i) / keys;
        write(asked, i, offered / asked.offered, std::max(1.0, offered / own), {}, figures);
    }
}

/// Best of several with slow servers overloaded: what falls on them alone is theirs.
void writeOverloadedSlow(const PolicyCase& asked, PolicyFigures& figures) {
    const double n = asked.count;
    std::vector<std::size_t> order(asked.candidates.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) { return asked.group(i).speed; });
    double before = 0, count = 0;
    for (std::size_t i : order) {
        const ServerGroup& group = asked.group(i);
        count += group.count;
        double all = 1;
        for (double k = 0; k < std::min(asked.load.choices, n); ++k) all *= std::max(0.0, count - k) / (n - k);
        const double share = std::max(0.0, all - before);
        before = all;
        const double utilisation = asked.offered * share / (group.count * group.speed * asked.load.cores);
        write(asked, i, share, utilisation, poissonWaiting(asked, std::min(utilisation, 1 - 1e-9)), figures);
    }
    figures.steady = false;
}

void writeUnequal(const PolicyCase& asked, PolicyFigures& figures) {
    UnequalServers servers{{}, asked.load.cores, asked.offered};
    for (std::size_t i = 0; i < asked.candidates.size(); ++i) {
        servers.groups.push_back(asked.group(i));
        servers.groups.back().weight = weightOf(asked, i);
    }
    const bool choices = asked.load.policy == Policy::PowerOfTwo && asked.load.choices < asked.count;
    if (choices) {
        const double most = powerOfChoicesCapacity(servers, asked.load.choices);
        figures.capacity.value = most / asked.serviceMean_s;
        if (asked.offered >= most) return writeOverloadedSlow(asked, figures);
    }
    const double idle = 1e-9 * asked.speeds; // of no load the limit of little
    servers.load = std::max(servers.load, idle);
    const auto groups = choices ? unequalPowerOfChoices(servers, asked.load.choices)
                                : unequalLeastConnections(servers, byWeight(asked));
    for (std::size_t i = 0; i < groups.size(); ++i) {
        const ServerGroup& group = asked.group(i);
        const double utilisation = asked.offered * groups[i].share / (group.count * group.speed * asked.load.cores);
        const EqualServers equal{asked.count, asked.load.cores, std::min(utilisation, 1 - 1e-12)};
        Waiting waiting;
        // In services at this group's speed.
        const double wait = asked.offered > 0 ? groups[i].wait * group.speed : 0, first = wait * asked.load.cores;
        const double ratio = std::exp(asked.count * std::log(asked.offered / (asked.speeds * asked.load.cores)));
        const Places places = withMean(geometricPlaces(std::min(groups[i].waits, first * (1 - ratio)), ratio), first);
        waiting.mean = wait * arrivalFactor(asked, equal, choices);
        if (asked.sharing) {
            if (asked.laws())
                waiting.seen = seenFrom(poissonBelow(asked.load.cores, asked.load.cores * utilisation), places);
        } else {
            if (!asked.exponential)
                waiting.mean *= choices ? powerOfChoicesServiceFactor(equal, asked.service)
                                        : shortestQueueServiceFactor(equal, places.waits, asked.service);
            if (asked.laws()) waiting.wait = waitOf(places, asked.load.cores, waiting.mean, asked.service);
        }
        write(asked, i, groups[i].share, std::min(utilisation, 1 - 1e-12), waiting, figures);
    }
}

/// The range that was measured.
bool insideValidity(const PolicyCase& asked) {
    const PolicyLoad& load = asked.load;
    constexpr double kLargestScv = 10, kSlowly = 0.01, kLessSlowly = 0.1;
    if (asked.serviceScv > kLargestScv || load.arrivalScv > 4) return false;
    if (load.policy == Policy::ResourceBased) return load.signalAge_s == 0 && load.balancers <= 1;
    if (load.policy != Policy::LeastResponseTime) return true;
    return load.signalAge_s == 0 &&
           (load.smoothing <= kSlowly || (load.smoothing <= kLessSlowly && asked.serviceScv <= 1));
}

std::string_view methodId(const PolicyCase& asked, bool equal) {
    switch (asked.load.policy) {
    case Policy::LeastResponseTime: return asked.load.signalAge_s > 0 ? "policy-herd" : "policy-least-response-time";
    case Policy::ResourceBased: return asked.load.signalAge_s > 0 ? "policy-herd" : "policy-resource-based";
    case Policy::PowerOfTwo:
        if (asked.load.choices < asked.count) return equal ? "policy-power-of-two" : "policy-power-of-two-unequal";
        break;
    case Policy::WeightedLeastConnections:
        if (!equal) return "policy-weighted-least-connections";
        break;
    default: break;
    }
    return equal ? "policy-least-connections" : "policy-least-connections-unequal";
}

} // namespace

void countingFigures(const PolicyCase& asked, PolicyFigures& figures) {
    const bool equal = allEqual(asked);
    const double capacity = asked.speeds * asked.load.cores;
    figures.capacity.value = capacity / asked.serviceMean_s;
    figures.method = {methodId(asked, equal), flow::Exactness::Approximation, insideValidity(asked)};
    if (asked.offered >= capacity) return writeOverload(asked, figures);
    if (!equal) return writeUnequal(asked, figures);
    const EqualServers servers{asked.count, asked.load.cores, asked.offered / capacity};
    Waiting waiting;
    if (servers.count <= 1) {
        PolicyLoad plain = asked.load;
        plain.policy = Policy::Random;
        return splitFigures(PolicyCase(plain, asked.detail), figures);
    }
    if (servers.utilisation > 0) {
        waiting = equalWaiting(asked, servers);
        addHerd(asked, servers, waiting);
    }
    for (std::size_t i = 0; i < asked.candidates.size(); ++i)
        write(asked, i, asked.group(i).count / asked.count, servers.utilisation, waiting, figures);
}

} // namespace plimsoll::balancer
