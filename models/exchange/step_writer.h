// Steps and distributions in the canonical form of the engine's model. Internal to models/exchange.
#pragma once
#include "engine/flow/model.h"

#include <nlohmann/json_fwd.hpp>

namespace plimsoll::exchange {

/// {"phases": [...]}.
nlohmann::ordered_json writeLaw(const flow::Distribution& law);
/// {"serve": {...}}; steps below by their number.
nlohmann::ordered_json writeBody(const flow::Body& body);

} // namespace plimsoll::exchange
