#include "models/components/component_type.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace plimsoll::components {
namespace {

using document::Component;
using document::Numeric;
using document::Value;

bool isNumeric(Dimension dimension) {
    return dimension != Dimension::Word && dimension != Dimension::Switch && dimension != Dimension::Words;
}

std::string choiceList(const Parameter& parameter) {
    std::string list;
    for (const Choice& choice : parameter.choices) list += (list.empty() ? "" : ", ") + std::string(choice.word);
    return list;
}

bool isChoice(const Parameter& parameter, std::string_view word) {
    return std::ranges::find(parameter.choices, word, &Choice::word) != parameter.choices.end();
}

std::optional<std::string> whyNotNumber(const Parameter& parameter, double value) {
    const std::string_view unit = unitOf(parameter.dimension);
    if (!std::isfinite(value)) return fmt::format("{} is not a number", value);
    if (value < parameter.minimum || value > parameter.maximum)
        return fmt::format("{} is outside {} to {}{}{}", value, parameter.minimum, parameter.maximum,
                           unit.empty() ? "" : " ", unit);
    if (parameter.integer && value != std::floor(value)) return fmt::format("{} is not a whole number", value);
    return {};
}

std::optional<std::string> whyNotRange(const Parameter& parameter, const Numeric& numeric) {
    if (!numeric.range) return {};
    const document::Range& range = *numeric.range;
    for (const double bound : {range.low, range.likely, range.high})
        if (auto reason = whyNotNumber(parameter, bound)) return reason;
    if (range.low > range.likely || range.likely > range.high)
        return fmt::format("{}..{}..{} is not in ascending order", range.low, range.likely, range.high);
    if (range.likely != numeric.value)
        return fmt::format("{} is not the likely value {} of its range", numeric.value, range.likely);
    return {};
}

std::optional<std::string> whyNotNumeric(const Parameter& parameter, const Numeric& numeric) {
    if (auto reason = whyNotNumber(parameter, numeric.value)) return reason;
    if (auto reason = whyNotRange(parameter, numeric)) return reason;
    if (!parameter.byClass && !numeric.byClass.empty()) return "it cannot differ by request type";
    for (const auto& [classId, value] : numeric.byClass)
        if (auto reason = whyNotNumber(parameter, value)) return fmt::format("{}: {}", classId, *reason);
    return {};
}

std::optional<std::string> whyNotWords(const Parameter& parameter, const std::vector<std::string>& words) {
    for (const std::string& one : words)
        if (!isChoice(parameter, one)) return fmt::format("\"{}\" is not one of {}", one, choiceList(parameter));
    return {};
}

/// The parameter of `component` called `key`, which its type declares.
const Parameter& declared(const Component& component, std::string_view key) {
    const ComponentType* type = findType(component.type);
    assert(type);
    const Parameter* parameter = findParameter(*type, key);
    assert(parameter);
    return *parameter;
}

template <class T> const T* held(const Component& component, std::string_view key) {
    if (component.parameters.empty()) return nullptr; // most are at their defaults
    const auto found = component.parameters.find(std::string(key));
    return found == component.parameters.end() ? nullptr : std::get_if<T>(&found->second);
}

} // namespace

const ComponentType* findType(std::string_view id) {
    const auto types = registry();
    const auto found = std::ranges::find(types, id, [](const ComponentType* type) { return type->id; });
    return found == types.end() ? nullptr : *found;
}

const Parameter* findParameter(const ComponentType& type, std::string_view key) {
    const auto found = std::ranges::find(type.parameters, key, &Parameter::key);
    return found == type.parameters.end() ? nullptr : &*found;
}

std::optional<double> number(const Component& component, std::string_view key, const document::Id& classId) {
    if (const auto* numeric = held<Numeric>(component, key)) {
        const auto ofClass = numeric->byClass.find(classId);
        return ofClass == numeric->byClass.end() ? numeric->value : ofClass->second;
    }
    return declared(component, key).defaultNumber;
}

std::optional<std::uint32_t> wholeNumber(const Component& component, std::string_view key) {
    const auto value = number(component, key);
    return value ? std::optional(static_cast<std::uint32_t>(*value)) : std::nullopt;
}

std::string word(const Component& component, std::string_view key) {
    if (const auto* text = held<std::string>(component, key)) return *text;
    return std::string(declared(component, key).defaultWord);
}

bool flag(const Component& component, std::string_view key) {
    if (const auto* value = held<bool>(component, key)) return *value;
    return declared(component, key).defaultWord == "true";
}

InputCount countInputs(const Component& component) {
    InputCount count;
    const ComponentType* type = findType(component.type);
    if (!type) return count;
    for (const Parameter& parameter : type->parameters) {
        const auto found = component.parameters.find(std::string(parameter.key));
        const bool isSet = found != component.parameters.end();
        if (!isSet && !defaultValue(parameter)) continue;
        const auto* numeric = isSet ? std::get_if<Numeric>(&found->second) : nullptr;
        ++count.all;
        count.defaults += !isSet || (numeric && numeric->provenance.kind == document::Provenance::Kind::Default);
    }
    return count;
}

std::optional<std::string> whyNotValue(const Parameter& parameter, const Value& value) {
    if (isNumeric(parameter.dimension)) {
        const auto* numeric = std::get_if<Numeric>(&value);
        return numeric ? whyNotNumeric(parameter, *numeric) : "a number is needed";
    }
    if (parameter.dimension == Dimension::Switch) {
        return std::holds_alternative<bool>(value) ? std::nullopt
                                                   : std::optional<std::string>("true or false is needed");
    }
    if (parameter.dimension == Dimension::Words) {
        const auto* words = std::get_if<std::vector<std::string>>(&value);
        return words ? whyNotWords(parameter, *words) : "a list of words is needed";
    }
    const auto* text = std::get_if<std::string>(&value);
    return text ? whyNotWords(parameter, {*text}) : "one of " + choiceList(parameter) + " is needed";
}

std::optional<document::Error> firstFault(const Component& component) {
    const ComponentType* type = findType(component.type);
    if (!type)
        return document::Error{component.name, "type",
                               fmt::format("there is no component type \"{}\"", component.type)};
    for (const auto& [key, value] : component.parameters) {
        const Parameter* parameter = findParameter(*type, key);
        if (!parameter)
            return document::Error{component.name, key, fmt::format("{} has no such parameter", type->label)};
        if (auto reason = whyNotValue(*parameter, value)) return document::Error{component.name, key, *reason};
    }
    if (!type->validate) return {};
    auto contradictions = type->validate(component);
    return contradictions.empty() ? std::nullopt : std::optional(contradictions.front());
}

std::optional<Value> defaultValue(const Parameter& parameter) {
    switch (parameter.dimension) {
    case Dimension::Word: return std::string(parameter.defaultWord);
    case Dimension::Words: return std::vector<std::string>{};
    case Dimension::Switch: return parameter.defaultWord == "true";
    default: break;
    }
    if (!parameter.defaultNumber) return {};
    Numeric numeric;
    numeric.value = *parameter.defaultNumber;
    numeric.provenance.kind = document::Provenance::Kind::Default;
    return numeric;
}

std::string_view unitOf(Dimension dimension) {
    switch (dimension) {
    case Dimension::Time: return "s";
    case Dimension::Rate: return "/s";
    case Dimension::Bytes: return "bytes";
    case Dimension::BytesPerSecond: return "bytes/s";
    case Dimension::Degrees: return "degrees";
    case Dimension::Distance: return "m";
    default: return {};
    }
}

} // namespace plimsoll::components
