// Quantities as people type them: "12 ms", "3.5k/s", "4GiB", "70%", "80..120..190", "100 +- 20%", "x1.5", "+10%".
#pragma once
#include "models/components/component_type.h"
#include "models/document/value.h"

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::text {

/// What was typed: a number in SI, or a range.
struct Typed {
    double value = 0;
    std::optional<document::Range> range;
    bool operator==(const Typed&) const = default;
};

/// Reads `typed` as a quantity of `dimension`. Without a unit, `shownUnit` (as written by shownUnit()) is meant, and
/// the SI unit where that is empty; "80..120 ms" and "1 + 2 ms" take the unit that follows. `present` is what "x1.5"
/// and "+10%" refer to. Both 1.5 and 1,5 are one and a half; "1,500" and "1.500,0" are refused. The error is one line
/// that names the accepted units. Never uses the locale.
std::expected<Typed, std::string> parse(std::string_view typed, components::Dimension dimension,
                                        std::string_view shownUnit = {}, std::optional<double> present = {});

/// The unit in which a field shows `value`: the one that keeps it in 0.8 to 1,200; `previous` is kept while it does.
std::string shownUnit(double value, components::Dimension dimension, std::string_view previous = {});
/// `value` in `unit`, which is part of the text ("12 ms", "800/s", "70 %"), without loss: parse(fieldText(v, d, u), d,
/// u) == v exactly. A value that `unit` cannot show is written in the SI unit.
std::string fieldText(double value, components::Dimension dimension, std::string_view unit);

} // namespace plimsoll::text
