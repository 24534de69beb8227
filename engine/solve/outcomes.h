// How a node ends, and how often what is below it is entered, up the graph (DESIGN.md 3.1, 3.3).
#pragma once
#include "engine/solve/unknowns.h"

#include <array>

namespace plimsoll::flow {

inline constexpr std::size_t kCauses = std::size_t(Cause::StateLost) + 1;
using ByCause = std::array<double, kCauses>;

/// Shares of what enters a node; they sum to 1.
struct Outcome {
    double success = 1;
    double stuck = 0; // succeeds, but after a wait in a queue that grows
    double never = 0; // stays in a queue that grows
    ByCause fail{};

    double passes() const { return success + stuck; }
    double failure() const;
};

/// Tries of an Attempt: its body fails with a cause that it retries with probability `failing`.
struct Tries {
    double onceMore = 0; // chance that a try is followed by another, while tries are left
    double again = 1;    // chance that such a failure is tried again, while tries are left (the budget)
    double expected = 1; // tries for one entry
    double givenUp = 1;  // of those failures of a single try, weighted over all tries, how many are final
};
Tries triesOf(const Attempt& attempt, double failing);

struct Outcomes {
    std::vector<Outcome> node;
    std::vector<double> edge;    // by edge: entries of the child for one entry of the node
    std::vector<double> kept;    // by edge: work done in the child, as a share of what it would be
    std::vector<double> busy;    // by edge: the same where waits stay as if all were done (Late::executed)
    std::vector<Tries> tries;    // by node; of Attempts
    std::vector<double> retries; // by class: retries for one request, set by computeFlows()
};

/// Outcomes of all nodes under these unknowns.
void computeOutcomes(const Graph& graph, const Model& model, const Unknowns& unknowns, Outcomes& outcomes);

/// Share of the entries that the first Hold or Limit below refuses at once, by cause.
ByCause refusedFirst(const Graph& graph, const Model& model, const Unknowns& unknowns, std::uint32_t node);

} // namespace plimsoll::flow
