// The terms of one Serve or Delay.
#pragma once
#include "engine/solve/path_terms.h"
#include "engine/solve/state.h"

namespace plimsoll::flow {

class LeafTerms {
public:
    LeafTerms(const SolverState& state, const Solved& solved) : m_state(state), m_solved(solved) {}
    /// Adds the response of this visit to `law`; `alone`: nothing else on the path varies.
    void add(PathLaw& law, std::uint32_t visit, bool alone) const;

    /// Adds the wait of an Acquire or Limit.
    void addWaiting(PathLaw& law, const Node& node) const;

private:
    void addCoupled(PathLaw& law, std::uint32_t visit, flow::Distribution demand, bool alone) const;
    void addWait(PathLaw& law, std::uint32_t cell) const;

    const SolverState& m_state;
    const Solved& m_solved;
};

} // namespace plimsoll::flow
