// The number at the head of a typed text, as digits: what is exact stays exact until the unit is known.
#pragma once
#include "models/text/unit.h"

#include <expected>
#include <string>
#include <string_view>

namespace plimsoll::text {

/// A typed number, not yet a double: `digits` in the C locale ("1.5") times 10^exponent.
struct Literal {
    std::string digits;
    int exponent = 0;
};

/// Takes a number off the head of `text`. Decimals are 1.5 and 1,5; what may be a thousands separator is refused;
/// groups of three digits may stand apart ("12 400").
std::expected<Literal, std::string> takeNumber(std::string_view& text);

/// The literal in this unit, correctly rounded where the unit is a power; refused where no finite double is near it.
std::expected<double, std::string> valueOf(const Literal& literal, const Factor& unit);

} // namespace plimsoll::text
