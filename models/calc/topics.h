// The topics of `calc`: from inputs to results. What is wrong with an input is thrown as a ModelRefusal.
// Internal to models/calc. A field of the subject has its file(s) and its table here.
#pragma once
#include "models/exchange/model_object.h"

#include <span>

namespace plimsoll::calc {

using exchange::json;
using exchange::ModelObject;
using exchange::ModelRefusal;
using nlohmann::ordered_json;

struct Topic {
    std::string_view name;
    ordered_json (*answer)(const json& inputs);
};

/// `model` and `simulate`: a whole model (design/model-json.md).
std::span<const Topic> modelTopics();
/// One resource: Erlang's formulas, M/M/c, M/G/1 ...
std::span<const Topic> stationTopics();
/// Balancing policies, health checks, availability.
std::span<const Topic> balancingTopics();
/// Networks: closed and open, pools in pools, forks, retries and timeouts, percentiles of paths.
std::span<const Topic> networkTopics();

} // namespace plimsoll::calc
