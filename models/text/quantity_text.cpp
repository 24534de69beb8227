#include "models/text/quantity_text.h"

#include "models/text/number_reader.h"
#include "models/text/unit.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace plimsoll::text {

namespace {

using components::Dimension;
template <class T> using Result = std::expected<T, std::string>;

constexpr std::size_t kLongest = 200; // characters of a typed quantity; a thousand-digit number is a slip

struct Replacement {
    std::string_view from, to;
};
constexpr std::array kReplacements = {
    Replacement{"×", "*"},      Replacement{"µ", "u"},      Replacement{"μ", "u"},      Replacement{"±", "+-"},
    Replacement{"−", "-"},      Replacement{"–", "-"},      Replacement{"…", "..."},    Replacement{"·", "*"},
    Replacement{"\u2009", " "}, Replacement{"\u202f", " "}, Replacement{"\u00a0", " "}, Replacement{"°", "deg"},
    Replacement{"\t", " "},     Replacement{"＋", "+"},
};

/// One spelling for what is typed in several; whatever else is not ASCII stays and is refused later.
std::string normalised(std::string_view typed) {
    std::string text;
    while (!typed.empty()) {
        bool replaced = false;
        for (const Replacement& replacement : kReplacements) {
            if (!typed.starts_with(replacement.from)) continue;
            text += replacement.to;
            typed.remove_prefix(replacement.from.size());
            replaced = true;
            break;
        }
        if (replaced) continue;
        text += typed.front();
        typed.remove_prefix(1);
    }
    return text;
}

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
bool isControl(char c) {
    return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
}
bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '%';
}
bool startsNumber(std::string_view text) {
    return !text.empty() && (isDigit(text[0]) || text[0] == '.' || text[0] == ',');
}

/// One summand: a literal with its unit (none: it is told by what follows, or by the field) times plain numbers.
struct Term {
    Literal literal;
    std::optional<Factor> unit;
    bool isScaled = false; // "3k": a prefix on the field's unit
    double multiplier = 1;
};
using Sum = std::vector<Term>;

class Reader {
public:
    Reader(Dimension dimension, Factor fieldUnit) : m_dimension(dimension), m_fieldUnit(fieldUnit) {}

    Result<Sum> sum(std::string_view text) const;
    /// Values of the sums; a term without a unit has that of the next one with a unit, else the field's.
    Result<std::vector<double>> values(std::vector<Sum>& sums) const;

private:
    Result<Term> term(std::string_view& text) const;
    Result<void> multiply(Term& product, std::string_view& text) const;
    Result<Term> factor(std::string_view& text) const;
    Result<void> clock(Term& term, std::string_view& text) const;
    Result<void> unit(Term& term, std::string_view& text) const;
    std::string wrongUnit(std::string_view unit) const;

    Dimension m_dimension;
    Factor m_fieldUnit;
};

std::string Reader::wrongUnit(std::string_view unit) const {
    const std::string accepted = fmt::format("write {}", acceptedUnits(m_dimension));
    for (int other = 0; other <= static_cast<int>(Dimension::Distance); ++other) {
        const auto dimension = static_cast<Dimension>(other);
        if (dimension == m_dimension || dimension == Dimension::Ratio || !unitOf(unit, dimension)) continue;
        return fmt::format("\"{}\" is {}, not {}: {}", unit, dimensionName(dimension), dimensionName(m_dimension),
                           accepted);
    }
    return fmt::format("\"{}\" is not a unit of {}: {}", unit, dimensionName(m_dimension), accepted);
}

/// "3:30" and "1:02:30", whose first part is in `term` already.
Result<void> Reader::clock(Term& term, std::string_view& text) const {
    if (m_dimension != Dimension::Time) return std::unexpected(wrongUnit(":"));
    auto total = valueOf(term.literal, {});
    for (int parts = 1; total && text.starts_with(':') && parts <= 2; ++parts) {
        text.remove_prefix(1);
        const auto next = takeNumber(text);
        if (!next) return std::unexpected(next.error());
        const auto value = valueOf(*next, {});
        if (!value || *value >= 60) return std::unexpected("minutes and seconds after a colon are below 60");
        *total = *total * 60 + *value;
    }
    if (!total) return std::unexpected(total.error());
    term.literal = {fmt::format("{:.17g}", *total), 0};
    if (const auto e = term.literal.digits.find('e'); e != std::string::npos)
        return std::unexpected("the number is too large for minutes and seconds");
    term.unit = Factor{};
    return {};
}

/// The unit that follows a number, if one does.
Result<void> Reader::unit(Term& term, std::string_view& text) const {
    std::string_view rest = trimmed(text);
    std::size_t size = 0;
    while (size < rest.size() && isLetter(rest[size])) ++size;
    const std::string_view letters = rest.substr(0, size);
    rest = trimmed(rest.substr(size));
    std::string_view per;
    if (rest.starts_with('/')) {
        const std::string_view after = trimmed(rest.substr(1));
        size = 0;
        while (size < after.size() && isLetter(after[size])) ++size;
        per = after.substr(0, size);
        if (size > 0) rest = after.substr(size);
    }
    if (letters.empty() && per.empty()) return {};
    text = rest;
    const bool takesPrefix = m_dimension != Dimension::Time && m_dimension != Dimension::Share &&
                             m_dimension != Dimension::Degrees && m_dimension != Dimension::Distance;
    const bool inBytes = m_dimension == Dimension::Bytes || m_dimension == Dimension::BytesPerSecond;
    const auto prefix = prefixOf(letters);
    if (prefix && per.empty() && takesPrefix && !inBytes) {
        term.literal.exponent += prefix->tens;
        term.multiplier = std::ldexp(term.multiplier, prefix->twos);
        return {};
    }
    term.unit = unitOf(letters, per, m_dimension);
    if (term.unit) return {};
    return std::unexpected(wrongUnit(per.empty() ? std::string(letters) : fmt::format("{}/{}", letters, per)));
}

Result<Term> Reader::factor(std::string_view& text) const {
    text = trimmed(text);
    Term term;
    auto literal = takeNumber(text);
    if (!literal) return std::unexpected(literal.error());
    term.literal = std::move(*literal);
    const auto read = text.starts_with(':') ? clock(term, text) : unit(term, text);
    if (!read) return std::unexpected(read.error());
    text = trimmed(text);
    return term;
}

/// Takes "* 350/s" or "/ 4" into the product, at most one factor of which has a unit.
Result<void> Reader::multiply(Term& product, std::string_view& text) const {
    const bool divides = text.front() == '/';
    text.remove_prefix(1);
    auto next = factor(text);
    if (!next) return std::unexpected(next.error());
    if (next->unit && divides) return std::unexpected("divide by a plain number");
    if (next->unit && product.unit) return std::unexpected("only one factor of a product may have a unit");
    if (next->unit) {
        next->multiplier *= product.multiplier;
        std::swap(*next, product);
        next->multiplier = 1;
    }
    const auto number = valueOf(next->literal, {});
    if (!number) return std::unexpected(number.error());
    const double other = *number * next->multiplier;
    if (divides && other == 0) return std::unexpected("division by zero");
    product.multiplier = divides ? product.multiplier / other : product.multiplier * other;
    return {};
}

Result<Term> Reader::term(std::string_view& text) const {
    auto product = factor(text);
    while (product && !text.empty()) {
        const char next = text.front();
        const bool multiplies = next == '*';
        const bool divides = next == '/' && startsNumber(trimmed(text.substr(1)));
        if (!multiplies && !divides) break;
        if (const auto done = multiply(*product, text); !done) return std::unexpected(done.error());
    }
    return product;
}

Result<Sum> Reader::sum(std::string_view text) const {
    Sum sum;
    text = trimmed(text);
    double sign = 1;
    if (text.starts_with('-')) {
        sign = -1;
        text.remove_prefix(1);
    }
    while (true) {
        auto next = term(text);
        if (!next) return std::unexpected(next.error());
        next->multiplier *= sign;
        sum.push_back(std::move(*next));
        if (text.empty()) return sum;
        if (text[0] != '+' && text[0] != '-') return std::unexpected(fmt::format("\"{}\" is not understood", text));
        sign = text[0] == '-' ? -1 : 1;
        text.remove_prefix(1);
    }
}

Result<std::vector<double>> Reader::values(std::vector<Sum>& sums) const {
    std::vector<double> values(sums.size());
    Factor unit = m_fieldUnit;
    for (std::size_t i = sums.size(); i-- > 0;) {
        std::vector<double> summands;
        for (std::size_t j = sums[i].size(); j-- > 0;) {
            const Term& term = sums[i][j];
            if (term.unit) unit = *term.unit;
            const auto value = valueOf(term.literal, unit);
            if (!value) return std::unexpected(value.error());
            summands.push_back(*value * term.multiplier);
        }
        // From the left, as typed; +0 so that -0 is 0.
        for (auto at = summands.rbegin(); at != summands.rend(); ++at) values[i] += *at;
        if (!std::isfinite(values[i])) return std::unexpected("the number is too large");
    }
    return values;
}

/// "x1.5" and "+10%": what is there, times this factor; none: the text is not relative.
Result<std::optional<double>> relativeFactor(std::string_view text) {
    const char first = text.front();
    const bool times = first == 'x' || first == 'X' || first == '*';
    if (!times && first != '+' && first != '-') return std::optional<double>();
    text = trimmed(text.substr(1));
    std::string_view rest = text;
    const auto literal = takeNumber(rest);
    rest = trimmed(rest);
    if (!times && (!literal || rest != "%")) {
        if (first == '-') return std::optional<double>();
        return std::unexpected("a plus in front is for a change such as +10%");
    }
    if (!literal) return std::unexpected(literal.error());
    if (times && !rest.empty()) return std::unexpected(fmt::format("\"{}\" is not understood after a factor", rest));
    const auto number = valueOf(*literal, times ? Factor{} : Factor{-2});
    if (!number) return std::unexpected(number.error());
    return std::optional(times ? *number : first == '+' ? 1 + *number : 1 - *number);
}

Result<Typed> rangeOf(double low, double likely, double high) {
    if (!(low <= likely && likely <= high))
        return std::unexpected("a range goes from low over likely to high: 80..120..190");
    if (!std::isfinite(low) || !std::isfinite(high)) return std::unexpected("the number is too large");
    return Typed{likely, document::Range{low, likely, high}};
}

/// "100 +- 20%" and "100 +- 20 ms".
Result<Typed> plusMinus(std::string_view middle, std::string_view spread, const Reader& reader) {
    const auto likely = reader.sum(middle);
    if (!likely) return std::unexpected(likely.error());
    std::vector<Sum> sums{*likely};
    spread = trimmed(spread);
    std::string_view rest = spread;
    const auto literal = takeNumber(rest);
    const bool percent = literal && trimmed(rest) == "%";
    if (!percent) {
        const auto half = reader.sum(spread);
        if (!half) return std::unexpected(half.error());
        sums.push_back(*half);
    }
    const auto values = reader.values(sums);
    if (!values) return std::unexpected(values.error());
    const double centre = values->front();
    double half = values->back();
    if (percent) {
        const auto share = valueOf(*literal, Factor{-2});
        if (!share) return std::unexpected(share.error());
        half = std::abs(centre) * *share;
    }
    return rangeOf(centre - half, centre, centre + half);
}

/// "80..120..190".
Result<Typed> threeParts(std::string_view text, const Reader& reader) {
    std::vector<Sum> sums;
    while (true) {
        const auto dots = text.find("..");
        const auto part = reader.sum(text.substr(0, dots));
        if (!part) return std::unexpected(part.error());
        sums.push_back(*part);
        if (dots == std::string_view::npos) break;
        text.remove_prefix(dots + 2);
    }
    if (sums.size() != 3) return std::unexpected("a range has three parts, low..likely..high: 80..120..190");
    const auto values = reader.values(sums);
    if (!values) return std::unexpected(values.error());
    return rangeOf((*values)[0], (*values)[1], (*values)[2]);
}

Result<Typed> read(std::string_view text, const Reader& reader, std::optional<double> present) {
    const auto factor = relativeFactor(text);
    if (!factor) return std::unexpected(factor.error());
    if (*factor) {
        if (!present) return std::unexpected("there is no present value that it could refer to");
        const double value = *present * **factor;
        if (!std::isfinite(value)) return std::unexpected("the number is too large");
        return Typed{value, {}};
    }
    if (const auto sign = text.find("+-"); sign != std::string_view::npos)
        return plusMinus(text.substr(0, sign), text.substr(sign + 2), reader);
    if (text.find("..") != std::string_view::npos) return threeParts(text, reader);
    auto sum = reader.sum(text);
    if (!sum) return std::unexpected(sum.error());
    std::vector<Sum> sums{std::move(*sum)};
    const auto values = reader.values(sums);
    if (!values) return std::unexpected(values.error());
    return Typed{values->front(), {}};
}

} // namespace

std::expected<Typed, std::string> parse(std::string_view typed, Dimension dimension, std::string_view shownUnit,
                                        std::optional<double> present) {
    const std::string accepted = fmt::format("write {}", acceptedUnits(dimension));
    if (dimension > Dimension::Distance) return std::unexpected("this takes a word, not a number");
    if (typed.size() > kLongest) return std::unexpected("this is too long to be a number");
    const auto unit = unitOf(shownUnit, dimension);
    if (!unit) return std::unexpected(fmt::format("\"{}\" is not a unit: {}", shownUnit, accepted));
    const std::string normal = normalised(typed);
    const std::string_view text = trimmed(normal);
    if (std::ranges::any_of(text, isControl)) return std::unexpected("a control character is no part of a number");
    if (text.empty()) return std::unexpected(fmt::format("nothing is written: {}", accepted));
    auto result = read(text, Reader(dimension, *unit), present);
    if (!result && result.error() == "a number is missing")
        return std::unexpected(fmt::format("a number is missing: {}", accepted));
    return result;
}

} // namespace plimsoll::text
