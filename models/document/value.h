// The value of a component's parameter, with where it came from.
#pragma once
#include "models/document/id.h"

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace plimsoll::document {

/// Where a value comes from. `source` and `date` (ISO 8601) belong to Preset and Measured.
struct Provenance {
    enum class Kind { Default, Typed, Preset, Measured };
    Kind kind = Kind::Typed;
    std::string source, date;
    bool operator==(const Provenance&) const = default;
};

/// A value that is not known exactly: 9 of 10 times between `low` and `high`, which stand either side of `likely`.
struct Range {
    double low = 0, likely = 0, high = 0;
    bool operator==(const Range&) const = default;
};

/// A numeric value in SI units, the same for every request class but those in `byClass`.
struct Numeric {
    double value = 0;           // the likely one where there is a range
    std::optional<Range> range; // range->likely == value
    std::map<Id, double> byClass;
    Provenance provenance;
    bool operator==(const Numeric&) const = default;
};

/// Numbers, words (a choice), switches and lists of words.
using Value = std::variant<Numeric, std::string, bool, std::vector<std::string>>;

} // namespace plimsoll::document
