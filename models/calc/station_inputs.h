// What the topics about one resource read. Internal to models/calc.
#pragma once
#include "engine/queueing/wait.h"
#include "models/calc/inputs.h"

#include <optional>

namespace plimsoll::calc {

/// A service law, and its exact moments where the law is only fitted.
struct Service {
    flow::Distribution law;
    queueing::ServiceMoments moments;
    double mean() const { return moments.first; }
    double scv() const { return queueing::scv(moments); }
};

/// {"law", ...}, {"mean_s", "scv"}, or a law's name with mean and scv ("erlang2", "hyperexponential").
Service service(ModelObject& object, std::string_view key = "service");
/// The one service law that M/M/c has: its mean.
double exponentialMean(ModelObject& object, std::string_view key = "service");
/// `interarrival` (a law whose mean is that of the rate) or `interarrival_scv`; 1 where neither is given.
double arrivalScv(ModelObject& object, double arrivalRate_per_s);
/// `capacity_in_service_plus_waiting`: whole, at least `servers`.
double capacity(ModelObject& object, double servers);
/// A member that is to be one of these phrases; the first where it is left out.
std::size_t phrase(ModelObject& object, std::string_view key, std::span<const std::string_view> phrases);
/// `discipline`: FCFS, or left out.
void requireFcfs(ModelObject& object);
/// Words for people, that change nothing: `note`, `question`, `definition`.
void skipWords(ModelObject& object);
/// A list of numbers from `low` to `high`, at least one.
std::vector<double> numbers(ModelObject& object, std::string_view key, double low, double high);

} // namespace plimsoll::calc
