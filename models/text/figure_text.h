// Figures as people read them: three significant digits, half up, units chosen, never a NaN or an infinity (ux.md
// section 9).
#pragma once
#include "engine/units/quantity.h"

#include <optional>
#include <string>

namespace plimsoll::text {

/// A figure and its unit, apart, because they are drawn apart. Absent figures are an en dash with an empty unit.
struct Figure {
    std::string number, unit;
    /// "48.0 ms"; "37 %"; "x1.21" carries its sign in the number.
    std::string joined() const;
};

Figure duration(std::optional<Seconds> value);
Figure rate(std::optional<PerSecond> value);
Figure utilisation(std::optional<double> share); // integer per cent; one decimal from 99 to 100; "< 1 %"
Figure share(std::optional<double> value);       // errors and hit ratios: significant digits, "< 0.01 %"
Figure factor(std::optional<double> value);      // "×1.21"
Figure count(std::optional<double> value);       // "12 400" with thin spaces, then 1.24 M
Figure bytes(std::optional<double> value);       // B KiB MiB GiB
/// Three significant digits, trailing zeros kept below 100, half up.
std::string significant(double value, int digits = 3);

} // namespace plimsoll::text
