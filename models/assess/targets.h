// What a target says of a solution. Internal to models/assess.
#pragma once
#include "models/assess/assessment.h"
#include "models/lower/lower.h"

namespace plimsoll::assess {

/// The value of a target's metric, SI; none: absent (no steady state, not carried, not computed).
std::optional<double> valueOf(const document::Target& target, const lower::Lowered& lowered,
                              const flow::Solution& solution);

/// Whether the class of the target has a second, worse state, in which a burst would leave it.
bool canCollapse(const document::Target& target, const lower::Lowered& lowered, const flow::Solution& solution);

/// Whether the target holds. None: its class makes no request here, or its metric is not of one solution
/// (usd_per_month, availability, load_factor). A class without a steady state misses it, and
/// so does one that can collapse.
std::optional<bool> holds(const document::Target& target, const lower::Lowered& lowered,
                          const flow::Solution& solution);

/// Whether `value` is on the right side of the target's bound.
bool isWithin(const document::Target& target, double value);

/// Whether the metric needs more than means.
bool needsDistribution(document::Metric metric);
/// Whether the metric is one of a class and computed.
bool isSolved(document::Metric metric);

/// How far the target's value is on the good side of its bound: positive, within. Continuous in the load. Times at most
/// a bound are compared by their reciprocals, which near saturation are straight lines that reach 0 where the time is
/// none.
double marginOf(const document::Target& target, const lower::Lowered& lowered, const flow::Solution& solution);

} // namespace plimsoll::assess
