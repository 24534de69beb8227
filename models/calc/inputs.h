// Inputs that many topics share, read and judged in one way. Internal to models/calc.
#pragma once
#include "engine/distribution/distribution.h"
#include "models/calc/topics.h"

namespace plimsoll::calc {

inline constexpr double kMostServers = 1e12, kLargest = 1e30;

/// The object of a case's inputs.
inline ModelObject inputsOf(const json& inputs) {
    return ModelObject(inputs, {"inputs", "", ""});
}
/// A number from `low` to `high`, both allowed.
double within(ModelObject& object, std::string_view key, double low, double high);
/// A whole number from `low` to `high`.
double wholeWithin(ModelObject& object, std::string_view key, double low, double high);
/// `servers`: a whole number, at least `fewest`.
double servers(ModelObject& object, double fewest = 1);
/// `arrival_rate_per_s`, 0 or more.
double arrivalRate_per_s(ModelObject& object);
/// A law, {"law", ...} or {"mean_s", "scv"}, of positive mean.
flow::Distribution law(ModelObject& object, std::string_view key);

/// What made the result, as `method` and `exactness`.
void putMethod(ordered_json& out, std::string_view id, flow::Exactness exactness);

} // namespace plimsoll::calc
