// Parameters that several component types declare with the same key and meaning, and what they become in the model.
#pragma once
#include "engine/flow/model.h"
#include "models/components/component_type.h"

namespace plimsoll::components {

/// The longest time that a parameter may hold, seconds: a day.
inline constexpr double kLongestTime_s = 86'400;
/// The largest squared coefficient of variation that a parameter may hold.
inline constexpr double kLargestScv = 100;

/// `mean_time_between_failures_s` (absent: never fails) and `repair_s`.
Parameter meanTimeBetweenFailures();
Parameter repairTime();
std::optional<flow::Failures> failures(const document::Component& component);

/// `discipline`: processor_sharing or fcfs.
Parameter discipline();
flow::Discipline disciplineOf(const document::Component& component);

/// `sigma` and `kappa` of the Universal Scalability Law (Gunther 2007), 0 by default.
Parameter contentionSigma();
Parameter coherencyKappa();
flow::Contention contention(const document::Component& component);
/// Under processor sharing, contention needs a bound on the jobs present: the fault if the optional parameter
/// `boundKey` is absent although sigma or kappa is set.
std::vector<document::Error> whyContentionNeedsBound(const document::Component& component, std::string_view boundKey);

} // namespace plimsoll::components
