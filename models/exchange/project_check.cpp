#include "models/exchange/project_check.h"

#include "models/components/component_type.h"
#include "models/exchange/json_text.h"
#include "models/exchange/project_json.h"
#include "models/exchange/scenario_check.h"
#include "models/exchange/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace plimsoll::exchange {

namespace {

using namespace document;

/// The length of the UTF-8 character at the head of `text` by its first byte; 0: it cannot be a first byte.
std::size_t characterSize(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xc2 && first < 0xe0) return 2;
    if (first >= 0xe0 && first < 0xf0) return 3;
    return first >= 0xf0 && first < 0xf5 ? 4 : 0;
}

/// Well-formed UTF-8 without surrogates and overlong forms (RFC 3629).
bool isUtf8(std::string_view text) {
    while (!text.empty()) {
        const auto first = static_cast<unsigned char>(text[0]);
        const std::size_t size = characterSize(first);
        if (size == 0 || size > text.size()) return false;
        for (std::size_t i = 1; i < size; ++i)
            if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) return false;
        const auto second = static_cast<unsigned char>(size > 1 ? text[1] : 0);
        const bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
        const bool beyond = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
        if (overlong || beyond) return false;
        text.remove_prefix(size);
    }
    return true;
}

/// Why `text` cannot be written or shown as it is; empty: it can.
std::string textFault(std::string_view text, bool mayHaveLines) {
    const bool controls = std::ranges::any_of(text, [&](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == 0x7f || (byte < ' ' && !(mayHaveLines && (c == '\n' || c == '\t' || c == '\r')));
    });
    if (controls) return "has a control character";
    return isUtf8(text) ? "" : "is not UTF-8";
}

bool isPerClass(Metric metric) {
    return metric != Metric::UsdPerMonth && metric != Metric::LoadFactor;
}

std::optional<Error> openFault(const RequestClass& requestClass, const OpenLoad& load) {
    const auto fault = [&](const char* field, double value, const char* allowed) {
        return Error{requestClass.name, field, fmt::format("{} is not {}", value, allowed)};
    };
    if (!std::isfinite(load.rate.value) || load.rate.value < 0)
        return fault("rate_per_s", load.rate.value, "a rate of 0 or more");
    if (!std::isfinite(load.scv) || load.scv < 0) return fault("scv", load.scv, "0 or more");
    if (!std::isfinite(load.batch) || load.batch < 1) return fault("batch", load.batch, "1 or more");
    return {};
}

std::optional<Error> closedFault(const RequestClass& requestClass, const ClosedLoad& load) {
    const Numeric& think = load.think;
    const auto fault = [&](const char* field, std::string message) {
        return Error{requestClass.name, field, std::move(message)};
    };
    const Range range = think.range.value_or(Range{think.value, think.value, think.value});
    for (const double value : {think.value, range.low, range.likely, range.high})
        if (!std::isfinite(value) || value < 0)
            return fault("think_s", fmt::format("{} is not a time of 0 or more", value));
    if (range.low > range.likely || range.likely > range.high || range.likely != think.value)
        return fault("think_s",
                     fmt::format("{}..{}..{} is not in ascending order", range.low, range.likely, range.high));
    if (!think.byClass.empty()) return fault("think_s", "cannot differ by request type");
    if (!std::isfinite(load.thinkScv) || load.thinkScv < 0)
        return fault("think_scv", fmt::format("{} is not 0 or more", load.thinkScv));
    return {};
}

/// Where the class starts: a component that lets classes start, in at least one scenario and wherever it is.
std::optional<Error> startFault(const Project& project, const RequestClass& requestClass) {
    bool somewhere = false;
    for (const auto& scenario : project.scenarios) {
        const Component* start = findComponent(*scenario, requestClass.from);
        if (!start) continue;
        const auto* type = components::findType(start->type);
        if (type && !type->capabilities.startsClasses)
            return Error{requestClass.name, "from",
                         fmt::format("\"{}\" is a {}, where no request can start", start->name, type->label)};
        somewhere = true;
    }
    if (somewhere) return {};
    return Error{requestClass.name, "from", fmt::format("no scenario has a component \"{}\"", requestClass.from)};
}

std::optional<Error> classFault(const Project& project, const RequestClass& requestClass) {
    if (auto fault = nameFault(requestClass.id, requestClass.name)) return fault;
    if (auto fault = startFault(project, requestClass)) return fault;
    if (const auto* open = std::get_if<OpenLoad>(&requestClass.load)) return openFault(requestClass, *open);
    return closedFault(requestClass, std::get<ClosedLoad>(requestClass.load));
}

std::optional<Error> targetFault(const Project& project, const Target& target) {
    const std::string_view metric = wordOf(target.metric);
    const std::string who = target.classId.value_or("");
    if (isPerClass(target.metric) && !target.classId)
        return Error{who, "class", fmt::format("is missing: {} is that of a class", metric)};
    if (!isPerClass(target.metric) && target.classId)
        return Error{who, "class", fmt::format("{} is that of the whole project, not of a class", metric)};
    if (target.classId && !findClass(project, *target.classId))
        return Error{who, "class", fmt::format("there is no class \"{}\"", who)};
    const char* field = target.atMost ? "at_most" : "at_least";
    const bool isShare = target.metric == Metric::ErrorShare || target.metric == Metric::Availability;
    if (!std::isfinite(target.bound) || target.bound < 0)
        return Error{who, field, fmt::format("{} is not 0 or more", target.bound)};
    if (isShare && target.bound > 1) return Error{who, field, fmt::format("{} is outside 0 to 1", target.bound)};
    return {};
}

std::optional<Fault> at(std::string place, std::optional<Error> error) {
    if (!error) return {};
    return Fault{std::move(place), std::move(*error)};
}

std::optional<Fault> classesFault(const Project& project) {
    if (project.classes.size() > kMostClasses)
        return Fault{"/classes",
                     {"", "", fmt::format("{} classes are more than {}", project.classes.size(), kMostClasses)}};
    std::set<std::string_view> ids;
    for (std::size_t i = 0; const RequestClass& requestClass : project.classes) {
        const std::string place = fmt::format("/classes/{}", i++);
        if (auto fault = at(place, classFault(project, requestClass))) return fault;
        if (!ids.insert(requestClass.id).second)
            return Fault{place, {requestClass.name, "id", fmt::format("\"{}\" is there twice", requestClass.id)}};
    }
    for (std::size_t i = 0; const Target& target : project.targets)
        if (auto fault = at(fmt::format("/targets/{}", i++), targetFault(project, target))) return fault;
    return {};
}

std::optional<Fault> scenariosFault(const Project& project) {
    if (project.scenarios.empty()) return Fault{"/scenarios", {"", "", "is empty: at least one scenario is needed"}};
    std::set<std::string_view> ids;
    for (std::size_t i = 0; const auto& scenario : project.scenarios) {
        const std::string place = fmt::format("/scenarios/{}", i++);
        if (auto fault = at(place, nameFault(scenario->id, scenario->name))) return fault;
        if (!ids.insert(scenario->id).second)
            return Fault{place, {scenario->name, "id", fmt::format("\"{}\" is there twice", scenario->id)}};
        const auto& origin = scenario->derivedFrom;
        if (origin && (*origin == scenario->id || !findScenario(project, *origin)))
            return Fault{place, {scenario->name, "derived_from", fmt::format("there is no other \"{}\"", *origin)}};
        if (auto fault = firstFault(project, *scenario, place)) return fault;
    }
    return {};
}

} // namespace

std::optional<Error> nameFault(const Id& id, const std::string& name) {
    if (!isId(id)) return Error{name, "id", fmt::format("\"{}\" is not made of 1 to 64 of a-z 0-9 _ -", id)};
    if (name.empty()) return Error{id, "name", "is empty"};
    if (std::string fault = textFault(name, false); !fault.empty()) return Error{id, "name", fault};
    return {};
}

std::optional<Fault> firstFault(const Project& project) {
    if (std::string fault = textFault(project.name, false); !fault.empty()) return Fault{"/", {"", "name", fault}};
    if (std::string fault = textFault(project.note, true); !fault.empty()) return Fault{"/", {"", "note", fault}};
    if (auto fault = scenariosFault(project)) return fault;
    return classesFault(project);
}

std::expected<void, Error> checkProject(const Project& project) {
    auto fault = firstFault(project);
    if (!fault) return {};
    if (fault->error.component.empty() && fault->place != "/") fault->error.component = fault->place;
    return std::unexpected(oneLine(fault->error));
}

} // namespace plimsoll::exchange
