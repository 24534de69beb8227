// Times and success of every node, up the graph.
#pragma once
#include "engine/solve/cells.h"

#include <algorithm>

namespace plimsoll::flow {

/// Of one node. Times of failures are E[time; it fails], so that they add.
struct NodeValue {
    double mean = 0;        // of what succeeds, s
    double own = 0;         // the part at the step's own fleet
    double ownVariance = 0; // s^2
    double success = 1;
    double failTime = 0;
    double ownFail = 0, ownFailSquare = 0;
    bool steady = true; // false: a queue below grows

    /// Mean time from entering to leaving, whatever the outcome.
    double inclusive() const { return success == 1 ? mean : success * mean + failTime; }
    double ownInclusive() const { return success == 1 ? own : success * own + ownFail; }
    double ownInclusiveVariance() const {
        if (success == 1) return ownVariance;
        const double all = ownInclusive();
        return std::max(0.0, success * (ownVariance + own * own) + ownFailSquare - all * all);
    }
};

/// The value of a child that runs elsewhere: nothing of it is the caller's own.
inline NodeValue withoutOwn(NodeValue value) {
    value.own = value.ownVariance = value.ownFail = value.ownFailSquare = 0;
    return value;
}

/// a, then b if a succeeded.
inline void append(NodeValue& a, const NodeValue& b) {
    if (b.success != 1) {
        const double lost = 1 - b.success;
        a.failTime += a.success * (a.mean * lost + b.failTime);
        a.ownFail += a.success * (a.own * lost + b.ownFail);
        a.ownFailSquare +=
            a.success * ((a.ownVariance + a.own * a.own) * lost + 2 * a.own * b.ownFail + b.ownFailSquare);
        a.success *= b.success;
    }
    a.mean += b.mean;
    a.own += b.own;
    a.ownVariance += b.ownVariance;
    a.steady = a.steady && b.steady;
}

/// Values of all nodes. `responses` holds the cumulants of every visit's response; empty: means only.
void computeNodeValues(const Graph& graph, const CellFigures& cells, std::span<const distribution::Cumulants> responses,
                       std::vector<NodeValue>& values);

} // namespace plimsoll::flow
