// What the topics about networks read. Internal to models/calc.
#pragma once
#include "models/calc/inputs.h"

#include <vector>

namespace plimsoll::calc {

/// The objects of a list, with the place of each in its messages; at least one, at most `most`.
std::vector<ModelObject> objects(ModelObject& object, std::string_view key, std::size_t most = 10'000);
/// A time, 0 or 1e-30 to 1e30 s.
double time_s(ModelObject& object, std::string_view key);
/// As many times as `count`, `what` each of them stands for.
std::vector<double> times_s(ModelObject& object, std::string_view key, std::size_t count, std::string_view what);
/// A rate above 0.
double positiveRate_per_s(ModelObject& object, std::string_view key);
/// Whole, to 4e9.
double users(ModelObject& object, std::string_view key);

/// "response_mean_class1_s" and the like: a name and the place from 1 on in it.
std::string numbered(std::string_view before, std::size_t index, std::string_view after);

} // namespace plimsoll::calc
