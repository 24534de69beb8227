#include "models/text/number_reader.h"

#include <charconv>
#include <cmath>

namespace plimsoll::text {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::string takeDigits(std::string_view& text) {
    std::size_t count = 0;
    while (count < text.size() && isDigit(text[count])) ++count;
    const std::string digits(text.substr(0, count));
    text.remove_prefix(count);
    return digits;
}

/// " 400" after "12": a space and exactly three digits.
bool startsGroup(std::string_view text) {
    return text.size() >= 4 && text[0] == ' ' && isDigit(text[1]) && isDigit(text[2]) && isDigit(text[3]) &&
           (text.size() == 4 || !isDigit(text[4]));
}

std::string trimmedFraction(const std::string& fraction) {
    const auto last = fraction.find_last_not_of('0');
    return last == std::string::npos ? std::string() : fraction.substr(0, last + 1);
}

/// "write 1500 or 1.5" for whole and parts separated by . and , in a way that may mean either.
std::string ambiguous(const std::string& whole, const std::string& grouped, const std::string& fraction) {
    std::string decimal = trimmedFraction(grouped + fraction);
    if (!decimal.empty()) decimal = "." + decimal;
    return "write " + whole + grouped + " or " + whole + decimal + " for it: only one point, no thousands separator";
}

/// The digits after a point or comma that has just been seen in `text`.
std::expected<std::string, std::string> takeFraction(std::string_view& text, const std::string& whole) {
    const char separator = text.front();
    text.remove_prefix(1);
    std::string fraction = takeDigits(text);
    const bool another = text.size() >= 2 && (text[0] == '.' || text[0] == ',') && isDigit(text[1]);
    if (another) {
        text.remove_prefix(1);
        const std::string rest = takeDigits(text);
        const bool sameAgain = rest.size() == 3;
        return std::unexpected(ambiguous(whole, sameAgain ? fraction + rest : fraction, sameAgain ? "" : rest));
    }
    const bool maybeThousands =
        separator == ',' && fraction.size() == 3 && !whole.empty() && whole.size() <= 3 && whole[0] != '0';
    if (maybeThousands) return std::unexpected(ambiguous(whole, fraction, ""));
    return fraction;
}

/// An exponent such as e6 or e-3; 0 where there is none.
std::expected<int, std::string> takeExponent(std::string_view& text) {
    if (text.size() < 2 || (text[0] != 'e' && text[0] != 'E')) return 0;
    const bool hasSign = text[1] == '+' || text[1] == '-';
    if (text.size() < (hasSign ? 3U : 2U) || !isDigit(text[hasSign ? 2 : 1])) return 0;
    const bool negative = text[1] == '-';
    text.remove_prefix(hasSign ? 2 : 1);
    const std::string digits = takeDigits(text);
    constexpr std::size_t kMostDigits = 4; // more than any double needs, and safe to add to
    if (digits.size() > kMostDigits) return std::unexpected("the exponent " + digits + " is too large");
    const int exponent = std::stoi(digits);
    return negative ? -exponent : exponent;
}

bool isZero(const std::string& digits) {
    return digits.find_first_not_of("0.") == std::string::npos;
}

/// Whether the literal times 10^tens is above one: tells what overflowed from what vanished.
bool isLarge(const std::string& digits, int tens) {
    const auto point = std::min(digits.find('.'), digits.size());
    const auto first = digits.find_first_not_of("0.");
    const int place = first < point ? static_cast<int>(point - first) : -static_cast<int>(first - point);
    return place + tens > 0;
}

template <class Real> std::expected<Real, std::string> read(const std::string& digits, int tens) {
    const std::string text = digits + "e" + std::to_string(tens);
    Real value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec == std::errc()) return value;
    if (isZero(digits)) return Real{0};
    return std::unexpected(isLarge(digits, tens) ? "the number is too large" : "the number is too small");
}

} // namespace

std::expected<Literal, std::string> takeNumber(std::string_view& text) {
    Literal literal;
    std::string whole = takeDigits(text);
    while (!whole.empty() && startsGroup(text)) {
        text.remove_prefix(1);
        whole += takeDigits(text);
    }
    std::string fraction;
    const bool hasPoint = !text.empty() && (text[0] == '.' || text[0] == ',');
    if (hasPoint && (!whole.empty() || (text.size() > 1 && isDigit(text[1])))) {
        auto taken = takeFraction(text, whole);
        if (!taken) return std::unexpected(taken.error());
        fraction = std::move(*taken);
    }
    if (whole.empty() && fraction.empty()) return std::unexpected("a number is missing");
    literal.digits = (whole.empty() ? "0" : whole) + (fraction.empty() ? "" : "." + fraction);
    const auto exponent = takeExponent(text);
    if (!exponent) return std::unexpected(exponent.error());
    literal.exponent = *exponent;
    return literal;
}

std::expected<double, std::string> valueOf(const Literal& literal, const Factor& unit) {
    const int tens = literal.exponent + unit.tens;
    double value = 0;
    if (unit.isPower()) {
        const auto number = read<double>(literal.digits, tens);
        if (!number) return std::unexpected(number.error());
        value = std::ldexp(*number, unit.twos);
    } else {
        // Long double has the bits to spare that keep every double within reach of a text in minutes or hours.
        const auto number = read<long double>(literal.digits, tens);
        if (!number) return std::unexpected(number.error());
        value = static_cast<double>(std::ldexp(*number, unit.twos) * unit.times / unit.over);
    }
    if (!std::isfinite(value)) return std::unexpected("the number is too large");
    if (value == 0 && !isZero(literal.digits)) return std::unexpected("the number is too small");
    return value;
}

} // namespace plimsoll::text
