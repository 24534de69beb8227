#include "engine/queueing/priority_levels.h"

#include "engine/queueing/erlang.h"
#include "engine/queueing/mgc.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace plimsoll::queueing {

Offered& Offered::operator+=(const Offered& other) {
    rate += other.rate;
    load += other.load;
    second += other.second;
    third += other.third;
    return *this;
}

Offered Level::upTo() const {
    Offered sum = before;
    return sum += own;
}

const Level& Levels::of(const PriorityClass& one) const {
    const auto level = std::ranges::find(levels, one.priority, &Level::priority);
    assert(level != levels.end());
    return *level;
}

Levels levelsOf(double servers, std::span<const PriorityClass> classes) {
    Levels all;
    for (const PriorityClass& one : classes) {
        auto level = std::ranges::find(all.levels, one.priority, &Level::priority);
        if (level == all.levels.end()) {
            level = all.levels.emplace(all.levels.end());
            level->priority = one.priority;
        }
        const double rate = one.arrivalRate_per_s;
        level->own += {rate, rate * one.service.first / servers, rate * one.service.second / servers / servers,
                       rate * one.service.third / servers / servers / servers};
    }
    std::ranges::sort(all.levels, {}, &Level::priority);
    for (Level& level : all.levels) {
        level.before = all.station;
        const double left = 1 - all.station.load;
        if (level.own.load >= left) {
            level.steady = false;
            level.carried = left > 0 ? left / level.own.load : 0;
            const Offered offered = level.own;
            level.own = {offered.rate * level.carried, left, offered.second * level.carried,
                         offered.third * level.carried};
            // Full to the last bit: the levels after it must find nothing left.
            all.station += level.own;
            all.station.load = 1;
            continue;
        }
        all.station += level.own;
    }
    return all;
}

bool isOneExponential(std::span<const PriorityClass> classes) {
    constexpr double kSame = 1e-9;
    const auto same = [](double a, double b) { return std::abs(a - b) <= kSame * b; };
    const double mean = classes.front().service.first;
    return std::ranges::all_of(classes, [&](const PriorityClass& one) {
        return same(one.service.first, mean) && same(one.service.second, 2 * mean * mean) &&
               same(one.service.third, 6 * mean * mean * mean);
    });
}

WaitMoments fastServerWait(const Level& level, const Offered& residual) {
    const Offered up = level.upTo();
    const double before = 1 - level.before.load, after = 1 - up.load;
    const double first = residual.second / (2 * before * after);
    const double second =
        residual.third / (3 * before * before * after) +
        residual.second * (up.second / after + level.before.second / before) / (2 * before * before * after);
    return {first, second};
}

ManyServers manyServers(double servers, const Offered& up) {
    if (up.load >= 1) return {1, 1};
    if (servers == 1 || up.load == 0) return {up.load, 1};
    const double load = up.load * servers, mixScv = std::max(0.0, up.second * up.rate / (up.load * up.load) - 1);
    return {erlangC(servers, load), mgcWaitRatio(servers, load, mixScv) / ((1 + mixScv) / 2)};
}

namespace {

/// Number present in M/M/c and its derivative by the load (dB/da = B (c/a - 1 + B)).
double numberPresent(double servers, double load) {
    return load + erlangC(servers, load) * load / (servers - load);
}
double numberSlope(double servers, double load) {
    if (load == 0) return servers > 1 ? 1 : 2; // an arrival to M/M/1 waits for the one before it in first order
    const double idle = (servers - load) / servers, rho = load / servers, blocked = erlangB(servers, load);
    const double waits = erlangC(servers, load), blockedSlope = blocked * (servers / load - 1 + blocked);
    const double denominator = idle + rho * blocked;
    const double waitsSlope = (blockedSlope * idle + blocked * (1 - blocked) / servers) / (denominator * denominator);
    const double left = servers - load;
    return 1 + waitsSlope * load / left + waits * servers / (left * left);
}

/// Mean response of a level over its mean service, M/M/c with interruptions.
double responseRatio(double servers, const Level& level) {
    constexpr double kCancels = 1e-6; // of the load: then the difference quotient has lost six digits
    const double before = servers * level.before.load, own = servers * level.own.load;
    if (own > kCancels * before) return (numberPresent(servers, before + own) - numberPresent(servers, before)) / own;
    return numberSlope(servers, before + own / 2);
}

} // namespace

Interruptions interruptionsOf(double servers, const Level& level) {
    const Offered& higher = level.before;
    if (!(higher.load > 0)) return {};
    const double idle = 1 - higher.load;
    const double busyMean = higher.load / higher.rate / idle;
    double share = higher.load / idle; // one server
    if (servers > 1) {
        // What M/M/c's response has beside the wait until the service begins.
        const Offered up = level.upTo();
        const double wait = erlangC(servers, servers * up.load) / servers / idle / (1 - up.load);
        share = std::max(0.0, responseRatio(servers, level) - 1 - wait);
    }
    const double rate = share / busyMean;
    return {share, rate, rate * higher.second / higher.rate / std::pow(idle, 3),
            rate * (higher.third / higher.rate / std::pow(idle, 4) +
                    3 * higher.second * higher.second / higher.rate / std::pow(idle, 5))};
}

} // namespace plimsoll::queueing
