// Reads one JSON object of the engine's model key by key. What is wrong is thrown as a ModelRefusal and caught where
// the reading begins. Internal to models/exchange.
#pragma once
#include "engine/solve/solution.h"

#include <nlohmann/json.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace plimsoll::exchange {

using nlohmann::json;

struct ModelRefusal {
    flow::Error error;
};

/// Where something stands: "stations[2]", the dotted field inside it, and the JSON pointer where that says more.
struct Where {
    std::string element, field, place;
    Where under(std::string_view key) const;
    [[noreturn]] void refuse(const std::string& message) const;
};

class ModelObject {
public:
    ModelObject(const json& value, Where where);

    /// The member, nullptr where it is left out or null; marks it as known.
    const json* find(std::string_view key);
    const json& required(std::string_view key);
    double number(std::string_view key);
    double numberOr(std::string_view key, double otherwise);
    std::optional<double> optionalNumber(std::string_view key);
    bool booleanOr(std::string_view key, bool otherwise);
    std::string string(std::string_view key);
    /// A whole number that fits 32 bits.
    std::uint32_t count(std::string_view key);
    std::uint32_t countOr(std::string_view key, std::uint32_t otherwise);
    std::optional<std::uint32_t> optionalCount(std::string_view key);
    /// The index of a word in `words`.
    template <std::size_t N>
    std::size_t wordOr(std::string_view key, const std::array<std::string_view, N>& words, std::size_t otherwise) {
        return word(key, words.data(), N, otherwise);
    }
    /// An array; empty where it is left out.
    const json& array(std::string_view key);

    /// Refuses what nobody asked for.
    void finish() const;
    Where at(std::string_view key) const { return m_where.under(key); }
    const json& value() const { return m_value; }

private:
    std::size_t word(std::string_view key, const std::string_view* words, std::size_t count, std::size_t otherwise);

    const json& m_value;
    Where m_where;
    std::set<std::string, std::less<>> m_known;
};

double numberAt(const json& value, const Where& where);
std::uint32_t countAt(const json& value, const Where& where);
/// The index of the word that `value` is.
std::size_t wordAt(const json& value, const Where& where, const std::string_view* words, std::size_t count);

} // namespace plimsoll::exchange
