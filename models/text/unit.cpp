#include "models/text/unit.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace plimsoll::text {

namespace {

using components::Dimension;

struct Named {
    std::string_view name;
    Factor factor;
};

constexpr Named kTimes[] = {{"ns", {-9}}, {"us", {-6}},           {"µs", {-6}},           {"ms", {-3}},
                            {"s", {}},    {"min", {0, 0, 60, 1}}, {"h", {0, 0, 3600, 1}}, {"d", {0, 0, 86400, 1}}};
/// A month is 730 hours everywhere (DESIGN.md section 5).
constexpr Named kPer[] = {{"s", {}},
                          {"min", {0, 0, 1, 60}},
                          {"h", {0, 0, 1, 3600}},
                          {"d", {0, 0, 1, 86400}},
                          {"month", {0, 0, 1, 730 * 3600}}};
constexpr Named kPrefixes[] = {{"k", {3}},      {"M", {6}},      {"G", {9}},      {"T", {12}},
                               {"Ki", {0, 10}}, {"Mi", {0, 20}}, {"Gi", {0, 30}}, {"Ti", {0, 40}}};
constexpr Named kDistances[] = {{"m", {}}, {"km", {3}}};
constexpr Named kBits[] = {{"b", {0, -3}}, {"bit", {0, -3}}};

char lower(char c) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

/// Equal but for case, which counts in M, m, b and B.
bool same(std::string_view a, std::string_view b) {
    return std::ranges::equal(
        a, b, [](char x, char y) { return x == y || (lower(x) == lower(y) && lower(x) != 'm' && lower(x) != 'b'); });
}

template <std::size_t N> std::optional<Factor> find(const Named (&table)[N], std::string_view name) {
    for (const Named& entry : table)
        if (same(entry.name, name)) return entry.factor;
    return {};
}

Factor product(const Factor& a, const Factor& b) {
    return {a.tens + b.tens, a.twos + b.twos, a.times * b.times, a.over * b.over};
}

/// A base unit with or without a prefix before it.
std::optional<Factor> prefixed(std::string_view letters, std::string_view base, const Factor& baseFactor) {
    if (letters.size() < base.size() || !same(letters.substr(letters.size() - base.size()), base)) return {};
    letters.remove_suffix(base.size());
    if (letters.empty()) return baseFactor;
    const auto prefix = prefixOf(letters);
    return prefix ? std::optional{product(*prefix, baseFactor)} : std::nullopt;
}

std::optional<Factor> bytes(std::string_view letters) {
    if (const auto withB = prefixed(letters, "B", {})) return withB;
    return prefixOf(letters); // "4Gi" as Kubernetes writes it
}

std::optional<Factor> bytesPerSecond(std::string_view letters, std::string_view per) {
    if (per.empty()) return prefixOf(letters);
    const auto perFactor = find(kPer, per);
    if (!perFactor) return {};
    if (const auto withB = prefixed(letters, "B", {})) return product(*withB, *perFactor);
    for (const Named& bit : kBits)
        if (const auto bits = prefixed(letters, bit.name, bit.factor)) return product(*bits, *perFactor);
    return {};
}

std::optional<Factor> rate(std::string_view letters, std::string_view per) {
    const auto perFactor = find(kPer, per);
    if (!perFactor) return {};
    if (letters.empty()) return perFactor;
    const auto prefix = prefixOf(letters);
    return prefix ? std::optional{product(*prefix, *perFactor)} : std::nullopt;
}

} // namespace

std::optional<Factor> prefixOf(std::string_view letters) {
    return find(kPrefixes, letters);
}

std::optional<Factor> unitOf(std::string_view letters, std::string_view per, Dimension dimension) {
    if (dimension == Dimension::Rate) return rate(letters, per);
    if (dimension == Dimension::BytesPerSecond) return bytesPerSecond(letters, per);
    if (!per.empty()) return {};
    switch (dimension) {
    case Dimension::Time: return find(kTimes, letters);
    case Dimension::Count: return prefixOf(letters);
    case Dimension::Share: return letters == "%" ? std::optional{Factor{-2}} : std::nullopt;
    case Dimension::Ratio: return letters == "%" ? std::optional{Factor{-2}} : prefixOf(letters);
    case Dimension::Bytes: return bytes(letters);
    case Dimension::Degrees: return letters == "°" || same(letters, "deg") ? std::optional{Factor{}} : std::nullopt;
    case Dimension::Distance: return find(kDistances, letters);
    default: return {};
    }
}

std::optional<Factor> unitOf(std::string_view text, Dimension dimension) {
    if (text.empty()) return Factor{};
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return unitOf(text, {}, dimension);
    return unitOf(text.substr(0, slash), text.substr(slash + 1), dimension);
}

std::string_view acceptedUnits(Dimension dimension) {
    switch (dimension) {
    case Dimension::Time: return "ns, us, ms, s, min, h or d";
    case Dimension::Rate: return "/s, /min, /h, /d or /month, with k, M, G or T before it for more";
    case Dimension::Count: return "a number, with k, M, G or T after it for more";
    case Dimension::Share: return "%";
    case Dimension::Ratio: return "a number or %";
    case Dimension::Bytes: return "B, kB, MB, GB, TB, KiB, MiB, GiB or TiB";
    case Dimension::BytesPerSecond: return "B/s, kB/s, MB/s, GB/s, KiB/s, MiB/s, GiB/s, kbit/s, Mbit/s or Gbit/s";
    case Dimension::Degrees: return "degrees";
    case Dimension::Distance: return "m or km";
    default: return "words";
    }
}

std::string_view dimensionName(Dimension dimension) {
    switch (dimension) {
    case Dimension::Time: return "a time";
    case Dimension::Rate: return "a rate";
    case Dimension::Count: return "a count";
    case Dimension::Share: return "a share";
    case Dimension::Ratio: return "a ratio";
    case Dimension::Bytes: return "an amount of bytes";
    case Dimension::BytesPerSecond: return "bytes a second";
    case Dimension::Degrees: return "degrees";
    case Dimension::Distance: return "a distance";
    default: return "a word";
    }
}

} // namespace plimsoll::text
