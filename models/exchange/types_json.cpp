#include "models/exchange/types_json.h"

#include "models/components/component_type.h"
#include "models/exchange/json_text.h"

#include <nlohmann/json.hpp>

namespace plimsoll::exchange {

namespace {

using components::ComponentType;
using components::Dimension;
using components::Parameter;
using nlohmann::ordered_json;

std::string_view wordOf(Dimension dimension) {
    switch (dimension) {
    case Dimension::Time: return "time";
    case Dimension::Rate: return "rate";
    case Dimension::Count: return "count";
    case Dimension::Share: return "share";
    case Dimension::Ratio: return "ratio";
    case Dimension::Bytes: return "bytes";
    case Dimension::BytesPerSecond: return "bytes_per_second";
    case Dimension::Degrees: return "degrees";
    case Dimension::Distance: return "distance";
    case Dimension::Word: return "word";
    case Dimension::Switch: return "switch";
    case Dimension::Words: return "words";
    }
    return {};
}

bool isNumber(const Parameter& parameter) {
    return parameter.dimension < Dimension::Word;
}

ordered_json defaultJson(const Parameter& parameter) {
    if (isNumber(parameter))
        return parameter.defaultNumber ? jsonNumber(*parameter.defaultNumber) : ordered_json(nullptr);
    if (parameter.dimension == Dimension::Switch) return parameter.defaultWord == "true";
    if (parameter.dimension == Dimension::Words) return ordered_json::array();
    return parameter.defaultWord;
}

using ChoiceText = std::string_view components::Choice::*;
ordered_json choicesJson(const Parameter& parameter, ChoiceText text) {
    ordered_json choices = ordered_json::array();
    for (const components::Choice& choice : parameter.choices) choices.push_back(choice.*text);
    return choices;
}

ordered_json parameterJson(const Parameter& parameter) {
    const auto bound = [&](double value) { return isNumber(parameter) ? jsonNumber(value) : ordered_json(nullptr); };
    return {{"key", parameter.key},
            {"label", parameter.label},
            {"dimension", wordOf(parameter.dimension)},
            {"unit", components::unitOf(parameter.dimension)},
            {"minimum", bound(parameter.minimum)},
            {"maximum", bound(parameter.maximum)},
            {"default", defaultJson(parameter)},
            {"choices", choicesJson(parameter, &components::Choice::word)},
            {"choice_labels", choicesJson(parameter, &components::Choice::label)},
            {"by_class", parameter.byClass},
            {"integer", parameter.integer},
            {"group", parameter.group},
            {"help", parameter.help}};
}

} // namespace

std::string typesToJson() {
    constexpr int kIndent = 2;
    ordered_json types = ordered_json::array();
    for (const ComponentType* type : components::registry()) {
        ordered_json parameters = ordered_json::array();
        for (const Parameter& parameter : type->parameters) parameters.push_back(parameterJson(parameter));
        types.push_back({{"type", type->id},
                         {"label", type->label},
                         {"category", type->category},
                         {"help", type->help},
                         {"parameters", std::move(parameters)}});
    }
    return types.dump(kIndent) + "\n";
}

} // namespace plimsoll::exchange
