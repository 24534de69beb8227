#include "models/exchange/scenario_check.h"

#include "models/components/component_type.h"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <unordered_map>

namespace plimsoll::exchange {

namespace {

using namespace document;
using components::ComponentType;

/// How far the canvas reaches from its origin, in pixels (ux.md section 16).
constexpr double kFarthest = 100'000;

class ScenarioCheck {
public:
    ScenarioCheck(const Project& project, const Scenario& scenario, const std::string& place)
        : m_project(project), m_scenario(scenario), m_place(place) {}

    std::optional<Fault> run();

private:
    std::optional<Error> componentFault(const Component& component) const;
    std::optional<Error> valuesFault(const Component& component) const;
    std::optional<Error> placementFault(const Component& component) const;
    std::optional<Error> areaFault(const Component& component) const;
    std::optional<Error> endsFault(const Link& link) const;
    std::optional<Error> linkFault(const Link& link) const;
    std::optional<Error> whenFault(const Link& link) const;
    std::optional<Error> retryFault(const Link& link) const;
    std::optional<Error> perClassFault(const Link& link, const PerClass& numbers, const char* field, double most) const;

    const Component* find(const Id& id) const {
        const auto found = m_byId.find(id);
        return found == m_byId.end() ? nullptr : found->second;
    }
    static const ComponentType& typeOf(const Component& component) { return *components::findType(component.type); }
    std::string nameOf(const Link& link) const {
        const auto name = [&](const Id& id) {
            const Component* component = find(id);
            return component ? component->name : id;
        };
        return fmt::format("{} > {}", name(link.from), name(link.to));
    }

    const Project& m_project;
    const Scenario& m_scenario;
    const std::string& m_place;
    std::unordered_map<std::string, const Component*> m_byId;
};

std::optional<Error> ScenarioCheck::valuesFault(const Component& component) const {
    if (auto fault = components::firstFault(component)) return fault;
    for (const auto& [key, value] : component.parameters) {
        const auto* numeric = std::get_if<Numeric>(&value);
        if (!numeric) continue;
        for (const auto& [classId, number] : numeric->byClass)
            if (!findClass(m_project, classId))
                return Error{component.name, key, fmt::format("there is no class \"{}\"", classId)};
    }
    return {};
}

std::optional<Error> ScenarioCheck::placementFault(const Component& component) const {
    const auto fault = [&](const char* field, double value, double least) {
        return Error{component.name, field, fmt::format("{} is outside {} to {}", value, least, kFarthest)};
    };
    const auto [x, y] = component.position;
    if (!(std::abs(x) <= kFarthest)) return fault("x", x, -kFarthest);
    if (!(std::abs(y) <= kFarthest)) return fault("y", y, -kFarthest);
    if (!component.size) return {};
    if (!typeOf(component).capabilities.contains) return Error{component.name, "width", "only an area has a size"};
    const auto [width, height] = *component.size;
    if (!(width > 0 && width <= kFarthest)) return fault("width", width, 0);
    if (!(height > 0 && height <= kFarthest)) return fault("height", height, 0);
    return {};
}

/// Areas nest, but neither in a ring nor too deep.
std::optional<Error> ScenarioCheck::areaFault(const Component& component) const {
    const Component* inner = &component;
    for (int depth = 0; inner->area; ++depth) {
        const Component* area = find(*inner->area);
        if (!area) return Error{inner->name, "area", fmt::format("there is no component \"{}\"", *inner->area)};
        if (!typeOf(*area).capabilities.contains)
            return Error{inner->name, "area", fmt::format("\"{}\" is not an area", area->name)};
        if (depth >= kDeepestNesting)
            return Error{component.name, "area",
                         fmt::format("lies in more than {} areas or in itself", kDeepestNesting)};
        inner = area;
    }
    return {};
}

std::optional<Error> ScenarioCheck::componentFault(const Component& component) const {
    if (auto fault = nameFault(component.id, component.name)) return fault;
    if (auto fault = valuesFault(component)) return fault;
    return placementFault(component);
}

std::optional<Error> ScenarioCheck::endsFault(const Link& link) const {
    for (const auto& [field, id] : {std::pair{"from", &link.from}, std::pair{"to", &link.to}})
        if (!find(*id)) return Error{nameOf(link), field, fmt::format("there is no component \"{}\"", *id)};
    if (link.from == link.to) return Error{nameOf(link), "to", "a component cannot be linked to itself"};
    const Component &from = *find(link.from), &to = *find(link.to);
    if (!typeOf(from).capabilities.makesCalls)
        return Error{nameOf(link), "from", fmt::format("a {} makes no calls", typeOf(from).label)};
    if (!typeOf(to).capabilities.acceptsCalls)
        return Error{nameOf(link), "to", fmt::format("a {} takes no calls", typeOf(to).label)};
    return {};
}

std::optional<Error> ScenarioCheck::perClassFault(const Link& link, const PerClass& numbers, const char* field,
                                                  double most) const {
    const auto allowed = [&](double value) { return std::isfinite(value) && value >= 0 && value <= most; };
    const auto range = std::isfinite(most) ? fmt::format("outside 0 to {}", most) : std::string("not 0 or more");
    if (!allowed(numbers.value)) return Error{nameOf(link), field, fmt::format("{} is {}", numbers.value, range)};
    for (const auto& [classId, value] : numbers.byClass) {
        if (!findClass(m_project, classId))
            return Error{nameOf(link), field, fmt::format("there is no class \"{}\"", classId)};
        if (!allowed(value)) return Error{nameOf(link), field, fmt::format("{}: {} is {}", classId, value, range)};
    }
    return {};
}

std::optional<Error> ScenarioCheck::whenFault(const Link& link) const {
    if (const auto* share = std::get_if<WithShare>(&link.when)) {
        if (!(share->share >= 0 && share->share <= 1))
            return Error{nameOf(link), "when", fmt::format("a share of {} is outside 0 to 1", share->share)};
    } else if (const auto* miss = std::get_if<MissOf>(&link.when)) {
        const Component* cache = find(miss->cache);
        if (!cache) return Error{nameOf(link), "when", fmt::format("there is no component \"{}\"", miss->cache)};
        if (!typeOf(*cache).capabilities.isCache)
            return Error{nameOf(link), "when", fmt::format("\"{}\" is not a cache", cache->name)};
    }
    return {};
}

std::optional<Error> ScenarioCheck::retryFault(const Link& link) const {
    if (!link.retry) return {};
    const Retry& retry = *link.retry;
    const auto fault = [&](const char* key, double value, const char* allowed) {
        return Error{nameOf(link), "retry", fmt::format("{}: {} is not {}", key, value, allowed)};
    };
    if (retry.maxAttempts < 1) return fault("max_attempts", retry.maxAttempts, "1 or more");
    for (const auto& [key, value] :
         {std::pair{"backoff_s", retry.backoff.count()}, std::pair{"backoff_factor", retry.backoffFactor},
          std::pair{"backoff_cap_s", retry.backoffCap.count()}, std::pair{"budget", retry.budget.value_or(0)}})
        if (!std::isfinite(value) || value < 0) return fault(key, value, "0 or more");
    if (std::set(retry.on.begin(), retry.on.end()).size() != retry.on.size())
        return Error{nameOf(link), "retry", "on: a cause is there twice"};
    return {};
}

std::optional<Error> ScenarioCheck::linkFault(const Link& link) const {
    if (auto fault = endsFault(link)) return fault;
    if (auto fault = perClassFault(link, link.calls, "calls", HUGE_VAL)) return fault;
    if (auto fault = perClassFault(link, link.writes, "writes", 1)) return fault;
    if (auto fault = whenFault(link)) return fault;
    if (auto fault = retryFault(link)) return fault;
    if (link.timeout && !(std::isfinite(link.timeout->count()) && link.timeout->count() > 0))
        return Error{nameOf(link), "timeout_s", fmt::format("{} is not above 0", link.timeout->count())};
    for (const auto& [field, bytes] :
         {std::pair{"request_bytes", link.requestBytes}, std::pair{"response_bytes", link.responseBytes}})
        if (!std::isfinite(bytes.value) || bytes.value < 0)
            return Error{nameOf(link), field, fmt::format("{} is not 0 or more", bytes.value)};
    return {};
}

std::optional<Fault> ScenarioCheck::run() {
    const auto tooMany = [&](const char* what, std::size_t count, std::size_t most) {
        return Fault{fmt::format("{}/{}", m_place, what),
                     {"", "", fmt::format("{} {} are more than {}", count, what, most)}};
    };
    if (m_scenario.components.size() > kMostComponents)
        return tooMany("components", m_scenario.components.size(), kMostComponents);
    if (m_scenario.links.size() > kMostLinks) return tooMany("links", m_scenario.links.size(), kMostLinks);
    for (std::size_t i = 0; const auto& component : m_scenario.components) {
        const std::string place = fmt::format("{}/components/{}", m_place, i++);
        if (auto fault = componentFault(*component)) return Fault{place, *fault};
        if (!m_byId.emplace(component->id, &*component).second)
            return Fault{place, {component->name, "id", fmt::format("\"{}\" is there twice", component->id)}};
    }
    for (std::size_t i = 0; const auto& component : m_scenario.components)
        if (auto fault = areaFault(*component))
            return Fault{fmt::format("{}/components/{}", m_place, i), *fault};
        else
            ++i;
    std::set<std::pair<std::string_view, std::string_view>> ends;
    for (std::size_t i = 0; const auto& link : m_scenario.links) {
        const std::string place = fmt::format("{}/links/{}", m_place, i++);
        if (auto fault = linkFault(*link)) return Fault{place, *fault};
        if (!ends.emplace(link->from, link->to).second)
            return Fault{place, {nameOf(*link), "to", "these two are linked already"}};
    }
    return {};
}

} // namespace

std::optional<Fault> firstFault(const Project& project, const Scenario& scenario, const std::string& place) {
    return ScenarioCheck(project, scenario, place).run();
}

} // namespace plimsoll::exchange
