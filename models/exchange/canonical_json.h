// JSON text with numbers of 17 digits, so that reading them back gives the same doubles.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include <string>

namespace plimsoll::exchange {

/// One line for every element of an array at the top level, everything else without spaces. No NaN, no infinity.
std::string canonicalText(const nlohmann::ordered_json& value);

} // namespace plimsoll::exchange
