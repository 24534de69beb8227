// Reads one JSON object key by key; what is wrong is thrown as a Refusal that names the place, and caught where the
// reading of a document begins (project_reader.cpp). Internal to models/exchange.
#pragma once
#include "models/document/error.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace plimsoll::exchange {

using nlohmann::json;

struct Refusal {
    document::Error error;
};

/// The JSON type of a value, for messages: "a string".
std::string_view typeName(const json& value);

class JsonObject {
public:
    /// `place` is the JSON pointer of `value`, which has to be an object.
    JsonObject(const json& value, std::string place);

    /// The member, or nullptr; marks it as known.
    const json* find(std::string_view key);
    const json& required(std::string_view key);
    bool has(std::string_view key) const;

    std::string string(std::string_view key);
    std::string stringOr(std::string_view key, std::string_view otherwise);
    double number(std::string_view key);
    double numberOr(std::string_view key, double otherwise);
    std::optional<double> optionalNumber(std::string_view key);
    bool booleanOr(std::string_view key, bool otherwise);
    /// A whole number within these bounds.
    std::int64_t whole(std::string_view key, std::int64_t least, std::int64_t most);
    /// An array, empty where it is left out.
    const json& arrayOr(std::string_view key);

    /// Refuses what nobody asked for.
    void finish() const;

    [[noreturn]] void refuse(std::string_view key, std::string message) const;
    std::string placeOf(std::string_view key) const;
    const std::string& place() const { return m_place; }
    const json& value() const { return m_value; }

private:
    const json& m_value;
    std::string m_place;
    std::set<std::string, std::less<>> m_known;
};

/// The value as a number; refused under `key` of `object` otherwise.
double numberOf(const json& value, const JsonObject& object, std::string_view key);

} // namespace plimsoll::exchange
