// JSON -> Project, key by key as design/project-json.md lists them.
#include "models/exchange/json_object.h"
#include "models/exchange/json_text.h"
#include "models/exchange/project_check.h"
#include "models/exchange/project_json.h"
#include "models/exchange/words.h"

#include <fmt/format.h>

#include <limits>

namespace plimsoll::exchange {

namespace {

using namespace document;

constexpr int kFormat = 1; // the format_version that this program reads and writes

template <class Enum> Enum wordIn(JsonObject& object, std::string_view key, std::optional<Enum> otherwise = {}) {
    if (otherwise && !object.find(key)) return *otherwise;
    const std::string word = object.string(key);
    const auto value = fromWord<Enum>(word);
    if (!value) object.refuse(key, fmt::format("\"{}\" is not one of the words that it takes", word));
    return *value;
}

std::map<Id, double> numbersByClass(const json& value, const JsonObject& parent, std::string_view key) {
    std::map<Id, double> numbers;
    JsonObject object(value, parent.placeOf(key));
    for (const auto& [classId, number] : value.items()) numbers[classId] = numberOf(number, object, classId);
    return numbers;
}

Provenance provenanceOf(const json& value, const JsonObject& parent) {
    Provenance provenance;
    if (value.is_string()) {
        const auto kind = fromWord<Provenance::Kind>(value.get<std::string>());
        if (!kind) parent.refuse("provenance", fmt::format("\"{}\" is not known", value.get<std::string>()));
        provenance.kind = *kind;
        return provenance;
    }
    JsonObject object(value, parent.placeOf("provenance"));
    provenance.kind = wordIn<Provenance::Kind>(object, "kind");
    provenance.source = object.stringOr("source", "");
    provenance.date = object.stringOr("date", "");
    object.finish();
    return provenance;
}

/// A number, or {"value" or "low", "likely", "high", "by_class", "provenance"}.
Numeric numericOf(const json& value, const JsonObject& parent, std::string_view key) {
    Numeric numeric;
    if (value.is_number()) {
        numeric.value = value.get<double>();
        return numeric;
    }
    JsonObject object(value, parent.placeOf(key));
    if (object.has("low") || object.has("likely") || object.has("high")) {
        numeric.range = Range{object.number("low"), object.number("likely"), object.number("high")};
        numeric.value = numeric.range->likely;
    } else {
        numeric.value = object.number("value");
    }
    if (const json* byClass = object.find("by_class")) numeric.byClass = numbersByClass(*byClass, object, "by_class");
    if (const json* provenance = object.find("provenance")) numeric.provenance = provenanceOf(*provenance, object);
    object.finish();
    return numeric;
}

Value valueOf(const json& value, const JsonObject& parent, const std::string& key) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_boolean()) return value.get<bool>();
    if (!value.is_array()) {
        if (value.is_null()) parent.refuse(key, "is null; leave it out for its default");
        return numericOf(value, parent, key);
    }
    std::vector<std::string> words;
    for (const json& word : value) {
        if (!word.is_string()) parent.refuse(key, fmt::format("has {} where words are listed", typeName(word)));
        words.push_back(word.get<std::string>());
    }
    return words;
}

RequestClass classOf(const json& value, std::string place) {
    JsonObject object(value, std::move(place));
    RequestClass requestClass;
    requestClass.id = object.string("id");
    requestClass.name = object.stringOr("name", requestClass.id);
    requestClass.from = object.string("from");
    if (object.has("profile")) object.refuse("profile", "is not read by this version; leave it out (constant load)");
    if (object.has("users")) {
        ClosedLoad load;
        load.users = static_cast<std::uint32_t>(object.whole("users", 0, std::numeric_limits<std::uint32_t>::max()));
        load.think = numericOf(object.required("think_s"), object, "think_s");
        load.thinkScv = object.numberOr("think_scv", 1);
        requestClass.load = load;
    } else {
        OpenLoad load;
        if (!object.has("rate_per_s")) object.refuse("rate_per_s", "is missing, and so is users");
        load.rate = perSecond(object.number("rate_per_s"));
        load.scv = object.numberOr("scv", 1);
        load.batch = object.numberOr("batch", 1);
        requestClass.load = load;
    }
    object.finish();
    return requestClass;
}

Target targetOf(const json& value, std::string place) {
    JsonObject object(value, std::move(place));
    Target target;
    if (object.find("class")) target.classId = object.string("class");
    target.metric = wordIn<Metric>(object, "metric");
    if (object.has("at_most") == object.has("at_least"))
        object.refuse("at_most", "a target has either at_most or at_least");
    target.atMost = object.has("at_most");
    target.bound = object.number(target.atMost ? "at_most" : "at_least");
    object.finish();
    return target;
}

Component componentOf(const json& value, std::string place) {
    JsonObject object(value, std::move(place));
    Component component;
    component.id = object.string("id");
    component.type = object.string("type");
    component.name = object.stringOr("name", component.id);
    component.position = {object.numberOr("x", 0), object.numberOr("y", 0)};
    if (object.has("width") || object.has("height"))
        component.size = Size{object.number("width"), object.number("height")};
    if (object.find("area")) component.area = object.string("area");
    if (const json* parameters = object.find("parameters")) {
        const JsonObject held(*parameters, object.placeOf("parameters"));
        for (const auto& [key, parameter] : parameters->items())
            component.parameters.emplace(key, valueOf(parameter, held, key));
    }
    object.finish();
    return component;
}

/// A number, an object by class id, or {"value", "by_class"} where the classes that are not named share a value of
/// their own (a class whose id is by_class has a number, so the forms cannot be mistaken).
PerClass perClassOf(JsonObject& object, std::string_view key, double otherwise) {
    PerClass numbers{otherwise, {}};
    const json* value = object.find(key);
    if (!value) return numbers;
    if (value->is_object() && value->contains("by_class") && (*value)["by_class"].is_object()) {
        JsonObject both(*value, object.placeOf(key));
        numbers.value = both.numberOr("value", otherwise);
        numbers.byClass = numbersByClass(both.required("by_class"), both, "by_class");
        both.finish();
    } else if (value->is_object())
        numbers.byClass = numbersByClass(*value, object, key);
    else
        numbers.value = numberOf(*value, object, key);
    return numbers;
}

When whenOf(JsonObject& link) {
    const json* value = link.find("when");
    if (!value || *value == "always") return Always{};
    if (value->is_string()) link.refuse("when", fmt::format("\"{}\" is not always", value->get<std::string>()));
    JsonObject object(*value, link.placeOf("when"));
    When when;
    if (object.has("miss_of"))
        when = MissOf{object.string("miss_of")};
    else if (object.has("share"))
        when = WithShare{object.number("share")};
    else
        link.refuse("when", "is always, {\"miss_of\": cache} or {\"share\": probability}");
    object.finish();
    return when;
}

Retry retryOf(const json& value, const JsonObject& link) {
    JsonObject object(value, link.placeOf("retry"));
    Retry retry;
    if (object.has("max_attempts"))
        retry.maxAttempts =
            static_cast<std::uint32_t>(object.whole("max_attempts", 1, std::numeric_limits<std::uint32_t>::max()));
    retry.backoff = seconds(object.numberOr("backoff_s", 0));
    retry.backoffFactor = object.numberOr("backoff_factor", retry.backoffFactor);
    retry.backoffCap = seconds(object.numberOr("backoff_cap_s", retry.backoffCap.count()));
    retry.fullJitter = object.booleanOr("full_jitter", true);
    retry.budget = object.optionalNumber("budget");
    for (const json& cause : object.arrayOr("on")) {
        const auto known = cause.is_string() ? fromWord<flow::Cause>(cause.get<std::string>()) : std::nullopt;
        if (!known) object.refuse("on", "lists what is not a cause of failure");
        retry.on.push_back(*known);
    }
    object.finish();
    return retry;
}

Link linkOf(const json& value, std::string place) {
    JsonObject object(value, std::move(place));
    Link link;
    link.from = object.string("from");
    link.to = object.string("to");
    link.calls = perClassOf(object, "calls", 1);
    link.writes = perClassOf(object, "writes", 0);
    link.when = whenOf(object);
    if (object.has("stage"))
        link.stage =
            static_cast<int>(object.whole("stage", std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
    link.mode = wordIn<Mode>(object, "mode", Mode::Sync);
    if (const auto timeout = object.optionalNumber("timeout_s")) link.timeout = seconds(*timeout);
    if (const json* retry = object.find("retry")) link.retry = retryOf(*retry, object);
    link.cancel = object.booleanOr("cancel", false);
    link.requestBytes = Bytes{object.numberOr("request_bytes", 0)};
    link.responseBytes = Bytes{object.numberOr("response_bytes", 0)};
    link.protocol = wordIn<Protocol>(object, "protocol", Protocol::Http);
    object.finish();
    return link;
}

Scenario scenarioOf(const json& value, std::string place) {
    JsonObject object(value, std::move(place));
    Scenario scenario;
    scenario.id = object.string("id");
    scenario.name = object.stringOr("name", scenario.id);
    if (object.find("derived_from")) scenario.derivedFrom = object.string("derived_from");
    const std::string components = object.placeOf("components"), links = object.placeOf("links");
    for (std::size_t i = 0; const json& component : object.arrayOr("components"))
        scenario.components.emplace_back(componentOf(component, fmt::format("{}/{}", components, i++)));
    for (std::size_t i = 0; const json& link : object.arrayOr("links"))
        scenario.links.emplace_back(linkOf(link, fmt::format("{}/{}", links, i++)));
    object.finish();
    return scenario;
}

Project projectOf(const json& value) {
    JsonObject object(value, "");
    if (const auto version = object.number("format_version"); version != kFormat)
        object.refuse("format_version", fmt::format("{} is not {}, which this version reads", version, kFormat));
    Project project;
    project.name = object.string("name");
    project.note = object.stringOr("note", "");
    for (std::size_t i = 0; const json& requestClass : object.arrayOr("classes"))
        project.classes.push_back(classOf(requestClass, fmt::format("/classes/{}", i++)));
    for (std::size_t i = 0; const json& target : object.arrayOr("targets"))
        project.targets.push_back(targetOf(target, fmt::format("/targets/{}", i++)));
    object.required("scenarios");
    for (std::size_t i = 0; const json& scenario : object.arrayOr("scenarios"))
        project.scenarios.emplace_back(scenarioOf(scenario, fmt::format("/scenarios/{}", i++)));
    object.finish();
    return project;
}

} // namespace

std::expected<Project, Error> projectFromJson(std::string_view text) {
    const auto document = parseJson(text);
    if (!document) return std::unexpected(document.error());
    try {
        Project project = projectOf(*document);
        if (auto fault = firstFault(project)) {
            const std::string& who = fault->error.component;
            const std::string subject = who.empty() ? std::string() : who + ": ";
            return std::unexpected(oneLine({fault->place, fault->error.field, subject + fault->error.message}));
        }
        return project;
    } catch (const Refusal& refusal) {
        return std::unexpected(oneLine(refusal.error));
    }
}

} // namespace plimsoll::exchange
