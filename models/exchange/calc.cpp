#include "models/exchange/calc.h"

#include "models/exchange/calc_topics.h"
#include "models/exchange/canonical_json.h"
#include "models/exchange/json_text.h"

#include <fmt/format.h>

#include <array>

namespace plimsoll::exchange {
namespace {

using document::Error;
using nlohmann::ordered_json;

struct Topic {
    std::string_view name;
    ordered_json (*answer)(const json& inputs);
};
constexpr std::array<Topic, 4> kTopics{
    {{"model", calcModel}, {"simulate", calcSimulate}, {"erlang", calcErlang}, {"mmc", calcMmc}}};

ordered_json answer(const std::string& topic, const json& inputs) {
    for (const Topic& known : kTopics)
        if (known.name == topic) return known.answer(inputs);
    std::string names;
    for (const Topic& known : kTopics) names += (names.empty() ? "" : ", ") + std::string(known.name);
    Where{"", "topic", ""}.refuse(fmt::format("\"{}\" is no topic that is known here: {}", topic, names));
}

/// One line: a message may quote text of the input.
ordered_json errorValue(const flow::Error& error) {
    const Error line = oneLine({error.element, error.field, error.message});
    return {{"element", line.component}, {"field", line.field}, {"message", line.message}};
}

ordered_json answerCase(const json& value) {
    ordered_json out = ordered_json::object();
    out["id"] = nullptr;
    try {
        ModelObject object(value, {"", "", ""});
        if (const json* id = object.find("id")) out["id"] = *id;
        const std::string topic = object.string("topic");
        ordered_json results = answer(topic, object.required("inputs"));
        out["topic"] = topic;
        out["results"] = std::move(results);
    } catch (const ModelRefusal& refusal) {
        out["error"] = errorValue(refusal.error);
    }
    return out;
}

} // namespace

std::expected<std::string, Error> calc(std::string_view document) {
    const auto parsed = parseJson(document);
    if (!parsed) return std::unexpected(parsed.error());
    if (!parsed->is_object() || !parsed->contains("cases") || !parsed->at("cases").is_array())
        return std::unexpected(Error{"/", "cases", "must be an object with an array \"cases\""});
    ordered_json out = ordered_json::object();
    out["cases"] = ordered_json::array();
    for (const json& value : parsed->at("cases")) out["cases"].push_back(answerCase(value));
    return canonicalText(out);
}

} // namespace plimsoll::exchange
