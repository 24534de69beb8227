#include "models/exchange/json_object.h"

#include <fmt/format.h>

namespace plimsoll::exchange {

std::string_view typeName(const json& value) {
    switch (value.type()) {
    case json::value_t::null: return "null";
    case json::value_t::object: return "an object";
    case json::value_t::array: return "an array";
    case json::value_t::string: return "a string";
    case json::value_t::boolean: return "true or false";
    default: return "a number";
    }
}

JsonObject::JsonObject(const json& value, std::string place) : m_value(value), m_place(std::move(place)) {
    if (!value.is_object())
        throw Refusal{{m_place.empty() ? "/" : m_place, "", fmt::format("is {}, not an object", typeName(value))}};
}

const json* JsonObject::find(std::string_view key) {
    m_known.emplace(key);
    const auto found = m_value.find(key);
    return found == m_value.end() ? nullptr : &*found;
}

const json& JsonObject::required(std::string_view key) {
    const json* found = find(key);
    if (!found) refuse(key, "is missing");
    return *found;
}

bool JsonObject::has(std::string_view key) const {
    return m_value.contains(key);
}

std::string JsonObject::string(std::string_view key) {
    const json& value = required(key);
    if (!value.is_string()) refuse(key, fmt::format("is {}, not a string", typeName(value)));
    return value.get<std::string>();
}

std::string JsonObject::stringOr(std::string_view key, std::string_view otherwise) {
    return find(key) ? string(key) : std::string(otherwise);
}

double JsonObject::number(std::string_view key) {
    return numberOf(required(key), *this, key);
}

double JsonObject::numberOr(std::string_view key, double otherwise) {
    return find(key) ? number(key) : otherwise;
}

std::optional<double> JsonObject::optionalNumber(std::string_view key) {
    return find(key) ? std::optional(number(key)) : std::nullopt;
}

bool JsonObject::booleanOr(std::string_view key, bool otherwise) {
    const json* value = find(key);
    if (!value) return otherwise;
    if (!value->is_boolean()) refuse(key, fmt::format("is {}, not true or false", typeName(*value)));
    return value->get<bool>();
}

std::int64_t JsonObject::whole(std::string_view key, std::int64_t least, std::int64_t most) {
    const double value = number(key);
    const bool fits = value >= static_cast<double>(least) && value <= static_cast<double>(most);
    if (!fits || value != static_cast<double>(static_cast<std::int64_t>(value)))
        refuse(key, fmt::format("{} is not a whole number from {} to {}", value, least, most));
    return static_cast<std::int64_t>(value);
}

const json& JsonObject::arrayOr(std::string_view key) {
    static const json empty = json::array();
    const json* value = find(key);
    if (!value) return empty;
    if (!value->is_array()) refuse(key, fmt::format("is {}, not an array", typeName(*value)));
    return *value;
}

void JsonObject::finish() const {
    for (const auto& [key, value] : m_value.items())
        if (!m_known.contains(key)) refuse(key, "is not a known key");
}

void JsonObject::refuse(std::string_view key, std::string message) const {
    throw Refusal{{m_place.empty() ? "/" : m_place, std::string(key), std::move(message)}};
}

std::string JsonObject::placeOf(std::string_view key) const {
    return fmt::format("{}/{}", m_place, key);
}

double numberOf(const json& value, const JsonObject& object, std::string_view key) {
    if (!value.is_number()) object.refuse(key, fmt::format("is {}, not a number", typeName(value)));
    return value.get<double>();
}

} // namespace plimsoll::exchange
