// The chain of busy servers by group where the fastest idle one takes an arrival. Internal to heterogeneous.h.
#pragma once
#include "engine/queueing/busy_groups.h"

namespace plimsoll::queueing {

/// States (busy servers of group 1, of group 2, ...); the full set carries a geometric queue. Solved by sweeps of Gauss
/// and Seidel, each followed by setting the weights of the levels (number busy) right from the balance between them.
class FastestChain {
public:
    /// Groups by falling rate, arrival rate below the sum of the rates. Memory grows with the product of count + 1.
    FastestChain(double arrivalRate_per_s, const std::vector<ServerGroup>& groups);

    /// True when the probabilities came to rest.
    bool solve();
    /// allBusy and utilisation.
    BusyGroups figures() const;

private:
    struct Source {
        std::size_t state = 0;
        double rate = 0;
    };
    std::size_t busy(std::size_t state, std::size_t group) const;
    void addSources(std::size_t state);
    double relax(std::size_t state);
    void setLevels();

    double m_arrival;
    const std::vector<ServerGroup>& m_groups;
    std::size_t m_levels = 0;
    std::vector<std::size_t> m_strides, m_level, m_order;
    std::vector<double> m_probability, m_departure, m_out;
    std::vector<std::size_t> m_firstSource; // by state, one more at the end
    std::vector<Source> m_sources;
};

} // namespace plimsoll::queueing
