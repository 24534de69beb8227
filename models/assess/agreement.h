// Solver and simulator side by side: the figures that both have, with the simulator's intervals.
#pragma once
#include "models/assess/assessment.h"

namespace plimsoll::assess {

struct AgreementLine {
    enum class Kind { Duration, Rate, Share };
    Id subject;                             // of a request type or a component
    std::string name, figure;               // "Checkout", "p99"
    Kind kind = Kind::Duration;             // SI: seconds, per second, 0 to 1
    std::optional<double> solved;           // none: no steady state, or not solved
    std::optional<double> simulated;        // none: no steady state, or no such event happened
    std::optional<flow::Interval> interval; // 95 %
};

/// Whether the solver's figure lies in the simulator's interval; none where either is missing.
std::optional<bool> isInside(const AgreementLine& line);
/// (solved − simulated) / simulated; none where either is missing or the simulated one is 0.
std::optional<double> deviation(const AgreementLine& line);

/// Why there is nothing solved to set beside: the first error of an assessment without figures; empty where it has
/// some.
std::string whyNotSolved(const Assessment& solved);

/// By request type: mean and percentiles, throughput, error share; then by component: how busy the busiest resource is,
/// its mean wait. The two assessments are of the same project.
std::vector<AgreementLine> agreement(const Assessment& solved, const Assessment& simulated);

} // namespace plimsoll::assess
