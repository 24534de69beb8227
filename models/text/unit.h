// The units that a quantity may be typed and shown in, by dimension.
#pragma once
#include "models/components/component_type.h"

#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::text {

/// A unit as a factor on the SI unit: 10^tens x 2^twos x times / over. Powers are kept apart because they are exact.
struct Factor {
    int tens = 0, twos = 0;
    int times = 1, over = 1;
    bool isPower() const { return times == 1 && over == 1; }
};

/// The unit written as `letters`, and `per` after a slash where there is one ("MB", "s"), of this dimension. Case is
/// ignored but in M, m, b and B. None: not a unit of it.
std::optional<Factor> unitOf(std::string_view letters, std::string_view per, components::Dimension dimension);
/// The same from one text: "ms", "/s", "MB/s", "%"; empty is the SI unit.
std::optional<Factor> unitOf(std::string_view text, components::Dimension dimension);
/// k M G T Ki Mi Gi Ti; none for anything else.
std::optional<Factor> prefixOf(std::string_view letters);
/// What a field of this dimension takes, for refusals: "ns, us, ms, s, min, h or d".
std::string_view acceptedUnits(components::Dimension dimension);
/// "a time", "a rate", …
std::string_view dimensionName(components::Dimension dimension);

} // namespace plimsoll::text
