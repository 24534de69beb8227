#include "models/exchange/model_object.h"

#include "models/exchange/json_object.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace plimsoll::exchange {

Where Where::under(std::string_view key) const {
    return {element, field.empty() ? std::string(key) : fmt::format("{}.{}", field, key), place};
}

void Where::refuse(const std::string& message) const {
    throw ModelRefusal{
        {flow::Error::Invalid, element, field, place.empty() ? message : fmt::format("{} ({})", message, place)}};
}

ModelObject::ModelObject(const json& value, Where where) : m_value(value), m_where(std::move(where)) {
    if (!value.is_object()) m_where.refuse(fmt::format("is {}, must be an object", typeName(value)));
}

const json* ModelObject::find(std::string_view key) {
    m_known.emplace(key);
    const auto found = m_value.find(key);
    return found == m_value.end() || found->is_null() ? nullptr : &*found;
}

const json& ModelObject::required(std::string_view key) {
    const json* found = find(key);
    if (!found) at(key).refuse("is missing");
    return *found;
}

double ModelObject::number(std::string_view key) {
    return numberAt(required(key), at(key));
}

double ModelObject::numberOr(std::string_view key, double otherwise) {
    const json* value = find(key);
    return value ? numberAt(*value, at(key)) : otherwise;
}

std::optional<double> ModelObject::optionalNumber(std::string_view key) {
    const json* value = find(key);
    return value ? std::optional(numberAt(*value, at(key))) : std::nullopt;
}

bool ModelObject::booleanOr(std::string_view key, bool otherwise) {
    const json* value = find(key);
    if (!value) return otherwise;
    if (!value->is_boolean()) at(key).refuse(fmt::format("is {}, must be true or false", typeName(*value)));
    return value->get<bool>();
}

std::string ModelObject::string(std::string_view key) {
    const json& value = required(key);
    if (!value.is_string()) at(key).refuse(fmt::format("is {}, must be a string", typeName(value)));
    return value.get<std::string>();
}

std::uint32_t ModelObject::count(std::string_view key) {
    return countAt(required(key), at(key));
}

std::uint32_t ModelObject::countOr(std::string_view key, std::uint32_t otherwise) {
    const json* value = find(key);
    return value ? countAt(*value, at(key)) : otherwise;
}

std::optional<std::uint32_t> ModelObject::optionalCount(std::string_view key) {
    const json* value = find(key);
    return value ? std::optional(countAt(*value, at(key))) : std::nullopt;
}

std::size_t ModelObject::word(std::string_view key, const std::string_view* words, std::size_t count,
                              std::size_t otherwise) {
    const json* value = find(key);
    return value ? wordAt(*value, at(key), words, count) : otherwise;
}

const json& ModelObject::array(std::string_view key) {
    static const json empty = json::array();
    const json* value = find(key);
    if (!value) return empty;
    if (!value->is_array()) at(key).refuse(fmt::format("is {}, must be an array", typeName(*value)));
    return *value;
}

void ModelObject::finish() const {
    for (const auto& [key, value] : m_value.items())
        if (!m_known.contains(key)) at(key).refuse("is no known key here");
}

double numberAt(const json& value, const Where& where) {
    if (!value.is_number()) where.refuse(fmt::format("is {}, must be a number", typeName(value)));
    return value.get<double>();
}

std::uint32_t countAt(const json& value, const Where& where) {
    const double number = numberAt(value, where);
    if (!(number >= 0 && number <= std::numeric_limits<std::uint32_t>::max() && number == std::floor(number)))
        where.refuse(fmt::format("is {}, must be a whole number from 0 to {}", number,
                                 std::numeric_limits<std::uint32_t>::max()));
    return std::uint32_t(number);
}

std::size_t wordAt(const json& value, const Where& where, const std::string_view* words, std::size_t count) {
    std::string allowed;
    for (std::size_t i = 0; i < count; ++i) {
        if (value.is_string() && value.get_ref<const std::string&>() == words[i]) return i;
        allowed += (i == 0 ? "" : ", ") + std::string(words[i]);
    }
    where.refuse(fmt::format("is {}, must be one of {}", value.is_string() ? value.dump() : typeName(value), allowed));
}

} // namespace plimsoll::exchange
