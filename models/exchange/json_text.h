// JSON as strict as a project needs it: no repeated keys, bounded depth and size, errors in one line with their place.
#pragma once
#include "models/document/error.h"

#include <nlohmann/json_fwd.hpp>

#include <expected>
#include <string>
#include <string_view>

namespace plimsoll::exchange {

/// How many elements an array may have that stands under this key; arrays under other keys have the largest limit.
struct ArrayLimit {
    std::string_view key;
    std::size_t elements;
};

/// Parses `text`. Errors: not JSON (with line and column), a key twice in an object, nesting deeper than
/// document::kDeepestNesting, an array over its limit; the place is a JSON pointer.
std::expected<nlohmann::json, document::Error> parseJson(std::string_view text);

/// The error without line breaks and with its parts cut to a length that fits a line: they may quote any text.
document::Error oneLine(document::Error error);

/// A number as JSON: whole ones without a fraction, others with the fewest digits that read back.
nlohmann::ordered_json jsonNumber(double value);

} // namespace plimsoll::exchange
