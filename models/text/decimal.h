// A double as the decimal digits that people see: the shortest that read back as the same double, moved and rounded
// exactly.
#pragma once
#include <string>

namespace plimsoll::text {

/// 0.d1d2d3... x 10^point, with d1 not 0; no digits at all is zero.
struct Decimal {
    bool negative = false;
    std::string digits;
    int point = 0;

    /// The shortest decimal that reads back as `value`, which is finite.
    static Decimal of(double value);
    /// To `count` >= 1 significant digits, a half away from zero.
    Decimal rounded(int count) const;
    /// To `places` >= 0 digits after the point, a half away from zero.
    Decimal roundedTo(int places) const;
    /// Without exponent, with at least `places` digits after the point: "0.0120", "12400".
    std::string plain(int places = 0) const;
};

} // namespace plimsoll::text
