#include "models/text/figure_text.h"

#include "models/text/decimal.h"

#include <cmath>
#include <span>
#include <string_view>

namespace plimsoll::text {

namespace {

constexpr const char* kAbsent = "\u2013";
constexpr const char* kThinSpace = "\u2009";
constexpr const char* kMinus = "\u2212";
constexpr int kDigits = 3; // significant digits of a figure, ux.md section 9

/// Replaces the sign and groups the digits before the point by thin spaces.
std::string dressed(const std::string& plain) {
    std::string_view rest = plain;
    std::string text;
    if (rest.starts_with('-')) {
        text = kMinus;
        rest.remove_prefix(1);
    }
    const std::size_t whole = std::min(rest.find('.'), rest.size());
    for (std::size_t i = 0; i < whole; ++i) {
        if (i > 0 && (whole - i) % 3 == 0) text += kThinSpace;
        text += rest[i];
    }
    return text.append(rest.substr(whole));
}

std::string significantOf(const Decimal& decimal, int digits) {
    if (decimal.digits.empty()) return "0";
    const Decimal rounded = decimal.rounded(digits);
    return dressed(rounded.plain(std::max(0, digits - rounded.point)));
}

std::string integerOf(double value) {
    return dressed(Decimal::of(value).roundedTo(0).plain());
}

struct Scale {
    const char* unit;
    double size;
};

/// The first of `scales` (ascending) in which `value` shows fewer than 1,000, else the last.
Figure scaled(double value, std::span<const Scale> scales) {
    for (const Scale& scale : scales) {
        const Decimal rounded = Decimal::of(value / scale.size).rounded(kDigits);
        if (rounded.point <= 3 || &scale == &scales.back()) return {significant(value / scale.size), scale.unit};
    }
    return {kAbsent, ""};
}

bool absent(const std::optional<double>& value) {
    return !value || !std::isfinite(*value);
}

} // namespace

std::string Figure::joined() const {
    if (unit.empty()) return number;
    return unit.starts_with('/') ? number + unit : number + " " + unit;
}

std::string significant(double value, int digits) {
    constexpr double kSmallestPlain = 1e-6, kLargestPlain = 1e15;
    if (!std::isfinite(value)) return kAbsent;
    const double size = std::abs(value);
    if (size != 0 && (size < kSmallestPlain || size >= kLargestPlain)) {
        Decimal decimal = Decimal::of(value).rounded(digits);
        const int exponent = decimal.point - 1;
        decimal.point = 1;
        return dressed(decimal.plain(digits - 1)) + "e" + std::to_string(exponent);
    }
    return significantOf(Decimal::of(value), digits);
}

Figure duration(std::optional<Seconds> value) {
    if (!value || !std::isfinite(value->count())) return {kAbsent, ""};
    constexpr double kMinute = 60, kHour = 3600;
    constexpr double kTwoUnits = 120; // seconds and minutes are shown up to two of the next unit
    const double inSeconds = value->count(), size = std::abs(inSeconds);
    if (size == 0) return {"0", "s"};
    if (size >= kTwoUnits * kMinute) return {significant(inSeconds / kHour), "h"};
    if (size >= kTwoUnits) return {significant(inSeconds / kMinute), "min"};
    // Below a second by moving the point, which is exact where a division is not.
    struct Unit {
        const char* name;
        int places;
    };
    constexpr Unit kUnits[] = {{"ns", 9}, {"µs", 6}, {"ms", 3}, {"s", 0}};
    Decimal decimal = Decimal::of(inSeconds).rounded(kDigits);
    const Unit* unit = kUnits;
    while (decimal.point + unit->places > 3 && unit->places > 0) ++unit;
    decimal.point += unit->places;
    constexpr int kSmallestPoint = -3; // 0.0001 ns
    if (decimal.point < kSmallestPoint) return {"< 0.0001", "ns"};
    return {significantOf(decimal, kDigits), unit->name};
}

Figure count(std::optional<double> value) {
    if (absent(value)) return {kAbsent, ""};
    constexpr double kExactBelow = 10'000, kGroupedBelow = 999'500;
    const double size = std::abs(*value);
    if (size < 100) {
        const bool whole = *value == std::floor(*value);
        return {whole ? integerOf(*value) : significant(*value), ""};
    }
    if (size < kExactBelow) return {integerOf(*value), ""};
    if (size < kGroupedBelow) return {significant(*value), ""};
    static constexpr Scale kScales[] = {{"M", 1e6}, {"G", 1e9}, {"T", 1e12}};
    return scaled(*value, kScales);
}

Figure rate(std::optional<PerSecond> value) {
    if (!value || !std::isfinite(value->value)) return {kAbsent, ""};
    constexpr double kPerSecondFrom = 0.1; // ux.md section 9
    constexpr double kMinute = 60, kHour = 3600;
    const double perSecond = value->value;
    if (perSecond == 0) return {"0", "/s"};
    if (std::abs(perSecond) < kPerSecondFrom / kMinute) return {significant(perSecond * kHour), "/h"};
    if (std::abs(perSecond) < kPerSecondFrom) return {significant(perSecond * kMinute), "/min"};
    if (std::abs(perSecond) < 100) return {significant(perSecond), "/s"};
    const Figure counted = count(perSecond);
    return {counted.number, counted.unit + "/s"};
}

Figure utilisation(std::optional<double> share) {
    if (absent(share)) return {kAbsent, ""};
    const Decimal percent = [&] {
        Decimal decimal = Decimal::of(*share);
        decimal.point += 2;
        return decimal;
    }();
    if (*share > 0 && *share < 0.005) return {"< 1", "%"};
    if (*share >= 0.99 && *share < 1) {
        const std::string text = percent.roundedTo(1).plain(1);
        return {text == "100.0" ? "> 99.9" : text, "%"};
    }
    const std::string text = dressed(percent.roundedTo(0).plain());
    return {text == "100" && *share > 1 ? "> 100" : text, "%"};
}

Figure share(std::optional<double> value) {
    if (absent(value)) return {kAbsent, ""};
    if (*value == 0) return {"0", "%"};
    if (*value == 1) return {"100", "%"};
    Decimal percent = Decimal::of(*value);
    percent.point += 2;
    constexpr double kHalfLastDigit = 0.00005; // of 0.01 %
    if (*value > 0 && *value < kHalfLastDigit) return {"< 0.01", "%"};
    constexpr int kMostPlaces = 2;
    const auto places = [&](const Decimal& decimal) {
        return std::min(kMostPlaces, std::max(0, kDigits - decimal.point));
    };
    const Decimal rounded = percent.roundedTo(places(percent));
    if (*value < 1 && rounded.point > 2) return {"> 99.9", "%"};
    return {dressed(rounded.plain(places(rounded))), "%"};
}

Figure factor(std::optional<double> value) {
    if (absent(value)) return {kAbsent, ""};
    return {"×" + significant(*value), ""};
}

Figure bytes(std::optional<double> value) {
    if (absent(value)) return {kAbsent, ""};
    if (std::abs(*value) < 1000) {
        const bool whole = *value == std::floor(*value);
        return {whole ? integerOf(*value) : significant(*value), "B"};
    }
    static constexpr Scale kScales[] = {
        {"KiB", 1024.0}, {"MiB", 1048576.0}, {"GiB", 1073741824.0}, {"TiB", 1099511627776.0}};
    return scaled(*value, kScales);
}

} // namespace plimsoll::text
