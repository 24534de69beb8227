// What holds of every answer, whatever the model.
#pragma once
#include "engine/solve/solution.h"

#include <string>

namespace plimsoll::tests {

/// The first thing wrong with an answer in itself: a number that is not finite or negative, a share above 1, shares
/// that do not sum to 1, quantiles that fall, Little's law broken at a resource. Empty: nothing.
std::string faultOf(const flow::Model& model, const flow::Solution& solution);

} // namespace plimsoll::tests
