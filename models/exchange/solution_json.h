// flow::Solution as JSON: the `results` of topic `model` (design/model-json.md).
#pragma once
#include "engine/solve/solution.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace plimsoll::exchange {

/// `model` names the classes. Without distributions the percentiles are null. What has no value is null, with its
/// reason in `problems`; nothing is ever NaN or infinite.
std::string solutionToJson(const flow::Model& model, const flow::Solution& solution, bool distributions = true);

/// The same as a value, for a document of several answers.
nlohmann::ordered_json solutionValue(const flow::Model& model, const flow::Solution& solution, bool distributions);

} // namespace plimsoll::exchange
