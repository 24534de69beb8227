// What a field shows: a unit that suits the value, and digits that lose nothing.
#include "models/text/decimal.h"
#include "models/text/number_reader.h"
#include "models/text/quantity_text.h"
#include "models/text/unit.h"

#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace plimsoll::text {

namespace {

using components::Dimension;

/// ux.md section 9: a field keeps its unit while its value stays within 0.8 to 1,200 of it.
constexpr double kKeepFrom = 0.8, kKeepTo = 1200;

double sizeOf(const Factor& factor) {
    return std::ldexp(std::pow(10.0, factor.tens), factor.twos) * factor.times / factor.over;
}

/// Digits as people write them; an exponent only where a plain number would be a row of zeros.
std::string written(const Decimal& decimal) {
    constexpr int kLongestWhole = 15, kMostZeros = 6;
    if (decimal.digits.empty()) return "0";
    if (decimal.point <= kLongestWhole && decimal.point > -kMostZeros) return decimal.plain();
    Decimal mantissa = decimal;
    mantissa.point = 1;
    return mantissa.plain() + "e" + std::to_string(decimal.point - 1);
}

/// Whether the text of a positive number, read in `unit`, gives `value` again.
bool readsBack(std::string_view number, const Factor& unit, double value) {
    const auto literal = takeNumber(number);
    if (!literal || !number.empty()) return false;
    const auto again = valueOf(*literal, unit);
    return again && *again == value;
}

/// In a power of ten or two: by moving the point, or by an exact division.
std::optional<std::string> inPower(double size, const Factor& unit) {
    const double divided = std::ldexp(size, -unit.twos);
    if (!std::isfinite(divided)) return {};
    Decimal decimal = Decimal::of(divided);
    decimal.point -= unit.tens;
    std::string number = written(decimal);
    if (!readsBack(number, unit, size)) return {};
    return number;
}

/// In minutes, hours and the like: the fewest digits that read back.
std::optional<std::string> inOther(double size, const Factor& unit) {
    const long double quotient =
        std::ldexp(static_cast<long double>(size), -unit.twos) * unit.over / unit.times / std::pow(10.0L, unit.tens);
    if (!std::isfinite(quotient)) return {};
    constexpr int kMostDigits = 21; // of a long double
    for (int digits = 1; digits <= kMostDigits; ++digits) {
        char text[64];
        const auto end =
            std::to_chars(text, text + sizeof text, quotient, std::chars_format::scientific, digits - 1).ptr;
        Decimal decimal;
        const char* at = text;
        for (; at != end && *at != 'e'; ++at)
            if (*at != '.') decimal.digits += *at;
        if (at == end) return {};
        at += at[1] == '+' ? 2 : 1;
        std::from_chars(at, end, decimal.point);
        ++decimal.point;
        while (!decimal.digits.empty() && decimal.digits.back() == '0') decimal.digits.pop_back();
        std::string number = written(decimal);
        if (readsBack(number, unit, size)) return number;
    }
    return {};
}

std::string withUnit(const std::string& number, std::string_view unit) {
    const bool apart = !unit.empty() && unit[0] != '/' && unit != "°";
    return number + (apart ? " " : "") + std::string(unit);
}

/// The unit that stands for the SI unit in a text, for values that no other can show.
std::string_view baseUnit(Dimension dimension) {
    switch (dimension) {
    case Dimension::Time: return "s";
    case Dimension::Rate: return "/s";
    case Dimension::Bytes: return "B";
    case Dimension::BytesPerSecond: return "B/s";
    case Dimension::Distance: return "m";
    default: return "";
    }
}

std::size_t textSize(double value, Dimension dimension, std::string_view unit) {
    return fieldText(value, dimension, unit).size();
}

/// The largest of `units` (descending) that `size` reaches, else the smallest. Units that are no power of ten are
/// taken only where they shorten the number ("10 min", but "100 s").
std::string_view largestReached(double size, Dimension dimension, std::span<const std::string_view> units) {
    constexpr std::size_t kShort = 8; // "1.25 min"
    for (const std::string_view unit : units) {
        const auto factor = unitOf(unit, dimension);
        if (size < sizeOf(*factor)) continue;
        const bool short_ = factor->isPower() || textSize(size, dimension, unit) <= kShort;
        if (short_ || size > kKeepTo * sizeOf(*factor)) return unit;
    }
    return units.back();
}

std::string_view timeUnit(double size) {
    static constexpr std::array<std::string_view, 7> kUnits{"d", "h", "min", "s", "ms", "µs", "ns"};
    return largestReached(size, Dimension::Time, kUnits);
}

std::string_view rateUnit(double size) {
    constexpr double kPerSecondFrom = 0.1; // ux.md section 9: /min or /h only below 0.1/s
    static constexpr std::array<std::string_view, 4> kUnits{"/s", "/min", "/h", "/d"};
    for (const std::string_view unit : kUnits)
        if (size >= kPerSecondFrom * sizeOf(*unitOf(unit, Dimension::Rate))) return unit;
    return "/month";
}

std::string_view bytesUnit(double size) {
    static constexpr std::array<std::string_view, 5> kBinary{"TiB", "GiB", "MiB", "KiB", "B"};
    static constexpr std::array<std::string_view, 5> kDecimal{"TB", "GB", "MB", "kB", "B"};
    const auto binary = largestReached(size, Dimension::Bytes, kBinary);
    const auto decimal = largestReached(size, Dimension::Bytes, kDecimal);
    const bool decimalIsShorter =
        textSize(size, Dimension::Bytes, decimal) + 1 < textSize(size, Dimension::Bytes, binary);
    return decimalIsShorter ? decimal : binary;
}

std::string_view bytesPerSecondUnit(double size) {
    static constexpr std::array<std::string_view, 4> kUnits{"GB/s", "MB/s", "kB/s", "B/s"};
    return largestReached(size, Dimension::BytesPerSecond, kUnits);
}

/// Whether the field may go on showing `value` in `unit`.
bool keeps(double size, Dimension dimension, std::string_view unit) {
    if (unit.empty()) return false;
    const auto factor = unitOf(unit, dimension);
    if (!factor) return false;
    if (size == 0) return true;
    const double inUnit = size / sizeOf(*factor);
    return inUnit >= kKeepFrom && inUnit <= kKeepTo;
}

} // namespace

std::string shownUnit(double value, Dimension dimension, std::string_view previous) {
    const double size = std::abs(value);
    if (!std::isfinite(value)) return std::string(baseUnit(dimension));
    if (keeps(size, dimension, previous)) return std::string(previous);
    const bool zero = size == 0; // has no prefix
    switch (dimension) {
    case Dimension::Time: return std::string(zero ? "s" : timeUnit(size));
    case Dimension::Rate: return std::string(zero ? "/s" : rateUnit(size));
    case Dimension::Bytes: return std::string(zero ? "B" : bytesUnit(size));
    case Dimension::BytesPerSecond: return std::string(zero ? "B/s" : bytesPerSecondUnit(size));
    case Dimension::Share: return "%";
    case Dimension::Degrees: return "°";
    case Dimension::Distance: return size >= 1000 ? "km" : "m";
    default: return "";
    }
}

std::string fieldText(double value, Dimension dimension, std::string_view unit) {
    if (!std::isfinite(value)) return "";
    const auto factor = unitOf(unit, dimension);
    const double size = std::abs(value);
    const std::string sign = value < 0 ? "-" : "";
    if (factor) {
        const auto number = factor->isPower() ? inPower(size, *factor) : inOther(size, *factor);
        if (number) return sign + withUnit(*number, unit);
    }
    return sign + withUnit(written(Decimal::of(size)), baseUnit(dimension));
}

} // namespace plimsoll::text
