// The engine's model from parsed JSON. Internal to models/exchange: `calc` reads many models out of one document.
#pragma once
#include "models/exchange/model_json.h"

#include <nlohmann/json_fwd.hpp>

namespace plimsoll::exchange {

/// As modelFromJson.
std::expected<ReadModel, flow::Error> readModel(const nlohmann::json& value);

} // namespace plimsoll::exchange
