// What is asked for and given back in a simulated system.
#pragma once
#include "engine/simulate/program.h"

namespace plimsoll::simulate {

struct Resources {
    Resources(const Program& program, Kernel& kernel, std::uint64_t seed);

    /// A new window begins now.
    void restart(double now);
    /// Ends a batch of the window.
    void closeBatch();
    /// Takes all integrals up to now.
    void settle(double now);
    /// How many wait in queues without a limit.
    std::size_t waitingWithoutLimit() const;

    Stations stations;
    Pools pools;
    Limiters limiters;
};

} // namespace plimsoll::simulate
