// All single-server stations of the lattice at once. Internal to engine/network.
#pragma once
#include "engine/network/population_box.h"

namespace plimsoll::network {

/// One pass over the lattice, point by point; of every station only the values one step back in the first class are
/// kept, in place.
class SingleServers {
public:
    /// demands[class x count + station], scaled. Storage is the caller's.
    SingleServers(PopulationBox& box, std::span<const double> demands, std::size_t count, std::vector<double>& chain,
                  std::vector<double>& copies);

    /// Adds the stations to the network.
    void add(std::vector<double>& network);
    /// What one more copy of each, alone, would make of it, at N - 1_k and (k = classes) at N: copy().
    void copy(std::vector<double>& network);
    /// Both.
    void addAndCopy(std::vector<double>& network);
    double copy(std::size_t k, std::size_t station) const { return m_noted[k * m_count + station]; }

private:
    template <bool Chain, bool Copies> void run(std::vector<double>& network);
    template <bool Chain, bool Copies> void runRow(double* network, std::size_t row, std::span<const std::size_t> n);
    const double* enter(double* values, std::size_t row, std::span<const std::size_t> n) const;
    void note(std::size_t k, std::size_t position);

    PopulationBox& m_box;
    std::span<const double> m_demands;
    std::size_t m_count;
    std::vector<double>&m_chain, &m_copies;
    std::vector<double> m_noted, m_ones;
};

} // namespace plimsoll::network
