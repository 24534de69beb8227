// Classes added up by priority, as one server of c times the speed sees them. Internal to priority*.cpp.
#pragma once
#include "engine/queueing/priority.h"

namespace plimsoll::queueing {

/// What arrives with priorities up to a level: sums over the classes of rate x raw moment of the service time / c.
struct Offered {
    double rate = 0, load = 0, second = 0, third = 0; // of c times the speed: load is a share of the station
    Offered& operator+=(const Offered& other);
};
struct Level {
    unsigned priority = 0;
    Offered own;        // that is carried: less than it brings where it is overloaded
    Offered before;     // of all higher levels, carried
    double carried = 1; // share of what it brings
    bool steady = true;
    Offered upTo() const;
};

/// Highest first. `station` is the sum of what is carried.
struct Levels {
    std::vector<Level> levels;
    Offered station;
    const Level& of(const PriorityClass& one) const;
};
Levels levelsOf(double servers, std::span<const PriorityClass> classes);

/// Exponential service of one mean for every class, judged by its moments.
bool isOneExponential(std::span<const PriorityClass> classes);

/// First two raw moments of the wait before service on the fast server: `residual` holds those that may be met in
/// service (all, or without interruptions those up to the level).
struct WaitMoments {
    double first = 0, second = 0;
};
WaitMoments fastServerWait(const Level& level, const Offered& residual);

/// How the fast server's waits become those of c servers: those that wait become `probability`, and their waits are
/// multiplied by `stretch`. `up` is what is served alike: all, or with interruptions the classes up to a level.
struct ManyServers {
    double probability = 0, stretch = 1;
};
ManyServers manyServers(double servers, const Offered& up);

/// Interruptions of a service by the higher levels: a Poisson number of their busy periods.
struct Interruptions {
    double share = 0;  // mean time of interruption over the service's
    double rate = 0;   // of busy periods, per unit of service
    double second = 0; // rate x second raw moment of a busy period
    double third = 0;
};
Interruptions interruptionsOf(double servers, const Level& level);

} // namespace plimsoll::queueing
