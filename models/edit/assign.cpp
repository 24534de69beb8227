#include "models/edit/assign.h"

#include "models/components/component_type.h"
#include "models/exchange/words.h"
#include "models/text/quantity_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace plimsoll::edit {
namespace {

using components::Dimension;
using components::Parameter;
using document::Numeric;
using document::Provenance;
using document::Value;

struct Assignment {
    std::string subject, key, classId, value;
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string withUnderscores(std::string_view text) {
    std::string result(text);
    std::ranges::replace(result, '-', '_');
    return result;
}

std::expected<Assignment, Error> split(std::string_view text) {
    const auto equals = text.find('=');
    const auto dot = text.substr(0, equals).find('.');
    if (equals == std::string_view::npos || dot == std::string_view::npos)
        return std::unexpected(
            Error{std::string(text), "", "expected COMPONENT.KEY=VALUE, FROM>TO.KEY=VALUE or CLASS.KEY=VALUE"});
    std::string_view key = trimmed(text.substr(dot + 1, equals - dot - 1));
    const auto at = key.find('@');
    return Assignment{std::string(trimmed(text.substr(0, dot))), withUnderscores(trimmed(key.substr(0, at))),
                      at == std::string_view::npos ? "" : std::string(trimmed(key.substr(at + 1))),
                      std::string(trimmed(text.substr(equals + 1)))};
}

std::expected<double, Error> parsed(const Assignment& a, Dimension dimension, std::optional<double> present = {}) {
    auto typed = text::parse(a.value, dimension, {}, present);
    if (!typed) return std::unexpected(Error{a.subject, a.key, typed.error()});
    if (typed->range)
        return std::unexpected(
            Error{a.subject, a.key, fmt::format("\"{}\" is a range; one number is wanted here", a.value)});
    return typed->value;
}

std::expected<Value, Error> parameterValue(const Component& component, const Parameter& parameter,
                                           const Assignment& a) {
    const auto found = component.parameters.find(a.key);
    switch (parameter.dimension) {
    case Dimension::Word: return withUnderscores(a.value);
    case Dimension::Switch:
        if (a.value == "true" || a.value == "on" || a.value == "yes") return true;
        if (a.value == "false" || a.value == "off" || a.value == "no") return false;
        return std::unexpected(Error{component.name, a.key, fmt::format("\"{}\" is neither true nor false", a.value)});
    case Dimension::Words:
        return std::unexpected(Error{component.name, a.key, "a list is set in the window or by import"});
    default: break;
    }
    auto typed = text::parse(a.value, parameter.dimension, {}, components::number(component, a.key, a.classId));
    if (!typed) return std::unexpected(Error{component.name, a.key, typed.error()});
    Numeric numeric;
    if (found != component.parameters.end() && std::holds_alternative<Numeric>(found->second))
        numeric = std::get<Numeric>(found->second);
    else if (parameter.defaultNumber)
        numeric.value = *parameter.defaultNumber;
    numeric.provenance = Provenance{};
    if (!a.classId.empty()) {
        if (typed->range) return std::unexpected(Error{component.name, a.key, "a range is for all request types"});
        numeric.byClass[a.classId] = typed->value;
    } else {
        numeric.value = typed->value;
        numeric.range = typed->range;
    }
    return numeric;
}

Result assignParameter(const Project& project, const Id& scenario, const Component& component, const Assignment& a) {
    const auto* type = components::findType(component.type);
    const auto* parameter = type ? components::findParameter(*type, a.key) : nullptr;
    if (!parameter)
        return std::unexpected(Error{component.name, a.key, "there is no such parameter (plimsoll types lists them)"});
    if (a.value == "default" || (a.value == "none" && !parameter->defaultNumber && parameter->choices.empty()))
        return resetParameter(project, scenario, component.id, a.key);
    if (!a.classId.empty() && !document::findClass(project, a.classId))
        return std::unexpected(Error{component.name, a.key, fmt::format("there is no request type \"{}\"", a.classId)});
    auto value = parameterValue(component, *parameter, a);
    if (!value) return std::unexpected(value.error());
    return setParameter(project, scenario, component.id, a.key, std::move(*value));
}

void put(document::PerClass& target, const Id& classId, double value) {
    if (classId.empty())
        target.value = value;
    else
        target.byClass[classId] = value;
}

std::expected<void, Error> assignNumber(Link& link, const Assignment& a) {
    const bool none = a.value == "none";
    if (a.key == "timeout_s" && none) return link.timeout.reset(), std::expected<void, Error>{};
    if (a.key == "stage" && none) return link.stage.reset(), std::expected<void, Error>{};
    const Dimension dimension = a.key == "timeout_s"        ? Dimension::Time
                                : a.key == "writes"         ? Dimension::Share
                                : a.key.ends_with("_bytes") ? Dimension::Bytes
                                                            : Dimension::Count;
    const auto value = parsed(a, dimension);
    if (!value) return std::unexpected(value.error());
    if (a.key == "calls")
        put(link.calls, a.classId, *value);
    else if (a.key == "writes")
        put(link.writes, a.classId, *value);
    else if (a.key == "timeout_s")
        link.timeout = Seconds{*value};
    else if (a.key == "stage")
        link.stage = static_cast<int>(std::clamp(*value, -1e6, 1e6));
    else if (a.key == "request_bytes")
        link.requestBytes = Bytes{*value};
    else if (a.key == "response_bytes")
        link.responseBytes = Bytes{*value};
    else
        return std::unexpected(Error{a.subject, a.key,
                                     "there is no such link field (calls, writes, stage, mode, timeout_s, cancel, "
                                     "request_bytes, response_bytes, protocol)"});
    return {};
}

std::expected<void, Error> assignWord(Link& link, const Assignment& a) {
    const std::string word = withUnderscores(a.value);
    const auto unknown = [&](std::string_view allowed) {
        return std::unexpected(Error{a.subject, a.key, fmt::format("\"{}\" is not one of {}", a.value, allowed)});
    };
    if (a.key == "mode") {
        const auto mode = exchange::fromWord<document::Mode>(word);
        if (!mode) return unknown("sync, async");
        link.mode = *mode;
    } else if (a.key == "protocol") {
        const auto protocol = exchange::fromWord<document::Protocol>(word);
        if (!protocol) return unknown("in_process, grpc, http");
        link.protocol = *protocol;
    } else {
        if (word != "true" && word != "false") return unknown("true, false");
        link.cancel = word == "true";
    }
    return {};
}

Result assignLink(const Project& project, const Id& scenario, const Assignment& a) {
    const auto arrow = a.subject.find('>');
    const Id from(trimmed(std::string_view(a.subject).substr(0, arrow)));
    const Id to(trimmed(std::string_view(a.subject).substr(arrow + 1)));
    const auto* drawn = document::findScenario(project, scenario);
    const Link* found = drawn ? document::findLink(*drawn, from, to) : nullptr;
    if (!found) return std::unexpected(Error{a.subject, a.key, "there is no such link"});
    Link link = *found;
    const bool isWord = a.key == "mode" || a.key == "protocol" || a.key == "cancel";
    if (auto done = isWord ? assignWord(link, a) : assignNumber(link, a); !done) return std::unexpected(done.error());
    return setLink(project, scenario, std::move(link));
}

Result assignClass(const Project& project, document::RequestClass requestClass, const Assignment& a) {
    using document::ClosedLoad;
    using document::OpenLoad;
    if (a.key == "name") {
        requestClass.name = a.value;
        return setClass(project, std::move(requestClass));
    }
    const bool closedKey = a.key == "users" || a.key == "think_s" || a.key == "think_scv";
    const bool openKey = a.key == "rate_per_s" || a.key == "scv" || a.key == "batch";
    if (!closedKey && !openKey)
        return std::unexpected(Error{
            a.subject, a.key, "there is no such field (name, rate_per_s, scv, batch, users, think_s, think_scv)"});
    const auto value = parsed(a, a.key == "rate_per_s" ? Dimension::Rate
                                 : a.key == "think_s"  ? Dimension::Time
                                                       : Dimension::Ratio);
    if (!value) return std::unexpected(value.error());
    if (closedKey && !std::holds_alternative<ClosedLoad>(requestClass.load)) requestClass.load = ClosedLoad{};
    if (openKey && !std::holds_alternative<OpenLoad>(requestClass.load)) requestClass.load = OpenLoad{};
    if (auto* open = std::get_if<OpenLoad>(&requestClass.load)) {
        (a.key == "rate_per_s" ? open->rate.value : a.key == "scv" ? open->scv : open->batch) = *value;
    } else if (auto& closed = std::get<ClosedLoad>(requestClass.load); a.key == "users") {
        if (*value < 0 || *value > 4e9 || *value != static_cast<double>(static_cast<std::uint32_t>(*value)))
            return std::unexpected(
                Error{a.subject, a.key, fmt::format("{} is not a whole number from 0 to 4e9", a.value)});
        closed.users = static_cast<std::uint32_t>(*value);
    } else {
        (a.key == "think_s" ? closed.think.value : closed.thinkScv) = *value;
    }
    return setClass(project, std::move(requestClass));
}

} // namespace

Result assign(const Project& project, const Id& scenario, std::string_view assignment) {
    const auto a = split(assignment);
    if (!a) return std::unexpected(a.error());
    if (a->subject.find('>') != std::string::npos) return assignLink(project, scenario, *a);
    const auto* drawn = document::findScenario(project, scenario);
    const Component* component = drawn ? document::findComponent(*drawn, a->subject) : nullptr;
    if (component) return assignParameter(project, scenario, *component, *a);
    if (const auto* requestClass = document::findClass(project, a->subject))
        return assignClass(project, *requestClass, *a);
    return std::unexpected(Error{a->subject, a->key, "there is no component or request type of this id"});
}

} // namespace plimsoll::edit
