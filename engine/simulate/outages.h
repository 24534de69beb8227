// Which instances are dead or have left, and what is still to happen to them on a timeline.
#pragma once
#include "engine/simulate/kernel.h"
#include "engine/simulate/machine_settings.h"
#include "engine/simulate/program.h"

namespace plimsoll::simulate {

class Outages {
public:
    Outages(const Program& program, Kernel& kernel, std::uint64_t seed);

    /// A change to come.
    void schedule(double time, const Control& control);
    /// From now on instances die and are repaired as Fleet::failures says.
    void drawFailures();
    /// The change that is due at this event. One that was drawn has been followed by the next of its instance.
    Control due(std::uint32_t number);

    bool isDead(std::uint32_t fleet, std::uint32_t instance) const {
        return m_deadCount > 0 && m_dead[place(fleet, instance)] != 0;
    }
    /// A dead instance of this fleet does not answer; otherwise it refuses at once.
    bool hangs(std::uint32_t fleet) const { return m_program.outages[fleet].hangs; }
    /// false: it was so already.
    bool setDead(std::uint32_t fleet, std::uint32_t instance, bool dead);
    void setLeft(std::uint32_t fleet, std::uint32_t instance, bool left) { m_left[place(fleet, instance)] = left; }
    /// Instances of a fleet that answer and have not left.
    double up(std::uint32_t fleet) const;

private:
    std::size_t place(std::uint32_t fleet, std::uint32_t instance) const {
        return std::size_t(m_program.fleetFirst[fleet]) + instance;
    }

    const Program& m_program;
    Kernel& m_kernel;
    Random m_random;
    std::vector<Control> m_controls;
    std::vector<std::uint8_t> m_dead, m_left; ///< by instance of all fleets
    std::uint32_t m_deadCount = 0;
};

} // namespace plimsoll::simulate
