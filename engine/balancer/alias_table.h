// A draw in proportion to weights in O(1): Walker's alias method, built as in Vose, A linear algorithm for generating
// random numbers with a given distribution, 1991.
#pragma once
#include "engine/balancer/generator.h"

#include <cstddef>
#include <span>
#include <vector>

namespace plimsoll::balancer {

class AliasTable {
public:
    /// Room for so many; build() then allocates nothing up to there.
    void reserve(std::size_t count);
    /// Weights > 0 and finite, at least one. O(n).
    void build(std::span<const double> weights);
    /// A place, in proportion to the weights.
    std::uint32_t draw(Generator& generator) const {
        const std::uint64_t bits = generator.next();
        const std::uint32_t place = generator.below(static_cast<std::uint32_t>(m_cells.size()), std::uint32_t(bits));
        const Cell& cell = m_cells[place];
        return static_cast<std::uint32_t>(bits >> 32) <= cell.own ? place : cell.other;
    }

private:
    struct Cell {
        std::uint32_t own = 0;   // the place itself is drawn with probability (own + 1) / 2^32
        std::uint32_t other = 0; // otherwise this one
    };
    std::vector<Cell> m_cells;
    std::vector<double> m_scaled;         // working space of build()
    std::vector<std::uint32_t> m_pending; // the same: small ones from the front, large ones from the back
};

} // namespace plimsoll::balancer
