// Distributions as the model's JSON and the topics of `calc` write them.
#pragma once
#include "engine/distribution/distribution.h"
#include "models/exchange/model_object.h"

#include <vector>

namespace plimsoll::exchange {

/// {"phases"}, {"mean_s", "scv"} or {"law", ...}. A fitted law adds a hint to `problems`.
flow::Distribution readLaw(const json& value, const Where& where, std::vector<flow::Problem>& problems);

} // namespace plimsoll::exchange
