#include "models/calc/calc.h"

#include "models/calc/topics.h"
#include "models/exchange/canonical_json.h"
#include "models/exchange/json_text.h"

#include <fmt/format.h>

#include <array>

namespace plimsoll::calc {
namespace {

using document::Error;
using exchange::Where;

/// Every field's table.
const std::array kFields{modelTopics(), stationTopics(), balancingTopics(), networkTopics()};

ordered_json answerTopic(const std::string& topic, const json& inputs) {
    for (const auto& topics : kFields)
        for (const Topic& known : topics)
            if (known.name == topic) return known.answer(inputs);
    std::string names;
    for (const auto& topics : kFields)
        for (const Topic& known : topics) names += (names.empty() ? "" : ", ") + std::string(known.name);
    Where{"", "topic", ""}.refuse(fmt::format("\"{}\" is no topic that is known here: {}", topic, names));
}

/// One line: a message may quote text of the input.
ordered_json errorValue(const flow::Error& error) {
    const Error line = exchange::oneLine({error.element, error.field, error.message});
    return {{"element", line.component}, {"field", line.field}, {"message", line.message}};
}

ordered_json answerCase(const json& value) {
    ordered_json out = ordered_json::object();
    out["id"] = nullptr;
    try {
        ModelObject object(value, {"", "", ""});
        if (const json* id = object.find("id")) out["id"] = *id;
        const std::string topic = object.string("topic");
        ordered_json results = answerTopic(topic, object.required("inputs"));
        out["topic"] = topic;
        out["results"] = std::move(results);
    } catch (const ModelRefusal& refusal) {
        out["error"] = errorValue(refusal.error);
    }
    return out;
}

} // namespace

std::expected<std::string, Error> answer(std::string_view document) {
    const auto parsed = exchange::parseJson(document);
    if (!parsed) return std::unexpected(parsed.error());
    if (!parsed->is_object() || !parsed->contains("cases") || !parsed->at("cases").is_array())
        return std::unexpected(Error{"/", "cases", "must be an object with an array \"cases\""});
    ordered_json out = ordered_json::object();
    out["cases"] = ordered_json::array();
    for (const json& value : parsed->at("cases")) out["cases"].push_back(answerCase(value));
    return exchange::canonicalText(out);
}

} // namespace plimsoll::calc
