// Project -> JSON; what is at its default is left out.
#include "models/exchange/json_text.h"
#include "models/exchange/project_json.h"
#include "models/exchange/words.h"

#include <nlohmann/json.hpp>

namespace plimsoll::exchange {

namespace {

using namespace document;
using nlohmann::ordered_json;

template <class T> void put(ordered_json& object, const char* key, const T& value, const T& otherwise) {
    if (value != otherwise) object[key] = value;
}
void putNumber(ordered_json& object, const char* key, double value, double otherwise) {
    if (value != otherwise) object[key] = jsonNumber(value);
}

ordered_json byClassJson(const std::map<Id, double>& numbers) {
    ordered_json object = ordered_json::object();
    for (const auto& [classId, number] : numbers) object[classId] = jsonNumber(number);
    return object;
}

ordered_json provenanceJson(const Provenance& provenance) {
    std::string kind(wordOf(provenance.kind));
    if (provenance.source.empty() && provenance.date.empty()) return kind;
    ordered_json object{{"kind", kind}};
    put<std::string>(object, "source", provenance.source, "");
    put<std::string>(object, "date", provenance.date, "");
    return object;
}

ordered_json numericJson(const Numeric& numeric) {
    const bool isTyped = numeric.provenance == Provenance{};
    if (!numeric.range && numeric.byClass.empty() && isTyped) return jsonNumber(numeric.value);
    ordered_json object = ordered_json::object();
    if (numeric.range) {
        object["low"] = jsonNumber(numeric.range->low);
        object["likely"] = jsonNumber(numeric.range->likely);
        object["high"] = jsonNumber(numeric.range->high);
    } else {
        object["value"] = jsonNumber(numeric.value);
    }
    if (!numeric.byClass.empty()) object["by_class"] = byClassJson(numeric.byClass);
    if (!isTyped) object["provenance"] = provenanceJson(numeric.provenance);
    return object;
}

ordered_json valueJson(const Value& value) {
    if (const auto* numeric = std::get_if<Numeric>(&value)) return numericJson(*numeric);
    if (const auto* word = std::get_if<std::string>(&value)) return *word;
    if (const auto* flag = std::get_if<bool>(&value)) return *flag;
    return std::get<std::vector<std::string>>(value);
}

ordered_json classJson(const RequestClass& requestClass) {
    ordered_json object{{"id", requestClass.id}};
    put(object, "name", requestClass.name, requestClass.id);
    object["from"] = requestClass.from;
    if (const auto* open = std::get_if<OpenLoad>(&requestClass.load)) {
        object["rate_per_s"] = jsonNumber(open->rate.value);
        putNumber(object, "scv", open->scv, 1);
        putNumber(object, "batch", open->batch, 1);
    } else {
        const auto& closed = std::get<ClosedLoad>(requestClass.load);
        object["users"] = closed.users;
        object["think_s"] = numericJson(closed.think);
        putNumber(object, "think_scv", closed.thinkScv, 1);
    }
    return object;
}

ordered_json targetJson(const Target& target) {
    ordered_json object = ordered_json::object();
    if (target.classId) object["class"] = *target.classId;
    object["metric"] = wordOf(target.metric);
    object[target.atMost ? "at_most" : "at_least"] = jsonNumber(target.bound);
    return object;
}

ordered_json componentJson(const Component& component) {
    ordered_json object{{"id", component.id}, {"type", component.type}};
    put(object, "name", component.name, component.id);
    putNumber(object, "x", component.position.x, 0);
    putNumber(object, "y", component.position.y, 0);
    if (component.size) {
        object["width"] = jsonNumber(component.size->width);
        object["height"] = jsonNumber(component.size->height);
    }
    if (component.area) object["area"] = *component.area;
    for (const auto& [key, value] : component.parameters) object["parameters"][key] = valueJson(value);
    return object;
}

/// A bare number, or an object by class id. Where the classes that are not named have no default either, the object is
/// that of a parameter's value.
void putPerClass(ordered_json& object, const char* key, const PerClass& numbers, double otherwise) {
    if (numbers.byClass.empty()) return putNumber(object, key, numbers.value, otherwise);
    if (numbers.value == otherwise)
        object[key] = byClassJson(numbers.byClass);
    else
        object[key] = {{"value", jsonNumber(numbers.value)}, {"by_class", byClassJson(numbers.byClass)}};
}

ordered_json retryJson(const Retry& retry) {
    const Retry otherwise;
    ordered_json object = ordered_json::object();
    putNumber(object, "max_attempts", retry.maxAttempts, otherwise.maxAttempts);
    putNumber(object, "backoff_s", retry.backoff.count(), otherwise.backoff.count());
    putNumber(object, "backoff_factor", retry.backoffFactor, otherwise.backoffFactor);
    putNumber(object, "backoff_cap_s", retry.backoffCap.count(), otherwise.backoffCap.count());
    put(object, "full_jitter", retry.fullJitter, otherwise.fullJitter);
    if (retry.budget) object["budget"] = jsonNumber(*retry.budget);
    for (const flow::Cause cause : retry.on) object["on"].push_back(wordOf(cause));
    return object;
}

ordered_json linkJson(const Link& link) {
    ordered_json object{{"from", link.from}, {"to", link.to}};
    putPerClass(object, "calls", link.calls, 1);
    putPerClass(object, "writes", link.writes, 0);
    if (const auto* miss = std::get_if<MissOf>(&link.when)) object["when"] = {{"miss_of", miss->cache}};
    if (const auto* share = std::get_if<WithShare>(&link.when)) object["when"] = {{"share", jsonNumber(share->share)}};
    if (link.stage) object["stage"] = *link.stage;
    if (link.mode != Mode::Sync) object["mode"] = wordOf(link.mode);
    if (link.timeout) object["timeout_s"] = jsonNumber(link.timeout->count());
    if (link.retry) object["retry"] = retryJson(*link.retry);
    put(object, "cancel", link.cancel, false);
    putNumber(object, "request_bytes", link.requestBytes.value, 0);
    putNumber(object, "response_bytes", link.responseBytes.value, 0);
    if (link.protocol != Protocol::Http) object["protocol"] = wordOf(link.protocol);
    return object;
}

ordered_json scenarioJson(const Scenario& scenario) {
    ordered_json object{{"id", scenario.id}};
    put(object, "name", scenario.name, scenario.id);
    if (scenario.derivedFrom) object["derived_from"] = *scenario.derivedFrom;
    for (const auto& component : scenario.components) object["components"].push_back(componentJson(*component));
    for (const auto& link : scenario.links) object["links"].push_back(linkJson(*link));
    return object;
}

} // namespace

std::string projectToJson(const Project& project) {
    constexpr int kFormat = 1, kIndent = 2;
    ordered_json object{{"format_version", kFormat}, {"name", project.name}};
    put<std::string>(object, "note", project.note, "");
    for (const RequestClass& requestClass : project.classes) object["classes"].push_back(classJson(requestClass));
    for (const Target& target : project.targets) object["targets"].push_back(targetJson(target));
    object["scenarios"] = ordered_json::array();
    for (const auto& scenario : project.scenarios) object["scenarios"].push_back(scenarioJson(*scenario));
    // Text that is no UTF-8 cannot be in a project that was checked.
    return object.dump(kIndent, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

} // namespace plimsoll::exchange
