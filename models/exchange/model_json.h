// flow::Model as JSON, as design/model-json.md says: what `plimsoll calc` reads and bug reports carry.
#pragma once
#include "engine/solve/solution.h"

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace plimsoll::exchange {

struct ReadModel {
    flow::Model model;
    std::vector<flow::Problem> problems; // hints: laws that had to be fitted, with their error
};

/// Reads the JSON form, shorthand and inline steps included, and validates what it says. Errors: Invalid with element,
/// field and, for inline steps, the place in the message; text that is no JSON has an empty element.
std::expected<ReadModel, flow::Error> modelFromJson(std::string_view text);

/// The canonical form: steps flat, distributions as phases, fields at their default left out, numbers with 17 digits.
/// Reading it gives an equal model.
std::string modelToJson(const flow::Model& model);

} // namespace plimsoll::exchange
