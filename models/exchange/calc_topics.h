// The topics of `calc`: inputs to results. What is wrong with an input is thrown as a ModelRefusal. Internal to
// models/exchange.
#pragma once
#include "models/exchange/model_object.h"

namespace plimsoll::exchange {

/// A model solved or, where the options say so, simulated (design/model-json.md).
nlohmann::ordered_json calcModel(const json& inputs);
/// The same, always simulated.
nlohmann::ordered_json calcSimulate(const json& inputs);
/// Erlang B and C from `servers` and `offered_load_erlangs`.
nlohmann::ordered_json calcErlang(const json& inputs);
/// M/M/c from `servers`, `arrival_rate_per_s` and an exponential `service`.
nlohmann::ordered_json calcMmc(const json& inputs);

} // namespace plimsoll::exchange
