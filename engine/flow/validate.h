// Checks a model before it is solved or simulated.
#pragma once
#include "engine/solve/solution.h"

#include <expected>
#include <vector>

namespace plimsoll::flow {

/// Ids in range, weights that sum to 1, finite numbers in their ranges, an acyclic step graph, unique class names, the
/// rules of model.h on fleets and entries. Error::Invalid with element ("stations[2]") and field
/// ("demand.phases[0].scale_s") as design/model-json.md writes them. Linear in the size of the model and without
/// recursion.
std::expected<void, Error> validate(const Model& model);

/// Weights and probabilities may miss 1 by this much.
inline constexpr double kWeightTolerance = 1e-12;

/// "stations[2]".
std::string elementName(std::string_view array, std::size_t index);

/// The steps directly below a step of this body, in the order of the JSON form; calls lead to entries, not here.
void appendChildren(const Body& body, std::vector<StepId>& children);

} // namespace plimsoll::flow
