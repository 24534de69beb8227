#include "models/assess/prepared.h"

#include "models/text/resource_text.h"

#include <fmt/format.h>

#include <charconv>

namespace plimsoll::assess {

namespace {

struct Element {
    std::string_view list;
    std::size_t index = 0;
};

/// "stations[2]" -> {"stations", 2}; none for anything else.
std::optional<Element> parsed(std::string_view element) {
    const auto open = element.find('[');
    if (open == std::string_view::npos) return {};
    Element result{element.substr(0, open), 0};
    const char* end = element.data() + element.size();
    if (std::from_chars(element.data() + open + 1, end, result.index).ec != std::errc()) return {};
    return result;
}

std::string_view codeOf(flow::Error::Kind kind) {
    switch (kind) {
    case flow::Error::Invalid: return "invalid";
    case flow::Error::CircularHold: return "circular_hold";
    case flow::Error::Unbounded: return "unbounded";
    case flow::Error::NoConvergence: return "no_convergence";
    case flow::Error::NotSolvedYet: return "not_solved_yet";
    case flow::Error::Stopped: return "stopped";
    }
    return "invalid";
}

} // namespace

std::string Places::nameOf(const Id& component) const {
    const auto* found = document::findComponent(m_scenario, component);
    return found ? found->name : component;
}

std::string Places::classNameOf(const Id& requestClass) const {
    const auto* found = document::findClass(m_project, requestClass);
    return found ? found->name : requestClass;
}

Places::Place Places::ofOrigin(flow::Origin origin) const {
    const auto index = static_cast<std::size_t>(origin);
    if (index == 0 || index >= m_lowered.origins.size()) return {};
    const auto& [component, to] = m_lowered.origins[index];
    if (to.empty()) return {component, nameOf(component)};
    return {component + ">" + to, fmt::format("{} > {}", nameOf(component), nameOf(to))};
}

Places::Place Places::ofResource(const std::vector<lower::NamedResource>& resources, std::size_t index) const {
    if (index >= resources.size()) return {};
    const auto& [component, name] = resources[index];
    return {component, fmt::format("{}, {}", nameOf(component), text::resourceWord(name))};
}

Places::Place Places::of(const std::string& element) const {
    const auto found = parsed(element);
    if (!found) return {};
    const auto [list, index] = *found;
    const auto originIn = [&](const auto& elements) {
        return index < elements.size() ? ofOrigin(elements[index].origin) : Place{};
    };
    if (list == "stations") return ofResource(m_lowered.stations, index);
    if (list == "pools") return ofResource(m_lowered.pools, index);
    if (list == "limiters") return ofResource(m_lowered.limiters, index);
    if (list == "caches") return ofResource(m_lowered.caches, index);
    if (list == "classes" && index < m_lowered.classes.size())
        return {m_lowered.classes[index], classNameOf(m_lowered.classes[index])};
    if (list == "fleets") return originIn(m_lowered.model.fleets);
    if (list == "balancers") return originIn(m_lowered.model.balancers);
    if (list == "steps") return originIn(m_lowered.model.steps);
    if (list == "entries") return originIn(m_lowered.model.entries);
    if (list == "key_spaces") return originIn(m_lowered.model.keySpaces);
    return {};
}

Problem Places::problem(const flow::Problem& problem) const {
    const Place place = of(problem.element);
    const std::string subject = place.name.empty() ? std::string() : place.name + ": ";
    return {problem.severity, problem.code, place.id, problem.field, subject + problem.message};
}

Problem Places::problem(const flow::Error& error) const {
    const Place place = of(error.element);
    const std::string subject = place.name.empty() ? std::string() : place.name + ": ";
    return {Severity::Error, std::string(codeOf(error.kind)), place.id, error.field, subject + error.message};
}

Id idNamed(const document::Scenario& scenario, const std::string& name) {
    for (const auto& component : scenario.components)
        if (component->name == name) return component->id;
    const auto arrow = name.find(" > ");
    if (arrow == std::string::npos) return {};
    const auto nameOf = [&](const Id& id) {
        const auto* component = document::findComponent(scenario, id);
        return component ? component->name : id;
    };
    for (const auto& link : scenario.links)
        if (nameOf(link->from) + " > " + nameOf(link->to) == name) return link->from + ">" + link->to;
    return {};
}

std::expected<Prepared, Problem> lowered(const document::Project& project, const document::Scenario& scenario,
                                         const std::map<Id, std::uint32_t>& down) {
    auto draft = lower::lower(project, scenario.id);
    if (!draft) {
        const document::Error& error = draft.error();
        Id id = idNamed(scenario, error.component);
        for (const auto& requestClass : project.classes)
            if (id.empty() && requestClass.name == error.component) id = requestClass.id;
        return std::unexpected(Problem{Severity::Error, "invalid", id, error.field, document::text(error)});
    }
    Prepared prepared{std::move(*draft), {}, {}};
    for (const auto& [component, instances] : down)
        if (const auto fleet = prepared.lowered.fleets.find(component); fleet != prepared.lowered.fleets.end())
            prepared.down.push_back({fleet->second, instances});
    return prepared;
}

std::expected<Prepared, Problem> prepare(const document::Project& project, const document::Scenario& scenario,
                                         const std::map<Id, std::uint32_t>& down) {
    auto prepared = lowered(project, scenario, down);
    if (!prepared || prepared->lowered.classes.empty()) return prepared;
    auto model = flow::PreparedModel::prepare(prepared->lowered.model);
    if (!model) return std::unexpected(Places(project, scenario, prepared->lowered).problem(model.error()));
    prepared->model = std::move(*model);
    return prepared;
}

} // namespace plimsoll::assess
