#include "models/text/decimal.h"

#include <cassert>
#include <charconv>
#include <cmath>

namespace plimsoll::text {

namespace {

/// Keeps the first `keep` digits (none or fewer is allowed) and rounds a half away from zero.
Decimal cut(Decimal decimal, int keep) {
    if (keep >= static_cast<int>(decimal.digits.size())) return decimal;
    const bool up = keep >= 0 && decimal.digits[static_cast<std::size_t>(keep)] >= '5';
    decimal.digits.resize(static_cast<std::size_t>(std::max(keep, 0)));
    if (up) {
        auto at = decimal.digits.rbegin();
        while (at != decimal.digits.rend() && *at == '9') *at++ = '0';
        if (at != decimal.digits.rend())
            ++*at;
        else {
            decimal.digits.insert(decimal.digits.begin(), '1');
            ++decimal.point;
        }
    }
    while (!decimal.digits.empty() && decimal.digits.back() == '0') decimal.digits.pop_back();
    if (decimal.digits.empty()) decimal = {};
    return decimal;
}

} // namespace

Decimal Decimal::of(double value) {
    assert(std::isfinite(value));
    Decimal decimal;
    if (value == 0) return decimal;
    decimal.negative = value < 0;
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, std::abs(value), std::chars_format::scientific).ptr;
    const char* at = text;
    for (; *at != 'e'; ++at)
        if (*at != '.') decimal.digits += *at;
    ++at;
    if (*at == '+') ++at;
    std::from_chars(at, end, decimal.point);
    ++decimal.point;
    while (decimal.digits.back() == '0') decimal.digits.pop_back();
    return decimal;
}

Decimal Decimal::rounded(int count) const {
    return cut(*this, count);
}

Decimal Decimal::roundedTo(int places) const {
    return cut(*this, point + places);
}

std::string Decimal::plain(int places) const {
    const int size = static_cast<int>(digits.size());
    std::string text = negative ? "-" : "";
    if (point <= 0 || digits.empty()) text += '0';
    for (int i = 0; i < point && !digits.empty(); ++i) text += i < size ? digits[static_cast<std::size_t>(i)] : '0';
    const int first = digits.empty() ? 0 : point; // digit after the point
    const int after = std::max(places, size - first);
    if (after <= 0) return text;
    text += '.';
    for (int i = first; i < first + after; ++i) text += i >= 0 && i < size ? digits[static_cast<std::size_t>(i)] : '0';
    return text;
}

} // namespace plimsoll::text
